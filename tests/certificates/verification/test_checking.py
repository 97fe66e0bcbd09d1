"""S8, without a network: a thousand genuine certificates pass, a thousand mutants do not, each is called what it is."""

import datetime as dt
import json

import pytest

from certificates.verification.given import check_given
from certificates.verification.judging import Reason
from certificates.verification.status import StatusUnreadableError, read_status
from scripts.places import ROOT
from tests.certificates.verification import material
from tests.certificates.verification.cases import genuine, mutants, named_cases
from tests.certificates.verification.material import FOREIGN, OURS, TODAY, TRUST, Case, Holder, link, status

VECTORS = ROOT / "tests" / "data" / "verification.json"
LISTS = read_status(status(), TRUST.root_spki)


def reason_of(content: bytes, today: dt.date = TODAY, lists=LISTS) -> str:
    verdict = check_given(content, TRUST, lists, today).verdict
    return verdict.reason if verdict else Reason.UNREADABLE


@pytest.mark.parametrize("case", named_cases(), ids=lambda case: case.name)
def test_each_is_called_what_it_is(case: Case):
    assert reason_of(case.content) == case.reason


@pytest.mark.slow
def test_a_thousand_genuine_ones_pass():
    found = {case.name: reason_of(case.content) for case in genuine()}
    assert len(found) == 1000
    assert {name: reason for name, reason in found.items() if reason != Reason.VALID} == {}


@pytest.mark.slow
def test_none_of_a_thousand_mutants_passes():
    found = {case.name: reason_of(case.content) for case in mutants()}
    assert len(found) == 1000
    assert {name for name, reason in found.items() if reason == Reason.VALID} == set()
    # What was changed is said to be changed, forged or no certificate: never revoked or merely expired.
    assert set(found.values()) <= {"edited", "forged", "unreadable", "foreign-issuer", "unsigned"}


def test_a_file_of_vectors_holds_what_a_browser_must_say():
    """The form of codes and credentials is fixed: a code on paper must be read in ten years."""
    told = [case.told() for case in named_cases() if not case.name.startswith("pdf") and not case.only_in_python]
    kept = json.loads(VECTORS.read_text(encoding="utf-8"))
    assert kept == {"root": TRUST.root_spki, "issuer": TRUST.issuer, "status": status(), "cases": told}


def test_an_old_list_says_nothing_of_what_it_does_not_name():
    late = TODAY + dt.timedelta(days=31)
    assert reason_of(link(), late) == Reason.LIST_TOO_OLD
    assert reason_of(link(OURS, Holder(index=material.REVOKED)), late) == Reason.REVOKED
    assert reason_of(link(), TODAY + dt.timedelta(days=30)) == Reason.VALID


def test_a_clock_that_is_behind_makes_nothing_valid():
    """The day of a signed list has come, whatever the device says."""
    expired = link(OURS, Holder(valid_until=TODAY - dt.timedelta(days=1)))
    assert reason_of(expired, dt.date(2020, 5, 1)) == Reason.EXPIRED


def test_without_a_list_a_genuine_certificate_is_not_called_valid():
    assert reason_of(link(), lists=None) == Reason.STATUS_UNKNOWN


@pytest.mark.parametrize(
    "said",
    [
        None,
        {},
        [],
        {**status(), "text": status()["text"].replace("2026-11-22", "2027-11-22")},
        {**status(), "signature": status()["signature"][:-4]},
        status(FOREIGN),
        status(key=FOREIGN.key),
        {**status(), "delegation": ""},
    ],
)
def test_a_list_that_the_root_does_not_stand_behind_is_refused(said):
    with pytest.raises(StatusUnreadableError):
        read_status(said, TRUST.root_spki)


def test_what_is_too_large_is_not_read():
    assert reason_of(b"%PDF-" + bytes(8 * 2**20)) == Reason.UNREADABLE
