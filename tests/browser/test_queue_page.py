"""What waits on a device, in plain words: on its page, on the sync line, and in the file that is carried by hand."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from records.models import QuarantinedStatement, Statement
from sync.models import Device
from tests.browser.post import DEVICE, WAIT_MS, Post, open_post, said
from tests.factories.accounts import make_login

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post(transactional_db: None, live_server: Any, browser: Any, tmp_path: Any, settings: Any) -> Iterator[Post]:
    with open_post(live_server, browser, tmp_path, settings, completed_lessons=2) as post:
        yield post


def test_the_queue_is_told_in_words_saved_as_a_file_and_sent_without_counting_twice(post, tmp_path):
    page = post.page
    post.download()
    post.start_quiz()
    post.cut_sending()
    for number in (1, 2):
        page.locator("[data-place] .choice").first.click()
        expect(page.locator("[data-place] .saved")).to_contain_text("Saved on this device")
        page.locator("[data-place] form .btn").click()
        expect(page.locator("[data-place] b").first).to_contain_text(f"Question {number + 1} ")
    page.goto(DEVICE)
    rows = page.locator("[data-queue-list=waiting] li")
    expect(rows).to_have_count(1)
    for words in ("An answer", "Final test", "2 times"):
        expect(rows).to_contain_text(words)
    expect(page.locator("[data-queue-count]")).to_contain_text("Waiting: 2")
    status = page.locator("[data-queue-status]")
    page.locator("[data-queue-send]").click()
    expect(status).to_contain_text("No connection to the centre. Nothing was lost")
    with page.expect_download() as saving:
        page.locator("[data-queue-save]").click()
    expect(status).to_contain_text("What is in it stays here too until the centre has it")
    file = tmp_path / saving.value.suggested_filename
    saving.value.save_as(file)
    assert file.suffix == ".relais"
    assert ingest(file) == {"accepted": 2, "known": 0, "quarantined": [], "lines": 2}
    assert ingest(file) == {"accepted": 0, "known": 2, "quarantined": [], "lines": 2}
    expect(rows).to_have_count(1)
    arrived = said("answered")
    post.mend_sending()
    page.locator("[data-queue-send]").click()
    expect(status).to_have_text("Sent to the centre: 2.")
    expect(page.locator("[data-queue-none]")).to_be_visible()
    expect(rows.first).to_be_hidden()
    post.expect_sync("sent")
    assert said("answered") == arrived
    assert len(arrived) == 2
    assert str(post.login.person.uuid) not in file.read_text()
    assert "answered" not in file.read_text(), "whoever carries it cannot read it"


def ingest(file: Path) -> dict[str, Any]:
    """Take a saved file in as an operator does."""
    told = io.StringIO()
    call_command("ingest", str(file), "--json", stdout=told)
    found: dict[str, Any] = json.loads(told.getvalue())
    return found


def test_after_three_days_of_waiting_one_is_asked_to_find_a_connection_or_save_a_file(post):
    page = post.page
    page.goto(post.lesson(1))
    post.expect_sync("sent")
    post.cut_sending()
    post.say(1)
    post.expect_sync("offline")
    page.clock.set_fixed_time(timezone.now() + dt.timedelta(days=2, hours=23))
    page.goto(DEVICE)
    post.expect_sync("offline")
    expect(page.locator("[data-queue-old]")).to_be_hidden()
    page.clock.set_fixed_time(timezone.now() + dt.timedelta(days=3, hours=1))
    page.goto(post.lesson(2))
    post.expect_sync("old")
    expect(page.locator("[data-sync-words]")).to_contain_text(
        "Find a connection, or save it as a file for your trainer"
    )
    page.locator("[data-sync-more]").click()
    expect(page.locator("[data-queue-old]")).to_contain_text("save it as a file and give the file to your trainer")
    post.mend_sending()
    page.locator("[data-queue-send]").click()
    post.expect_sync("sent")
    expect(page.locator("[data-queue-old]")).to_be_hidden()
    assert len(said("progressed")) == 1


def test_what_the_centre_holds_is_shown_with_its_reason(post):
    page = post.page
    page.goto(DEVICE)
    post.expect_sync("sent")
    Device.objects.update(revoked_at=timezone.now())
    post.say(1)
    post.expect_sync("parked")
    held = QuarantinedStatement.objects.get()
    assert held.reason == "device-revoked"
    expect(page.locator("[data-sync-words]")).to_contain_text("Held at the centre for a decision: 1. Nothing is lost.")
    row = page.locator("[data-queue-held] li")
    expect(row).to_contain_text("Where you read")
    expect(row.locator("[data-why]")).not_to_be_empty()
    expect(row.locator("[data-why]")).to_contain_text("device")
    expect(page.locator("[data-queue-none]")).to_be_visible()
    assert said() == []


def test_signed_in_as_somebody_else_nothing_is_sent_until_one_is_back(post):
    page = post.page
    page.goto(post.lesson(1))
    post.expect_sync("sent")
    other = make_login(full_name="Awa Keïta")
    post.sign_in(other)
    ids = post.say(2)
    post.expect_sync("not-you")
    expect(page.locator("[data-sync-words]")).to_contain_text(
        "Somebody else is signed in. Safe on this device, not sent yet: 2"
    )
    page.goto(DEVICE)
    post.expect_sync("sent")
    expect(page.locator("[data-part=left]")).to_contain_text("2", timeout=WAIT_MS)
    assert not Statement.objects.filter(pk__in=ids).exists()
    assert not QuarantinedStatement.objects.exists()
    post.sign_in(post.login)
    page.goto(post.lesson(1))
    post.expect_sync("sent")
    assert [each["id"] for each in said("progressed")] == ids
    assert set(Device.objects.values_list("person_id", flat=True)) == {post.login.person.uuid, other.person.uuid}
