"""Lists of people that were brought in, and guesses at codes."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.models.cohorts import Cohort
from accounts.models.people import Person


class PeopleImportQuerySet(models.QuerySet["PeopleImport"]):
    """Imports, narrowed by who asks."""

    def visible_to(self, login: policy.Viewer) -> Self:
        """Return the imports into cohorts that this login coordinates."""
        return self.filter(cohort__in=policy.COHORTS_RUN.filter(Cohort.objects.all(), login))


class PeopleImport(models.Model):
    """One row is one list of people that somebody uploaded for one cohort.

    `rows` holds what was read of the list, and `choices` what was decided about doubtful lines, until it is
    done or set aside; then both are emptied, because the people stand in their own table.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", _("Preview: nothing is written yet")
        DONE = "done", _("Done")
        UNDONE = "undone", _("Undone")
        SET_ASIDE = "set-aside", _("Set aside")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="imports", verbose_name=_("cohort"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=100)
    file_sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREVIEW)
    rows = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = PeopleImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of people")
        verbose_name_plural = _("imports of people")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.file_name


class ImportedPerson(models.Model):
    """One row is what one line of an import did: made somebody, brought somebody known in, or neither."""

    class Did(models.TextChoices):
        MADE = "made", _("New person")
        JOINED = "joined", _("Known person, brought into the cohort")
        NOTHING = "nothing", _("Was in the cohort already")
        REFUSED = "refused", _("Left out")

    class Undone(models.TextChoices):
        REMOVED = "removed", _("Removed")
        LEFT = "left", _("Taken out of the cohort")
        KEPT = "kept", _("Kept")

    source = models.ForeignKey(PeopleImport, models.CASCADE, related_name="people")
    line = models.PositiveIntegerField(_("line"))
    did = models.CharField(max_length=8, choices=Did)
    # Why a line was left out, by code of accounts.joining.verdicts.
    reason = models.CharField(max_length=32, blank=True)
    # Somebody who is removed again leaves the line, without a name.
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, to_field="uuid", related_name="imported", verbose_name=_("person")
    )
    undone = models.CharField(max_length=8, choices=Undone, blank=True)
    # What kept somebody, by code of accounts.joining.registry.
    trace = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")
        ordering = ("line",)
        constraints = (models.UniqueConstraint(fields=("source", "line"), name="import_line_once"),)

    def __str__(self) -> str:
        return f"{self.line}: {self.did}"


class GuessCount(models.Model):
    """One row counts the wrong invitation codes of one browser or one address in one quarter of an hour.

    The key is a keyed hash: the table tells nobody who typed what from where.
    """

    key = models.CharField(max_length=64, primary_key=True)
    began_at = models.DateTimeField(db_index=True)
    wrong = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("count of wrong codes")
        verbose_name_plural = _("counts of wrong codes")

    def __str__(self) -> str:
        return f"{self.wrong}"
