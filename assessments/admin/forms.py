"""The edit form of a question: where it belongs, its key once, its words in each language.

The fields of the words are declared, not an InlinePanel: saving polymorphic children through one
loses the rows of their kind (wagtail#4202). The form of a kind is in the kind's folder.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from accounts.models import Country
from assessments.admin import reading
from assessments.admin.categories import category_choices, fits
from assessments.admin.drafts import QuestionDraft, WordsDraft
from assessments.admin.fields import (
    LANGUAGE_NAMES,
    MOST_CHOICES,
    Column,
    alt_name,
    cells,
    feedback_name,
    id_fields,
    stem_name,
    still_right_name,
    word_fields,
    word_names,
)
from assessments.admin.lessons import course_choices, lesson_choices, published_courses
from assessments.admin.pictures import PICTURE_FIELD, picture_field
from assessments.admin.plain_text import plain_text
from assessments.admin.practice import practice_problem
from assessments.admin.tags import MOST_TAGS, read_new_tags, tag_choices, tag_problem, tags_of
from assessments.models import Question, QuestionCategory
from assessments.policy import writing_scope
from assessments.questions.kind import IMAGE_PART

# The name under which a form is told of languages that somebody wants to add.
ALSO = "also"
DIFFICULTIES = ((1, gettext_lazy("Easy")), (2, gettext_lazy("Medium")), (3, gettext_lazy("Hard")))


class QuestionForm(WagtailAdminModelForm):
    """What every kind has: course, lesson, status, country, and the words.

    A kind names the `columns` that it has words in, and says in `build_body` what its structure is. What
    has no words of its own (a key, a number) it declares as fields, and shows from `stored_fields`. With
    @with_words the fields of the columns are declared.
    """

    columns: ClassVar[tuple[Column, ...]] = ()
    most_rows: ClassVar[int] = MOST_CHOICES
    # The rows that a form asks for before it is published, where it has columns.
    fewest_rows: ClassVar[int] = 2
    too_few: ClassVar[Any] = gettext_lazy("A question needs two choices at least before it is published.")

    course_uuid = forms.TypedChoiceField(label=gettext_lazy("Course"), coerce=UUID)
    lesson_uuid = forms.TypedChoiceField(
        label=gettext_lazy("Lesson it tests"),
        help_text=gettext_lazy("After a wrong answer, learners are led to this lesson."),
        coerce=UUID,
        empty_value=None,
        required=False,
    )
    difficulty = forms.TypedChoiceField(label=gettext_lazy("Difficulty"), coerce=int, choices=DIFFICULTIES, initial=2)
    tags = forms.MultipleChoiceField(
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("Choose as many as fit. On a computer, hold Ctrl (or Cmd) to choose several."),
        required=False,
        widget=forms.SelectMultiple(attrs={"class": "q-tags", "size": 8}),
    )
    image = picture_field()
    new_tags = forms.CharField(
        label=gettext_lazy("New tags"),
        help_text=gettext_lazy("Kind and short name, for example: article:art-3, topic:documents"),
        required=False,
        max_length=400,
    )

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        instance: Question | None = kwargs.get("instance")
        self.was_practice = bool(instance and instance.is_practice)
        stored = dict(self.stored_fields(instance)) if instance else {}
        super().__init__(*args, initial={**stored, **(initial or {})}, **kwargs)
        self.shown_languages = [code for code, _name in settings.LANGUAGES if self._is_asked_for(code)]
        self._drop_hidden_languages()
        self._offer_lessons()
        self._offer_countries()
        self._offer_places()
        self._ask_about_stale()
        self.draft: QuestionDraft | None = None

    def _is_asked_for(self, code: str) -> bool:
        """Tell whether the form shows a language: every complete one, each with words, and what an author adds."""
        return (
            code in settings.COMPLETE_LANGUAGES
            or bool(self.initial.get(stem_name(code)))
            or code in self.initial.get(ALSO, ())
            or stem_name(code) in self.data
        )

    @classmethod
    def stored_fields(cls, question: Question) -> reading.Fields:
        """Yield what the declared fields show of a question: words here, a kind adds its own."""
        yield from reading.words_in_fields(question)
        yield "tags", tags_of(question)
        texts = list(question.texts.all()) if question.pk else []
        yield PICTURE_FIELD, question.body.get("image")
        for text in texts:
            yield alt_name(text.language), text.choices.get(IMAGE_PART, "")
        for column in cls.columns:
            for place, part in enumerate(cls.stored_rows(question.body, column.name)[: cls.most_rows], 1):
                yield column.id_field(place), part
                for text in texts:
                    yield column.field(text.language, place), text.choices.get(part, "")
                    if column.feedback_label:
                        yield column.feedback_field(text.language, place), text.feedbacks.get(part, "")

    @classmethod
    def stored_rows(cls, body: Mapping[str, Any], column: str) -> list[str]:
        """Return the parts of a column in a structure, in the order of the form."""
        del column
        return list(body.get("choices", []))

    def build_body(self, rows: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        """Return the structure that the fields say; `rows` are the parts of each column by place."""
        raise NotImplementedError

    def settle_rows(self, rows: dict[str, dict[int, str]], started: list[str]) -> dict[str, dict[int, str]]:
        """Return the parts of each column by place as they are kept; a kind may join rows, or leave one out."""
        del started
        return rows

    @classmethod
    def fields_to_copy(cls, question: Question) -> dict[str, Any]:
        """Return how a new question begins that is made from this one: a draft, with ids of its own."""
        names = ("course_uuid", "lesson_uuid", "difficulty", "source", "category")
        plain = {name: getattr(question, name) for name in names}
        ids = {column.id_field(place) for column, place in cells(cls.columns, cls.most_rows)}
        fields = {name: value for name, value in cls.stored_fields(question) if name not in ids}
        return {**plain, **fields}

    def _drop_hidden_languages(self) -> None:
        for code, _name in settings.LANGUAGES:
            if code not in self.shown_languages:
                for name in word_names(code, self.columns, self.most_rows):
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

    def _offer_places(self) -> None:
        """Offer the categories that this login sees, and all tags: these are words, and belong to everybody."""
        category: Any = self.fields["category"]
        offered = category_choices(self.for_user, self.instance.category_id)
        category.queryset = QuestionCategory.objects.filter(pk__in=[value for value, _path in offered])
        category.choices = [("", _("No category")), *offered]
        tags: Any = self.fields["tags"]
        tags.choices = tag_choices()

    def _ask_about_stale(self) -> None:
        """Add a box for each language whose words may say what the question said before."""
        texts = self.instance.texts.all() if self.instance.pk else ()
        self.stale = {text.language: text.stale_since for text in texts if text.stale_since}
        for code in self.stale.keys() & set(self.shown_languages):
            self.fields[still_right_name(code)].label = _("Still right: I read it again, it needs no change")
        for code, _name in settings.LANGUAGES:
            if code not in self.stale:
                self.fields.pop(still_right_name(code), None)

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

    def clean_new_tags(self) -> str:
        """Return what was typed, where all of it is tags."""
        typed = str(self.cleaned_data["new_tags"])
        if problem := tag_problem(typed):
            raise forms.ValidationError(problem)
        return typed

    def clean(self) -> dict[str, Any]:
        """Check the fields against each other, then keep what was written as a draft."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        places = [place for place in range(1, self.most_rows + 1) if self._is_used(place)]
        started = [code for code in self.shown_languages if self._is_started(code)]
        if not self.is_deferred_validation:
            self._check_lesson()
            self._check_practice()
            self._check_category()
            self._check_words(started, places)
            self._check_key(places)
        self.draft = self._draft_of(started, places)
        if not self.is_deferred_validation and data.get("status") == Question.Status.PUBLISHED:
            self._check_publishable(started)
        return data

    def _text(self, name: str) -> str:
        return str(self.cleaned_data.get(name, ""))

    def _is_used(self, place: int) -> bool:
        columns = [column for column in self.columns if column.has(place)]
        names = [column.field(code, place) for code in self.shown_languages for column in columns]
        return any(self._text(name) or name in self.errors for name in names)

    def _is_started(self, code: str) -> bool:
        names = word_names(code, self.columns, self.most_rows)
        return any(self._text(name) or name in self.errors for name in names)

    def _check_lesson(self) -> None:
        course, lesson = self.cleaned_data.get("course_uuid"), self.cleaned_data.get("lesson_uuid")
        if course and lesson and course in self._lessons and lesson not in self._lessons[course]:
            self.add_error("lesson_uuid", _("This lesson belongs to another course. Choose one of the course above."))

    def _check_practice(self) -> None:
        is_practice = bool(self.cleaned_data.get("is_practice"))
        if problem := practice_problem(self.instance, was_practice=self.was_practice, is_practice=is_practice):
            self.add_error("is_practice", problem)

    def _check_category(self) -> None:
        category = self.cleaned_data.get("category")
        if category and not fits(category, self.cleaned_data.get("country")):
            self.add_error("category", _("This category belongs to another country. Choose a shared one, or none."))

    def _check_words(self, started: list[str], places: list[int]) -> None:
        if not started:
            self._miss(stem_name(self.shown_languages[0]), _("Write the question in one language at least."))
        for code in started:
            self._miss(stem_name(code), _("Write the question here too, or clear all fields of this language."))
            alt = [alt_name(code)] if self.cleaned_data.get(PICTURE_FIELD) else []
            for name in [*alt, *self._asked_of(code, places)]:
                self._miss(
                    name,
                    _("Write this in %(language)s too, or clear it in every language.")
                    % {"language": LANGUAGE_NAMES[code]},
                )

    def _asked_of(self, code: str, places: list[int]) -> list[str]:
        """Return the names of the fields that must have words in a language, in the rows that are used."""
        return [column.field(code, place) for place in places for column in self.columns if column.has(place)]

    def _miss(self, name: str, message: str) -> None:
        if not self._text(name) and name not in self.errors:
            self.add_error(name, message)

    def _check_key(self, places: list[int]) -> None:
        """Check the key against the rows that are used; a kind says how."""

    def _draft_of(self, started: list[str], places: list[int]) -> QuestionDraft:
        own = {part for column in self.columns for part in self.stored_rows(self.instance.body, column.name)}
        found = {
            column.name: {place: self._part_at(column.id_field(place), own) for place in places if column.has(place)}
            for column in self.columns
        }
        rows = self.settle_rows(found, started)
        body = self.build_body(rows)
        if image := self.cleaned_data.get(PICTURE_FIELD):
            body = {"image": image, **body}
        return QuestionDraft(
            body,
            {code: self._with_alt(self._words_of(code, rows), code) for code in started},
            self._chosen_tags(),
            frozenset(code for code in self.stale if self.cleaned_data.get(still_right_name(code))),
        )

    def _with_alt(self, words: WordsDraft, code: str) -> WordsDraft:
        if not self.cleaned_data.get(PICTURE_FIELD):
            return words
        return replace(words, choices={IMAGE_PART: self._text(alt_name(code)), **words.choices})

    def _chosen_tags(self) -> tuple[str, ...]:
        new, _wrong = read_new_tags(self._text("new_tags"))
        return tuple(sorted({*self.cleaned_data.get("tags", ()), *new})[:MOST_TAGS])

    def _words_of(self, code: str, rows: Mapping[str, Mapping[int, str]]) -> WordsDraft:
        words, told = {}, {}
        for column in self.columns:
            for place, part in rows[column.name].items():
                words[part] = self._text(column.field(code, place))
                if feedback := self._text(column.feedback_field(code, place)):
                    told[part] = feedback
        return WordsDraft(self._text(stem_name(code)), self._text(feedback_name(code)), words, told)

    def _part_at(self, name: str, own: set[str]) -> str:
        """Return the id a row had; a new one where the form names none, or another question's."""
        kept = str(self.cleaned_data.get(name) or "")
        if kept in own:
            own.discard(kept)
            return kept
        return str(uuid4())

    def _check_publishable(self, started: list[str]) -> None:
        """Refuse to publish what learners could not answer; a shared question needs every complete language."""
        if self.draft and self.columns:
            place = len(self.stored_rows(self.draft.body, self.columns[0].name)) + 1
            if place <= self.fewest_rows:
                name = self.columns[0].field(self.shown_languages[0], place)
                self._miss(name, str(self.too_few))
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


def with_words(form: type["QuestionForm"]) -> type["QuestionForm"]:
    """Declare the fields of the words, in all languages, for the columns that a form's class names."""
    declared: dict[str, forms.Field] = form.base_fields
    fields = word_fields(form.columns, form.most_rows) | id_fields(form.columns, form.most_rows)
    form.declared_fields.update(fields)
    declared.update(fields)
    return form
