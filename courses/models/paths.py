"""Learning paths: made from curriculum/paths.yaml, read by everybody."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.paths.judging import Stage, stages_of


class LearningPath(models.Model):
    """One row is one way through the courses: by role, by theme, for a region, or short electives.

    Words are {language: text}. `stages` is what `courses.paths.judging.stages_of` reads: courses by
    their ids, so that a path holds in every language and national edition. `agencies` (kinds of agency)
    and `countries` (codes) say whom it is offered first; empty means everybody.
    """

    class Kind(models.TextChoices):
        ROLE = "role", _("By role")
        THEME = "theme", _("By theme")
        REGION = "region", _("For a region")
        ELECTIVE = "elective", _("Electives")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    slug = models.JSONField(_("address"))
    title = models.JSONField(_("title"))
    summary = models.JSONField(_("summary"))
    # The language its courses are offered in first, where the learner has not said otherwise.
    language = models.CharField(_("language"), max_length=8, blank=True)
    agencies = models.JSONField(_("agencies"), default=list)
    countries = models.JSONField(_("countries"), default=list)
    stages = models.JSONField(_("stages"))

    class Meta:
        verbose_name = _("learning path")
        verbose_name_plural = _("learning paths")
        ordering: ClassVar[tuple[str, ...]] = ("position", "uuid")

    def __str__(self) -> str:
        return self.words("title", "en")

    def words(self, field: str, language: str) -> str:
        """Return the words of a field in a language, else in English, else in any."""
        found: dict[str, str] = getattr(self, field)
        return found.get(language) or found.get("en") or next(iter(found.values()), "")

    def staged(self) -> tuple[Stage, ...]:
        """Return the stages."""
        return stages_of(self.stages)

    def course_uuids(self) -> list[UUID]:
        """Return the ids of all courses in order."""
        return [course for stage in self.staged() for course in stage.members()]

    def has_slug(self, slug: str) -> bool:
        """Tell whether this is its address in some language."""
        return slug in self.slug.values()

    def fits(self, person: Any) -> bool:
        """Tell whether it is offered first to a person: by the agency, by the country, as far as it names some."""
        if not self.agencies and not self.countries:
            return False
        kind = person.agency.kind if person.agency_id else ""
        country = person.country.code if person.country_id else ""
        return (not self.agencies or kind in self.agencies) and (not self.countries or country in self.countries)

    @classmethod
    def in_order(cls) -> list["LearningPath"]:
        """Return all paths. One query: there are a few dozen at most."""
        return list(cls.objects.all())
