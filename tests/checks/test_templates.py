"""Every template of ours compiles, names no tag that does not exist, and carries no inline script or style."""

import re
import subprocess

import pytest
from django.template import Template, engines
from django.template.backends.django import DjangoTemplates

from scripts.places import APPS, ROOT

TEMPLATES = sorted(path for app in APPS for path in ROOT.glob(f"{app}/**/templates/**/*") if path.is_file())
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE)
PHYSICAL = re.compile(r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right))")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_compiles_and_fits_the_content_security_policy(path):
    source = path.read_text(encoding="utf-8")
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    Template(source, engine=engine.engine)
    if path.suffix == ".html":
        assert not INLINE.search(source), "the policy is 'self': no inline style or handler"
        assert not SCRIPT.search(source), "the policy is 'self': no inline script"


def test_styles_use_logical_properties_only():
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "static/*.css"]
    for name in subprocess.run(listing, check=True, cwd=ROOT, capture_output=True, text=True).stdout.splitlines():
        if (ROOT / name).exists():
            assert not PHYSICAL.findall((ROOT / name).read_text(encoding="utf-8")), name
