"""The link on a certificate: all that it takes to check it stands behind the #, and the same each time."""

import datetime as dt
import shutil
import subprocess

import pytest
import segno

from accounts.policy import COORDINATOR
from certificates.actions import revoke_award
from certificates.credentials.status import signed_status
from certificates.errors import HolderNameMissingError
from certificates.keys import issuer_keys
from certificates.models import HolderName
from certificates.verification.given import Kind, check_given
from certificates.verification.judging import Reason
from certificates.verification.link import verify_address, verify_link
from certificates.verification.status import read_status
from certificates.verification.summaries import Trust
from tests.factories.accounts import PersonFactory, make_login
from tests.factories.certificates import MOMENT, award, publish_course

pytestmark = pytest.mark.django_db
TODAY = MOMENT.date()


@pytest.fixture
def row():
    publish_course()
    return award(PersonFactory.create(full_name="Aïssata Traoré", full_name_other="عائشة تراوري"))


def check(link: str, settings, *, today: dt.date = TODAY):
    root = issuer_keys().root_spki
    return check_given(
        link.encode(), Trust(root, settings.ISSUER_NAME), read_status(signed_status(MOMENT), root), today
    )


def test_a_link_says_who_earned_what_and_is_genuine(row, settings):
    found = check(verify_link(row), settings)
    assert (found.kind, found.verdict.reason) == (Kind.LINK, Reason.VALID)
    assert found.verdict.listed_on == TODAY
    claims = found.claims
    assert (claims.serial, claims.name, claims.name_other) == (row.serial, "Aïssata Traoré", "عائشة تراوري")
    assert (claims.title, claims.issued_on) == ("Certificate: First Aid Kit", TODAY)
    assert (claims.valid_until, claims.issuer, claims.version) == (row.valid_until, settings.ISSUER_NAME, 1)


def test_the_same_award_has_the_same_link(row):
    assert verify_link(row) == verify_link(row)


def test_the_address_is_the_sites_own_in_the_language_of_the_award(row, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://relais.example/"
    assert verify_link(row).partition("#")[0] == "https://relais.example/en/verify/"
    assert verify_address("fr") == "https://relais.example/fr/verify/"
    assert verify_address("xx") == "https://relais.example/en/verify/"


def test_what_is_public_holds_no_id_and_no_score(row):
    """Who reads the code learns no more than who reads the paper."""
    claims = verify_link(row).lower()
    assert not any(str(each) in claims for each in (row.uuid, row.person_id, row.enrolment_uuid))


def test_a_withdrawn_award_is_named_so_and_one_past_its_day_expired(row, settings):
    link = verify_link(row)
    assert check(link, settings, today=row.valid_until).verdict.reason == Reason.LIST_TOO_OLD
    assert check(link, settings, today=row.valid_until + dt.timedelta(days=1)).verdict.reason == Reason.EXPIRED
    revoke_award(by=make_login(COORDINATOR, row.country), award=row, reason="issued-in-error", at=MOMENT)
    assert check(link, settings).verdict.reason == Reason.REVOKED


def test_without_its_name_no_link_is_made(row):
    HolderName.objects.all().delete()
    with pytest.raises(HolderNameMissingError):
        verify_link(row)


def test_a_camera_reads_the_link_off_the_code(row, settings, tmp_path):
    """By zbar, the library of many cameras; by zxing where it is not installed."""
    link = verify_link(row)
    address, mark, fragment = link.partition("#")
    code = segno.make_qr((address + mark, fragment), error="m")  # type: ignore[arg-type]  # segno takes segments
    assert code.symbol_size(border=4)[0] <= 101
    picture = tmp_path / "code.png"
    code.save(str(picture), scale=4, border=4)
    read = _read_by_zbar(picture) if shutil.which("zbarimg") else _read_by_zxing(picture)
    assert read == link
    assert check(read, settings).verdict.reason == Reason.VALID


def test_zxing_reads_the_same(row, tmp_path):
    link = verify_link(row)
    address, mark, fragment = link.partition("#")
    picture = tmp_path / "code.png"
    code = segno.make_qr((address + mark, fragment), error="m")  # type: ignore[arg-type]  # segno takes segments
    code.save(str(picture), scale=4, border=4)
    assert _read_by_zxing(picture) == link


def _read_by_zbar(picture) -> str:
    command = ["zbarimg", "--quiet", "--raw", "--nodbus", str(picture)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _read_by_zxing(picture) -> str:
    import zxingcpp  # a large library for one test
    from PIL import Image  # the same

    with Image.open(picture) as image:
        (found,) = zxingcpp.read_barcodes(image)
    return str(found.text)
