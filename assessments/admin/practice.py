"""Practice and graded use exclude each other for good: a practice question's key is on devices."""

from typing import Any

from django.utils.translation import gettext as _

from assessments.models import Paper, Question


def practice_problem(question: Question, *, was_practice: bool, is_practice: bool) -> Any:
    """Return why a question may not change between practice and graded use; None where it may.

    Looks through the papers only when a question turns to practice: the column is not indexed.
    """
    if was_practice == is_practice or question.pk is None:
        return None
    if is_practice and was_in_a_paper(question):
        return _(
            "This question has been in a graded quiz. As a practice question its key would go to devices. "
            "Make a copy for practice instead."
        )
    if was_practice and question.version_number:
        return _(
            "This question was published for practice: its key is on devices. It cannot be used for grading. "
            "Write another question instead."
        )
    return None


def was_in_a_paper(question: Question) -> bool:
    """Tell whether a paper was ever drawn with this question. Papers are graded, all of them."""
    return Paper.objects.filter(text__contains=str(question.uuid)).exists()
