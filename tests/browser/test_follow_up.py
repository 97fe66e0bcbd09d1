"""Months after a training, at a post without a connection: the questions are asked and answered on the device."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.demo import Demo
from tests.browser.line import Line, line_to

WAIT_MS = 20_000
ANSWERS = {"used": "3", "noticed": "2", "referred": "0", "confident": "5", "hindered": "1"}
_COHORT = """
import datetime as dt
from django.utils import timezone
from accounts.models import Cohort, CohortMember, Country, Person
person = Person.objects.get(service_number="20417K")
today = timezone.now().date()
cohort = Cohort.objects.create(name="Classe de suivi", country=person.country, language="fr", time_zone="Africa/Bamako",
    starts_on=today - dt.timedelta(days=110), ends_on=today - dt.timedelta(days=100))
CohortMember.objects.create(cohort=cohort, person=person, joined_at=timezone.now())
print(cohort.uuid)
"""
_SAID = """
import json
from certificates.models import FollowUp
print(json.dumps(list(FollowUp.objects.filter(cohort_uuid="{cohort}").values_list("answers", "by"))))
"""
# What the centre told is encrypted: that it is there can be seen, not what it says.
_IS_READY = """async () => {
  await navigator.serviceWorker.ready;
  const kept = (await caches.keys()).some((name) => name.startsWith("relais-shell-"));
  const names = (await indexedDB.databases()).map((each) => each.name).filter((name) => name.startsWith("relais-p-"));
  const counts = await Promise.all(names.map((name) => new Promise((done) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => {
      const asked = opening.result.transaction("state").objectStore("state").count();
      asked.onsuccess = () => { opening.result.close(); done(asked.result); };
    };
  })));
  return kept && Boolean(navigator.serviceWorker.controller) && counts.some((count) => count > 0);
}"""
_NOTHING_WAITS = """async () => {
  const names = (await indexedDB.databases()).map((each) => each.name).filter((name) => name.startsWith("relais-p-"));
  const counts = await Promise.all(names.map((name) => new Promise((done) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => {
      const asked = opening.result.transaction("outbox").objectStore("outbox").index("state").count("waiting");
      asked.onsuccess = () => { opening.result.close(); done(asked.result); };
    };
  })));
  return counts.every((count) => count === 0);
}"""


@pytest.fixture
def line(demo: Demo) -> Iterator[Line]:
    """Yield a line to the demo that can be cut."""
    with line_to(demo.port) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, line: Line) -> Iterator[Page]:
    """Yield the officer's phone."""
    like: dict[str, Any] = {**PHONE, "locale": "fr-FR", "base_url": line.address}
    context = browser.new_context(**like)
    yield context.new_page()
    context.close()


def test_questions_are_answered_without_a_connection_and_counted_with_one(
    page: Page, line: Line, demo: Demo, sign_in: Callable[[Page, str], None]
) -> None:
    cohort = demo.run(_COHORT)
    sign_in(page, "officer")
    page.goto("/fr/")
    page.wait_for_function(_IS_READY, timeout=WAIT_MS)
    line.cut()
    page.goto(f"/fr/cohorts/{cohort}/follow-up/3/")
    form = page.locator("form[data-follow-up]")
    expect(form).to_be_visible(timeout=WAIT_MS)
    for item, value in ANSWERS.items():
        form.locator(f'input[name="{item}"][value="{value}"]').check()
    form.locator("button").click()
    expect(page.locator("main .banner.good")).to_be_visible(timeout=WAIT_MS)
    assert said(demo, cohort) == []
    # On the device it counts as answered: another visit shows what was chosen.
    page.goto(f"/fr/cohorts/{cohort}/follow-up/3/")
    expect(form.locator('input[name="used"][value="3"]')).to_be_checked(timeout=WAIT_MS)
    line.mend()
    page.goto("/fr/")
    # It sends by itself; what the page says of it is not asked here, only that nothing waits any more.
    page.wait_for_function(_NOTHING_WAITS, timeout=WAIT_MS)
    assert said(demo, cohort) == [[{item: int(value) for item, value in ANSWERS.items()}, "learner"]]


def test_another_persons_cohort_is_not_asked_about(
    page: Page, line: Line, sign_in: Callable[[Page, str], None]
) -> None:
    sign_in(page, "officer")
    page.goto("/fr/")
    page.wait_for_function(_IS_READY, timeout=WAIT_MS)
    line.cut()
    page.goto("/fr/cohorts/00000000-0000-4000-8000-000000000000/follow-up/3/")
    expect(page.locator("main h1")).to_be_visible(timeout=WAIT_MS)
    expect(page.locator("form[data-follow-up]")).to_have_count(0)


def said(demo: Demo, cohort: str) -> list[object]:
    """Return what the centre has of a cohort's follow-ups."""
    found: list[object] = json.loads(demo.run(_SAID.format(cohort=cohort)))
    return found
