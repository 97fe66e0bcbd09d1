"""The edit form of a question: where it belongs, its key once, its words in each language.

The fields of the words are declared, not an InlinePanel: saving polymorphic children through one
loses the rows of their kind (wagtail#4202).
"""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from accounts.models import Country
from assessments.admin import reading
from assessments.admin.drafts import ChoiceDraft, QuestionDraft, WordsDraft
from assessments.admin.fields import (
    LANGUAGE_NAMES,
    PLACES,
    choice_id_fields,
    choice_id_name,
    choice_name,
    feedback_name,
    stem_name,
    word_fields,
    word_names,
)
from assessments.admin.lessons import course_choices, lesson_choices, published_courses
from assessments.admin.plain_text import plain_text
from assessments.admin.practice import practice_problem
from assessments.models import Question
from assessments.policy import writing_scope

DIFFICULTIES = ((1, gettext_lazy("Easy")), (2, gettext_lazy("Medium")), (3, gettext_lazy("Hard")))


class QuestionForm(WagtailAdminModelForm):
    """What every kind has: course, lesson, status, country, and the words."""

    has_choices = False

    course_uuid = forms.TypedChoiceField(label=gettext_lazy("Course"), coerce=UUID)
    lesson_uuid = forms.TypedChoiceField(
        label=gettext_lazy("Lesson it tests"),
        help_text=gettext_lazy("After a wrong answer, learners are led to this lesson."),
        coerce=UUID,
        empty_value=None,
        required=False,
    )
    difficulty = forms.TypedChoiceField(label=gettext_lazy("Difficulty"), coerce=int, choices=DIFFICULTIES, initial=2)

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        instance: Question | None = kwargs.get("instance")
        self.was_practice = bool(instance and instance.is_practice)
        stored = dict(self.stored_fields(instance)) if instance else {}
        super().__init__(*args, initial={**stored, **(initial or {})}, **kwargs)
        self.shown_languages = [
            code
            for code, _name in settings.LANGUAGES
            if code in settings.COMPLETE_LANGUAGES or self.initial.get(stem_name(code))
        ]
        self._drop_hidden_languages()
        self._offer_lessons()
        self._offer_countries()
        self.draft: QuestionDraft | None = None

    @classmethod
    def stored_fields(cls, question: Question) -> reading.Fields:
        """Yield what the declared fields show of a question's rows."""
        yield from reading.words_in_fields(question)

    @classmethod
    def fields_to_copy(cls, question: Question) -> dict[str, Any]:
        """Return how a new question begins that is made from this one: a draft, with ids of its own."""
        copied = ("course_uuid", "lesson_uuid", "difficulty", "source", "is_true")
        plain = {name: getattr(question, name) for name in copied if hasattr(question, name)}
        fields = {name: value for name, value in cls.stored_fields(question) if not name.startswith("choice_id_")}
        return {**plain, **fields}

    def _drop_hidden_languages(self) -> None:
        for code, _name in settings.LANGUAGES:
            if code not in self.shown_languages:
                for name in word_names(code, has_choices=self.has_choices):
                    del self.fields[name]

    def _offer_lessons(self) -> None:
        courses = published_courses()
        course: Any = self.fields["course_uuid"]
        lesson: Any = self.fields["lesson_uuid"]
        course.choices = [("", _("Choose a course")), *course_choices(courses, self.instance.course_uuid)]
        lesson.choices = [("", _("No lesson")), *lesson_choices(courses, self.instance.lesson_uuid)]
        self._lessons = {course.uuid: frozenset(lesson.uuid for lesson in course.lessons) for course in courses}

    def _offer_countries(self) -> None:
        """Offer the countries where this login writes; 'all countries' only to those who write everywhere."""
        scope = writing_scope(self.for_user)
        field: Any = self.fields["country"]
        field.queryset = Country.objects.all() if scope.everywhere else Country.objects.filter(pk__in=scope.country_ids)
        field.required = not scope.everywhere
        countries = sorted(((country.pk, country.name) for country in field.queryset), key=lambda each: each[1])
        nothing = _("All countries (shared)") if scope.everywhere else _("Choose a country")
        field.choices = [("", nothing), *countries]
        if not scope.everywhere and len(countries) == 1 and self.instance.pk is None:
            field.initial = countries[0][0]
            self.initial["country"] = countries[0][0]

    def save(self, commit: bool = True) -> Question:  # noqa: FBT001, FBT002  # Django's signature
        """Hand over what was written for a preview; assessments.admin.saving does the writing."""
        if commit:
            msg = "a question is saved by save_question, which also writes its words and its key"
            raise TypeError(msg)
        question: Question = super().save(commit=False)
        question.draft = self.draft
        return question

    def clean_source(self) -> str:
        """Return the source as plain text."""
        return plain_text(self.cleaned_data["source"])

    def clean(self) -> dict[str, Any]:
        """Check the fields against each other, then keep what was written as a draft."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        places = [place for place in PLACES if self._is_used(place)] if self.has_choices else []
        started = [code for code in self.shown_languages if self._is_started(code)]
        if not self.is_deferred_validation:
            self._check_lesson()
            self._check_practice()
            self._check_words(started, places)
            self._check_key(places)
        self.draft = self._draft_of(started, places)
        if not self.is_deferred_validation and data.get("status") == Question.Status.PUBLISHED:
            self._check_publishable(started)
        return data

    def _text(self, name: str) -> str:
        return str(self.cleaned_data.get(name, ""))

    def _is_used(self, place: int) -> bool:
        names = [choice_name(code, place) for code in self.shown_languages]
        return any(self._text(name) or name in self.errors for name in names)

    def _is_started(self, code: str) -> bool:
        names = word_names(code, has_choices=self.has_choices)
        return any(self._text(name) or name in self.errors for name in names)

    def _check_lesson(self) -> None:
        course, lesson = self.cleaned_data.get("course_uuid"), self.cleaned_data.get("lesson_uuid")
        if course and lesson and course in self._lessons and lesson not in self._lessons[course]:
            self.add_error("lesson_uuid", _("This lesson belongs to another course. Choose one of the course above."))

    def _check_practice(self) -> None:
        is_practice = bool(self.cleaned_data.get("is_practice"))
        if problem := practice_problem(self.instance, was_practice=self.was_practice, is_practice=is_practice):
            self.add_error("is_practice", problem)

    def _check_words(self, started: list[str], places: list[int]) -> None:
        if not started:
            self._miss(stem_name(self.shown_languages[0]), _("Write the question in one language at least."))
        for code in started:
            self._miss(stem_name(code), _("Write the question here too, or clear all fields of this language."))
            for place in places:
                self._miss(
                    choice_name(code, place),
                    _("Write this choice in %(language)s too, or clear it in every language.")
                    % {"language": LANGUAGE_NAMES[code]},
                )

    def _miss(self, name: str, message: str) -> None:
        if not self._text(name) and name not in self.errors:
            self.add_error(name, message)

    def _check_key(self, places: list[int]) -> None:
        """Check the key against the choices; a kind with choices says how."""

    def right_places(self) -> frozenset[int]:
        """Return the places of the right choices."""
        return frozenset()

    def _draft_of(self, started: list[str], places: list[int]) -> QuestionDraft:
        right = self.right_places()
        own = {row.uuid for row in reading.choices_of(self.instance)}
        choices = tuple(ChoiceDraft(self._uuid_at(place, own), place in right) for place in places)
        words = {
            code: WordsDraft(
                self._text(stem_name(code)),
                self._text(feedback_name(code)),
                tuple(self._text(choice_name(code, place)) for place in places),
            )
            for code in started
        }
        return QuestionDraft(choices, words)

    def _uuid_at(self, place: int, own: set[UUID]) -> UUID:
        """Return the id a choice had; a new one where the form names none, or another question's."""
        kept: UUID | None = self.cleaned_data.get(choice_id_name(place))
        if kept in own:
            own.discard(kept)
            return kept
        return uuid4()

    def _check_publishable(self, started: list[str]) -> None:
        """Refuse to publish what learners could not answer; a shared question needs every complete language."""
        if self.cleaned_data.get("country") is not None:
            return
        for code in settings.COMPLETE_LANGUAGES:
            if code not in started:
                self._miss(
                    stem_name(code),
                    _("A question for all countries is published in %(languages)s. Write it in %(language)s too.")
                    % {
                        "languages": ", ".join(LANGUAGE_NAMES[each] for each in settings.COMPLETE_LANGUAGES),
                        "language": LANGUAGE_NAMES[code],
                    },
                )


class ChoiceQuestionForm(QuestionForm):
    """What the two kinds with choices share."""

    has_choices = True
    fewest_choices = 2

    @classmethod
    def stored_fields(cls, question: Question) -> reading.Fields:
        """Yield the words and the hidden ids."""
        yield from reading.words_in_fields(question)
        yield from reading.ids_in_fields(question)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        key: Any = self.fields["right"]
        key.choices = [(str(place), self._choice_label(place)) for place in PLACES]

    def _choice_label(self, place: int) -> str:
        """Return the number of a choice with its words, where it has some."""
        label = _("Choice %(number)d") % {"number": place}
        names = (choice_name(code, place) for code in self.shown_languages)
        words = next((str(self.initial[name]) for name in names if self.initial.get(name)), "")
        return _("%(choice)s: %(words)s") % {"choice": label, "words": words} if words else label

    def _check_key(self, places: list[int]) -> None:
        right = self.right_places()
        if blank := sorted(right - set(places)):
            self.add_error("right", _("Choice %(number)d is marked as right but has no words.") % {"number": blank[0]})

    def _check_publishable(self, started: list[str]) -> None:
        super()._check_publishable(started)
        if self.draft and len(self.draft.choices) < self.fewest_choices:
            place = len(self.draft.choices) + 1
            self._miss(
                choice_name(self.shown_languages[0], place),
                _("A question needs two choices at least before it is published."),
            )
        if not self.right_places() and "right" not in self.errors:
            self.add_error("right", _("Mark what is right before you publish the question."))


class _SingleChoiceFields(ChoiceQuestionForm):
    right = forms.ChoiceField(label=gettext_lazy("Right choice"), required=False, widget=forms.RadioSelect)

    @classmethod
    def stored_fields(cls, question: Question) -> reading.Fields:
        """Yield the words, the ids and the key."""
        yield from super().stored_fields(question)
        yield "right", next(iter(reading.right_places(question)), "")

    def right_places(self) -> frozenset[int]:
        """Return the place of the right choice."""
        right = self.cleaned_data.get("right")
        return frozenset({int(right)} if right else ())


class _MultipleChoiceFields(ChoiceQuestionForm):
    right = forms.MultipleChoiceField(
        label=gettext_lazy("Right choices"),
        help_text=gettext_lazy("One or more. Learners are not told how many."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def stored_fields(cls, question: Question) -> reading.Fields:
        """Yield the words, the ids and the key."""
        yield from super().stored_fields(question)
        yield "right", reading.right_places(question)

    def right_places(self) -> frozenset[int]:
        """Return the places of the right choices."""
        return frozenset(int(place) for place in self.cleaned_data.get("right") or ())


class _TrueFalseFields(QuestionForm):
    is_true = forms.TypedChoiceField(
        label=gettext_lazy("The statement is"),
        choices=(("True", gettext_lazy("True")), ("False", gettext_lazy("False"))),
        coerce=lambda value: value == "True",
        initial="True",
        widget=forms.RadioSelect,
    )


def _with_words(base: type[QuestionForm]) -> type[QuestionForm]:
    """Return the form with the fields of all languages declared."""
    fields = word_fields(has_choices=base.has_choices)
    if base.has_choices:
        fields |= choice_id_fields()
    metaclass: Any = type(base)
    made: type[QuestionForm] = metaclass(base.__name__.strip("_").replace("Fields", "Form"), (base,), fields)
    return made


SingleChoiceForm = _with_words(_SingleChoiceFields)
MultipleChoiceForm = _with_words(_MultipleChoiceFields)
TrueFalseForm = _with_words(_TrueFalseFields)
