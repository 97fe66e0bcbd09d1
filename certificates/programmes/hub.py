"""The parts of a cohort and of a programme, as their pages lead to them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Cohort, CohortMember
from certificates.models import CohortPlan, Programme

# (address, words, icon, only for who runs the cohort); in the order in which a cohort lives.
_PARTS = (
    ("certificates:cohort-people", _("People"), "people", False),
    ("certificates:cohort-import", _("Import people"), "download", True),
    ("certificates:cohort-invitations", _("Invitation codes"), "key", False),
    ("certificates:session-list", _("Sessions and attendance"), "clock", False),
    ("certificates:desk-cohort", _("Progress of each person"), "list", False),
    ("certificates:cohort-figures", _("Figures of the cohort"), "chart", False),
    ("assessments:class", _("How the class is doing"), "chart", False),
    ("assessments:cohort-exam", _("Exam"), "key", False),
    ("certificates:cohort-evaluation", _("Evaluation"), "chart", False),
    ("certificates:cohort-issue", _("Issue certificates"), "award", True),
)
# Its part of the page of people, shown where somebody waits.
_WAITING_LIST = "waiting"
# (address, words, icon, whether it is the programme's own page); all are for who runs the programme.
_OF_PROGRAMME = (
    ("certificates:trainer-rules", _("Rules for trainers"), "check", True),
    ("certificates:award-rules", _("What certificates ask"), "list", False),
)


@dataclass(frozen=True, slots=True)
class HubLink:
    """One way on from a cohort or a programme."""

    url: str
    label: Any
    icon: str


def parts_of(cohort: Cohort, plan: CohortPlan, *, runs: bool) -> list[HubLink]:
    """Return where one can go from a cohort; a cohort of before this site has nobody, so only its plan. One query."""
    if plan.history:
        return []
    shown = [part for part in _PARTS if runs or not part[3]]
    links = [HubLink(reverse(name, args=[cohort.uuid]), label, icon) for name, label, icon, _runs in shown]
    if CohortMember.objects.learners().filter(cohort=cohort, state=CohortMember.State.WAITING).exists():
        links.insert(1, HubLink(f"{links[0].url}#{_WAITING_LIST}", _("Waiting list"), "clock"))
    return links


def links_of_programme(programme: Programme) -> list[HubLink]:
    """Return where one can go from a programme, for who runs it."""
    return [
        HubLink(reverse(name, args=[programme.uuid] if is_own else []), label, icon)
        for name, label, icon, is_own in _OF_PROGRAMME
    ]
