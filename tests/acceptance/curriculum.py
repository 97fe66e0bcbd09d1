"""The whole curriculum as the site shows it, loaded once, and a reader who has taken every course."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from django.core.management import call_command
from django.test import Client

from accounts.models import Login
from courses.actions import enrol
from courses.catalogue import forget_catalogue, read_catalogue
from scripts.places import CURRICULUM
from tests.factories.accounts import AgencyFactory, CountryFactory, make_login, sign_in

_TAGS = re.compile(r"<(script|style|template)\b.*?</\1>|<[^>]+>", re.DOTALL)


@dataclass
class Site:
    """The site with all packs and paths, and what people see of it."""

    reader: Login
    trainer: Login
    _clients: dict[int, Client] = field(default_factory=dict)

    def read(self, address: str, login: Login | None = None) -> str:
        """Return the words of a page as somebody reads them; the reader where nobody is named."""
        login = login or self.reader
        client = self._clients.setdefault(login.pk, sign_in(Client(), login))
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return words_of(response.content.decode())

    def lessons_of(self, slug: str, language: str) -> Iterator[str]:
        """Yield the addresses of a course's lessons in order."""
        catalogue = read_catalogue()
        course = catalogue.course_by_slug(language, slug)
        assert course is not None, slug
        for lesson in course.lessons:
            yield catalogue.addresses(course.uuid, lesson.uuid)[language]

    def course(self, slug: str, language: str) -> str:
        """Return all words of a course: its page and every lesson."""
        catalogue = read_catalogue()
        course = catalogue.course_by_slug(language, slug)
        assert course is not None, slug
        pages = [catalogue.addresses(course.uuid)[language], *self.lessons_of(slug, language)]
        return " ".join(self.read(each) for each in pages)


def words_of(html: str) -> str:
    """Return what a page says, in one line, with plain spaces and quotes."""
    text = unescape(_TAGS.sub(" ", html))
    return re.sub(r"\s+", " ", text).replace("\u2019", "'")


def build_site() -> Site:
    """Load everything the product comes with. The caller is in a transaction and takes it back."""
    for pack in packs():
        call_command("load_pack", str(pack), verbosity=0)
    call_command("load_paths", str(CURRICULUM / "paths.yaml"), verbosity=0)
    forget_catalogue()
    mali = CountryFactory.create(code="ML")
    reader = make_login(country=mali, agency=AgencyFactory.create(country=mali, kind="police"))
    trainer = make_login("editor", country=mali, everywhere=True)
    for course in read_catalogue().in_language("en"):
        if not course.reserved_for:
            enrol(by=reader, course=course)
    return Site(reader, trainer)


def packs() -> list[Path]:
    """Return the folders of all packs of the product."""
    return sorted(file.parent for file in CURRICULUM.glob("*/course.yaml"))
