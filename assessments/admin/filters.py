"""How the list of questions is narrowed: by search in every language, and by what an author looks for."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from accounts.models import Country
from assessments.admin.forms import DIFFICULTIES
from assessments.admin.kinds import AUTHORED_KINDS
from assessments.admin.lessons import course_choices, lesson_choices, published_courses
from assessments.admin.searching import contains
from assessments.models import Question, QuestionText

SHARED = "shared"


def search_questions(rows: QuerySet[Question], words: str) -> QuerySet[Question]:
    """Return the questions with these words in any language, in their feedback, or as their source."""
    texts = QuestionText.objects.filter(question=OuterRef("pk"))
    found = texts.filter(contains("stem", words) | contains("feedback", words))
    return rows.filter(Exists(found) | contains("source", words))


class QuestionFilterSet(WagtailFilterSet):
    """The filters beside the list. Their choices are those of the editor's language and scope."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), method="filter_kind")
    course_uuid = django_filters.ChoiceFilter(label=gettext_lazy("Course"))
    lesson_uuid = django_filters.ChoiceFilter(label=gettext_lazy("Lesson"))
    status = django_filters.ChoiceFilter(label=gettext_lazy("Status"), choices=Question.Status.choices)
    difficulty = django_filters.ChoiceFilter(label=gettext_lazy("Difficulty"), choices=DIFFICULTIES)
    is_practice = django_filters.ChoiceFilter(
        label=gettext_lazy("Use"),
        choices=(("1", gettext_lazy("Practice only")), ("0", gettext_lazy("Graded quizzes"))),
        method="filter_use",
    )
    country = django_filters.ChoiceFilter(label=gettext_lazy("Country"), method="filter_country")

    class Meta:
        model = Question
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        courses = published_courses()
        self._offer("kind", [(kind.name, kind.label) for kind in AUTHORED_KINDS])
        self._offer("course_uuid", course_choices(courses))
        self._offer("lesson_uuid", lesson_choices(courses))
        self._offer("country", self._countries())

    def _offer(self, name: str, choices: Any) -> None:
        self.filters[name].extra["choices"] = choices

    def _countries(self) -> list[tuple[str, str]]:
        """Return the countries whose questions this login reads, never those of others."""
        readable: Any = Question.objects.visible_to(self.request.user).non_polymorphic().order_by()
        countries = Country.objects.filter(pk__in=readable.values("country"))
        named = sorted(((each.code, each.name) for each in countries), key=lambda each: each[1])
        return [(SHARED, _("All countries (shared)")), *named]

    def filter_kind(self, rows: QuerySet[Question], _name: str, value: str) -> QuerySet[Question]:
        """Return the questions of one kind."""
        kind = next(kind for kind in AUTHORED_KINDS if kind.name == value)
        return rows.filter(polymorphic_ctype__app_label="assessments", polymorphic_ctype__model=kind.model_name)

    def filter_use(self, rows: QuerySet[Question], _name: str, value: str) -> QuerySet[Question]:
        """Return the questions for practice, or the others."""
        return rows.filter(is_practice=value == "1")

    def filter_country(self, rows: QuerySet[Question], _name: str, value: str) -> QuerySet[Question]:
        """Return the questions of a country, or the shared ones."""
        return rows.filter(Q(country__isnull=True) if value == SHARED else Q(country__code=value))
