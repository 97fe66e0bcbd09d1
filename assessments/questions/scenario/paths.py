"""The ways through a scenario. Pure: no Django, so that marking may use it.

A structure is {"start": step, "steps": [{"id", "choices": [{"id", "points", "next"}]}]}. `next` names the step
that a choice leads to, None where the case ends with it. A step without choices is an ending with words.
A response is {step: choice} of the steps that were decided.
"""

from collections.abc import Iterator, Mapping
from heapq import heapify, heappop, heappush
from typing import Any

Structure = Mapping[str, Any]
Choice = Mapping[str, Any]


def steps_of(structure: Structure) -> dict[str, Mapping[str, Any]]:
    """Return the steps by id."""
    return {step["id"]: step for step in structure["steps"]}


def path_of(structure: Structure, response: Any) -> list[tuple[str, Choice]]:
    """Return what was decided, from the start on: (step, choice). What is off the path is passed over.

    Any JSON whatever may be given, and a structure that goes in a circle: no step is taken twice.
    """
    decided = response if isinstance(response, Mapping) else {}
    steps, place = steps_of(structure), structure["start"]
    taken: dict[str, Choice] = {}
    while place in steps and place not in taken:
        chosen = next((each for each in steps[place]["choices"] if each["id"] == decided.get(place)), None)
        if chosen is None:
            break
        taken[place] = chosen
        place = chosen["next"]
    return list(taken.items())


def place_of(structure: Structure, response: Any) -> str | None:
    """Return the step at which a response stands, None where the case has ended without words of its end."""
    path = path_of(structure, response)
    place: str | None = path[-1][1]["next"] if path else structure["start"]
    return place


def is_over(structure: Structure, response: Any) -> bool:
    """Tell whether there is nothing left to decide."""
    step = steps_of(structure).get(place_of(structure, response) or "")
    return step is None or not step["choices"]


def totals(structure: Structure) -> dict[str, tuple[int, int]]:
    """Return for each step the lowest and the highest points from it to an end. Without a circle only."""
    steps = steps_of(structure)
    found: dict[str, tuple[int, int]] = {}
    for name in reversed(in_order(structure)):
        ways = []
        for choice in steps[name]["choices"]:
            low, high = found.get(choice["next"], (0, 0))
            ways.append((choice["points"] + low, choice["points"] + high))
        found[name] = (min(low for low, _high in ways), max(high for _low, high in ways)) if ways else (0, 0)
    return found


def best_total(structure: Structure) -> int:
    """Return the most points that a way from the start to an end earns; 0 where the steps go in a circle."""
    return 0 if has_circle(structure) else totals(structure).get(structure["start"], (0, 0))[1]


def way(structure: Structure, *, best: bool) -> dict[str, str]:
    """Return the response of the best way from the start to an end, or of the worst. Without a circle only."""
    steps, found, place = steps_of(structure), totals(structure), structure["start"]

    def worth(choice: Choice) -> int:
        low, high = found.get(choice["next"], (0, 0))
        return int(choice["points"] + high) if best else -int(choice["points"] + low)

    response: dict[str, str] = {}
    while place in steps and steps[place]["choices"]:
        chosen = max(steps[place]["choices"], key=worth)
        response[place] = chosen["id"]
        place = chosen["next"]
    return response


def reached(structure: Structure) -> set[str]:
    """Return the steps that some way from the start leads to."""
    steps = steps_of(structure)
    found: set[str] = set()
    waiting = [structure["start"]]
    while waiting:
        name = waiting.pop()
        if name in steps and name not in found:
            found.add(name)
            waiting += [choice["next"] for choice in steps[name]["choices"]]
    return found


def in_order(structure: Structure) -> list[str]:
    """Return the steps so that each stands after all that lead to it.

    Steps that could stand either way stand by their id, which tells nothing of what its author thinks of
    them. Steps of a circle come last.
    """
    steps = steps_of(structure)
    before = dict.fromkeys(steps, 0)
    for name in _next_of_all(structure):
        before[name] += 1
    ready = [name for name, count in before.items() if not count]
    heapify(ready)
    ordered = []
    while ready:
        name = heappop(ready)
        ordered.append(name)
        for choice in steps[name]["choices"]:
            if (following := choice["next"]) in before:
                before[following] -= 1
                if not before[following]:
                    heappush(ready, following)
    return [*ordered, *sorted(set(steps) - set(ordered))]


def has_circle(structure: Structure) -> bool:
    """Tell whether a step leads back to itself, sooner or later."""
    return bool(circle_of(structure))


def circle_of(structure: Structure) -> list[str]:
    """Return steps that lead back to themselves, in the author's order."""
    steps = steps_of(structure)
    left = dict.fromkeys(steps, True)
    is_changed = True
    # Take away every step that leads only to what is taken away: what stays leads round.
    while is_changed:
        is_changed = False
        for name in [each for each in left if not any(choice["next"] in left for choice in steps[each]["choices"])]:
            del left[name]
            is_changed = True
    return list(left)


def _next_of_all(structure: Structure) -> Iterator[str]:
    steps = steps_of(structure)
    for step in steps.values():
        for choice in step["choices"]:
            if choice["next"] in steps:
                yield choice["next"]
