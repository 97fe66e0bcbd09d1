"""The row of a true or false question."""

from django.utils.translation import gettext_lazy as _

from assessments.models.questions import Question


class TrueFalseQuestion(Question):
    """One row is one statement to judge; its two choices need no words of their own."""

    class Meta:
        verbose_name = _("true or false question")
        verbose_name_plural = _("true or false questions")
