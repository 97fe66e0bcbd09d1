"""A decision path: steps that choices lead between, each way to an ending."""

from typing import Any

from courses.decisions import FEWEST_CHOICES, MOST_CHOICES, path_problems
from courses.kinds import Ending
from courses.packs.block_forms import BlockForm

MOST_STEPS = 40


def read_decision_path(block: BlockForm) -> dict[str, Any]:
    """Return a path that a reader can walk to its end whatever they choose."""
    path: dict[str, Any] = {
        "title": block.line("title"),
        "invented": block.form.flag("invented", default=False),
        "source": block.source(),
        "start": block.form.slug("start"),
        "steps": [_step(step) for step in block.inner("steps", 2, MOST_STEPS)],
    }
    if bool(path["source"]) == path["invented"]:
        block.form.problem("source", "a case has either a source or `invented: true`")
    for reason in path_problems(path["start"], path["steps"]):
        block.form.problem("steps", reason)
    return path


def _step(step: BlockForm) -> dict[str, Any]:
    choices = step.inner("choices", FEWEST_CHOICES, MOST_CHOICES) if step.form.has("choices") else []
    step.form.take("choices", required=False)
    found = {
        "id": step.form.slug("id"),
        "text": step.prose("text"),
        "choices": [_choice(choice) for choice in choices],
        "ending": step.form.one_of("ending", Ending.values, default=""),
    }
    step.form.close()
    return found


def _choice(choice: BlockForm) -> dict[str, Any]:
    found = {"text": choice.line("text"), "to": choice.form.slug("to"), "feedback": choice.line("feedback")}
    choice.form.close()
    return found
