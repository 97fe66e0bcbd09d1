"""The row of an ordering question."""

from django.utils.translation import gettext_lazy as _

from assessments.models.questions import Question


class OrderingQuestion(Question):
    """One row is one ordering question; its `body` says the rest."""

    class Meta:
        verbose_name = _("ordering question")
        verbose_name_plural = _("ordering questions")
