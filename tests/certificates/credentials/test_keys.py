"""The keys that sign certificates: certified by the site's root, renewed under it, never lost half-way."""

import asyncio
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography import x509
from django.core.management import call_command
from django.test import override_settings
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko_certvalidator import CertificateValidator, ValidationContext

from certificates import keys
from certificates.credentials.delegation import Purpose, read_delegation
from certificates.credentials.multibase import read_multikey
from certificates.errors import IssuerKeysMissingError
from certificates.keys import _read_once, issuer_keys, make_issuer_keys
from elearning.lib.signing import compressed_of, is_signed_bytes
from sync.keys import site_keys


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path):
    folder = tmp_path / "keys"
    assert make_issuer_keys(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert not make_issuer_keys(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir() if path.name != "lock"} == {0o600}
    assert not list(folder.glob("*.part"))


def test_many_who_make_keys_at_once_make_one_set(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: make_issuer_keys(tmp_path), range(8)))
    assert sum(made) == 1


def test_root_is_the_one_that_devices_know(tmp_path):
    with override_settings(RELAIS_KEYS_DIR=tmp_path):
        assert issuer_keys().root_spki == site_keys().root


def test_root_vouches_for_both_keys(tmp_path):
    make_issuer_keys(tmp_path)
    made = _read_once(tmp_path)
    signing = read_delegation(made.delegation, made.root_spki)
    assert signing.purpose == Purpose.CERTIFICATES
    assert signing.key_bytes == compressed_of(made.p256.public_key())
    credentials = read_delegation(made.credential_keys[0].delegation, made.root_spki)
    assert credentials.purpose == Purpose.CREDENTIALS
    assert credentials.ed25519 == made.ed25519.public_key()
    assert read_multikey(made.did.removeprefix("did:key:")) == made.ed25519.public_key()
    assert made.verification_method == f"{made.did}#{made.did.removeprefix('did:key:')}"


def test_same_bytes_are_signed_the_same_and_checked_with_the_delegated_key(tmp_path):
    make_issuer_keys(tmp_path)
    made = _read_once(tmp_path)
    signature = made.sign_raw(b"a summary")
    assert signature == made.sign_raw(b"a summary")
    assert is_signed_bytes(read_delegation(made.delegation, made.root_spki).p256, signature, b"a summary")
    assert not is_signed_bytes(read_delegation(made.delegation, made.root_spki).p256, signature, b"another")


def test_x509_chain_leads_from_the_issuer_to_the_root_for_signing_documents(tmp_path):
    make_issuer_keys(tmp_path)
    chain = _read_once(tmp_path).x509_chain_der
    issuer, root = [next(iter(load_certs_from_pemder_data(each))) for each in chain]
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    path = asyncio.run(
        CertificateValidator(issuer, validation_context=context).async_validate_usage({"non_repudiation"})
    )
    assert path.leaf == issuer
    assert x509.load_der_x509_certificate(chain[0]).public_key() == _read_once(tmp_path).p256.public_key()


def test_renewed_keys_have_the_same_root_and_former_credential_keys_still_sign(tmp_path):
    make_issuer_keys(tmp_path)
    before = _read_once(tmp_path)
    assert make_issuer_keys(tmp_path, renew=True)
    after = _read_once(tmp_path)
    assert after.root_spki == before.root_spki
    assert after.x509_chain_der[1] == before.x509_chain_der[1]
    assert after.did != before.did
    assert after.delegation != before.delegation
    former = after.credential_key(before.did)
    assert former.key.public_key() == before.ed25519.public_key()
    assert read_delegation(former.delegation, after.root_spki).ed25519 == before.ed25519.public_key()


def test_renewal_that_was_cut_off_leaves_no_keys_and_the_next_run_makes_them_whole(tmp_path, monkeypatch):
    make_issuer_keys(tmp_path)
    before = _read_once(tmp_path)

    def cut(*_args: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(keys, "issuer_certificate", cut)
        with pytest.raises(OSError):
            make_issuer_keys(tmp_path, renew=True)
    assert not (tmp_path / keys.DELEGATED).exists()
    assert make_issuer_keys(tmp_path)
    after = _read_once(tmp_path)
    assert read_delegation(after.delegation, after.root_spki).key_bytes == compressed_of(after.p256.public_key())
    assert after.credential_key(before.did).key.public_key() == before.ed25519.public_key()


def test_site_for_other_peoples_data_makes_no_keys_by_itself(tmp_path):
    with override_settings(RELAIS_KEYS_DIR=tmp_path, TESTING=False, DEMO=False):
        with pytest.raises(IssuerKeysMissingError, match="make_keys"):
            issuer_keys()
        call_command("make_keys", verbosity=0)
        assert issuer_keys().root_spki == site_keys().root
