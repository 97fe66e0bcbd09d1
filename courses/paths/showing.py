"""Paths as one person meets them: which fit, how far they are, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from courses.access import enrolments_of, may_see
from courses.catalogue import Catalogue, CourseOutline
from courses.models import LearningPath
from courses.paths.judging import StageVerdict, Standing, Verdict, judge


@dataclass(frozen=True, slots=True)
class PathCourse:
    """One course of a stage; `outline` is None where it is not published here."""

    uuid: UUID
    outline: CourseOutline | None
    url: str
    standing: Standing
    is_optional: bool
    is_begun: bool


@dataclass(frozen=True, slots=True)
class PathStage:
    """One stage with its courses."""

    number: int
    title: str
    verdict: StageVerdict
    courses: tuple[PathCourse, ...]


@dataclass(frozen=True, slots=True)
class PathView:
    """One path for one person, or for anybody."""

    path: LearningPath
    title: str
    summary: str
    url: str
    verdict: Verdict
    stages: tuple[PathStage, ...]
    fits: bool
    is_begun: bool

    @property
    def done(self) -> int:
        """How many of the courses it asks for are done."""
        return self.verdict.asked - self.verdict.left

    @property
    def minutes(self) -> int:
        """How long the required courses take."""
        rows = [row for stage in self.stages for row in stage.courses if not row.is_optional and row.outline]
        return sum(row.outline.minutes for row in rows if row.outline)

    @property
    def next(self) -> PathCourse | None:
        """Return the course to go on with: one under way, else the first that is open and asked for."""
        rows = [row for stage in self.stages if stage.verdict.left for row in stage.courses]
        open_rows = [row for row in rows if row.standing == Standing.OPEN and row.outline]
        begun = [row for row in open_rows if row.is_begun]
        return next(iter([*begun, *open_rows]), None)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What somebody has begun and completed."""

    begun: frozenset[UUID]
    done: frozenset[UUID]


NOTHING = Learnt(frozenset(), frozenset())


def learnt_by(login: Any) -> Learnt:
    """Return the courses a login's person is enrolled in, and those completed in some period. One query."""
    return learnt_in(enrolments_of(login)) if login.is_authenticated else NOTHING


def learnt_in(enrolments: Iterable[Any]) -> Learnt:
    """Return the same from a person's enrolments with their progress."""
    enrolments = list(enrolments)
    done = {
        each.course_uuid
        for each in enrolments
        if (progress := getattr(each, "progress", None)) and progress.completed_at
    }
    return Learnt(frozenset(each.course_uuid for each in enrolments), frozenset(done))


def views_for(login: Any, catalogue: Catalogue, language: str) -> list[PathView]:
    """Return all paths; those that fit the person come first. Two queries."""
    learnt = learnt_by(login)
    found = [show(path, login, catalogue, language, learnt) for path in LearningPath.in_order()]
    return sorted(found, key=lambda each: not each.fits)


def show(path: LearningPath, login: Any, catalogue: Catalogue, language: str, learnt: Learnt) -> PathView:
    """Put a path, its courses and what somebody learnt together."""
    verdict = judge(path.staged(), learnt.done)
    shown = _Shown(login, catalogue, language, path.language or language, learnt)
    return PathView(
        path=path,
        title=path.words("title", language),
        summary=path.words("summary", language),
        url=path_url(path, language),
        verdict=verdict,
        stages=tuple(shown.stage(number, each) for number, each in enumerate(verdict.stages, start=1)),
        fits=bool(login.is_authenticated and path.fits(login.person)),
        is_begun=bool(learnt.begun.intersection(path.course_uuids())),
    )


def path_url(path: LearningPath, language: str) -> str:
    """Return the address of a path in a language."""
    with translation.override(language):
        return reverse("courses:path", args=[path.words("slug", language)])


@dataclass(frozen=True, slots=True)
class _Shown:
    """What every stage of a path is shown with."""

    login: Any
    catalogue: Catalogue
    language: str
    # What stands in for the reader's language: a path for a region has its own first language.
    first: str
    learnt: Learnt

    def stage(self, number: int, verdict: StageVerdict) -> PathStage:
        title = verdict.stage.title
        rows = (self._course(each, verdict) for each in verdict.stage.members())
        return PathStage(
            number,
            title.get(self.language) or title.get("en") or next(iter(title.values()), ""),
            verdict,
            tuple(row for row in rows if row),
        )

    def _course(self, uuid: UUID, verdict: StageVerdict) -> PathCourse | None:
        """Return a row; nothing for a course that is reserved for others: they need not know of it."""
        language = self.language
        outline = self.catalogue.course(uuid, language)
        if outline and outline.language != language and self.catalogue.courses[uuid].get(self.first):
            outline, language = self.catalogue.courses[uuid][self.first], self.first
        if outline and not may_see(self.login, outline):
            return None
        url = self.catalogue.addresses(uuid)[language] if outline else ""
        optional = uuid in verdict.stage.optional
        return PathCourse(uuid, outline, url, verdict.standings[uuid], optional, uuid in self.learnt.begun)
