"""The page for devices: the same bytes for everybody, and every word that its scripts say."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from sync.views.shell import SAMPLES
from tests.factories.accounts import make_login

pytestmark = pytest.mark.django_db
PLAYER = settings.BASE_DIR / "static" / "relais" / "js" / "player"


def shell(client, language="en"):
    return client.get(f"/{language}/device/shell/")


def test_page_is_the_same_for_everybody_and_sets_nothing(client):
    login = make_login()
    nobody = shell(client)
    client.force_login(login)
    signed_in = shell(client)
    assert nobody.status_code == 200
    assert nobody.content == signed_in.content
    assert login.person.full_name not in signed_in.content.decode()
    assert "csrf" not in re.sub(r'data-csrf=""', "", signed_in.content.decode())
    assert not signed_in.cookies
    assert signed_in["Cache-Control"] == "public, no-cache"


def test_page_knows_nobody_and_runs_nothing_inline(client):
    text = shell(client).content.decode()
    assert 'data-person=""' in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert " style=" not in text


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_view_part_and_word_that_a_script_asks_for_is_in_the_page(client, language):
    text = shell(client, language).content.decode()
    source = "\n".join(path.read_text(encoding="utf-8") for path in PLAYER.glob("*.js"))
    for asked, attribute in (("view|whole", "data-view"), ("part", "data-part"), ("say", "data-word")):
        names = set(re.findall(rf'templates\.(?:{asked})\("([\w-]+)"', source))
        assert names
        missing = [name for name in names if f'{attribute}="{name}"' not in text]
        assert not missing, (attribute, missing)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_numbers_of_a_phrase_stay_places(client, language):
    text = shell(client, language).content.decode()
    phrase = re.search(r'<p data-word="attempts_left">(.*?)</p>', text)
    assert phrase
    forms = dict(re.findall(r'<i data-n="(\d+)">(.*?)</i>', phrase[1]))
    assert set(forms) == {str(int(each)) for each in SAMPLES}
    assert "{n}" in forms["100"]
    with translation.override(language):
        expected = translation.ngettext("You have %(left)s attempt left.", "You have %(left)s attempts left.", 5) % {
            "left": "{n}"
        }
    assert forms["5"] == expected
