"""The marks that servers and devices must agree on: the device's side. The other is in tests/assessments."""

import json
from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page

from assessments.questions.kind import all_parts
from assessments.questions.marking import MARKED_BY_HAND, MARKERS
from assessments.questions.registry import KINDS
from tests.assessments.test_marking_vectors import VECTORS
from tests.browser.modules import open_modules, run_module

INDEX = "kinds/index.js"
KNOWN = """
  return Object.entries(module.KINDS).map(([name, kind]) => [name, typeof kind.mark, Boolean(kind.isMarkedByHand)]);
"""
READ = """({ fields, html }) => {
  const form = document.createElement("form");
  form.innerHTML = html;
  return kind.read(fields, form);
}"""
DESCRIBE = """({ response, html }) => {
  const form = document.createElement("form");
  form.innerHTML = html;
  return kind.describe(form, response);
}"""
FIELDS = "({ response }) => kind.fields(response)"
MARK = "({ structure, response }) => kind.mark(structure, response)"


@pytest.fixture(scope="module")
def page(browser) -> Page:
    return open_modules(browser.new_context())


def ask(page: Page, kind: str, function: str, vectors: list[dict[str, Any]]) -> list[Any]:
    """Return what a function makes of each vector. They go as text: a part may be called "__proto__"."""
    body = f"const kind = module.KINDS[given.kind]; return JSON.stringify(JSON.parse(given.vectors).map({function}));"
    found: list[Any] = json.loads(run_module(page, INDEX, body, {"kind": kind, "vectors": json.dumps(vectors)}))
    return found


def text_of(kind: str, structure: dict[str, Any]) -> dict[str, Any]:
    """Return words for a vector's question. Where a text has gaps, the words of every part have them."""
    gaps = "".join(f" [[{number}]]" for number in range(1, len(structure.get("gaps", [])) + 1))
    words = {part: f"words of {part}{gaps}" for part in all_parts(KINDS[kind], structure)}
    return {"stem": "Stem", "feedback": "", "choices": words, "feedbacks": {part: f"why {part}" for part in words}}


def html_of(kind: str, structure: dict[str, Any]) -> str:
    """Return the HTML of a vector's question."""
    shown = KINDS[kind].show(structure, text_of(kind, structure), "en", KINDS[kind].order_of(structure))
    return render_to_string("assessments/_question_body.html", {"shown": shown})


def test_a_device_knows_the_kinds_that_have_vectors(page):
    known = run_module(page, INDEX, KNOWN)
    assert {name: by_hand for name, _mark, by_hand in known} == {name: name in MARKED_BY_HAND for name in VECTORS}
    assert {name for name, mark, _by_hand in known if mark == "function"} >= set(MARKERS)


@pytest.mark.parametrize("kind", sorted(MARKERS))
def test_a_device_marks_as_the_vectors_say(page, kind):
    assert ask(page, kind, MARK, VECTORS[kind]) == [each["milli"] for each in VECTORS[kind]]


@pytest.mark.parametrize("kind", VECTORS)
def test_a_device_reads_a_form_as_the_vectors_say(page, kind):
    vectors = [each for each in VECTORS[kind] if "fields" in each]
    given = [{"fields": each["fields"], "html": html_of(kind, each["structure"])} for each in vectors]
    assert ask(page, kind, READ, given) == [each["response"] for each in vectors]


@pytest.mark.parametrize("kind", VECTORS)
def test_a_device_and_a_server_put_a_response_into_a_form_alike(page, kind):
    """Whatever the response: what came from another node is shown by both."""
    assert ask(page, kind, FIELDS, VECTORS[kind]) == [KINDS[kind].fields_of(each["response"]) for each in VECTORS[kind]]


@pytest.mark.parametrize("kind", VECTORS)
def test_a_device_and_a_server_say_a_response_alike(page, kind):
    given = [each | {"html": html_of(kind, each["structure"])} for each in VECTORS[kind]]
    lines = [
        KINDS[kind].describe_response(each["structure"], text_of(kind, each["structure"]), each["response"])
        for each in VECTORS[kind]
    ]
    # A device says the lines in the order of the page, a server in the author's.
    assert [sorted(each) for each in ask(page, kind, DESCRIBE, given)] == [sorted(each) for each in lines]


@pytest.mark.parametrize("kind", VECTORS)
def test_a_device_and_a_server_tell_the_same_feedback(page, kind):
    asked = [(each["structure"], text_of(kind, each["structure"]), each["response"]) for each in VECTORS[kind]]
    items = [
        {"kind": kind, "structure": structure, "feedbacks": {"en": text["feedbacks"]}, "response": response}
        for structure, text, response in asked
    ]
    body = 'return JSON.stringify(JSON.parse(given).map((item) => module.toldOf(item, item.response, "en")));'
    found = json.loads(run_module(page, "player/sheet.js", body, json.dumps(items)))
    assert [sorted(each) for each in found] == [sorted(KINDS[kind].feedbacks_of(*each)) for each in asked]
