"""What the kinds share that write the key of a gap in lines: which line is which part."""

from collections.abc import Mapping, Sequence
from uuid import uuid4


def ids_of_lines(
    lines: Mapping[str, Sequence[str]], known: Sequence[str], words: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """Return an id for each place of the lines by language: that of the part that said the same, else a new one.

    Where as many lines stand as before, those that say something new are the old parts with other words.
    """
    count = max(map(len, lines.values()), default=0)
    free = list(known)
    ids = [""] * count
    for place in range(count):
        said = {(language, own[place]) for language, own in lines.items() if place < len(own)}
        same = (each for each in free if any((code, own.get(each)) in said for code, own in words.items()))
        if found := next(same, ""):
            free.remove(found)
            ids[place] = found
    rest = iter(free if count == len(known) else ())
    return [each or next(rest, "") or str(uuid4()) for each in ids]


def words_of_lines(lines: Mapping[str, Sequence[str]], ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the words by language and part; "" where a language has fewer lines."""
    return {language: dict(zip(ids, [*own, *[""] * len(ids)], strict=False)) for language, own in lines.items()}
