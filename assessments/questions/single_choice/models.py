"""The row of a single choice question."""

from django.utils.translation import gettext_lazy as _

from assessments.models.questions import Question


class SingleChoiceQuestion(Question):
    """One row is one single choice question: exactly one of its choices is right."""

    class Meta:
        verbose_name = _("single choice question")
        verbose_name_plural = _("single choice questions")
