"""The forms of a quiz: its rules, its sections, and what each section asks."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from assessments.actions.quizzes import MOST_ASKED
from assessments.admin.fields import LANGUAGE_NAMES, PlainTextField, spoken_in
from assessments.admin.forms import DIFFICULTIES
from assessments.admin.kinds import AUTHORED_KINDS
from assessments.models import Quiz
from assessments.planning import PlannedSection, PlannedSlot

LONGEST_TITLE, LONGEST_INSTRUCTIONS = 200, 2000
MOST_ATTEMPTS, MOST_MINUTES, MOST_WAIT_MINUTES = 20, 24 * 60, 30 * 24 * 60
MINUTE_S, MILLI = 60, 1000
MOST_POINTS = 100
_WORDS = ("title", "instructions")
# Stored as they are typed; the others are turned into what the row keeps.
_PLAIN = (
    "quiz_class",
    "behaviour",
    "penalty_percent",
    "layout",
    "review",
    "late_rule",
    "has_second_marker",
    "draw",
    "pass_mark_percent",
    "attempt_limit",
    "opens_after",
)
_USUAL = ("", gettext_lazy("As usual for its class"))


class QuizForm(forms.Form):
    """The rules of a quiz, in plain words."""

    course_uuid = forms.TypedChoiceField(label=gettext_lazy("Course"), coerce=UUID)
    quiz_class = forms.ChoiceField(
        label=gettext_lazy("What kind of test it is"), choices=Quiz.Class.choices, widget=forms.RadioSelect
    )
    opens_after = forms.ChoiceField(label=gettext_lazy("Opens"), choices=Quiz.Opens.choices)
    draw = forms.IntegerField(
        label=gettext_lazy("Questions drawn"),
        help_text=gettext_lazy("From the whole course, spread over its lessons. With sections below, they decide."),
        min_value=1,
        max_value=MOST_ASKED,
    )
    behaviour = forms.ChoiceField(
        label=gettext_lazy("How answers are marked"),
        help_text=gettext_lazy("As usual means: at once in practice, at the end in a test."),
        choices=[_USUAL, *Quiz.Behaviour.choices],
        required=False,
    )
    penalty_percent = forms.IntegerField(
        label=gettext_lazy("Cost of a wrong try (%)"),
        help_text=gettext_lazy("Only with several tries."),
        min_value=0,
        max_value=100,
    )
    layout = forms.ChoiceField(label=gettext_lazy("Pages"), choices=Quiz.Layout.choices)
    pass_mark_percent = forms.IntegerField(label=gettext_lazy("Pass mark (%)"), min_value=1, max_value=100)
    attempt_limit = forms.IntegerField(label=gettext_lazy("Attempts"), min_value=1, max_value=MOST_ATTEMPTS)
    wait_minutes = forms.IntegerField(
        label=gettext_lazy("Wait before the next attempt (minutes)"),
        help_text=gettext_lazy("From the hand-in. 60 is an hour, 1440 a day, 0 means no wait."),
        min_value=0,
        max_value=MOST_WAIT_MINUTES,
    )
    time_limit_minutes = forms.IntegerField(
        label=gettext_lazy("Time limit (minutes)"),
        help_text=gettext_lazy("Leave it empty for no limit. Who is granted more time has more."),
        min_value=1,
        max_value=MOST_MINUTES,
        required=False,
    )
    late_rule = forms.ChoiceField(
        label=gettext_lazy("After the time, or after the closing"),
        choices=Quiz.LateRule.choices,
        widget=forms.RadioSelect,
    )
    review = forms.ChoiceField(
        label=gettext_lazy("What learners see afterwards"), choices=Quiz.Review.choices, widget=forms.RadioSelect
    )
    has_second_marker = forms.BooleanField(
        label=gettext_lazy("Two people mark the answers that a person marks"), required=False
    )

    def __init__(self, *args: Any, quiz: Quiz, courses: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        kwargs["initial"] = {**values_of(quiz), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.quiz = quiz
        course: Any = self.fields["course_uuid"]
        course.choices = courses
        course.disabled = bool(quiz.pk)
        self.languages = languages_of(quiz.title, quiz.instructions)
        for code in self.languages:
            self._add_words(code)

    def _add_words(self, code: str) -> None:
        name, own = LANGUAGE_NAMES[code], spoken_in(code)
        self.fields[f"title_{code}"] = PlainTextField(
            label=_("Title in %(language)s") % {"language": name},
            max_length=LONGEST_TITLE,
            widget=forms.TextInput(attrs=own),
            required=code in settings.COMPLETE_LANGUAGES,
        )
        self.fields[f"instructions_{code}"] = PlainTextField(
            label=_("What learners read before it, in %(language)s") % {"language": name},
            max_length=LONGEST_INSTRUCTIONS,
            widget=AdminAutoHeightTextInput(attrs=own),
            required=False,
        )

    @property
    def word_fields(self) -> list[Any]:
        """The fields of the words, language by language."""
        return [self[f"{part}_{code}"] for code in self.languages for part in _WORDS]

    def filled(self) -> Quiz:
        """Return the quiz as the form says it, not saved. A time that stays the same keeps its seconds."""
        data, quiz = self.cleaned_data, self.quiz
        if not quiz.pk:
            quiz.course_uuid = data["course_uuid"]
        for name in _PLAIN:
            setattr(quiz, name, data[name])
        if data["wait_minutes"] != _minutes(quiz.wait_s):
            quiz.wait_s = data["wait_minutes"] * MINUTE_S
        if data["time_limit_minutes"] != _minutes(quiz.time_limit_s):
            quiz.time_limit_s = data["time_limit_minutes"] * MINUTE_S if data["time_limit_minutes"] else None
        for part in _WORDS:
            said = {code: data[f"{part}_{code}"] for code in self.languages}
            setattr(quiz, part, {code: words for code, words in said.items() if words})
        return quiz


class SectionForm(forms.Form):
    """The title of a section, and whether its questions come in any order."""

    is_shuffled = forms.BooleanField(label=gettext_lazy("Questions in any order"), required=False)
    find = forms.CharField(label=gettext_lazy("Words of the question"), max_length=100, required=False)

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        for code in languages:
            self.fields[f"title_{code}"] = PlainTextField(
                label=_("Title of the section in %(language)s") % {"language": LANGUAGE_NAMES[code]},
                max_length=LONGEST_TITLE,
                widget=forms.TextInput(attrs=spoken_in(code)),
                required=False,
            )

    @property
    def title_fields(self) -> list[Any]:
        """The fields of the title."""
        return [self[f"title_{code}"] for code in self.languages]

    def planned(self, slots: Sequence[PlannedSlot]) -> PlannedSection:
        """Return the section as the form says it."""
        said = {code: self.cleaned_data[f"title_{code}"] for code in self.languages}
        title = {code: words for code, words in said.items() if words}
        return PlannedSection(title, self.cleaned_data["is_shuffled"], tuple(slots))


class SlotForm(forms.Form):
    """One question that is always asked, or some that are drawn."""

    question = forms.UUIDField(required=False, widget=forms.HiddenInput)
    count = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=MOST_ASKED, required=False)
    lesson = forms.TypedChoiceField(label=gettext_lazy("Lesson"), coerce=UUID, empty_value=None, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    difficulty = forms.TypedChoiceField(label=gettext_lazy("Difficulty"), coerce=int, empty_value=None, required=False)
    category = forms.TypedChoiceField(label=gettext_lazy("Category"), coerce=UUID, empty_value=None, required=False)
    tags = forms.MultipleChoiceField(
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("A question needs all that you choose."),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )
    points = forms.DecimalField(
        label=gettext_lazy("Points each"),
        min_value=Decimal("0.001"),
        max_value=MOST_POINTS,
        decimal_places=3,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, choices: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Any] = {
            "lesson": [("", _("All lessons")), *choices["lesson"]],
            "kind": [("", _("All kinds")), *((kind.name, kind.label) for kind in AUTHORED_KINDS)],
            "difficulty": [("", _("All")), *DIFFICULTIES],
            "category": [("", _("All categories")), *choices["category"]],
            "tags": choices["tags"],
        }
        for name, each in offered.items():
            field: Any = self.fields[name]
            field.choices = each

    @property
    def filter_fields(self) -> list[Any]:
        """The fields of what is drawn."""
        return [self[name] for name in ("count", "lesson", "kind", "difficulty", "category", "tags")]

    def clean(self) -> dict[str, Any]:
        """Ask for a number where questions are drawn."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("question") and not data.get("count") and "count" not in self.errors:
            self.add_error("count", _("Say how many questions are drawn."))
        return data

    def planned(self) -> PlannedSlot:
        """Return the slot as the form says it."""
        data = self.cleaned_data
        weight = int(data["points"] * MILLI)
        if data["question"]:
            return PlannedSlot(question=data["question"], weight_milli=weight)
        return PlannedSlot(
            count=data["count"],
            lesson=data["lesson"],
            kind=data["kind"],
            difficulty=data["difficulty"],
            category=data["category"],
            tags=tuple(sorted(data["tags"])),
            weight_milli=weight,
        )


def values_of(quiz: Quiz) -> dict[str, Any]:
    """Return what the form shows of a quiz."""
    words = {f"{part}_{code}": text for part in _WORDS for code, text in getattr(quiz, part).items()}
    return {name: getattr(quiz, name) for name in _PLAIN} | {
        "course_uuid": str(course_of(quiz) or ""),
        "wait_minutes": _minutes(quiz.wait_s),
        "time_limit_minutes": _minutes(quiz.time_limit_s),
        **words,
    }


def course_of(quiz: Any) -> UUID | None:
    """Return the course of a quiz; None for a new one whose author has not chosen."""
    course: UUID | None = quiz.course_uuid
    return course


def languages_of(*words: Mapping[str, str]) -> list[str]:
    """Return the languages that a form shows: those that are complete, and those that have words."""
    return [
        code
        for code, _name in settings.LANGUAGES
        if code in settings.COMPLETE_LANGUAGES or any(each.get(code) for each in words)
    ]


def points_of(weight_milli: int) -> str:
    """Return a weight as the form shows it.

    >>> points_of(1000), points_of(2500)
    ('1', '2.5')
    """
    return f"{Decimal(weight_milli) / MILLI:f}"


def _minutes(seconds: int | None) -> int | None:
    return None if seconds is None else -(-seconds // MINUTE_S)
