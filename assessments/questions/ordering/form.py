"""How an ordering question is written."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.admin.authored import AuthoredKind
from assessments.admin.credit import PARTIAL_FIELD, credit_in_body, credit_in_fields
from assessments.admin.fields import Column
from assessments.admin.forms import QuestionForm, with_words
from assessments.admin.reading import Fields
from assessments.models import Question
from assessments.questions.ordering.player import FEWEST_ITEMS, MOST_ITEMS

ITEM = Column("item", _("{number}."), feedback_label=_("Feedback, where this line stands in a wrong place"))


@with_words
class OrderingForm(QuestionForm):
    """The lines in their right order: learners meet them shuffled."""

    columns = (ITEM,)
    most_rows = MOST_ITEMS
    fewest_rows = FEWEST_ITEMS
    too_few = _("An ordering question needs two lines at least before it is published.")
    partial = PARTIAL_FIELD

    @classmethod
    def stored_fields(cls, question: Question) -> Fields:
        """Yield the words, the ids and the rule."""
        yield from super().stored_fields(question)
        yield from credit_in_fields(question.body)

    @classmethod
    def stored_rows(cls, body: Mapping[str, Any], column: str) -> list[str]:
        """Return the items."""
        del column
        return list(body.get("items", []))

    def build_body(self, rows: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        """Return the items in the order of the form, and the rule."""
        return {"items": list(rows[ITEM.name].values())} | credit_in_body(self.cleaned_data)


AUTHORED = AuthoredKind(
    "ordering",
    OrderingForm,
    ("partial",),
    "list-ol",
    _("Ordering"),
    _("Lines to put in order. Write them in the right order: learners meet them shuffled. For steps and procedures."),
    _("For example: “Order the handling of an object found at a scene.”"),
    place=50,
)
