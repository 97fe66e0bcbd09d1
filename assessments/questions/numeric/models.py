"""The row of a numeric question."""

from django.utils.translation import gettext_lazy as _

from assessments.models.questions import Question


class NumericQuestion(Question):
    """One row is one numeric question; its `body` says the rest."""

    class Meta:
        verbose_name = _("numeric question")
        verbose_name_plural = _("numeric questions")
