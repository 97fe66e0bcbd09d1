"""What is typed about awards' rules and names."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from certificates.models import AwardRule, Programme
from certificates.models.rules import COUNTING

_SHORT = {"class": "short", "inputmode": "numeric"}


class NameForm(forms.Form):
    """A person's name, as it is right."""

    full_name = forms.CharField(label=_("Full name"), max_length=150, widget=forms.TextInput(attrs={"dir": "auto"}))
    full_name_other = forms.CharField(
        label=_("Name in a second script"),
        max_length=150,
        required=False,
        help_text=_("Such as the Arabic or Cyrillic spelling. It stands below the name on the certificate."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {"full_name": person.full_name, "full_name_other": person.full_name_other}
        super().__init__(*args, **kwargs)

    @property
    def is_other_name(self) -> bool:
        """Tell whether another name was typed than the person has."""
        return self.has_changed()


class RuleForm(forms.Form):
    """What an award asks; what it is about is chosen when the rule is made and stays."""

    needs_lessons = forms.BooleanField(label=_("All lessons must be completed"), required=False, initial=True)
    quiz_class = forms.ChoiceField(label=_("Class of test that must be passed"), required=False)
    min_score_percent = forms.IntegerField(
        label=_("Least score in the final test, in percent"),
        required=False,
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs=_SHORT),
        help_text=_("Empty: the test's own pass mark is enough."),
    )
    min_attendance_percent = forms.IntegerField(
        label=_("Least attendance, in percent of the minutes held"),
        required=False,
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs=_SHORT),
    )
    min_hours = forms.DecimalField(
        label=_("Least time attended, in hours"),
        required=False,
        min_value=0,
        max_value=2000,
        decimal_places=2,
        widget=forms.NumberInput(attrs=_SHORT),
    )
    valid_months = forms.IntegerField(
        label=_("Valid for, in months"),
        required=False,
        min_value=0,
        max_value=240,
        widget=forms.NumberInput(attrs=_SHORT),
        help_text=_("Empty: as the course says. 0: no end date."),
    )
    renewal = forms.ChoiceField(label=_("How it is renewed"), choices=AwardRule.Renewal.choices)
    renews_before_days = forms.IntegerField(
        label=_("Days before the end on which renewal opens"),
        min_value=1,
        max_value=730,
        initial=90,
        widget=forms.NumberInput(attrs=_SHORT),
    )

    def __init__(self, *args: Any, rule: AwardRule | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(rule) if rule else None
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.fields["quiz_class"].choices = [("", _("Any test of the course")), *COUNTING]  # type: ignore[attr-defined]
        for code in settings.COMPLETE_LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title on the certificate (%(language)s)") % {"language": dict(settings.LANGUAGES)[code]},
                max_length=200,
                required=False,
                initial=rule.title.get(code, "") if rule else "",
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
            )

    @property
    def titles(self) -> Sequence[Any]:
        """The fields of the titles."""
        return [self[f"title_{code}"] for code in settings.COMPLETE_LANGUAGES]

    def values(self) -> dict[str, Any]:
        """Return what an action takes."""
        given = self.cleaned_data
        hours = given["min_hours"]
        titles = {code: given[f"title_{code}"] for code in settings.COMPLETE_LANGUAGES if given[f"title_{code}"]}
        names = (
            "needs_lessons",
            "quiz_class",
            "min_score_percent",
            "min_attendance_percent",
            "valid_months",
            "renewal",
            "renews_before_days",
        )
        kept = {code: text for code, text in (self.rule.title if self.rule else {}).items() if code not in self._codes}
        minutes = round(hours * 60) if hours else None
        return {name: given[name] for name in names} | {"min_minutes": minutes, "title": kept | titles}

    _codes = tuple(settings.COMPLETE_LANGUAGES)


class NewRuleForm(RuleForm):
    """A rule to be made: what it is about, too."""

    about = forms.ChoiceField(label=_("What is awarded"))
    programme = forms.ChoiceField(label=_("Where it holds"), required=False)

    field_order = ("about", "programme")

    def __init__(
        self, *args: Any, courses: Mapping[UUID, str], programmes: Sequence[Programme], everywhere: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._programmes = {str(each.uuid): each for each in programmes}
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            *((str(uuid), title) for uuid, title in courses.items()),
            ("trainer", _("The programme’s award for certified trainers")),
        ]
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            *([("", _("Everywhere"))] if everywhere else []),
            *((uuid, str(each)) for uuid, each in self._programmes.items()),
        ]

    def clean(self) -> dict[str, Any] | None:
        """Ask a trainer's award for its programme."""
        given = super().clean() or {}
        if given.get("about") == "trainer" and not given.get("programme"):
            self.add_error("programme", _("Choose the programme whose trainers receive it."))
        return given

    def values(self) -> dict[str, Any]:
        """Return what an action takes, with what the rule is about."""
        about = self.cleaned_data["about"]
        is_trainers = about == "trainer"
        return super().values() | {
            "role": AwardRule.Role.TRAINER if is_trainers else AwardRule.Role.LEARNER,
            "course_uuid": None if is_trainers else UUID(about),
            "programme": self._programmes.get(self.cleaned_data["programme"]),
        }


def _initial(rule: AwardRule) -> dict[str, Any]:
    hours = None if rule.min_minutes is None else round(rule.min_minutes / 60, 2)
    names = [name for name in RuleForm.base_fields if name != "min_hours"]
    return {name: getattr(rule, name) for name in names} | {"min_hours": hours}
