"""Data Integrity proofs with Ed25519: eddsa-rdfc-2022 over what a document means, eddsa-jcs-2022 over its text. Pure.

(W3C, Data Integrity EdDSA Cryptosuites v1.0, sections 3.2 and 3.3.) A document carries both: readers of
linked data check the first, and whoever has a JSON parser the second. The second also covers `@context`
and every member that no context defines, which the first would let anybody add.
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from certificates.credentials.contexts import load_document
from certificates.credentials.multibase import from_base58, to_base58

RDFC, JCS = "eddsa-rdfc-2022", "eddsa-jcs-2022"
SUITES = (RDFC, JCS)
_SIGNATURE_BYTES = 64

Document = Mapping[str, Any]
Loader = Callable[..., dict[str, Any]]


def prove(document: Document, *, key: ed25519.Ed25519PrivateKey, method: str, created: str) -> dict[str, Any]:
    """Return the document with a set of two proofs; the same document, key and time give the same text."""
    proofs = [_prove(document, suite, key, method, created) for suite in SUITES]
    return {**document, "proof": proofs}


def add_proof(
    document: Document, options: Document, key: ed25519.Ed25519PrivateKey, loader: Loader = load_document
) -> dict[str, Any]:
    """Return a proof: its options with the signature over them and the document."""
    signature = key.sign(signed_bytes(document, options, loader))
    return {**options, "proofValue": to_base58(signature)}


def is_proved(
    document: Document, proof: Document, key: ed25519.Ed25519PublicKey, loader: Loader = load_document
) -> bool:
    """Tell whether the owner of the key made this proof of this document, leaving out its proofs.

    Raise ValueError where there is no telling: an unknown suite or context, or no JSON-LD.
    """
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    # Section 3.3.2: what the proof was made under must still stand first in the document.
    if "@context" in proof and _begins(document.get("@context"), proof["@context"]) is False:
        return False
    signature = from_base58(str(proof.get("proofValue", "")))
    if len(signature) != _SIGNATURE_BYTES:
        return False
    try:
        key.verify(signature, signed_bytes(unproved(document), options, loader))
    except InvalidSignature:
        return False
    return True


def signed_bytes(document: Document, options: Document, loader: Loader = load_document) -> bytes:
    """Return what the signature is over: the hash of the options, then the hash of the document."""
    if options.get("type") != "DataIntegrityProof" or options.get("cryptosuite") not in SUITES:
        msg = f"unknown suite {options.get('cryptosuite')!r}; known: {', '.join(SUITES)}"
        raise ValueError(msg)
    if options["cryptosuite"] == JCS:
        parts = [rfc8785.dumps(dict(options)), rfc8785.dumps(dict(document))]
    else:
        context = {"@context": document.get("@context", [])}
        parts = [_canonical({**options, **context}, loader), _canonical(document, loader)]
    return b"".join(sha256(part).digest() for part in parts)


def unproved(document: Document) -> dict[str, Any]:
    """Return the document without its proofs."""
    return {name: value for name, value in document.items() if name != "proof"}


def proofs_of(document: Document) -> list[Document]:
    """Return the proofs of a document, whether it has one or a set."""
    found = document.get("proof", [])
    return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict)]


def _prove(document: Document, suite: str, key: ed25519.Ed25519PrivateKey, method: str, created: str) -> dict[str, Any]:
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    if suite == JCS:
        options["@context"] = document["@context"]
    return add_proof(document, options, key)


def _begins(whole: Any, start: Any) -> bool:
    longer, shorter = (
        each if isinstance(each, Sequence) and not isinstance(each, str) else [each] for each in (whole, start)
    )
    return list(longer[: len(shorter)]) == list(shorter)


def _canonical(document: Document, loader: Loader) -> bytes:
    """Return the canonical N-Quads of a document (RDFC-1.0); raise ValueError."""
    # It takes a tenth of a second to read, and most processes never prove anything. It ships no types.
    from pyld import jsonld  # type: ignore[import-untyped]  # noqa: PLC0415

    options: Any = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": loader}
    try:
        return str(jsonld.normalize(dict(document), options)).encode()
    # What is no linked data at all fails in the processor in other ways than by its own errors.
    except (jsonld.JsonLdError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(type(error).__name__) from error
