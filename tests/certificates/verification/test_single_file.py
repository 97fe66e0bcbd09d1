"""The verifier as one file: whole, closed to every network, and refusing module forms it does not know."""

import base64
import hashlib
import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from certificates.keys import issuer_keys
from certificates.verification.bundling import UnknownFormError, bundled
from certificates.verification.single_file import single_file
from certificates.verification.status import read_status

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
KNOWN = re.compile(r'<script type="application/json" id="verify-known">(.*?)</script>', re.DOTALL)


@pytest.fixture
def page(db) -> str:
    return single_file("fr")


def hash_of(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def test_its_policy_lets_its_own_script_and_style_run_and_nothing_else(page):
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    (script,), (style,) = SCRIPT.findall(page), STYLE.findall(page)
    assert f"script-src 'sha256-{hash_of(script)}'" in policy
    assert f"style-src 'sha256-{hash_of(style)}'" in policy
    assert policy.startswith("default-src 'none'")


def test_it_asks_nothing_of_anybody(page):
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"', page)
    assert "url(" not in STYLE.findall(page)[0]


def test_it_holds_the_root_and_the_lists_of_now(page):
    known = json.loads(KNOWN.findall(page)[0])
    root = issuer_keys().root_spki
    assert known["root"] == root
    assert read_status(known["signed"], root).listed_on
    assert known["language"] == "fr"
    assert '<html lang="fr" dir="ltr">' in page


def test_it_is_offered_for_download_and_written_by_a_command(client, db, tmp_path):
    answer = client.get(reverse("certificates:verify-file"))
    assert answer["Content-Disposition"] == 'attachment; filename="relais-verify.html"'
    target = tmp_path / "verify.html"
    call_command("build_verifier", str(target), "--language", "ar")
    assert '<html lang="ar" dir="rtl">' in target.read_text(encoding="utf-8")
    assert len(target.read_bytes()) < 200_000


def test_modules_become_one_script_in_the_order_of_their_imports():
    sources = {
        "a.js": 'import { two as deux } from "./lib/b.js";\nexport const one = deux + 1;\n',
        "lib/b.js": 'import * as c from "./c.js";\nexport const two = c.zero() + 2;\n',
        "lib/c.js": "export function zero() {\n  return 0;\n}\n",
    }
    script = bundled("a.js", sources.__getitem__)
    assert script.index("module_lib_c") < script.index("module_lib_b") < script.index("module_a ")
    assert "const { two: deux } = module_lib_b;" in script
    assert "const c = module_lib_c;" in script
    assert "import " not in script
    assert "export " not in script


@pytest.mark.parametrize("source", ['import x from "./b.js";\n', "export default 1;\n", 'import "./b.js";\n'])
def test_a_form_that_is_not_known_is_refused(source):
    with pytest.raises(UnknownFormError):
        bundled("a.js", {"a.js": source, "b.js": ""}.__getitem__)


def test_a_circle_is_refused():
    sources = {"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'}
    with pytest.raises(UnknownFormError):
        bundled("a.js", sources.__getitem__)
