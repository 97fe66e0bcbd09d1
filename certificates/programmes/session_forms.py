"""What is typed about sessions: time and place, agenda, plan, parts, and the paper sheet."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Cohort, Person
from certificates.models import CohortPlan, Session, SessionPart
from certificates.programmes.agenda import AgendaError, agenda_text, read_agenda
from certificates.programmes.forms import day_input, lines_field, lines_of
from certificates.programmes.session_plans import LISTS, STEPS, TEXTS, SessionPlan, refusals

_LONGEST_TEXT = 4_000
_LABELS: Mapping[str, Any] = {
    "module": _("Module"),
    "audience": _("Audience"),
    "objectives": _("Objectives"),
    "key_points": _("Key points"),
    "materials": _("Materials, and what works offline"),
    "questions": _("Questions from the bank"),
    "local_law": _("Local law"),
    "safety": _("Safety and trauma"),
    "inclusion": _("Inclusion"),
    "evaluation": _("How learning is checked"),
    "after": _("Notes after the session"),
    "opening": _("Opening"),
    "input": _("Input"),
    "activity": _("Activity"),
    "debrief": _("Debrief"),
    "check": _("Check"),
}
_HINTS: Mapping[str, Any] = {
    "objectives": _("At most four, one a line. What people will be seen to do: name, sort, ask, write, decide."),
    "key_points": _("One a line, each with the code of its source: [S3], [P31]."),
    "local_law": _("Which national rule applies here, and who can say so."),
    "safety": _("What may hurt somebody in the room, and what you do then."),
    "inclusion": _("Language, seeing and hearing, women and men alike, those without a rank."),
}
REFUSALS: Mapping[str, Any] = {
    "too-many-objectives": _("There are %(detail)s objectives. A session reaches four at most."),
    "shares-not-whole": _("The five shares make %(detail)s together. They must make 100."),
}
ADVICE: Mapping[str, Any] = {
    "missing": _("%(field)s: nothing is written yet."),
    "not-observable": _("Nobody can see whether this is reached: “%(detail)s”. Say what people will do."),
    "no-source": _("This key point names no source: “%(detail)s”."),
    "listens-more-than-works": _("People listen longer than they work. Let the activity take the largest share."),
}


def advice_text(code: str, about: str, detail: str) -> str:
    """Return a piece of advice in words."""
    return str(ADVICE[code]) % {"field": _LABELS.get(about, about), "detail": detail}


def label_of(name: str) -> Any:
    """Return how a part of the plan is called."""
    return _LABELS[name]


class SessionForm(forms.Form):
    """When and where a session is, and what happens in it."""

    title = forms.CharField(label=_("Title"), max_length=150, widget=forms.TextInput(attrs={"dir": "auto"}))
    mode = forms.ChoiceField(label=_("How it is held"), choices=CohortPlan.Mode.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Place"), max_length=150, required=False)
    day = forms.DateField(label=_("Day"), widget=day_input())
    begins = forms.TimeField(label=_("Begins"), widget=forms.TimeInput(attrs={"type": "time", "class": "short"}))
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(attrs={"type": "time", "class": "short"}))
    minutes = forms.IntegerField(
        label=_("Minutes of training"),
        help_text=_("Without the breaks. This is what counts as attended."),
        min_value=1,
        max_value=24 * 60,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    agenda = lines_field(_("Agenda"), _("One item a line, its minutes first: “30 Opening | plenary”."))

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = ZoneInfo(cohort.time_zone)
        self.fields["day"].help_text = _("By the clock of %(zone)s.") % {"zone": cohort.time_zone}

    @staticmethod
    def initial_of(session: Session) -> dict[str, Any]:
        """Return what the form shows of a session, by the cohort's clock."""
        zone = ZoneInfo(session.cohort.time_zone)
        starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
        times = {"day": starts.date(), "begins": starts.time(), "ends": ends.time()}
        plain = {name: getattr(session, name) for name in ("title", "mode", "place", "minutes")}
        return plain | times | {"agenda": agenda_text(session.agenda)}

    def clean_agenda(self) -> list[dict[str, Any]]:
        """Return the items, or name the first line that is none."""
        try:
            return read_agenda(self.cleaned_data["agenda"])
        except AgendaError as error:
            marks = {"number": error.number, "line": error.line}
            raise ValidationError(_("Line %(number)s is no item: “%(line)s”. Begin with its minutes."), params=marks)  # noqa: B904  # the form shows it

    def clean(self) -> dict[str, Any]:
        """Compare the times; a session that ends before it begins ends the next day: nobody trains at night."""
        data: dict[str, Any] = super().clean() or {}
        if not {"day", "begins", "ends", "minutes"} <= set(data):
            return data
        if data["ends"] <= data["begins"]:
            self.add_error("ends", _("It ends before it begins. Compare the two times."))
            return data
        data["starts_at"], data["ends_at"] = (
            dt.datetime.combine(data["day"], data[name], self._zone).astimezone(dt.UTC) for name in ("begins", "ends")
        )
        if data["minutes"] > (data["ends_at"] - data["starts_at"]).total_seconds() // 60:
            self.add_error("minutes", _("This is longer than from the beginning to the end."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return what the action writes."""
        names = ("title", "mode", "place", "starts_at", "ends_at", "minutes", "agenda")
        return {name: self.cleaned_data[name] for name in names}


class SessionPlanForm(forms.Form):
    """The session plan, after the template."""

    def __init__(self, *args: Any, plan: SessionPlan, **kwargs: Any) -> None:
        initial = {**plan.shares, **plan.texts, **{name: "\n".join(lines) for name, lines in plan.lists.items()}}
        super().__init__(*args, **kwargs | {"initial": initial})
        for name in ("module", "audience", *LISTS, "local_law", "safety", "inclusion", "evaluation", "after"):
            self.fields[name] = lines_field(_LABELS[name], _HINTS.get(name, ""))
        for name in STEPS:
            self.fields[name] = forms.IntegerField(
                label=_LABELS[name],
                min_value=0,
                max_value=100,
                widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse what no session can hold."""
        data: dict[str, Any] = super().clean() or {}
        if set(STEPS) <= set(data):
            for finding in refusals(self.plan()):
                about = "objectives" if finding.about == "objectives" else "opening"
                text = REFUSALS[finding.code]
                self.add_error(about, ValidationError(text, params={"detail": finding.detail}))
        return data

    def plan(self) -> SessionPlan:
        """Return the plan that was typed."""
        data = self.cleaned_data
        return SessionPlan(
            {name: data[name] for name in STEPS},
            {name: lines_of(data.get(name, "")) for name in LISTS},
            {name: data.get(name, "").strip()[:_LONGEST_TEXT] for name in TEXTS},
        )


class PartForm(forms.Form):
    """One part in a session: somebody of the cohort, or a guest by office."""

    role = forms.ChoiceField(label=_("Part"), choices=[("", "–"), *SessionPart.Role.choices], required=False)
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"), required=False, to_field_name="uuid")
    office = forms.CharField(
        label=_("Or office"),
        help_text=_("Such as “Prosecutor, anti-trafficking unit”. Never a name."),
        max_length=150,
        required=False,
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField's
        self.fields["person"].empty_label = _("Nobody by name")  # type: ignore[attr-defined]  # the same

    def clean(self) -> dict[str, Any]:
        """Ask for a person or an office where a part is chosen, and for a part where somebody is."""
        data: dict[str, Any] = super().clean() or {}
        somebody = data.get("person") or data.get("office")
        if data.get("role") and not somebody:
            self.add_error("person", _("Choose a person, or write an office."))
        if somebody and not data.get("role"):
            self.add_error("role", _("Choose the part."))
        return data


class _Parts(forms.BaseFormSet[PartForm]):
    def clean(self) -> None:
        """Refuse somebody who has two parts in one session."""
        people = [form.cleaned_data["person"] for form in self.forms if form.cleaned_data.get("person")]
        if len(people) != len(set(people)):
            raise ValidationError(_("Somebody stands here twice. Each person has one part in a session."))


PartForms = forms.formset_factory(PartForm, formset=_Parts, extra=2, max_num=20)


class PaperForm(forms.Form):
    """Somebody who signed the paper sheet and is not on the list."""

    full_name = forms.CharField(
        label=_("Full name"),
        help_text=_("As it is written on the sheet. It will stand on the certificate."),
        max_length=150,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"), required=False)
    service_number = forms.CharField(label=_("Service number"), max_length=32, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("Not stated")), *Person.Sex.choices], required=False)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if cohort.agency_id:
            del self.fields["agency"]
        else:
            self.fields["agency"].queryset = Agency.objects.filter(country=cohort.country_id)  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """A CSV file of attendance."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("The list of this session, filled in. At most 256 KB."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
