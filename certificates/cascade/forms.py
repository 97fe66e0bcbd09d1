"""What is typed about trainers: rules, evidence, profiles."""

import datetime as dt
from dataclasses import asdict, fields
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from certificates.cascade.cohorts import TRAINING_PARTS, cohorts_of
from certificates.cascade.rules import BEST_MARK, RUBRIC_LINES, TrainerRules, bounds_of
from certificates.cascade.words import RETRACTION_REASONS, RUBRIC
from certificates.models import Evidence, Programme, Session, TrainerProfile

_RULES: dict[str, tuple[Any, Any]] = {
    "base_percent": (_("Base course: least share of points (%)"), _("As quoted on the certificate in force.")),
    "attendance_percent": (
        _("Training of trainers: least attendance (%)"),
        _("Of the minutes of the sessions that were held."),
    ),
    "rubric_line": (_("Micro-teaching: least mark of each line (0 to 4)"), _("0 asks for no micro-teaching.")),
    "co_delivered": (_("Sessions held beside another trainer"), ""),
    "observed": (_("Sessions observed and passed"), ""),
    "lapse_months": (_("Months without a session after which a trainer lapses"), ""),
    "active_months": (_("Months within which a session makes a trainer active"), ""),
    "mentor_after": (_("Sessions led after which a certified trainer is a mentor"), ""),
}


class TrainerRulesForm(forms.Form):
    """The rules of one programme."""

    needs_conduct = forms.BooleanField(label=_("The code of conduct must be signed"), required=False)

    field_order = [field.name for field in fields(TrainerRules)]  # as Django's forms read it

    def __init__(self, data: Any = None, *, rules: TrainerRules) -> None:
        super().__init__(data, initial=asdict(rules))
        for name, (label, help_text) in _RULES.items():
            least, most = bounds_of(name)
            widget = forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"})
            self.fields[name] = forms.IntegerField(
                label=label, help_text=help_text, min_value=least, max_value=most, widget=widget
            )
        self.order_fields(self.field_order)

    def rules(self) -> TrainerRules:
        """Return what was typed."""
        return TrainerRules(**self.cleaned_data)


class EvidenceForm(forms.Form):
    """One piece of evidence of one kind."""

    happened_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
    )

    def __init__(
        self, *args: Any, kind: str, programme: Programme | None, person: Person, today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.today = kind, today
        self.fields["happened_on"].initial = today
        if kind == Evidence.Kind.MICRO_TEACHING:
            for line in RUBRIC_LINES:
                self.fields[f"mark_{line}"] = forms.TypedChoiceField(
                    label=RUBRIC[line],
                    coerce=int,
                    choices=[("", "—"), *((mark, str(mark)) for mark in range(BEST_MARK + 1))],
                    widget=forms.Select(attrs={"class": "short"}),
                )
        if kind != Evidence.Kind.CONDUCT:
            self.fields["session"] = forms.ModelChoiceField(
                label=_("Session"),
                queryset=_sessions(programme, person, held_by=kind == Evidence.Kind.OBSERVED),
                to_field_name="uuid",
                required=False,
            )

    def clean_happened_on(self) -> dt.date:
        """Return the day: nothing is shown in the future."""
        day: dt.date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet. Type the day on which it took place."))
        return day

    def marks(self) -> list[int]:
        """Return the marks in the order of the rubric; none for what has none."""
        if self.kind != Evidence.Kind.MICRO_TEACHING:
            return []
        return [self.cleaned_data[f"mark_{line}"] for line in RUBRIC_LINES]


class RetractionForm(forms.Form):
    """Why a piece of evidence is taken back."""

    reason = forms.ChoiceField(label=_("Reason"), choices=list(RETRACTION_REASONS.items()), widget=forms.RadioSelect)


class TrainerProfileForm(forms.ModelForm[TrainerProfile]):
    """What a trainer brings."""

    disciplines = forms.MultipleChoiceField(
        label=_("Disciplines"),
        choices=TrainerProfile.Discipline.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which they can hold a session"), widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = TrainerProfile
        fields = ("disciplines", "languages", "practice_since")
        widgets = {"practice_since": forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = training_languages()  # type: ignore[attr-defined]  # a choice field's

    def clean_practice_since(self) -> int | None:
        """Return the year, which is none that is still to come."""
        year: int | None = self.cleaned_data["practice_since"]
        if year is not None and year > timezone.now().year:
            raise forms.ValidationError(_("This year has not come yet."))
        return year


def training_languages() -> list[tuple[str, Any]]:
    """Return the languages of the site, and those of certificates that it is to have."""
    names: dict[str, Any] = dict(settings.LANGUAGES)
    more = {"ar": _("Arabic"), "es": _("Spanish"), "pt": _("Portuguese"), "ru": _("Russian"), "uk": _("Ukrainian")}
    return list((names | {code: name for code, name in more.items() if code not in names}).items())


def _sessions(programme: Programme | None, person: Person, *, held_by: bool) -> Any:
    """Return the sessions of a programme's cohorts that begin before now: those the person held, or all."""
    rows = Session.objects.filter(
        cohort__in=cohorts_of(programme), cancelled_at__isnull=True, starts_at__lte=timezone.now()
    )
    mine = rows.filter(parts__person=person, parts__role__in=TRAINING_PARTS)
    learnt = rows.filter(cohort__members__person=person)
    return (mine if held_by else learnt).distinct().order_by("-starts_at")
