"""The signature on a certificate: pyHanko accepts it, refuses a changed byte, and it is the same each time."""

import io

import pytest
from asn1crypto import x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates.keys import issuer_keys
from certificates.pdf import render_certificate
from tests.factories.certificate_pdf import FACTS, MOMENT, full_facts, read_pdf, signed, signer


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return signed(full_facts("fr"))


def status_of(pdf: bytes):
    """Return what pyHanko says of the one signature, trusting our root and nobody else, without a network."""
    root = x509.Certificate.load(issuer_keys().x509_chain_der[1])
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, context)


def test_signature_is_sound_trusted_and_covers_the_file(pdf):
    status = status_of(pdf)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.docmdp_ok
    assert status.pkcs7_signature_mechanism == "sha256_ecdsa"


def test_signature_is_invisible_and_certifies_that_nothing_may_change(pdf):
    reader = read_pdf(pdf)
    (field,) = reader.root_object["/AcroForm"]["/Fields"]
    signature = field.get_object()["/V"]
    assert [float(side) for side in field.get_object()["/Rect"]] == [0, 0, 0, 0]
    assert signature["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature["/Reference"][0]["/TransformParams"]["/P"] == 1
    assert signature["/M"] == "D:20261122100000Z"


def test_same_file_key_and_moment_give_the_same_bytes(pdf):
    assert signed(full_facts("fr")) == pdf


def test_page_and_credential_come_through(pdf):
    unsigned = render_certificate(full_facts("fr"))
    assert pdf.startswith(unsigned)
    assert read_pdf(pdf).attachments == read_pdf(unsigned).attachments


@pytest.mark.parametrize("share", [0.02, 0.2, 0.4, 0.6, 0.8])
def test_flipped_byte_is_refused(pdf, share):
    unsigned = len(render_certificate(full_facts("fr")))
    at = int(unsigned * share)
    changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
    try:
        status = status_of(changed)
    except Exception:  # noqa: BLE001  # a file that is no PDF any more is refused as well
        return
    assert not status.bottom_line
    assert not status.intact


def test_other_root_is_not_trusted(pdf, tmp_path, settings):
    from certificates.keys import make_issuer_keys

    make_issuer_keys(tmp_path)
    settings.RELAIS_KEYS_DIR = str(tmp_path)
    status = status_of(pdf)
    assert status.intact
    assert not status.trusted


def test_certificate_printed_without_extras_is_signed_as_well():
    assert status_of(signer().sign(render_certificate(FACTS), MOMENT)).bottom_line
