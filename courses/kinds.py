"""Words that packs, pages and the catalogue share: collections of courses, kinds of sheets, who a course is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Collection(models.TextChoices):
    """Where a course stands in the catalogue; the order here is the order there."""

    KIT = "kit", _("Start here")
    MODULE = "module", _("The modules")
    ELECTIVE = "elective", _("Electives")
    REFRESHER = "refresher", _("Refreshers")
    TRAINERS = "trainers", _("For trainers")


class LessonLength(models.TextChoices):
    """How long the lessons of a course are meant to be."""

    FULL = "full", _("400 to 900 words")
    SHORT = "short", _("150 to 400 words")


class Reserved(models.TextChoices):
    """Who alone may see a course; empty stands for everybody."""

    POLICE = "police", _("people confirmed as police")


class SheetKind(models.TextChoices):
    """What a sheet is, which says who reads it."""

    JOB_AID = "job_aid", _("Job aid")
    SESSION_PLAN = "session_plan", _("Session plan")
    TRAINER_NOTES = "trainer_notes", _("Notes for trainers")


class Ending(models.TextChoices):
    """How a way through a decision path ends."""

    GOOD = "good", _("A good ending")
    MIXED = "mixed", _("A mixed ending")
    POOR = "poor", _("A poor ending")


DEFAULT_POSITION = 100
LAST_POSITION = 999
# Sheets that learners never see, and that no device carries.
STAFF_SHEETS = frozenset({SheetKind.SESSION_PLAN, SheetKind.TRAINER_NOTES})
