"""What the forms of several kinds do with numbered rows."""

from collections.abc import Mapping


def join_same_words(parts: Mapping[int, str], words: Mapping[int, tuple[str, ...]]) -> dict[int, str]:
    """Return the parts by place, where rows that say the same in every language are one part: the first.

    >>> join_same_words({1: "a", 2: "b", 3: "c"}, {1: ("x",), 2: ("y",), 3: ("x",)})
    {1: 'a', 2: 'b', 3: 'a'}
    """
    first: dict[tuple[str, ...], str] = {}
    joined = {}
    for place, part in parts.items():
        said = tuple(" ".join(each.split()).casefold() for each in words[place])
        joined[place] = first.setdefault(said, part) if any(said) else part
    return joined
