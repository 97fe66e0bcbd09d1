"""What is drawn from: the questions of a course, as drawing needs them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Func, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from assessments.drawing import ON_ONE_PAGE, TRIES, Sheet, practice_sheet
from assessments.models import Question, Quiz
from assessments.questions.registry import kind_named
from assessments.selecting import Candidate, Part
from assessments.versions import versions_of
from courses.models import Enrolment
from records.models import Node


class UUIDText(Func):
    """A UUID as its usual text, made by the database: a Python object for each row costs more than the draw."""

    output_field = TextField()
    template = "%(expressions)s::text"

    def as_sqlite(self, compiler: Any, connection: Any, **extra_context: Any) -> Any:  # noqa: ARG002  # Django's own
        """Return the SQL for SQLite, which keeps the 32 digits."""
        column, values = compiler.compile(self.source_expressions[0])
        parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        text = " || '-' || ".join(f"substr({column}, {first}, {length})" for first, length in parts)
        return f"({text})", values * len(parts)


def bank_of(course: UUID, country: str, parts: Sequence[Part] = ()) -> list[Candidate]:
    """Return what a quiz of a course may draw for a country's learners ("": what all countries share).

    One query, another where a section asks for tags, however large the bank. The orders of choices are not in
    it: see orders_of.
    """
    return _candidates(Question.objects.drawable(course, country), parts)[0]


def bank_and_node(quiz: Quiz, enrolment: Enrolment, parts: Sequence[Part] = ()) -> tuple[list[Candidate], UUID | None]:
    """Return what may be drawn for an enrolment, and this node; no node where there is nothing to draw."""
    node = Node.objects.filter(is_here=True).annotate(text=UUIDText("uuid")).values("text")[:1]
    questions = Question.objects.drawable(quiz.course_uuid, enrolment.country_id)
    found, node_text = _candidates(questions, parts, Subquery(node))
    return found, UUID(node_text) if node_text else None


def orders_of(drawn: Sequence[Candidate]) -> dict[str, tuple[str, ...]]:
    """Return the order in which the author wrote what may be shuffled, by version. Reads only what was drawn."""
    versions = versions_of(each.version for each in drawn)
    return {sha256: tuple(kind_named(each.kind).order_of(each.structure)) for sha256, each in versions.items()}


def marking_of(quiz: Quiz) -> dict[str, Any]:
    """Return how answers are marked and laid out, as a sheet keeps it: what goes without saying is left out."""
    penalty = quiz.penalty_percent if quiz.behaviour == TRIES else 0
    layout = {"layout": ON_ONE_PAGE} if quiz.layout == ON_ONE_PAGE else {}
    return layout | ({"behaviour": str(quiz.behaviour), "penalty_percent": penalty} if is_unusual(quiz) else {})


def is_unusual(quiz: Quiz) -> bool:
    """Tell whether a quiz is marked in another way than its class usually is."""
    usual = Quiz.Behaviour.AT_ONCE if quiz.quiz_class == Quiz.Class.PRACTICE else Quiz.Behaviour.AT_END
    return quiz.behaviour not in {"", usual}


def practice_sheet_of(quiz: Quiz) -> Sheet:
    """Return the practice paper of a course as its questions stand now; without items where there are none."""
    rows = Question.objects.practised(quiz.course_uuid).values_list("uuid", "version_sha256", "lesson_uuid")
    candidates = [Candidate(str(uuid), sha256, str(lesson or "")) for uuid, sha256, lesson in rows]
    orders = orders_of(candidates)
    ordered = [each._replace(choices=orders[each.version]) for each in candidates]
    return practice_sheet(ordered, pass_mark_percent=quiz.pass_mark_percent, **marking_of(quiz))


def _candidates(questions: QuerySet[Any], parts: Sequence[Part], more: Any = None) -> tuple[list[Candidate], str]:
    """Return the candidates, and what one more expression comes to, the same for every row."""
    nothing = Value("", output_field=TextField())
    rows = _rows(
        questions,
        UUIDText("uuid"),
        "version_sha256",
        Coalesce(UUIDText("lesson_uuid"), nothing),
        "polymorphic_ctype__model",
        "difficulty",
        Coalesce(Cast("category_id", TextField()), nothing),
        more or nothing,
    )
    found = [
        Candidate(question, version, lesson, (), kind, difficulty, category)
        for question, version, lesson, kind, difficulty, category, _more in rows
    ]
    wanted = {tag for part in parts for slot in part.slots for tag in slot.tags}
    if wanted and (tags := _tags_of(questions, wanted)):
        found = [each._replace(tags=tags[each.question]) if each.question in tags else each for each in found]
    return found, rows[0][-1] if rows else ""


def _rows(questions: QuerySet[Any], *columns: Any) -> list[Any]:
    """Return columns that are texts and whole numbers as the database gives them: a third of what a queryset takes."""
    sql, values = questions.order_by("uuid").values_list(*columns).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _tags_of(questions: QuerySet[Any], wanted: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return which of some tags the questions have. One query."""
    slugs = {name.partition(":")[2] for name in wanted}
    rows = questions.order_by().filter(tags__slug__in=slugs)
    found: dict[str, set[str]] = defaultdict(set)
    for question, facet, slug in rows.values_list(UUIDText("uuid"), "tags__facet", "tags__slug"):
        found[question].add(f"{facet}:{slug}")
    return {question: frozenset(tags) for question, tags in found.items()}
