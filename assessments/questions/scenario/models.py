"""The row of a scenario question."""

from django.utils.translation import gettext_lazy as _

from assessments.models.questions import Question


class ScenarioQuestion(Question):
    """One row is one scenario question; its `body` says the rest."""

    class Meta:
        verbose_name = _("scenario question")
        verbose_name_plural = _("scenario questions")
