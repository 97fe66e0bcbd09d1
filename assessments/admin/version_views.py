"""The versions of a question: what each changed, word by word, when, and by whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import AuditEvent, Person
from assessments.admin.comparing import NOTHING, Difference, compare, state_of_version
from assessments.admin.doors import question_at_door
from assessments.admin.listing import LIST, title_of
from assessments.models import Question, QuestionVersion
from assessments.policy import QUESTIONS_WRITE
from assessments.questions.registry import kind_of
from assessments.versions import read_version

VERSIONS_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version, and how it differs from the one before."""

    number: int
    published_at: datetime
    by: str
    is_in_force: bool
    is_first: bool
    difference: Difference


class VersionsView(WagtailAdminTemplateMixin, TemplateView):
    """The versions, the latest first. The door has asked whether the question may be read."""

    model: Any = None
    kind: Any = None
    template_name = "assessments/admin/versions.html"
    page_title = gettext_lazy("Versions")
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the versions of this page. Six queries or so, however many there are."""
        question = question_at_door(self.request.user, self.model, self.kwargs["pk"], "view")
        rows = QuestionVersion.objects.filter(question_uuid=question.uuid).order_by("-number")
        page = Paginator(rows, VERSIONS_A_PAGE).get_page(self.request.GET.get("p"))
        inspect = reverse(self.kind.address("inspect"), args=[question.pk])
        return {
            **super().get_context_data(**kwargs),
            "question": question,
            "page": page,
            "versions": self._shown(question, list(page), page.end_index() < page.paginator.count),
            "inspect_url": inspect,
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way back to the list and to the question."""
        question = question_at_door(self.request.user, self.model, self.kwargs["pk"], "view")
        inspect = reverse(self.kind.address("inspect"), args=[question.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse(LIST), "label": _("Questions")},
            {"url": inspect, "label": title_of(question, 60)},
            {"url": "", "label": self.page_title},
        ]

    def _shown(self, question: Question, rows: list[QuestionVersion], has_more: bool) -> list[ShownVersion]:  # noqa: FBT001  # private
        older = list(rows[1:])
        if has_more and rows:
            earlier = QuestionVersion.objects.filter(question_uuid=question.uuid, number__lt=rows[-1].number)
            older += earlier.order_by("-number")[:1]
        # Who did it is for those who answer for the question, as its history is.
        names = _names(question) if QUESTIONS_WRITE.allows(self.request.user, question) else {}
        kind = kind_of(question)
        states = [state_of_version(read_version(row.sha256, row.text)) for row in (*rows, *older[len(rows) - 1 :])]
        return [
            ShownVersion(
                row.number,
                row.published_at,
                names.get(row.sha256, ""),
                row.sha256 == question.version_sha256,
                place + 1 == len(states),
                compare(kind, states[place + 1] if place + 1 < len(states) else NOTHING, states[place]),
            )
            for place, row in enumerate(rows)
        ]


def _names(question: Question) -> dict[str, str]:
    """Return who published each version; nobody's name for what a pack or a command brought. Two queries."""
    events = AuditEvent.objects.filter(target_uuid=question.uuid, act="question.published").order_by("at", "pk")
    by = {event.detail.get("version", ""): event.actor_uuid for event in events if event.actor_uuid}
    people = dict(Person.objects.filter(uuid__in=by.values()).values_list("uuid", "full_name"))
    return {version: people.get(person, "") for version, person in by.items()}
