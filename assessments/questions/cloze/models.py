"""The row of a cloze question."""

from django.utils.translation import gettext_lazy as _

from assessments.models.questions import Question


class ClozeQuestion(Question):
    """One row is one cloze question; its `body` says the rest."""

    class Meta:
        verbose_name = _("cloze question")
        verbose_name_plural = _("cloze questions")
