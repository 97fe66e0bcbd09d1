"""manage.py load_demo: the demo's people and what they have learnt."""

import random
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from courses.catalogue import CourseOutline, read_catalogue
from elearning.demo.awards import add_award_life
from elearning.demo.clock import clock_at
from elearning.demo.cohorts import COHORTS, DemoCohort
from elearning.demo.designs import load_designs
from elearning.demo.evaluation import load_evaluation
from elearning.demo.figures import load_figures
from elearning.demo.joining import add_joining
from elearning.demo.learning import learn
from elearning.demo.people import add_cohort, add_places, add_sign_ins, is_there, login_of, opening_of
from elearning.demo.programmes import load_programmes

COURSE = "first-aid-kit"


class Command(BaseCommand):
    """Load the demo, whole or not at all; a second run changes nothing."""

    help = "Load made-up people, two cohorts and what they have learnt. The course must be there: load_pack first."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load unless it is there."""
        if is_there():
            if options["verbosity"] > 1:
                self.stdout.write("The demo is there already.")
            return
        with transaction.atomic():
            with clock_at(opening_of(COHORTS[0])):
                add_places()
                add_sign_ins()
            for demo in COHORTS:
                _load(demo)
            load_programmes()
            load_designs()
            load_evaluation(_course("fr"))
            add_award_life(_course("fr"))
            load_figures()
            add_joining()


def _load(demo: DemoCohort) -> None:
    course = _course(demo.language)
    # Each class its own dice: another officer in one does not move the dates of the other.
    rng = random.Random(f"relais {demo.key}")  # noqa: S311  # repeatable dice, no secrets
    with clock_at(opening_of(demo)):
        add_cohort(demo, course.uuid)
        logins = [login_of(demo, officer) for officer in demo.officers]
    for officer, login in zip(demo.officers, logins, strict=True):
        learn(login, course, demo, officer.stage, rng)


def _course(language: str) -> CourseOutline:
    course = read_catalogue().course_by_slug(language, COURSE)
    if course is None:
        msg = f"There is no course {COURSE!r} yet. Run: manage.py load_pack courses/curriculum/{COURSE}"
        raise CommandError(msg)
    return course
