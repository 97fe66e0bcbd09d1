"""What is kept about a person, who sees it and why, as the privacy page says it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Category:
    """One row of the table."""

    what: Any
    who: Any
    why: Any


CATEGORIES = (
    Category(
        _("Your name, agency, post and service number"),
        _("You; trainers of your cohorts; coordinators and administrators of your country"),
        _("To know who takes part, and to write the certificate"),
    ),
    Category(
        _("Your sex, year of birth, rank band and place of duty, if you gave them"),
        _("You. Staff of your cohorts and your country see totals; what is published is rounded to five"),
        _("To see whether all groups are trained alike"),
    ),
    Category(
        _("Lessons you opened and finished"),
        _("You; trainers of your cohorts; coordinators and administrators of your country"),
        _("To help those who are stuck, and to count what was done"),
    ),
    Category(
        _("Your answers in quizzes"),
        _("You; trainers of your cohorts. For statistics of questions they are counted without your name"),
        _("To explain mistakes, and to find bad questions"),
    ),
    Category(
        _("Your scores and attempts"),
        _("You; trainers of your cohorts; coordinators and administrators of your country"),
        _("To decide about the certificate"),
    ),
    Category(
        _("Your certificates"),
        _("You; staff of your cohorts and your country; anybody to whom you show one"),
        _("So that others can check that a certificate is real"),
    ),
    Category(
        _("Whether you are confirmed as police, since when and by whom"),
        _("You; trainers of your cohorts; coordinators and administrators of your country"),
        _("To open the courses that are only for police"),
    ),
    Category(
        _("When you signed in"),
        _("You; those who may help you sign in"),
        _("To help you back in, and to see misuse"),
    ),
    Category(
        _("Messages to you, and when you marked them as read"),
        _("You; coordinators and administrators of your country see which were sent and whether they were read"),
        _("To tell you in time what concerns you, such as a certificate that ends"),
    ),
)
