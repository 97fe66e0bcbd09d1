"""The marks that servers and devices must agree on: the device's side. The other is in tests/assessments."""

import json

import pytest
from playwright.sync_api import Page

from scripts.places import ROOT
from tests.browser.modules import open_modules, run_module

VECTORS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "tests" / "data" / "marking").glob("*.json"))
}
READ = """
  return given.vectors.map(({values}) => {
    const form = new FormData();
    for (const value of values) form.append("response", value);
    const response = module.KINDS[given.kind].read(form);
    return [response, module.KINDS[given.kind].values(response).sort()];
  });
"""


@pytest.fixture(scope="module")
def page(browser) -> Page:
    return open_modules(browser.new_context())


def test_a_device_knows_the_kinds_that_have_vectors(page):
    assert set(run_module(page, "kinds/index.js", "return Object.keys(module.KINDS)")) == set(VECTORS)


@pytest.mark.parametrize("kind", VECTORS)
def test_a_device_marks_as_the_vectors_say(page, kind):
    body = "return given.vectors.map((each) => module.KINDS[given.kind].mark(each.structure, each.response))"
    marks = run_module(page, "kinds/index.js", body, {"kind": kind, "vectors": VECTORS[kind]})
    assert marks == [each["milli"] for each in VECTORS[kind]]


@pytest.mark.parametrize("kind", VECTORS)
def test_a_device_reads_a_form_as_the_vectors_say(page, kind):
    given = [each for each in VECTORS[kind] if "values" in each]
    found = run_module(page, "kinds/index.js", READ, {"kind": kind, "vectors": given})
    assert found == [[each["response"], sorted(each["values"])] for each in given]
