"""The site's keys: made once, readable by their owner only, renewed under the same root."""

import json
import stat

import pytest
from django.core.management import call_command
from django.test import override_settings

from sync.errors import KeysMissingError, SealUnreadableError
from sync.keys import _read_once, make_keys, site_keys
from tests.sync.client import sealed


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path):
    folder = tmp_path / "keys"
    assert make_keys(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert not make_keys(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.glob("*.pem"))
    assert not list(folder.glob("*.part"))


def test_renewed_keys_have_the_same_root_and_still_open_what_was_sealed_before(tmp_path):
    make_keys(tmp_path)
    before = _read_once(tmp_path)
    closed = sealed("a line", before.public())
    make_keys(tmp_path, renew=True)
    after = _read_once(tmp_path)
    assert after.root == before.root
    assert after.certified != before.certified
    assert after.open_sealed(closed) == "a line"
    assert after.open_sealed(sealed("another", after.public())) == "another"


def test_seal_that_was_changed_anywhere_does_not_open(tmp_path):
    make_keys(tmp_path)
    keys = _read_once(tmp_path)
    closed = sealed("a line", keys.public())
    for place in range(len(closed)):
        letter = "A" if closed[place] != "A" else "B"
        with pytest.raises(SealUnreadableError):
            keys.open_sealed(closed[:place] + letter + closed[place + 1 :])


def test_site_for_other_peoples_data_makes_no_keys_by_itself(tmp_path):
    with override_settings(RELAIS_KEYS_DIR=tmp_path, TESTING=False, DEMO=False):
        with pytest.raises(KeysMissingError, match="make_keys"):
            site_keys()
        call_command("make_keys", verbosity=0)
        assert json.loads(site_keys().public()["text"])["root"] == site_keys().root
