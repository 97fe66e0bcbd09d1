"""A course, three questions (Mali's, Ukraine's, everybody's), and the people who meet in the admin."""

import json
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Locale, Page

from accounts.models import Country, Login
from assessments.models import Question, QuestionText
from assessments.questions.single_choice.models import SingleChoiceQuestion
from assessments.questions.true_false.models import TrueFalseQuestion
from courses.catalogue import forget_catalogue
from courses.models import CataloguePage, CoursePage, LessonPage, ModulePage
from tests.factories.accounts import CountryFactory, make_login, sign_in

COURSE = UUID("11111111-1111-4111-8111-111111111111")
LESSON = UUID("22222222-2222-4222-8222-222222222222")
BODY = json.dumps([{"type": "text", "value": {"heading": "H", "body": "<p>Text</p>", "sources": []}}])


@pytest.fixture
def course(db: None) -> Any:
    """A published course with one lesson, in English and French."""
    root = Page.get_first_root_node()
    for code, title in (("en", "First contact"), ("fr", "Premier contact")):
        locale, _created = Locale.objects.get_or_create(language_code=code)
        catalogue = root.add_child(instance=CataloguePage(title=f"Catalogue {code}", slug=f"cat-{code}", locale=locale))
        page = catalogue.add_child(
            instance=CoursePage(title=title, slug=f"course-{code}", summary="s", activity_uuid=COURSE, locale=locale)
        )
        module = page.add_child(instance=ModulePage(title="Module", slug="module", locale=locale))
        module.add_child(
            instance=LessonPage(title=f"Lesson {code}", slug="lesson", activity_uuid=LESSON, body=BODY, locale=locale)
        )
    forget_catalogue()
    yield SimpleNamespace(uuid=COURSE, lesson=LESSON)
    forget_catalogue()


def write_question(
    stem: str,
    country: Country | None = None,
    *,
    model: Any = SingleChoiceQuestion,
    languages: Any = ("en",),
    **fields: Any,
) -> Question:
    """Write a question with two choices, the first of them right."""
    choices = [str(uuid4()), str(uuid4())] if model is not TrueFalseQuestion else []
    body: dict[str, Any] = {"choices": choices, "right": choices[:1]} if choices else {"is_true": True}
    row = model.objects.create(country=country, course_uuid=COURSE, body=body, **fields)
    for language in languages:
        QuestionText.objects.create(
            question=row,
            language=language,
            stem=f"{stem} {language}",
            feedback=f"Feedback of {stem}",
            choices={choice: f"{stem} choice {position}" for position, choice in enumerate(choices)},
        )
    return row


@pytest.fixture
def mali(db: None) -> Country:
    return CountryFactory.create(code="ML")


@pytest.fixture
def ukraine(db: None) -> Country:
    return CountryFactory.create(code="UA")


@pytest.fixture
def questions(mali: Country, ukraine: Country) -> Any:
    """One question of Mali, one of Ukraine, one of everybody."""
    return SimpleNamespace(
        mali=write_question("malian-canary", mali),
        ukraine=write_question("ukrainian-canary", ukraine),
        shared=write_question("shared-question"),
    )


@pytest.fixture
def trainer(mali: Country) -> Login:
    """A trainer of Mali, no superuser."""
    return make_login("trainer", mali)


@pytest.fixture
def ukrainian(ukraine: Country) -> Login:
    """A trainer of Ukraine, no superuser."""
    return make_login("trainer", ukraine)


@pytest.fixture
def editor(mali: Country) -> Login:
    """An editor for all countries."""
    return make_login("editor", mali, everywhere=True)


@pytest.fixture
def as_trainer(client: Client, trainer: Login) -> Client:
    return sign_in(client, trainer)


@pytest.fixture
def as_editor(editor: Login) -> Client:
    return sign_in(Client(), editor)


def filled_form(**changes: Any) -> dict[str, Any]:
    """Return what a browser sends for a single choice question in all complete languages."""
    data: dict[str, Any] = {
        "course_uuid": str(COURSE),
        "lesson_uuid": str(LESSON),
        "country": "",
        "difficulty": "2",
        "source": "",
        "status": "draft",
        "right": "1",
    }
    for code in settings.COMPLETE_LANGUAGES:
        data |= {
            f"stem_{code}": f"What first? {code}",
            f"choice_{code}_1": f"Make safe {code}",
            f"choice_{code}_2": f"Wait {code}",
            f"feedback_{code}": f"Because {code}",
        }
    return data | changes
