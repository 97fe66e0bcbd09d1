"""Blocks to work with: tables, the plan of a session, further reading."""

from itertools import accumulate, zip_longest
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.block_parts import PROSE, items_field, source_field


class TableBlock(blocks.StructBlock):
    """A comparison; the first cell of a row is its heading."""

    title = blocks.CharBlock(label=_("Title"))
    columns = blocks.ListBlock(blocks.CharBlock(label=_("Heading")), label=_("Columns"), min_num=2, max_num=5)
    rows = items_field(_("Rows"), cells=blocks.ListBlock(blocks.CharBlock(label=_("Cell")), label=_("Cells")))
    source = source_field(required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "courses/blocks/table.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the rows, each cell with the heading of its column: on a narrow screen it stands beside the cell."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        columns = list(value["columns"])
        # An old draft in preview may have a row of another length: what has no heading is shown all the same.
        rows = [list(zip_longest(columns, row["cells"], fillvalue="")) for row in value["rows"]]
        return context | {"table_rows": rows}

    def clean(self, value: Any) -> Any:
        """Refuse a row that is shorter or longer than the headings."""
        result = super().clean(value)
        if any(len(row["cells"]) != len(result["columns"]) for row in result["rows"]):
            raise StructBlockValidationError(
                non_block_errors=[_("Every row needs as many cells as there are columns.")],
            )
        return result


class SessionPlanBlock(blocks.StructBlock):
    """How a trainer runs a session, minute by minute."""

    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=5, max_value=600)
    audience = blocks.CharBlock(label=_("Audience"))
    group = blocks.CharBlock(label=_("Size of the group"))
    materials = blocks.ListBlock(blocks.CharBlock(label=_("Material")), label=_("Materials"), min_num=1)
    steps = items_field(
        _("Steps"),
        minutes=blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=600),
        title=blocks.CharBlock(label=_("Title"), max_length=200),
        text=blocks.RichTextBlock(label=_("Text"), features=PROSE),
    )
    local_law = blocks.RichTextBlock(label=_("What you bring from your national law"), features=PROSE)
    safety = blocks.RichTextBlock(label=_("Care for the people in the room"), features=PROSE)

    class Meta:
        icon = "time"
        label = _("Session plan")
        template = "courses/blocks/session_plan.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the steps with the minute at which each begins and ends."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        ends = list(accumulate(step["minutes"] for step in value["steps"]))
        timed = [
            {"title": step["title"], "text": step["text"], "begin": end - step["minutes"], "end": end}
            for step, end in zip(value["steps"], ends, strict=True)
        ]
        return context | {"plan_steps": timed}

    def clean(self, value: Any) -> Any:
        """Refuse steps that do not fill exactly the session."""
        result = super().clean(value)
        if sum(step["minutes"] for step in result["steps"]) != result["minutes"]:
            raise StructBlockValidationError(
                non_block_errors=[_("The minutes of the steps must add up to those of the session.")],
            )
        return result


class FurtherReadingBlock(blocks.StructBlock):
    """What to read next."""

    items = items_field(
        _("Titles"),
        title=blocks.CharBlock(label=_("Title")),
        detail=blocks.CharBlock(label=_("Publisher, year, languages"), required=False),
        code=blocks.CharBlock(label=_("Code in the library"), required=False, max_length=16),
    )

    class Meta:
        icon = "folder-open-1"
        label = _("Further reading")
        template = "courses/blocks/further_reading.html"
