"""The row of a words into gaps question."""

from django.utils.translation import gettext_lazy as _

from assessments.models.questions import Question


class WordGapsQuestion(Question):
    """One row is one words into gaps question; its `body` says the rest."""

    class Meta:
        verbose_name = _("words into gaps question")
        verbose_name_plural = _("words into gaps questions")
