"""The opening times of a quiz for each class, typed and shown in the time of the class."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Cohort, InvitationCode, Login
from assessments.actions import set_window
from assessments.models import Quiz, QuizWindow
from assessments.windows import ALWAYS_OPEN, Window
from courses.models import Enrolment

# What a browser's own field sends, and what somebody types where there is none.
_FORMS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


class LocalTimeField(forms.CharField):
    """A day and a time of day, in no time zone."""

    widget = forms.TextInput(attrs={"type": "datetime-local"})

    def clean(self, value: Any) -> Any:
        """Return the local time; None where nothing is typed."""
        text = super().clean(value)
        for form in _FORMS if text else ():
            try:
                return datetime.strptime(text, form)  # noqa: DTZ007  # local: its class says the zone
            except ValueError:
                continue
        if text:
            raise forms.ValidationError(_("Write the day and the time like 2026-11-30 14:30."))
        return None


class TimesForm(forms.Form):
    """When a quiz opens and closes to one class."""

    opens_at = LocalTimeField(label=gettext_lazy("Opens"), required=False)
    closes_at = LocalTimeField(label=gettext_lazy("Closes"), required=False)

    def __init__(self, *args: Any, cohort: Cohort, window: Window, **kwargs: Any) -> None:
        self.cohort, self.zone = cohort, ZoneInfo(cohort.time_zone)
        stored = {"opens_at": self._local(window.opens_at), "closes_at": self._local(window.closes_at)}
        kwargs |= {"prefix": str(cohort.uuid), "initial": stored}
        super().__init__(*args, **kwargs)
        self.stored = window

    def clean(self) -> dict[str, Any]:
        """Turn the local times into moments, and see that it closes after it opens."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("opens_at", "closes_at"):
            if data.get(name):
                data[name] = self._moment(name, data[name])
        if data.get("opens_at") and data.get("closes_at") and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_at", _("It closes before it opens. Choose a later time."))
        return data

    def window(self) -> Window:
        """Return what the form says."""
        return Window(self.cleaned_data["opens_at"], self.cleaned_data["closes_at"], self.cohort.time_zone)

    def _moment(self, name: str, local: datetime) -> datetime | None:
        moment = local.replace(tzinfo=self.zone).astimezone(UTC)
        if moment.astimezone(self.zone).replace(tzinfo=None) != local:
            self.add_error(name, _("The clocks are put forward then: this time does not exist on that day."))
            return None
        return moment

    def _local(self, moment: datetime | None) -> str:
        return moment.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M") if moment else ""


def cohorts_for(login: Login, quiz: Quiz) -> Iterator[tuple[Cohort, Window]]:
    """Yield the classes of one's own that take the course, or whose codes lead to it, with their times.

    Two queries.
    """
    taken = Enrolment.objects.filter(course_uuid=quiz.course_uuid).values("cohort")
    invited = InvitationCode.objects.filter(course_uuid=quiz.course_uuid).values("cohort")
    cohorts: Any = Cohort.objects.visible_to(login)
    mine = cohorts.filter(Q(uuid__in=taken) | Q(pk__in=invited)).order_by("-starts_on", "name").distinct()
    rows = {row.cohort_id: Window(row.opens_at, row.closes_at) for row in QuizWindow.objects.filter(quiz=quiz)}
    for cohort in mine:
        yield cohort, rows.get(cohort.pk, ALWAYS_OPEN)


def save_times(by: Login, quiz: Quiz, forms: Iterable[TimesForm]) -> int:
    """Save the times of some classes; return how many changed. A time that stays the same keeps its seconds."""
    changed = 0
    for form in forms:
        if form.has_changed():
            changed += set_window(by=by, quiz=quiz, cohort=form.cohort, window=form.window())
    return changed
