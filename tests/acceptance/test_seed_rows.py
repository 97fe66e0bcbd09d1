"""The checklist that the project was founded on: each row that is a course, a path, a question or a word.

One test is one row of shared/content/seed-systems.md, read in the site as its user finds it, in English and in
French. Rows of other kinds (records of cases, profiles of countries, reports) are not here yet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from django.db import transaction
from django.db.models import Q

from assessments.models import Question, QuestionText
from courses.catalogue import read_catalogue
from courses.models import LearningPath
from tests.acceptance.curriculum import Site, build_site, packs

LANGUAGES = ("en", "fr")
MODULES = (
    "definitions", "indicators", "psychological-reactions", "control-methods", "risk-assessment",
    "international-cooperation", "crime-scene", "interviewing-victims", "child-victims", "interpreters",
    "victims-needs", "protection-and-assistance", "compensation", "sentencing",
)  # fmt: skip


@dataclass(frozen=True)
class Taught:
    """A row that a course teaches: what its pages say, as patterns."""

    row: str
    course: str
    en: str
    fr: str


# The words are the least that the row asks for; the pages say more.
TAUGHT = (
    Taught("A01", "definitions", r"recruitment, transportation, transfer, harbouring", r"recrutement.{0,20}transport"),
    Taught(
        "A02", "international-cooperation", r"Transnational Organized Crime", r"criminalité transnationale organisée"
    ),
    Taught("A02 terms", "definitions", r"organized criminal group", r"groupe criminel organisé"),
    Taught("A03", "definitions", r"illegal entry", r"entrée illégale"),
    Taught("A11", "international-cooperation", r"Global Compact", r"Pacte mondial"),
    Taught("A12", "definitions", r"aggravat", r"aggrav"),
    Taught("A13", "international-cooperation", r"gender|women", r"genre|femmes"),
    Taught("A14", "definitions", r"smuggled .{0,120}victim", r"trafic illicite"),
    Taught("B02", "first-aid-kit", r"First Aid Kit", r"premier secours"),
    Taught("B03", "first-aid-kit", r"evidence.{0,200}prosecution|prosecution.{0,200}evidence", r"preuves"),
    Taught("B04", "indicators", r"not recognised|unrecognised|recognis", r"reconn"),
    Taught("B07", "train-the-trainers", r"session plan", r"plan de séance"),
    Taught("B08", "train-the-trainers", r"service", r"services"),
    Taught("B17", "international-cooperation", r"liaison officers?", r"liaison"),
    Taught("B19", "vulnerable-migrants", r"International Organization for Migration|IOM", r"OIM"),
    Taught("B20", "vulnerable-migrants", r"refer", r"orient"),
    Taught("B23", "international-cooperation", r"liaison", r"liaison"),
    Taught("C07", "fishing", r"2011", r"2011"),
    Taught("C12", "international-cooperation", r"routes", r"itinéraires|routes"),
    Taught("D02", "sentencing", r"Model Law", r"[Ll]oi type"),
    Taught("E06", "international-cooperation", r"joint investigation", r"enquêtes? conjointes?|enquêtes? communes?"),
    Taught("E07", "protection-and-assistance", r"protect", r"protect|protég"),
    Taught("E08", "child-victims", r"guardian", r"tuteur"),
    Taught("E22", "international-cooperation", r"REDTRAM", r"REDTRAM"),
    Taught("F01", "definitions", r"prevent", r"prévention|prévenir"),
    Taught("F04", "victims-needs", r"victim-centred", r"centrée? sur la victime"),
    Taught("F05", "compensation", r"Fund", r"Fonds"),
    Taught("F06", "compensation", r"25,000", r"25\s?000"),
    Taught("F08", "indicators", r"begging", r"mendicité"),
    Taught("F08 organs", "definitions", r"organs", r"organes"),
    Taught("F09", "definitions", r"one country|a border", r"un seul pays|une? (seul )?État|frontière"),
    Taught("F10", "tourism", r"hotel|motel", r"hôtel|motel"),
)
# A row that the bank of questions asks about: a stem or choice in both languages.
ASKED = {
    "A01": r"article 3|means|moyen",
    "A05": r"(?s)(part(y|ies)|États)",
    "A14": r"smuggl",
    "B03": r"first responders|first hour",
    "B04": r"victim",
    "B23": r"liaison|officer",
    "F06": r"fund|grant|25",
    "F09": r"border",
    "F10": r"hotel|tour",
}
# B11, B12, B21: paths by role, by the four themes, and for the region.
PATHS = {
    "B11": ("police", "border-and-immigration", "prosecutors", "courts", "service-providers", "national-focal-points"),
    "B12": ("identification", "interviewing", "crime-scene-and-evidence", "protection-and-assistance"),
    "B17": ("consular-and-liaison",),
    "B21": ("west-and-central-africa",),
}
# G: words of the instruments, with their article.
WORDS = ("trafficking in persons", "smuggling of migrants", "debt bondage", "forced begging", "domestic servitude")


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Site]:
    """Build the site once for this file, and take it back."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield build_site()
        transaction.set_rollback(True)


@pytest.mark.parametrize("taught", TAUGHT, ids=lambda each: each.row)
def test_row_is_taught_in_both_languages(site: Site, taught: Taught) -> None:
    for language in LANGUAGES:
        words = site.course(taught.course, language)
        assert re.search(getattr(taught, language), words, re.IGNORECASE), f"{taught.row} in {language}"


@pytest.mark.parametrize("row", ASKED)
def test_row_is_asked_in_both_languages(site: Site, row: str) -> None:
    texts = QuestionText.objects.filter(language="en", question__status=Question.Status.PUBLISHED)
    found = [each.question_id for each in texts if re.search(ASKED[row], f"{each.stem} {each.choices}", re.IGNORECASE)]
    assert found
    french = QuestionText.objects.filter(language="fr", question__in=found).exclude(Q(stem="") | Q(feedback=""))
    assert french.count() == len(found)


@pytest.mark.parametrize(("row", "slug"), [(row, slug) for row, slugs in PATHS.items() for slug in slugs])
def test_row_is_a_path_in_both_languages(site: Site, row: str, slug: str) -> None:
    path = next(each for each in LearningPath.in_order() if each.slug["en"] == slug)
    for language in LANGUAGES:
        listed = site.read(f"/{language}/paths/")
        page = site.read(f"/{language}/paths/{path.slug[language]}/")
        assert path.title[language].replace("\u2019", "'") in listed, row
        for course in path.course_uuids():
            outline = read_catalogue().course(course, language)
            assert outline is not None
            assert outline.language == language
            if not outline.reserved_for:
                assert outline.title.replace("\u2019", "'").split()[-1] in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_b01_the_manual_is_fourteen_modules_in_order(site: Site, language: str) -> None:
    page = site.read(f"/{language}/courses/")
    titles = []
    for slug in MODULES:
        outline = read_catalogue().course_by_slug(language, slug)
        assert outline is not None
        titles.append(" ".join(outline.title.replace("\u2019", "'").split()))
    places = [page.index(title) for title in titles]
    assert all(first < then for first, then in pairwise(places))


def test_b05_everything_is_one_edition_that_says_its_version(site: Site) -> None:
    for outline in read_catalogue().in_language("en"):
        assert outline.edition == "international"
        assert outline.source_version
        assert set(read_catalogue().courses[outline.uuid]) >= set(LANGUAGES)


@pytest.mark.parametrize("word", WORDS)
def test_words_are_in_the_glossary(site: Site, word: str) -> None:
    assert word in site.read(f"/en/glossary/?q={word.replace(' ', '+')}").lower()


def test_c07_f10_sectors_are_short_electives(site: Site) -> None:
    page = site.read("/en/paths/short-electives/")
    for slug in ("fishing", "tourism", "domestic-work", "vulnerable-migrants"):
        outline = read_catalogue().course_by_slug("en", slug)
        assert outline is not None
        assert " ".join(outline.title.replace("\u2019", "'").split()) in page
        assert outline.minutes <= 30


def test_lessons_and_questions_are_as_many_as_promised(site: Site) -> None:
    assert len(packs()) >= 20
    assert sum(len(outline.lessons) for outline in read_catalogue().in_language("en")) >= 70
    published = Question.objects.filter(status=Question.Status.PUBLISHED, country=None)
    assert published.count() >= 250
    assert published.filter(is_practice=True).count() >= 100
