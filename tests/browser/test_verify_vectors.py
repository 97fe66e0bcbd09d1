"""S8 in a browser: what a phone says without a network is what the server says, case by case."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.modules import open_modules, run_module
from tests.certificates.verification.cases import genuine, mutants, named_cases
from tests.certificates.verification.material import FOREIGN, TODAY, TRUST, Case, status
from tests.certificates.verification.test_checking import VECTORS, reason_of

CHECK = """
  const names = ["given", "judging", "status", "desk", "days", "bytes"];
  const modules = await Promise.all(names.map((name) => import(`/static/relais/js/verify/${name}.js`)));
  const { checkGiven, reasonOf, readStatus, rootOf, dayOfText, fromBase64 } = Object.assign({}, ...modules);
  const root = rootOf(given.root);
  const trust = { root, issuer: given.issuer };
  const known = { trust, status: await readStatus(given.status, root), today: dayOfText(given.today) };
  const said = [];
  for (const each of given.cases) {
    const { verdict } = await checkGiven(fromBase64(each.content), known);
    said.push(verdict ? reasonOf(verdict) : "unreadable");
  }
  return said;
"""


@pytest.fixture(scope="module")
def page(browser) -> Page:
    return open_modules(browser.new_context())


def said_by(page: Page, cases: list[dict[str, str]], signed: Any = None) -> list[str]:
    """Return the word for each case."""
    known = {"root": TRUST.root_spki, "issuer": TRUST.issuer, "status": signed or status()}
    given = {**known, "today": f"{TODAY}T12:00:00Z", "cases": cases}
    said: list[str] = run_module(page, "verify/given.js", CHECK, given)
    return said


def told(cases: list[Case]) -> list[dict[str, str]]:
    return [case.told() for case in cases]


def test_a_browser_says_what_the_file_of_vectors_says(page):
    kept = json.loads(VECTORS.read_text(encoding="utf-8"))
    said = said_by(page, kept["cases"], kept["status"])
    wrong = [
        (case["name"], case["reason"], word)
        for case, word in zip(kept["cases"], said, strict=True)
        if word != case["reason"]
    ]
    assert wrong == []


def test_a_browser_reads_documents_as_the_server_does(page):
    cases = [case for case in named_cases() if case.name.startswith("pdf")]
    assert dict(zip([each.name for each in cases], said_by(page, told(cases)), strict=True)) == {
        each.name: each.reason for each in cases
    }


@pytest.mark.slow
def test_a_thousand_genuine_ones_pass_in_a_browser(page):
    cases = list(genuine())
    assert [word for word in said_by(page, told(cases)) if word != "valid"] == []


@pytest.mark.slow
def test_a_thousand_mutants_are_called_the_same_by_both(page):
    cases = list(mutants())
    said = said_by(page, told(cases))
    assert "valid" not in said
    apart = [
        (case.name, here, word)
        for case, word in zip(cases, said, strict=True)
        if (here := reason_of(case.content)) != word
    ]
    assert apart == []


@pytest.mark.parametrize(
    "signed",
    [
        {**status(), "text": status()["text"].replace("2026-11-22", "2027-11-22")},
        status(FOREIGN),
        status(key=FOREIGN.key),
        {"none": True},
    ],
)
def test_a_browser_takes_no_list_that_the_root_does_not_stand_behind(page, signed):
    genuine_link = [case.told() for case in named_cases() if case.name == "link: valid"]
    assert said_by(page, genuine_link, signed) == ["status-unknown"]


def test_own_arithmetic_agrees_with_the_browsers(page):
    """The browser's own cryptography is the judge, where it has some: keys, signatures and edges of P-256."""
    body = """
      const { readPoint, isSigned } = await import("/static/relais/js/verify/p256.js");
      const { sha256, sha512 } = await import("/static/relais/js/verify/sha2.js");
      const faults = [];
      const bytes = (length) => crypto.getRandomValues(new Uint8Array(length));
      const same = (one, other) => one.length === other.length && one.every((each, at) => each === other[at]);
      const hashed = async (name, content) => new Uint8Array(await crypto.subtle.digest(name, content));
      const [kind, way] = [{ name: "ECDSA", namedCurve: "P-256" }, { name: "ECDSA", hash: "SHA-256" }];
      for (let round = 0; round < 40; round += 1) {
        const pair = await crypto.subtle.generateKey(kind, true, ["sign", "verify"]);
        const content = bytes(round * 7);
        const signature = new Uint8Array(await crypto.subtle.sign(way, pair.privateKey, content));
        const key = readPoint(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
        if (!isSigned(key, signature, content)) faults.push(`refused ${round}`);
        signature[round] ^= 1;
        if (isSigned(key, signature, content)) faults.push(`took ${round}`);
        if (!same(sha256(content), await hashed("SHA-256", content))) faults.push(`256 ${round}`);
        if (!same(sha512(content), await hashed("SHA-512", content))) faults.push(`512 ${round}`);
        for (const none of [new Uint8Array(64), new Uint8Array(64).fill(255), signature.subarray(1)]) {
          if (isSigned(key, none, content)) faults.push("took nothing");
        }
        const off = new Uint8Array(65).fill(1);
        off[0] = 4;
        if (readPoint(off) || readPoint(new Uint8Array(33))) faults.push("took what is no point");
      }
      return faults;
    """
    assert run_module(page, "verify/p256.js", body) == []
