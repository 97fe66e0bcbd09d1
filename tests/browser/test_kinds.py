"""Every kind of question on a device: its script and its HTML give back what a server reads, in any language."""

from typing import Any

import pytest
from django.utils import translation

from assessments.questions.registry import KINDS
from tests.assessments.kind_samples import LANGUAGES, KindSample, sample
from tests.browser.modules import open_modules, run_module

pytestmark = pytest.mark.browser
INDEX = "kinds/index.js"
# As the players do: the question is put into the page, made easier to use, and the answer put back.
ROUND = """
  const { fieldsIn, restoreFields } = await import("/static/relais/js/kinds/form.js");
  const kind = module.KINDS[given.kind];
  document.documentElement.dir = given.language === "ar" ? "rtl" : "ltr";
  const form = document.createElement("form");
  form.innerHTML = given.html;
  // Harmless on what is not in the page yet, and twice.
  kind.enhance?.(form);
  document.body.replaceChildren(form);
  const seen = [];
  for (const response of given.responses) {
    kind.enhance?.(form);
    restoreFields(form, kind.fields(response));
    const read = kind.read(fieldsIn(new FormData(form)), form);
    seen.push({ read, lines: kind.describe(form, response) });
  }
  return seen;
"""
SHOWN = """
  const { fieldsIn } = await import("/static/relais/js/kinds/form.js");
  const kind = module.KINDS[given.kind];
  return given.pages.map((html) => {
    const form = document.createElement("form");
    form.innerHTML = html;
    document.body.replaceChildren(form);
    const before = fieldsIn(new FormData(form));
    kind.enhance?.(form);
    const after = fieldsIn(new FormData(form));
    return [kind.read(before, form), kind.read(after, form), form.querySelector("legend")?.textContent?.trim()];
  });
"""


@pytest.fixture(scope="module")
def page(browser):
    made = open_modules(browser.new_context())
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    yield made
    assert errors == []


def responses_to(made: KindSample) -> list[Any]:
    return [made.kind.key_of(made.structure), made.kind.wrong_of(made.structure), None]


@pytest.mark.parametrize("name", sorted(KINDS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_that_is_put_back_into_a_question_is_read_and_described_as_on_the_server(page, name, language):
    made = sample(name)
    responses = responses_to(made)
    given = {"kind": name, "language": language, "html": made.html(language=language), "responses": responses}
    seen = run_module(page, INDEX, ROUND, given)
    assert [each["read"] for each in seen] == responses
    text = made.text(language)
    with translation.override(language):
        lines = [made.kind.describe_response(made.structure, text, each) for each in responses]
    # A device says the lines in the order of the page, a server in the author's.
    assert [sorted(each["lines"]) for each in seen] == [sorted(each) for each in lines]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_page_that_shows_an_answer_holds_it_before_and_after_the_script(page, name):
    made = sample(name)
    responses = responses_to(made)
    pages = [made.html(response) for response in responses]
    seen = run_module(page, INDEX, SHOWN, {"kind": name, "pages": pages})
    assert [[before, after] for before, after, _stem in seen] == [[each, each] for each in responses]
    assert {stem for _before, _after, stem in seen} == {made.text()["stem"].rpartition("\n\n")[2]}
