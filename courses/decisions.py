"""Is a decision path sound? Steps as plain mappings: from a pack, from an editor's form."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

FEWEST_CHOICES, MOST_CHOICES = 2, 4


def path_problems(start: str, steps: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what is wrong: a reader must get from the start to every step, and from every step to an ending.

    A step is `id`, `choices` (each with `to`) and `ending`. Pure.
    """
    ids = [step["id"] for step in steps]
    yield from (f"the step {each!r} stands here twice" for each in sorted({i for i in ids if ids.count(i) > 1}))
    if start not in ids:
        yield f"the start {start!r} is no step"
    ways = {step["id"]: {choice["to"] for choice in step["choices"]} for step in steps}
    for step in steps:
        yield from _step_problems(step, ways)
    if start in ways and all(ways.keys() >= to for to in ways.values()):
        reached = _closure({start}, ways)
        yield from (f"no choice leads to the step {each!r}" for each in ids if each not in reached)
        yield from (f"no way leads from the step {each!r} to an ending" for each in _traps(ways))


def _step_problems(step: Mapping[str, Any], ways: Mapping[str, set[str]]) -> Iterator[str]:
    name = f"the step {step['id']!r}"
    count = len(step["choices"])
    if count == 0 and not step["ending"]:
        yield f"{name} has neither choices nor an ending"
    elif count and step["ending"]:
        yield f"{name} has both choices and an ending"
    elif count and not FEWEST_CHOICES <= count <= MOST_CHOICES:
        yield f"{name} has {count} choices, not {FEWEST_CHOICES} to {MOST_CHOICES}"
    yield from (f"{name} leads to {to!r}, which is no step" for to in sorted(ways[step["id"]] - ways.keys()))


def _closure(begin: set[str], ways: Mapping[str, set[str]]) -> set[str]:
    reached, ahead = set(begin), list(begin)
    while ahead:
        new = ways[ahead.pop()] - reached
        reached |= new
        ahead.extend(new)
    return reached


def _traps(ways: Mapping[str, set[str]]) -> list[str]:
    back: dict[str, set[str]] = {each: set() for each in ways}
    for step, targets in ways.items():
        for to in targets:
            back[to].add(step)
    out = _closure({each for each, targets in ways.items() if not targets}, back)
    return [each for each in ways if each not in out]
