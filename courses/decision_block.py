"""A decision path in the editor: steps that choices lead between."""

from typing import Any

from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.block_parts import PROSE, items_field, source_field
from courses.decisions import path_problems
from courses.kinds import Ending


class StepNameBlock(blocks.CharBlock):
    """What steps are called among themselves; it is the same in every language."""

    def get_translatable_segments(self, _value: str) -> list[Any]:
        """Return nothing: wagtail-localize asks, and a translator must not turn a name into a word."""
        return []

    def restore_translated_segments(self, value: str, _segments: Any) -> str:
        """Return the name as it is."""
        return value


def _step_name(label: Any) -> blocks.CharBlock:
    return StepNameBlock(label=label, max_length=100, validators=[validate_slug])


class DecisionPathBlock(blocks.StructBlock):
    """A scene in which the reader decides, step by step, what to do."""

    title = blocks.CharBlock(label=_("Title"))
    invented = blocks.BooleanBlock(label=_("Invented for this course"), required=False)
    source = source_field(required=False)
    start = _step_name(_("Begins at the step"))
    steps = items_field(
        _("Steps"),
        at_least=2,
        id=_step_name(_("Short name of the step")),
        text=blocks.RichTextBlock(label=_("Text"), features=PROSE),
        choices=items_field(
            _("Choices"),
            at_least=0,
            text=blocks.CharBlock(label=_("Choice")),
            to=_step_name(_("Leads to the step")),
            feedback=blocks.CharBlock(label=_("Feedback")),
        ),
        ending=blocks.ChoiceBlock(choices=Ending.choices, label=_("Ending"), required=False),
    )

    class Meta:
        icon = "tasks"
        label = _("Decision path")
        template = "courses/blocks/decision_path.html"

    def clean(self, value: Any) -> Any:
        """Refuse a path on which a reader could get stuck."""
        result = super().clean(value)
        if problems := list(path_problems(result["start"], result["steps"])):
            raise StructBlockValidationError(non_block_errors=problems)
        return result

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the steps as the page has them: the first is number 1 and stands last, so that CSS can hide it."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        ordered = sorted(value["steps"], key=lambda step: step["id"] != value["start"])
        numbers = {step["id"]: number for number, step in enumerate(ordered, start=1)}
        endings = dict(Ending.choices)
        return context | {
            "path_first": 1,
            "path_steps": [
                {
                    "number": numbers[step["id"]],
                    "text": step["text"],
                    "ending": step["ending"],
                    "ending_label": endings.get(step["ending"], ""),
                    "choices": [
                        {"text": choice["text"], "feedback": choice["feedback"], "to": numbers.get(choice["to"], 1)}
                        for choice in step["choices"]
                    ],
                }
                for step in [*ordered[1:], *ordered[:1]]
            ],
        }
