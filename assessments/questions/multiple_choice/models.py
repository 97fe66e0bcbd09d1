"""The row of a multiple choice question."""

from django.utils.translation import gettext_lazy as _

from assessments.models.questions import Question


class MultipleChoiceQuestion(Question):
    """One row is one multiple choice question: one or more of its choices are right."""

    class Meta:
        verbose_name = _("multiple choice question")
        verbose_name_plural = _("multiple choice questions")
