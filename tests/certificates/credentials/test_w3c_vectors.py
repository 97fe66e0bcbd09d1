"""W3C's test vectors for EdDSA cryptosuites: every intermediate of theirs is ours."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from certificates.credentials.contexts import load_document
from certificates.credentials.multibase import from_base58, multikey_of, read_multikey, to_base58
from certificates.credentials.proofs import add_proof, is_proved, proofs_of, signed_bytes, unproved
from scripts.places import ROOT

VECTORS = ROOT.parent / "shared" / "vectors" / "w3c-vc-di-eddsa" / "TestVectors"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
# A private key in multibase begins with the code of ed25519-priv.
PRIVATE_CODE = bytes((0x80, 0x26))


def read(name: str) -> dict:
    return json.loads((VECTORS / name).read_text())


def loader(address: str, options: object = None) -> dict:
    """Add the one context of the vectors that no credential of ours names."""
    if address == EXAMPLES:
        text = (Path(ROOT) / "tests" / "data" / "credentials" / "examples-v2.json").read_text()
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": address,
            "document": json.loads(text),
        }
    return load_document(address)


def private_key(multibase: str) -> ed25519.Ed25519PrivateKey:
    content = from_base58(multibase)
    assert content[:2] == PRIVATE_CODE
    return ed25519.Ed25519PrivateKey.from_private_bytes(content[2:])


@pytest.fixture(scope="module")
def pair() -> dict:
    return read("keyPair.json")


def test_key_pair_has_the_spelling_of_the_vectors(pair):
    key = private_key(pair["privateKeyMultibase"])
    assert multikey_of(key.public_key()) == pair["publicKeyMultibase"]
    assert read_multikey(pair["publicKeyMultibase"]) == key.public_key()


@pytest.mark.parametrize(
    ("folder", "end", "signed"),
    [("eddsa-rdfc-2022", "DataInt", "signedDataInt"), ("eddsa-jcs-2022", "JCS", "signedJCS")],
)
def test_every_intermediate_of_a_proof_is_that_of_the_vectors(pair, folder, end, signed):
    document = read("unsigned.json")
    options = {name: value for name, value in read(f"{folder}/proofConfig{end}.json").items() if name != "@context"}
    if folder == "eddsa-jcs-2022":
        options["@context"] = document["@context"]
    said = {
        name: (VECTORS / folder / f"{name}{end}.txt").read_text().strip()
        for name in ("docHash", "proofHash", "combinedHash", "sigHex")
    }
    combined = signed_bytes(document, options, loader)
    assert combined[:32].hex() == said["proofHash"]
    assert combined[32:].hex() == said["docHash"]
    assert combined.hex() == said["combinedHash"]
    proof = add_proof(document, options, private_key(pair["privateKeyMultibase"]), loader)
    assert from_base58(proof["proofValue"]).hex() == said["sigHex"]
    assert {**document, "proof": proof} == read(f"{folder}/{signed}.json")


@pytest.mark.parametrize("name", ["eddsa-rdfc-2022/signedDataInt.json", "eddsa-jcs-2022/signedJCS.json"])
def test_signed_vector_is_proved_and_a_changed_one_is_not(pair, name):
    document, key = read(name), read_multikey(pair["publicKeyMultibase"])
    (proof,) = proofs_of(document)
    assert is_proved(document, proof, key, loader)
    assert not is_proved({**document, "name": "Another Credential"}, proof, key, loader)
    assert not is_proved(document, {**proof, "created": "2024-02-24T23:36:38Z"}, key, loader)
    assert not is_proved(document, {**proof, "proofValue": to_base58(bytes(64))}, key, loader)


def test_canonical_form_of_the_second_document_is_hashed_and_signed_as_the_vectors_say(pair):
    """Its context is not ours to bundle, so the canonical text is theirs; the arithmetic after it is ours."""
    folder = VECTORS / "eddsa-rdfc-2022" / "employ"
    parts = [(folder / f"{name}DataInt.txt").read_bytes() for name in ("proofCanon", "canonDoc")]
    combined = b"".join(sha256(part).digest() for part in parts)
    assert combined.hex() == (folder / "combinedHashDataInt.txt").read_text().strip()
    signature = private_key(pair["privateKeyMultibase"]).sign(combined)
    assert to_base58(signature) == read("eddsa-rdfc-2022/employ/signedDataInt.json")["proof"]["proofValue"]


def test_each_proof_of_a_set_holds_by_itself_with_the_key_that_made_it():
    document = read("proof-set-chain/signedProofSet2.json")
    keys = read("proof-set-chain/multiKeyPairs.json")
    proofs = proofs_of(document)
    assert len(proofs) == 2
    made = [private_key(each["privateKeyMultibase"]) for each in keys.values()]
    by_method = {multikey_of(key.public_key()): key for key in made}
    for proof in proofs:
        key = by_method[proof["verificationMethod"].rpartition("#")[2]]
        assert is_proved(document, proof, key.public_key(), loader)
        options = {name: value for name, value in proof.items() if name != "proofValue"}
        assert add_proof(unproved(document), options, key, loader) == proof
