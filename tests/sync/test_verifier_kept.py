"""The page that checks certificates travels apart: whoever opens it keeps it, nobody else carries it."""

import json
import re

from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from sync.assets import shell_assets


def facts():
    first, _rest = Client().get(reverse("packs:worker")).content.decode().split("\n", 1)
    found = re.fullmatch(r"const CONFIG = (\{.*\});", first)
    assert found, first
    return json.loads(found[1])


def test_the_worker_knows_the_page_of_every_language_and_what_it_loads(db):
    known = facts()
    assert set(known["verifiers"]) == {code for code, _name in site.LANGUAGES}
    page = Client().get(known["verifiers"]["fr"]).content.decode()
    loaded = set(re.findall(r'"(/static/[^"#]+)', page))
    assert loaded <= {*known["assets"], *known["verifierAssets"]}


def test_learners_do_not_carry_it(db):
    known = facts()
    assert not [each for each in known["assets"] if "/verify/" in each]
    assert [each for each in known["verifierAssets"] if each.endswith("/verify/page.js")]
    assert not set(known["assets"]) & set(known["verifierAssets"])


def test_the_kept_page_is_the_same_bytes_each_time(db):
    first = shell_assets()
    shell_assets.cache_clear()
    assert shell_assets() == first
