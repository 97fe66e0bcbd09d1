"""The row of a matching question."""

from django.utils.translation import gettext_lazy as _

from assessments.models.questions import Question


class MatchingQuestion(Question):
    """One row is one matching question; its `body` says the rest."""

    class Meta:
        verbose_name = _("matching question")
        verbose_name_plural = _("matching questions")
