"""How the list of questions is narrowed: by search in every language, and by what an author looks for."""

from typing import Any

import django_filters
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import WorkflowState

from accounts.models import Country
from assessments.admin.categories import category_choices, with_inner
from assessments.admin.forms import DIFFICULTIES
from assessments.admin.kinds import AUTHORED_KINDS
from assessments.admin.languages import in_state, language_choices
from assessments.admin.lessons import course_choices, lesson_choices, published_courses
from assessments.admin.quality import hint_choices, with_hint
from assessments.admin.searching import AnyValueContains, contains
from assessments.admin.tags import tag_choices
from assessments.models import Question, QuestionProposal, QuestionText

SHARED = "shared"


def search_questions(rows: QuerySet[Question], words: str) -> QuerySet[Question]:
    """Return the questions with these words in any language: in the question, its parts, its feedback, its source."""
    texts = QuestionText.objects.filter(question=OuterRef("pk"))
    found = texts.filter(
        contains("stem", words)
        | contains("feedback", words)
        | Q(AnyValueContains("choices", words))
        | Q(AnyValueContains("feedbacks", words))
    )
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
    category = django_filters.ChoiceFilter(label=gettext_lazy("Category"), method="filter_category")
    tags = django_filters.MultipleChoiceFilter(label=gettext_lazy("Tags"), method="filter_tags")
    state = django_filters.ChoiceFilter(label=gettext_lazy("Languages"), method="filter_state")
    hint = django_filters.ChoiceFilter(label=gettext_lazy("Hints on quality"), method="filter_hint")
    waits = django_filters.ChoiceFilter(
        label=gettext_lazy("Drafts"),
        choices=(("draft", gettext_lazy("A draft waits")), ("review", gettext_lazy("In review"))),
        method="filter_waits",
    )

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
        self._offer("category", category_choices(self.request.user))
        self._offer("tags", tag_choices())
        self._offer("state", language_choices())
        self._offer("hint", hint_choices())

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

    def filter_category(self, rows: QuerySet[Question], _name: str, value: str) -> QuerySet[Question]:
        """Return the questions of a category, and of those in it."""
        return rows.filter(category__in=with_inner(self.request.user, int(value)))

    def filter_tags(self, rows: QuerySet[Question], _name: str, value: list[str]) -> QuerySet[Question]:
        """Return the questions that have all of some tags."""
        for each in value:
            facet, _colon, slug = each.partition(":")
            rows = rows.filter(
                Exists(
                    Question.tags.through.objects.filter(
                        question=OuterRef("pk"), questiontag__facet=facet, questiontag__slug=slug
                    )
                )
            )
        return rows

    def filter_state(self, rows: QuerySet[Question], _name: str, value: str) -> QuerySet[Question]:
        """Return the questions that are stale or missing in a language."""
        return in_state(rows, value)

    def filter_hint(self, rows: QuerySet[Question], _name: str, value: str) -> QuerySet[Question]:
        """Return the questions to which a hint is given."""
        return with_hint(rows, value)

    def filter_waits(self, rows: QuerySet[Question], _name: str, value: str) -> QuerySet[Question]:
        """Return the questions with a draft that waits, or one that is in review."""
        drafts = QuestionProposal.objects.filter(has_unpublished_changes=True)
        if value == "review":
            states = WorkflowState.objects.filter(
                base_content_type=QuestionProposal.get_base_content_type(),
                status=WorkflowState.STATUS_IN_PROGRESS,
                object_id=Cast(OuterRef("pk"), CharField()),
            )
            drafts = drafts.filter(Exists(states))
        return rows.filter(pk__in=drafts.values("question"))
