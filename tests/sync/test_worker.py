"""The service worker's address: what it is told, that it can be switched off, and how the site installs as an app."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from sync.assets import shell_assets


def worker():
    response = Client().get(reverse("packs:worker"))
    assert response.status_code == 200
    return response


def facts():
    first, _rest = worker().content.decode().split("\n", 1)
    found = re.fullmatch(r"const CONFIG = (\{.*\});", first)
    assert found, first
    return json.loads(found[1])


def test_the_worker_may_answer_for_the_whole_site_and_is_asked_for_each_time(db):
    response = worker()
    assert response["Service-Worker-Allowed"] == "/"
    assert response["Cache-Control"] == "no-cache"
    assert response["Content-Type"].startswith("text/javascript")
    assert "Set-Cookie" not in response


def test_a_browser_that_has_the_worker_is_not_sent_it_again(db):
    again = Client().get(reverse("packs:worker"), headers={"if-none-match": worker()["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_worker_knows_the_page_of_every_language(db):
    shells = facts()["shells"]
    assert set(shells) == {code for code, _name in site.LANGUAGES}
    assert Client().get(shells["ar"]).status_code == 200


def test_the_worker_knows_every_file_that_the_page_loads_also_through_other_modules(db):
    assets = set(facts()["assets"])
    assert {"/static/relais/css/relais.css", "/static/relais/icons.svg"} <= assets
    modules = [each for each in assets if each.endswith(".js")]
    assert modules
    for each in modules:
        text = Path(finders.find(each.removeprefix("/static/")) or "").read_text()
        folder = each.rpartition("/")[0]
        for name in re.findall(r'^(?:import|export)\b[^;]*?from "(\./[^"]+)";', text, re.MULTILINE):
            assert f"{folder}/{name.removeprefix('./')}" in assets, f"{each} imports {name}"


def test_the_worker_changes_only_with_what_it_keeps(db):
    first = facts()["version"]
    shell_assets.cache_clear()
    assert facts()["version"] == first, "the page for devices is not the same bytes each time"


def test_the_worker_names_nobody(db):
    assert "csrf" not in worker().content.decode().lower()


def test_switched_off_the_worker_takes_itself_and_its_caches_away_and_no_answers(settings):
    settings.RELAIS_SERVICE_WORKER = "off"
    text = worker().content.decode()
    assert "unregister()" in text
    code = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert "indexedDB" not in code, "what waits to be sent is there"
    assert '"fetch"' not in code


def test_the_site_installs_as_an_app(db):
    response = Client().get(reverse("packs:app"), headers={"accept-language": "fr"})
    assert response["Content-Type"] == "application/manifest+json"
    told = response.json()
    assert (told["lang"], told["start_url"], told["display"]) == ("fr", "/", "standalone")
    sizes = {each["sizes"] for each in told["icons"]}
    assert {"192x192", "512x512"} <= sizes
    for each in told["icons"]:
        assert Path(finders.find(each["src"].removeprefix("/static/")) or "").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["packs:worker", "packs:app"])
def test_staff_without_their_second_factor_get_it_all_the_same(db, name):
    from tests.factories.accounts import make_login

    client = Client()
    client.force_login(make_login("trainer"), backend="accounts.backends.RelaisBackend")
    assert client.get(reverse(name)).status_code == 200
