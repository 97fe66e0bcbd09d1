"""The row of an extended answer question."""

from django.utils.translation import gettext_lazy as _

from assessments.models.questions import Question


class ExtendedAnswerQuestion(Question):
    """One row is one extended answer question; its `body` says the rest."""

    class Meta:
        verbose_name = _("extended answer question")
        verbose_name_plural = _("extended answer questions")
