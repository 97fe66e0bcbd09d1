"""What is typed about programmes and cohorts."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from babel.core import get_global
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Cohort, Country
from accounts.timezones import validate_time_zone
from certificates.models import CohortPlan, Programme

TEACHING_LANGUAGES = (
    ("en", "English"),
    ("fr", "Français"),
    ("ar", "العربية"),
    ("es", "Español"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("uk", "Українська"),
)
# Those in which this site's coordinators write; texts in others stay as they are.
WRITTEN_LANGUAGES = TEACHING_LANGUAGES[:3]
_CODE = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]{0,11})\s*:\s+(.+)")
_MOST_LINES = 30
_NUMBER = {"class": "short", "inputmode": "numeric"}


def day_input() -> forms.DateInput:
    """Return a box for a date that the browser helps to fill in."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"})


def lines_field(label: Any, help_text: Any = "", **kwargs: Any) -> forms.CharField:
    """Return a box that takes one entry a line."""
    widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=8_000, widget=widget, **kwargs)


def lines_of(text: str) -> list[str]:
    """Return the lines that say something."""
    return [line.strip()[:300] for line in text.splitlines() if line.strip()][:_MOST_LINES]


def zones_of(countries: Iterable[str]) -> list[str]:
    """Return the time zones of countries, by CLDR."""
    wanted = set(countries)
    return sorted(zone for zone, territory in get_global("zone_territories").items() if territory in wanted)


class ProgrammeForm(forms.Form):
    """A programme: its name in each language, objectives, money, dates."""

    code = forms.SlugField(label=_("Short code"), help_text=_("Such as mali-2026. It stays."), max_length=40)
    objectives_help = _(
        "One a line, each with its code: “1: Strategies and policies”. The same codes in each language."
    )
    partners = lines_field(_("Partners"), _("One organisation a line. No names of persons."))
    donors = lines_field(_("Donors"), _("One a line. They stand on reports and, where wanted, on certificates."))
    starts_on = forms.DateField(label=_("Starts on"), required=False, widget=day_input())
    ends_on = forms.DateField(label=_("Ends on"), required=False, widget=day_input())
    planned_countries = forms.IntegerField(
        label=_("Countries announced"),
        help_text=_("As it was announced. The countries themselves stand below."),
        required=False,
        min_value=1,
        max_value=250,
        widget=forms.NumberInput(attrs=_NUMBER),
    )
    budget = forms.DecimalField(
        label=_("Budget"), required=False, min_value=0, max_digits=14, decimal_places=2, localize=True
    )
    budget_currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency"), help_text=_("Three capitals, such as EUR."), required=False, max_length=3
    )
    shows_hijri = forms.BooleanField(label=_("Show Hijri dates beside Gregorian ones on certificates"), required=False)

    def __init__(self, *args: Any, programme: Programme | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self._initial(programme) if programme else {})
        super().__init__(*args, **kwargs)
        self._before = programme or Programme()
        if programme:
            del self.fields["code"]
        for language, name in WRITTEN_LANGUAGES:
            marks = {"language": name}
            box = forms.TextInput(attrs={"dir": "auto", "lang": language})
            self.fields[f"name_{language}"] = forms.CharField(
                label=_("Name (%(language)s)") % marks, max_length=200, required=language == "en", widget=box
            )
            self.fields[f"objectives_{language}"] = lines_field(
                _("Objectives (%(language)s)") % marks, self.objectives_help if language == "en" else ""
            )
            self.fields[f"note_{language}"] = lines_field(_("Note on the data (%(language)s)") % marks)
        first = [name for name in self.fields if name.startswith(("name_", "objectives_"))]
        self.order_fields(["code", *first])

    @staticmethod
    def _initial(programme: Programme) -> dict[str, Any]:
        initial = {name: getattr(programme, name) for name in _PLAIN}
        initial |= {name: "\n".join(getattr(programme, name)) for name in ("partners", "donors")}
        for language, _name in WRITTEN_LANGUAGES:
            told = [(each["code"], each["text"].get(language, "")) for each in programme.objectives]
            initial[f"objectives_{language}"] = "\n".join(f"{code}: {text}" for code, text in told if text)
            initial[f"name_{language}"] = programme.name.get(language, "")
            initial[f"note_{language}"] = programme.note.get(language, "")
        return initial

    def clean(self) -> dict[str, Any]:
        """Put the objectives of all languages together, by code."""
        data: dict[str, Any] = super().clean() or {}
        objectives: dict[str, dict[str, str]] = {}
        for language, _name in WRITTEN_LANGUAGES:
            for number, line in enumerate(lines_of(data.get(f"objectives_{language}", "")), start=1):
                match = _CODE.fullmatch(line)
                code, text = (match[1], match[2]) if match else (str(number), line)
                objectives.setdefault(code, {})[language] = text
        others = {each["code"]: each["text"] for each in self._before.objectives}
        data["objectives"] = [
            {"code": code, "text": self._unwritten(others.get(code, {})) | text} for code, text in objectives.items()
        ]
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("It ends before it starts. Compare the two dates."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return what the action writes."""
        data = self.cleaned_data
        facts = {name: data[name] for name in (*_PLAIN, "objectives")}
        facts |= {name: lines_of(data[name]) for name in ("partners", "donors")}
        for name in ("name", "note"):
            written = {code: data[f"{name}_{code}"] for code, _l in WRITTEN_LANGUAGES if data[f"{name}_{code}"]}
            facts[name] = self._unwritten(getattr(self._before, name) or {}) | written
        return facts | ({"code": data["code"]} if "code" in data else {})

    @staticmethod
    def _unwritten(texts: Mapping[str, str]) -> dict[str, str]:
        """Return the texts in languages that the form does not show: they stay as they are."""
        shown = {code for code, _name in WRITTEN_LANGUAGES}
        return {code: text for code, text in texts.items() if code not in shown}


_PLAIN = ("starts_on", "ends_on", "planned_countries", "budget", "budget_currency", "shows_hijri")


class CountryTargetForm(forms.Form):
    """One country of a programme, with its targets."""

    country = forms.ModelChoiceField(Country.objects.none(), label=_("Country"), required=False)
    is_planned = forms.BooleanField(label=_("Planned"), required=False, initial=True)
    is_actual = forms.BooleanField(label=_("Carried out"), required=False)
    target_officers = forms.IntegerField(
        label=_("Officers to certify"), required=False, min_value=0, max_value=10**6, widget=forms.NumberInput(_NUMBER)
    )
    target_trainers = forms.IntegerField(
        label=_("Trainers to certify"), required=False, min_value=0, max_value=10**5, widget=forms.NumberInput(_NUMBER)
    )
    target_on = forms.DateField(label=_("By"), required=False, widget=day_input())

    def __init__(self, *args: Any, countries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = countries  # type: ignore[attr-defined]  # a ModelChoiceField's


class _CountryTargets(forms.BaseFormSet[CountryTargetForm]):
    def clean(self) -> None:
        """Refuse a country that stands in two rows."""
        chosen = [form.cleaned_data["country"] for form in self.forms if form.cleaned_data.get("country")]
        if len(chosen) != len(set(chosen)):
            raise ValidationError(_("A country stands here twice. Keep one of the two rows."))


CountryTargets = forms.formset_factory(CountryTargetForm, formset=_CountryTargets, extra=2, max_num=60)


class CohortForm(forms.Form):
    """A cohort and its plan on one page."""

    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"dir": "auto"}))
    kind = forms.ChoiceField(label=_("Who learns here"), choices=CohortPlan.Kind.choices, widget=forms.RadioSelect)
    country = forms.ModelChoiceField(Country.objects.none(), label=_("Country"))
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Agency"), required=False, help_text=_("Leave it empty for several agencies.")
    )
    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), required=False)
    objective = forms.CharField(label=_("Objective of this cohort"), max_length=300, required=False)
    objective_codes = forms.CharField(
        label=_("Objectives of the programme it serves"),
        help_text=_("Their codes, with commas between them."),
        max_length=120,
        required=False,
    )
    parent = forms.ModelChoiceField(
        Cohort.objects.none(),
        label=_("Grows out of"),
        required=False,
        help_text=_("The cohort whose trainers hold this one."),
    )
    mode = forms.ChoiceField(label=_("How it is held"), choices=CohortPlan.Mode.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Place"), max_length=150, required=False)
    host = forms.CharField(label=_("Host organisation"), max_length=150, required=False)
    starts_on = forms.DateField(label=_("Starts on"), widget=day_input())
    ends_on = forms.DateField(label=_("Ends on"), required=False, widget=day_input())
    time_zone = forms.CharField(
        label=_("Time zone"),
        help_text=_("Such as Africa/Bamako. The times of sessions are shown in it."),
        max_length=64,
        validators=[validate_time_zone],
        widget=forms.TextInput(attrs={"list": "zones", "dir": "ltr", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Main language"), choices=settings.LANGUAGES)
    languages = forms.MultipleChoiceField(
        label=_("Languages it is taught in"),
        choices=TEACHING_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    capacity = forms.IntegerField(
        label=_("Places"),
        help_text=_("Who joins after that is put on the waiting list."),
        required=False,
        min_value=1,
        max_value=5000,
        widget=forms.NumberInput(_NUMBER),
    )
    planned_officers = forms.IntegerField(
        label=_("People to certify, by the plan"),
        required=False,
        min_value=1,
        max_value=10**6,
        widget=forms.NumberInput(_NUMBER),
    )
    course_uuid = forms.TypedChoiceField(label=_("Course"), coerce=UUID, required=False, empty_value=None)
    pre_test_quiz_uuid = forms.TypedChoiceField(label=_("Test before"), coerce=UUID, required=False, empty_value=None)
    post_test_quiz_uuid = forms.TypedChoiceField(label=_("Test after"), coerce=UUID, required=False, empty_value=None)

    def __init__(self, *args: Any, offers: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("country", "agency", "programme", "parent"):
            self.fields[name].queryset = offers[name]  # type: ignore[attr-defined]  # a ModelChoiceField's
            self.fields[name].empty_label = _("None chosen")  # type: ignore[attr-defined]  # the same
        for name in ("course_uuid", "pre_test_quiz_uuid", "post_test_quiz_uuid"):
            told = [("", _("None chosen")), *((str(key), label) for key, label in offers[name].items())]
            self.fields[name].choices = told  # type: ignore[attr-defined]  # a ChoiceField's
        if not offers["is_new"]:
            del self.fields["country"]
        self._course_of = offers["course_of"]
        self.zones = offers["zones"]

    def clean(self) -> dict[str, Any]:
        """Compare what belongs together: dates, agency and country, tests and course, objectives and programme."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("It ends before it starts. Compare the two dates."))
        if data.get("agency") and data.get("country") and data["agency"].country_id != data["country"].pk:
            self.add_error("agency", _("This agency is of another country. Choose one of the cohort’s country."))
        for name in ("pre_test_quiz_uuid", "post_test_quiz_uuid"):
            if data.get(name) and self._course_of.get(data[name]) != data.get("course_uuid"):
                self.add_error(name, _("This test is of another course. Choose one of the cohort’s course."))
        programme = data.get("programme")
        codes = [code.strip() for code in data.get("objective_codes", "").split(",") if code.strip()]
        known = {each["code"] for each in programme.objectives} if programme else set()
        if unknown := [code for code in codes if code not in known]:
            self.add_error(
                "objective_codes",
                ValidationError(
                    _("The programme has no objective %(code)s. It has: %(known)s."),
                    params={"code": unknown[0], "known": ", ".join(sorted(known)) or "–"},
                ),
            )
        data["objective_codes"] = codes
        return data

    def cohort_facts(self) -> dict[str, Any]:
        """Return what accounts writes."""
        names = ("name", "country", "agency", "starts_on", "ends_on", "time_zone", "language")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def plan_facts(self) -> dict[str, Any]:
        """Return what the plan holds."""
        return {name: self.cleaned_data[name] for name in PLAN_FIELDS}


PLAN_FIELDS = (
    "kind", "programme", "objective", "objective_codes", "parent", "mode", "place", "host", "languages", "capacity",
    "planned_officers", "course_uuid", "pre_test_quiz_uuid", "post_test_quiz_uuid",
)  # fmt: skip


class CohortFilterForm(forms.Form):
    """What the list of cohorts is narrowed to."""

    q = forms.CharField(label=_("Name or place"), required=False, max_length=60)
    country = forms.ModelChoiceField(Country.objects.none(), label=_("Country"), required=False, to_field_name="code")
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), required=False, to_field_name="code"
    )
    kind = forms.ChoiceField(label=_("Who learns here"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)

    def __init__(self, *args: Any, countries: Any, programmes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("country", countries), ("programme", programmes)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField's
            self.fields[name].empty_label = _("All")  # type: ignore[attr-defined]  # the same
        for name, choices in (("kind", CohortPlan.Kind.choices), ("stage", CohortPlan.Stage.choices)):
            self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]  # a ChoiceField's


def in_page_language() -> str:
    """Return the language of the page, without its region."""
    return (get_language() or "en").partition("-")[0]
