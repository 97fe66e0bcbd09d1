"""paths.yaml: read strictly, every problem with its line. Reads a file, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from accounts.models import Agency
from courses.models import LearningPath
from courses.packs.errors import Findings
from courses.packs.forms import Form
from courses.packs.yaml_text import Rows, read_yaml
from courses.paths.judging import Stage

FILE = "paths.yaml"
LANGUAGES = ("en", "fr")
MOST_STAGES = 8
MOST_COURSES = 20
_COUNTRY = 2


@dataclass(frozen=True, slots=True)
class PlannedPath:
    """One path of the file, its courses found by their names."""

    uuid: UUID
    kind: str
    position: int
    slug: dict[str, str]
    title: dict[str, str]
    summary: dict[str, str]
    language: str
    agencies: tuple[str, ...]
    countries: tuple[str, ...]
    stages: tuple[Stage, ...]


def read_paths(path: Path, courses: Mapping[str, UUID]) -> list[PlannedPath]:
    """Return the paths of a file; raise PackErrors with every problem. `courses` are by their short names."""
    findings = Findings()
    value = read_yaml(path.read_text(encoding="utf-8"), path.name, findings)
    findings.refuse_if_any()
    if not isinstance(value, Rows):
        findings.add(path.name, 1, "a list of paths is expected here")
        findings.refuse_if_any()
    reader = _Reader(courses)
    paths = [reader.read(Form(row, path.name, findings, line)) for row, line in zip(value, value.lines, strict=True)]
    findings.refuse_if_any()
    return paths


class _Reader:
    """Reads one path after the other, and sees an id or an address that stands twice."""

    def __init__(self, courses: Mapping[str, UUID]) -> None:
        self.courses = courses
        self.seen: set[object] = set()

    def read(self, form: Form) -> PlannedPath:
        found = PlannedPath(
            uuid=form.uuid("uuid"),
            kind=self._one_of(form, "kind", LearningPath.Kind.values),
            position=form.number("position", 1, 1000),
            slug=self._slug(form),
            title=form.words("title", LANGUAGES, 120),
            summary=form.words("summary", LANGUAGES, 600),
            language=form.text("language", required=False, longest=8),
            agencies=self._listed(form, "agencies", Agency.Kind.values),
            countries=self._listed(form, "countries", None),
            stages=tuple(self._stage(each) for each in form.forms("stages", 1, MOST_STAGES)),
        )
        self._once(form, "uuid", found.uuid)
        courses = [course for stage in found.stages for course in stage.members()]
        if len(courses) != len(set(courses)):
            form.problem("stages", "a course stands on a path once")
        form.close()
        return found

    def _stage(self, form: Form) -> Stage:
        optional = self._courses(form, "optional", 0)
        stage = Stage(
            title=form.words("title", LANGUAGES, 120),
            courses=self._courses(form, "courses", 0 if optional else 1),
            optional=optional,
            choose=form.number("choose", 0, len(optional)) if form.has("choose") else 0,
        )
        form.take("choose", required=False)
        form.close()
        return stage

    def _courses(self, form: Form, key: str, fewest: int) -> tuple[UUID, ...]:
        if not form.has(key) and not fewest:
            form.take(key, required=False)
            return ()
        names = form.texts(key, fewest, MOST_COURSES)
        for name in names:
            if name and name not in self.courses:
                form.problem(key, f"there is no course {name!r}; load its pack first")
        return tuple(self.courses[name] for name in names if name in self.courses)

    def _slug(self, form: Form) -> dict[str, str]:
        inner = form.form("slug")
        found = {language: inner.slug(language) for language in LANGUAGES}
        inner.close()
        for slug in set(found.values()):
            self._once(form, "slug", slug)
        return found

    def _once(self, form: Form, key: str, value: object) -> None:
        if value in self.seen:
            form.problem(key, f"{value} stands here twice")
        self.seen.add(value)

    def _one_of(self, form: Form, key: str, accepted: list[str]) -> str:
        value = form.text(key)
        if value and value not in accepted:
            form.problem(key, f"{value!r} is none of: {', '.join(accepted)}")
        return value

    def _listed(self, form: Form, key: str, accepted: list[str] | None) -> tuple[str, ...]:
        if not form.has(key):
            form.take(key, required=False)
            return ()
        found = form.texts(key, 1, 100)
        for each in found:
            if accepted is None and not (len(each) == _COUNTRY and each.isupper()):
                form.problem(key, f"{each!r} is no country code such as ML")
            if accepted is not None and each not in accepted:
                form.problem(key, f"{each!r} is none of: {', '.join(accepted)}")
        return tuple(found)
