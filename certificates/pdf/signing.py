"""Sign a PDF invisibly with P-256 (PAdES), without a network. The same file, key and moment give the same bytes."""

import asyncio
import datetime as dt
import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from asn1crypto import keys, x509  # type: ignore[import-untyped]
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

_FIELD = "RelaisSignature"
_DIGEST = "sha256"
# RFC 6979: no dice, so that the same certificate is the same file whenever it is printed.
_ECDSA = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
# What a CMS container holds beside its certificates, with room to spare; twice, because it is written in hexadecimal.
_CONTAINER_BYTES = 1500


class _RepeatableSigner(SimpleSigner):
    """Signs with the same bytes each time."""

    @cached_property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        key = serialization.load_der_private_key(self.signing_key.dump(), password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101  # PdfSigner takes no other
        return key

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:  # noqa: ARG002  # always SHA-256
        """Return the signature as DER."""
        return self._key.sign(data, _ECDSA)


@dataclass(frozen=True)
class PdfSigner:
    """A key with its chain of certificates, the signer's first and the root last, as DER."""

    key: ec.EllipticCurvePrivateKey
    chain_der: tuple[bytes, ...]

    @cached_property
    def _signer(self) -> _RepeatableSigner:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        certificates = [x509.Certificate.load(each) for each in self.chain_der]
        store.register_multiple(certificates)
        private = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return _RepeatableSigner(
            signing_cert=certificates[0], signing_key=keys.PrivateKeyInfo.load(private), cert_registry=store
        )

    def sign(self, pdf: bytes, at: dt.datetime) -> bytes:
        """Return the PDF with one certifying signature: any later change to it is seen, and none is allowed."""
        writer = _appending(pdf)
        # A field without a place on the page: a stamp would break PDF/UA, and the page says enough.
        placing = PdfCMSEmbedder(new_field_spec=SigFieldSpec(_FIELD)).write_cms(_FIELD, writer)
        next(placing)
        reserved = 2 * (sum(map(len, self.chain_der)) + _CONTAINER_BYTES)
        place = SignatureObject(subfilter=SigSeedSubFilter.PADES, timestamp=at, bytes_reserved=reserved)
        certifying = SigMDPSetup(md_algorithm=_DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
        placing.send(SigObjSetup(sig_placeholder=place, mdp_setup=certifying))
        prepared, signed = placing.send(SigIOSetup(md_algorithm=_DIGEST, in_place=False))
        container = asyncio.run(
            self._signer.async_sign(
                data_digest=prepared.document_digest,
                digest_algorithm=_DIGEST,
                use_pades=True,
                signed_attr_settings=PdfCMSSignedAttributes(signing_time=at),
            )
        )
        placing.send(container)
        made: bytes = signed.getvalue()
        return made


def _appending(pdf: bytes) -> Any:
    """Return a writer that appends to the file; its second id follows from the file instead of from dice."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    first, _random = writer._document_id  # noqa: SLF001  # there is no other door to it
    again = generic.ByteStringObject(hashlib.sha256(pdf).digest()[:16])
    writer._document_id = generic.ArrayObject([first, again])  # noqa: SLF001  # the same
    return writer
