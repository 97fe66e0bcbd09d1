"""The Open Badges credential of an award: what it says, what it keeps to itself, and that it is the same each time."""

import datetime as dt
import json
from uuid import uuid4

import jsonschema
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from django.test import override_settings
from django.utils import translation
from jsonschema.protocols import Validator

from accounts.models import Person
from certificates.credentials import contexts, issuing
from certificates.credentials.building import DELEGATION, Achievement, BadgeFacts, Issuer, build_badge
from certificates.credentials.contexts import ContextUnknownError, bundled_context, load_document
from certificates.credentials.delegation import Purpose, read_delegation
from certificates.credentials.issuing import credential_json, learner_record_json
from certificates.credentials.multibase import from_base64url, method_of, to_base58
from certificates.credentials.proofs import JCS, RDFC, is_proved, proofs_of, prove
from certificates.errors import HolderNameMissingError
from certificates.keys import issuer_keys, make_issuer_keys
from certificates.models import Award, HolderName
from scripts.places import ROOT
from tests.factories.accounts import PersonFactory
from tests.factories.certificates import COURSE, MOMENT, award, publish_course

SCHEMAS = ROOT.parent / "shared" / "vectors" / "ob3-json-schema"


def validator(name: str) -> Validator:
    schema = json.loads((SCHEMAS / name).read_text())
    formats = jsonschema.FormatChecker(formats=())
    formats.checks("date-time", raises=ValueError)(is_moment)
    return jsonschema.validators.validator_for(schema)(schema, format_checker=formats)


def is_moment(text: object) -> bool:
    """Tell whether a text is a date and time with its zone, as both schemas ask of every moment."""
    return dt.datetime.fromisoformat(str(text)).tzinfo is not None


BADGE_SCHEMA = validator("ob_v3p0_achievementcredential_schema.json")


@pytest.fixture
def row(db) -> Award:
    publish_course()
    return award(PersonFactory.create(full_name="Aïssata Traoré", full_name_other="عائشة تراوري"))


def credential_of(row: Award) -> dict:
    return json.loads(credential_json(row))


def test_it_passes_the_official_schema(row):
    BADGE_SCHEMA.validate(credential_of(row))
    with pytest.raises(jsonschema.ValidationError):
        BADGE_SCHEMA.validate({**credential_of(row), "validFrom": "yesterday, or the day before"})


def test_issuer_passes_the_official_schema(row):
    validator("ob_v3p0_profile_schema.json").validate(credential_of(row)["issuer"])


def test_it_says_what_the_certificate_says(row):
    said = credential_of(row)
    subject = said["credentialSubject"]
    assert said["id"] == f"urn:uuid:{row.uuid}"
    assert said["validFrom"] == "2026-11-22T10:00:00Z"
    assert said["validUntil"] == "2028-11-21T23:59:59Z"
    assert subject["licenseNumber"] == row.serial
    assert [each["identityHash"] for each in subject["identifier"]] == ["Aïssata Traoré", "عائشة تراوري"]
    assert subject["achievement"]["name"] == said["name"] == "Certificate: First Aid Kit"
    assert "70%" in subject["achievement"]["criteria"]["narrative"]
    assert subject["achievement"]["description"] == "Certificate: First Aid Kit: 2 lessons, 12 minutes."


def test_its_words_are_in_the_language_of_the_award_whatever_the_page_speaks(row):
    row.language = "fr"
    with translation.override("en"):
        said = credential_of(row)
    assert said["name"] == "Certificate: First Aid Kit (français)"
    assert said["credentialSubject"]["achievement"]["inLanguage"] == "fr"


def test_it_tells_no_rank_post_country_cohort_score_or_id_of_the_person(row):
    text = credential_json(row).decode()
    person = Person.objects.get(uuid=row.person_id)
    for kept in (person.uuid, person.service_number, row.enrolment_uuid):
        assert not kept or str(kept) not in text
    # No score: there is no number at all.
    assert {type(each) for each in _values_in(json.loads(text))} == {str, bool}
    assert not {"rank", "post", "nationality", "cohort", "country"} & set(_names_in(json.loads(text)))


def _names_in(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(name for each in value.values() for name in _names_in(each))]
    return [name for each in value for name in _names_in(each)] if isinstance(value, list) else []


def _values_in(value: object) -> list[object]:
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return [found for each in inner for found in _values_in(each)]
    return [value]


def test_asked_for_again_it_is_the_same_file(row):
    first = credential_json(row)
    issuing._proved.cache_clear()  # to make it anew
    assert credential_json(Award.objects.get(pk=row.pk)) == first


def test_both_proofs_hold_with_the_key_that_the_root_vouches_for(row):
    said = credential_of(row)
    (entry,) = [each for each in said["issuer"]["otherIdentifier"] if each["identifierType"] == DELEGATION]
    delegation = read_delegation(from_base64url(entry["identifier"]), issuer_keys().root_spki)
    assert delegation.purpose == Purpose.CREDENTIALS
    assert delegation.covers(row.issued_at.date(), row.country_id)
    assert [each["cryptosuite"] for each in proofs_of(said)] == [RDFC, JCS]
    for proof in proofs_of(said):
        assert proof["verificationMethod"] == method_of(said["issuer"]["id"])
        assert is_proved(said, proof, delegation.ed25519)
        assert not is_proved(said, proof, ed25519.Ed25519PrivateKey.generate().public_key())


def _every_change(value: object, path: tuple = ()) -> list[tuple]:
    if isinstance(value, dict):
        return [change for name, each in value.items() for change in _every_change(each, (*path, name))]
    if isinstance(value, list):
        return [change for number, each in enumerate(value) for change in _every_change(each, (*path, number))]
    return [path]


def _changed(document: dict, path: tuple) -> dict:
    changed = json.loads(json.dumps(document))
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    value = inner[path[-1]]
    inner[path[-1]] = (not value) if isinstance(value, bool) else f"{value}x"
    return changed


def test_jcs_proof_covers_every_member_the_contexts_among_them(row):
    said = credential_of(row)
    proof, key = proofs_of(said)[1], issuer_keys().ed25519.public_key()
    paths = [path for path in _every_change(said) if path[0] != "proof"]
    assert len(paths) > 25
    for path in paths:
        assert not is_proved(_changed(said, path), proof, key), path
    assert not is_proved({**said, "rank": "General"}, proof, key)
    assert not is_proved({name: value for name, value in said.items() if name != "validUntil"}, proof, key)


def test_rdfc_proof_covers_every_member_too(row):
    said = credential_of(row)
    proof, key = proofs_of(said)[0], issuer_keys().ed25519.public_key()
    for path in _every_change(said):
        if path[0] not in {"proof", "@context"}:
            try:
                held = is_proved(_changed(said, path), proof, key)
            except ValueError:
                continue
            assert not held, path


def test_a_context_that_is_not_bundled_is_refused_and_nothing_is_fetched(row):
    said = credential_of(row)
    said["@context"].append("https://example.org/other")
    with pytest.raises(ValueError, match="JsonLdError"):
        is_proved(said, proofs_of(said)[0], issuer_keys().ed25519.public_key())
    with pytest.raises(ContextUnknownError):
        load_document("https://example.org/other")


def test_a_bundled_context_that_was_changed_is_refused(monkeypatch, tmp_path):
    (tmp_path / "credentials-v2.json").write_text("{}")
    monkeypatch.setattr(contexts, "_FOLDER", tmp_path)
    bundled_context.cache_clear()
    with pytest.raises(ContextUnknownError, match="not the file"):
        bundled_context(contexts.CREDENTIALS)
    monkeypatch.undo()
    assert bundled_context(contexts.CREDENTIALS)["@context"]


@pytest.mark.parametrize("context", [5, [None, 7], {"a": {"@id": 3}}, [[]], {"@version": 2}])
def test_what_is_no_linked_data_is_told_by_one_kind_of_error(context):
    key = ed25519.Ed25519PrivateKey.generate()
    proof = {"type": "DataIntegrityProof", "cryptosuite": RDFC, "proofValue": to_base58(bytes(64))}
    with pytest.raises(ValueError):
        is_proved({"@context": context, "a": "b"}, proof, key.public_key())


def test_without_the_name_there_is_no_credential(row):
    HolderName.objects.filter(pk=row.pk).delete()
    with pytest.raises(HolderNameMissingError):
        credential_json(row)


def test_an_award_without_an_end_has_no_last_day(db):
    publish_course(months=0)
    assert "validUntil" not in credential_of(award())


def test_after_a_renewal_former_credentials_are_made_with_the_key_of_their_list(row, tmp_path):
    with override_settings(RELAIS_KEYS_DIR=tmp_path):
        before = credential_json(row)
        make_issuer_keys(tmp_path, renew=True)
        issuing._proved.cache_clear()  # to make it anew
        assert credential_json(row) == before
        later = credential_of(award(course=COURSE, at=MOMENT))
        assert later["issuer"]["id"] == issuer_keys().did != json.loads(before)["issuer"]["id"]


def test_learner_record_holds_every_credential_as_it_is(row):
    person = Person.objects.get(uuid=row.person_id)
    record = json.loads(learner_record_json(person, [row], MOMENT))
    assert record["credentialSubject"]["verifiableCredential"] == [credential_of(row)]
    for proof in proofs_of(record):
        assert is_proved(record, proof, issuer_keys().ed25519.public_key())


def test_learner_record_passes_the_official_schema_in_its_older_spelling(row):
    """The published schema is of the data model 1.1; the record is of 2.0, as the badges in it must be.

    So dates take their former names here and the status its two members, and nothing else is changed.
    """
    record = json.loads(learner_record_json(Person.objects.get(uuid=row.person_id), [row], MOMENT))
    schema = validator("clr_v2p0_clrcredential_schema_draft4.json")
    inner = record["credentialSubject"]["verifiableCredential"]
    for badge in inner:
        BADGE_SCHEMA.validate(badge)
    record["credentialSubject"]["verifiableCredential"] = [_in_data_model_1(badge) for badge in inner]
    schema.validate(_in_data_model_1(record))
    with pytest.raises(jsonschema.ValidationError):
        schema.validate(record | {"credentialSubject": {"type": ["ClrSubject"]}})


def _in_data_model_1(document: dict) -> dict:
    names = {"validFrom": "issuanceDate", "validUntil": "expirationDate"}
    told = {names.get(name, name): value for name, value in document.items()}
    if "credentialStatus" in told:
        told["credentialStatus"] = {name: told["credentialStatus"][name] for name in ("id", "type")}
    return told


def test_a_badge_without_a_number_of_lessons_is_described_by_its_title(row):
    row.lessons, row.out_of_milli = 0, 0
    achievement = credential_of(row)["credentialSubject"]["achievement"]
    assert achievement["description"] == achievement["name"]
    assert achievement["criteria"]["narrative"] == "All that the rules of this award ask for was met."


def test_names_of_any_script_and_length_pass_the_schema():
    issuer = Issuer("did:key:z6Mk", "Relais", "https://relais.example/", bytes(104))
    achievement = Achievement("https://relais.example/a", "T", "D", "C", "en", "1")
    for name in ("Ольга Петренко", "عائشة", 'O\'Brien "x" <b>', "名" * 150, "\u202eevil"):
        facts = BadgeFacts(uuid4(), "RLS", (name, ""), achievement, issuer, MOMENT, dt.date(2027, 1, 1), {"type": "x"})
        key = ed25519.Ed25519PrivateKey.generate()
        badge = prove(build_badge(facts), key=key, method="did:key:z6Mk#z6Mk", created="2026-11-22T10:00:00Z")
        BADGE_SCHEMA.validate(badge)
        assert all(is_proved(badge, proof, key.public_key()) for proof in proofs_of(badge))
