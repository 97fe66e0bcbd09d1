"""The scenario: what a player sees, what comes back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.errors import ResponseRefusedError
from assessments.questions.kind import BaseKind, Fields, Shown, Structure, Text
from assessments.questions.scenario.models import ScenarioQuestion
from assessments.questions.scenario.paths import (
    circle_of,
    in_order,
    is_over,
    path_of,
    place_of,
    reached,
    steps_of,
    totals,
    way,
)


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """One choice of a step; `leads_to` is the step after it, "" where the case ends."""

    value: str
    text: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step. `decided` is the choice that was made here, `decided_text` its words; both "" before."""

    value: str
    text: str
    choices: tuple[ShownChoice, ...]
    decided: str
    decided_text: str
    is_open: bool

    @property
    def is_visible(self) -> bool:
        """Tell whether the learner has come to it."""
        return self.is_open or bool(self.decided)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownScenario(Shown):
    """A scenario as a player sees it: the steps in an order in which every way through them goes down the page.

    The steps that the learner has not come to are in the page too and hidden, so that no request is needed
    between steps and the case can be sat without a connection. Whoever reads the source of the page can
    therefore read what follows from a choice; what a choice earns is nowhere in it.
    """

    steps: tuple[ShownStep, ...]
    start: str
    is_over: bool


class Scenario(BaseKind):
    """A case whose steps depend on what was chosen. A response is {step: choice} of the steps that were decided.

    What was decided stands: on a page an earlier step can't be changed, and `may_follow` refuses an answer
    that does not go on from the one before. An answer that a device sends is not checked in this way: it
    arrives signed, maybe late and in any order, and nothing that a learner did is turned away for that.
    """

    name = "scenario"
    model = ScenarioQuestion

    def problems_of(self, structure: Structure) -> list[str]:
        """Return what keeps the question from being published."""
        return list(dict.fromkeys(_problems(structure)))

    def parts_of(self, structure: Structure) -> list[str]:
        """Return each step and its choices."""
        return [part for step in structure["steps"] for part in (step["id"], *(each["id"] for each in step["choices"]))]

    def order_of(self, structure: Structure) -> list[str]:
        """Return all choices; each stands in its own step, whatever the order of the others."""
        return [choice["id"] for step in structure["steps"] for choice in step["choices"]]

    def key_of(self, structure: Structure) -> Any:
        """Return the best path."""
        return way(structure, best=True)

    def wrong_of(self, structure: Structure) -> Any:
        """Return the worst path."""
        return way(structure, best=False)

    def may_follow(self, before: Any, after: Any) -> bool:
        """Tell whether an answer goes on from the one before: every step that was decided is still so."""
        if not isinstance(before, dict):
            return True
        return isinstance(after, dict) and all(after.get(step) == choice for step, choice in before.items())

    def open_place(self, structure: Structure, response: Any) -> str:
        """Return the id of the step to decide next, as it has it in the page; "" at the end of the case."""
        return "" if is_over(structure, response) else f"step-{place_of(structure, response)}"

    def show(
        self, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
    ) -> ShownScenario:
        """Return what a player may show. The points of the choices stay out of it."""
        steps, words = steps_of(structure), text["choices"]
        decided = {step: choice["id"] for step, choice in path_of(structure, response)}
        place = place_of(structure, response)
        places = {value: number for number, value in enumerate(order)}
        shown = []
        for name in in_order(structure):
            choices = sorted(steps[name]["choices"], key=lambda each: places.get(each["id"], len(places)))
            chosen = decided.get(name, "")
            shown.append(
                ShownStep(
                    name,
                    words.get(name, ""),
                    tuple(ShownChoice(each["id"], words.get(each["id"], ""), each["next"] or "") for each in choices),
                    chosen,
                    words.get(chosen, ""),
                    is_open=name == place,
                )
            )
        common = self.common(text, language)
        return ShownScenario(
            **common, steps=tuple(shown), start=structure["start"], is_over=is_over(structure, response)
        )

    def read_response(self, fields: Fields, structure: Structure) -> Any:
        """Return the path that the fields say, from the start on; None where nothing is decided.

        The field of a step that is not on the path says nothing. Raise ResponseRefusedError for a part that
        is no step, for a choice of another step, and for two choices of one.
        """
        steps = steps_of(structure)
        said: dict[str, str] = {}
        for part, values in fields.items():
            given = set(values)
            if part not in steps or len(given) > 1 or not given <= {each["id"] for each in steps[part]["choices"]}:
                raise ResponseRefusedError
            if given:
                said[part] = given.pop()
        return {step: choice["id"] for step, choice in path_of(structure, said)} or None

    def fields_of(self, response: Any) -> dict[str, list[str]]:
        """Return the choice of each step."""
        given = response.items() if isinstance(response, dict) else ()
        return {step: [choice] for step, choice in given if isinstance(step, str) and isinstance(choice, str)}

    def describe_response(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the words of the choices along the path."""
        words = text["choices"]
        return [words[choice["id"]] for _step, choice in path_of(structure, response) if choice["id"] in words]

    def feedbacks_of(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the feedback of the choices along the path."""
        told = text.get("feedbacks", {})
        return [told[choice["id"]] for _step, choice in path_of(structure, response) if told.get(choice["id"])]


def _problems(structure: Structure) -> Iterator[str]:
    steps = steps_of(structure)
    numbers = {name: number for number, name in enumerate(steps, 1)}
    first = next(iter(steps.values()), None)
    if first is None or first["id"] != structure["start"] or not first["choices"]:
        yield _("A scenario begins with its first step, and this step needs choices.")
        return
    for name, step in steps.items():
        for choice in step["choices"]:
            if choice["next"] is not None and choice["next"] not in steps:
                yield _("A choice of step %(step)d leads to a step that is not there.") % {"step": numbers[name]}
        if step["choices"] and max(choice["points"] for choice in step["choices"]) < 0:
            # Else it would pay to stop before this step.
            yield _("In step %(step)d every choice costs points. One of them must cost none.") % {"step": numbers[name]}
    for name in sorted(set(steps) - reached(structure), key=lambda each: numbers[each]):
        yield _("No way through the scenario leads to step %(step)d.") % {"step": numbers[name]}
    if circle := circle_of(structure):
        yield _("Step %(step)d leads back to itself. Every way through the scenario must come to an end.") % {
            "step": numbers[circle[0]]
        }
        return
    low, high = totals(structure)[structure["start"]]
    if high <= 0:
        yield _("One way through the scenario at least must earn points.")
    elif low == high:
        yield _("Every way through the scenario earns the same. Give better choices more points.")


KIND = Scenario()
