"""A device judges a learning path as the site does: one file of examples for both."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.modules import open_modules, run_module

pytestmark = pytest.mark.browser
CASES = json.loads((Path(__file__).parents[1] / "data" / "paths.json").read_text())["cases"]


def test_shared_examples(browser: Browser) -> None:
    page = open_modules(browser.new_context())
    body = "return given.map((each) => module.judge(each.stages, new Set(each.done)));"
    told = run_module(page, "player/paths.js", body, CASES)
    assert told == [case["verdicts"] for case in CASES]
