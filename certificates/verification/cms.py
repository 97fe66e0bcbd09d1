"""The signature inside a PDF: one signer, P-256 with SHA-256, no room for anything that is not signed. Pure.

(RFC 5652, CMS; RFC 5753 and 5758 for ECDSA.) Readers of PDF accept much more. A verifier of our own
certificates takes exactly what we write: every byte is under the signature, under the root's signature
of the key, or fixed, so that nothing can be changed unseen.
"""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from certificates.verification import der
from elearning.lib.signing import is_signed_bytes, read_public_key

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
_SHA256 = bytes.fromhex("0609608648016503040201")
_ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
# The algorithm with its parameters left out, or written as NULL.
_DIGESTS = tuple(bytes([der.SEQUENCE, len(each)]) + each for each in (_SHA256, _SHA256 + b"\x05\x00"))
_P256_KEY = bytes.fromhex("301306072a8648ce3d020106082a8648ce3d030107")
_VERSION_1, _VERSIONS = bytes.fromhex("020101"), (bytes.fromhex("020101"), bytes.fromhex("020103"))
_POINT_BYTES = 65
_SIGNER_PARTS, _DATA_PARTS = 6, 5


@dataclass(frozen=True, slots=True)
class Container:
    """What a container claims, and whether it holds together: the signer's key signed `digest`."""

    digest: bytes
    is_signed: bool
    is_trusted: bool
    organisation: str


def read_container(content: bytes, root_spki: str) -> Container:
    """Return what the signature of a PDF says; raise ValueError for anything but the form we write."""
    kind, wrapped = der.first(content).parts()
    (data,) = wrapped.parts(der.CONTEXT)
    parts = data.parts()
    if kind.raw != _SIGNED_DATA or len(parts) != _DATA_PARTS:
        msg = "no signed data"
        raise ValueError(msg)
    version, digests, encapsulated, certificates, signers = parts
    (signer,) = signers.parts(der.SET)
    (digest_name,) = digests.parts(der.SET)
    signer_parts = signer.parts()
    if len(signer_parts) != _SIGNER_PARTS:
        msg = "more than one signature, or something that is not signed"
        raise ValueError(msg)
    signer_version, owner, used_digest, attributes, algorithm, signature = signer_parts
    _require(version.raw in _VERSIONS and signer_version.raw == _VERSION_1, "version")
    _require(digest_name.raw in _DIGESTS and used_digest.raw in _DIGESTS, "digest")
    _require([each.raw for each in encapsulated.parts()] == [_DATA] and algorithm.raw == _ECDSA_SHA256, "algorithm")
    chain = certificates.parts(der.CONTEXT)
    mine = next((each for each in chain if _owner_of(each) == owner.content), None)
    if mine is None:
        msg = "the signer's certificate is not there"
        raise ValueError(msg)
    signed = bytes([der.SET]) + attributes.raw[1:]
    attributes.expect(der.CONTEXT)
    return Container(
        digest=_digest_in(der.nodes(attributes.content)),
        is_signed=_is_ecdsa(_key_of(mine), signature.expect(der.OCTET_STRING), signed),
        is_trusted=all(_is_certified(each, read_public_key(root_spki)) for each in chain),
        organisation=_organisation(mine),
    )


def _require(is_so: object, what: str) -> None:
    if not is_so:
        msg = f"not the {what} that we write"
        raise ValueError(msg)


def _owner_of(certificate: der.Node) -> bytes:
    """Return issuer and number, as the signer names its certificate."""
    said = certificate.parts()[0].parts()
    return said[3].raw + said[1].raw


def _key_of(certificate: der.Node) -> ec.EllipticCurvePublicKey:
    """Return the key of a certificate; raise ValueError for any but P-256."""
    algorithm, point = certificate.parts()[0].parts()[6].parts()
    content = point.expect(der.BIT_STRING)
    _require(algorithm.raw == _P256_KEY and len(content) == 1 + _POINT_BYTES and content[0] == 0, "key")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), content[1:])


def _is_certified(certificate: der.Node, root: ec.EllipticCurvePublicKey) -> bool:
    """Tell whether the root signed a certificate: the signer's, or its own."""
    said, algorithm, signature = certificate.parts()
    content = signature.expect(der.BIT_STRING)
    return algorithm.raw == _ECDSA_SHA256 and content[:1] == b"\0" and _is_ecdsa(root, content[1:], said.raw)


def _organisation(certificate: der.Node) -> str:
    """Return the first name in the subject: who the certificate says it belongs to."""
    (name,) = certificate.parts()[0].parts()[5].parts()[0].parts(der.SET)
    return name.parts()[1].content.decode()


def _digest_in(attributes: list[der.Node]) -> bytes:
    for each in attributes:
        name, values = each.parts()
        if name.raw == _MESSAGE_DIGEST:
            (value,) = values.parts(der.SET)
            return value.expect(der.OCTET_STRING)
    msg = "no digest of the document"
    raise ValueError(msg)


def _is_ecdsa(key: ec.EllipticCurvePublicKey, signature: bytes, content: bytes) -> bool:
    whole = der.first(signature)
    _require(whole.raw == signature, "signature")
    r, s = (der.positive(each) for each in whole.parts())
    return is_signed_bytes(key, r.to_bytes(32) + s.to_bytes(32), content)
