"""The row of a short answer question."""

from django.utils.translation import gettext_lazy as _

from assessments.models.questions import Question


class ShortAnswerQuestion(Question):
    """One row is one short answer question; its `body` says the rest."""

    class Meta:
        verbose_name = _("short answer question")
        verbose_name_plural = _("short answer questions")
