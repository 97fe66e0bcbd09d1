"""Matching, ordering and words into gaps on a device without a network: answered, kept, explained, marked right."""

import json
from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Page, expect

from assessments.questions.registry import kind_named
from sync.views.shell import shell
from tests.browser.device_facts import PRACTICE, device
from tests.browser.device_fakes import open_player, said
from tests.factories.assessments import sample_of

KINDS = ("matching", "ordering", "word_gaps")
START = f"/en/quizzes/{PRACTICE}/start/"


def item_of(number: int, name: str) -> dict[str, Any]:
    """Return a practice question as a device has it, with its HTML as the site renders it."""
    kind = kind_named(name)
    structure, words = sample_of(name)
    text = {"stem": f"Stem {number}", "feedback": "Because.", "choices": words}
    shown = kind.show(structure, text, "en", kind.order_of(structure))
    return {
        "question": f"q{number}",
        "version": "v",
        "kind": name,
        "choices": kind.order_of(structure),
        "html": {"en": render_to_string("assessments/_question_body.html", {"shown": shown}).strip()},
        "structure": structure,
        "key_words": {"en": kind.describe_response(structure, text, kind.key_of(structure))},
        "feedback": {"en": "Because."},
    }


@pytest.fixture(scope="module")
def items() -> list[dict[str, Any]]:
    with translation.override("en"):
        return [item_of(number, name) for number, name in enumerate(KINDS, 1)]


@pytest.fixture
def page(browser: Any, items: list[dict[str, Any]]) -> Any:
    request = HttpRequest()
    request.method, request.path = "GET", "/en/device/shell/"
    request.META |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    with translation.override("en"):
        page_for_devices = shell(request).content.decode()
    given = device()
    practice = json.loads(given["files"]["practice.json"]) | {"items": items}
    given["files"]["practice.json"] = json.dumps(practice)
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    context.set_default_timeout(10_000)
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    yield open_player(context, {"en": page_for_devices}, given, START)
    context.close()
    assert not faults, faults


def answer(page: Page, item: dict[str, Any]) -> None:
    structure = item["structure"]
    if item["kind"] == "matching":
        for pair in structure["pairs"]:
            page.locator(f"select[name='response:{pair['left']}']").select_option(pair["right"])
    elif item["kind"] == "ordering":
        for place, right in enumerate(structure["items"]):
            lines = [line.get_attribute("data-item") for line in page.locator("[data-item]").all()]
            for _ in range(lines.index(right) - place):
                page.locator(f"[data-item='{right}'] .is-up").tap()
    else:
        for number, gap in enumerate(structure["gaps"]):
            words = page.locator(f"select[name='response:{gap['id']}'] option[value='{gap['right']}']").text_content()
            page.locator(".gap-bank").get_by_role("button", name=words or "", exact=True).tap()
            page.locator(".gap-slot").nth(number).tap()


def test_each_kind_is_answered_explained_and_marked_right_without_a_network(page, items):
    page.locator("[data-do=begin]").click()
    for number, item in enumerate(items, 1):
        page.locator("form[data-answer]").wait_for()
        expect(page.locator("h1")).to_contain_text(f"{number} of {len(items)}")
        answer(page, item)
        page.locator(".saved").wait_for()
        page.get_by_role("main").get_by_role("button", name="Check the answer").click()
        expect(page.locator("[data-feedback]")).to_contain_text("Right")
        # What is kept here comes back, shown as it was left.
        page.reload()
        page.locator("form[data-answer]").wait_for()
        expect(page.locator("[data-feedback]")).to_contain_text("Right")
        page.locator("[data-feedback] a").last.click()
    kinds = {item["question"]: kind_named(item["kind"]) for item in items}
    last = {each["question"]: each["response"] for each in said(page) if each["verb"] == "answered"}
    assert last == {item["question"]: kinds[item["question"]].key_of(item["structure"]) for item in items}
    page.get_by_role("main").get_by_role("button", name="End the practice").click()
    expect(page.locator("main")).to_contain_text("3 out of 3")
    for item in items:
        for line in item["key_words"]["en"]:
            # What was answered, as the device says it from the HTML: in the words of the server.
            expect(page.locator("main")).to_contain_text(line)
