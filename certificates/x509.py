"""X.509 certificates for what PDF readers check: the root's own, and the issuer's under it. Pure."""

import datetime as dt

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

_LONGEST_NAME = 64
_FIRST = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
# RFC 5280, 4.1.2.5: a certificate that has no end; the root is never replaced.
_NO_END = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
# RFC 9336: the key signs documents that people read.
_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")


def root_certificate(root: ec.EllipticCurvePrivateKey, organisation: str) -> bytes:
    """Return the certificate that the root gives itself, as DER."""
    name = _name(organisation, "Root")
    builder = _builder(root.public_key(), name, _NO_END).issuer_name(name)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
    builder = builder.add_extension(_usage(certifies=True), critical=True)
    return _signed(builder, root)


def issuer_certificate(
    root: ec.EllipticCurvePrivateKey, root_der: bytes, issuer: ec.EllipticCurvePublicKey, last_day: dt.date
) -> bytes:
    """Return the certificate of the key that signs documents, as DER."""
    anchor = x509.load_der_x509_certificate(root_der)
    organisation = anchor.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value
    until = dt.datetime.combine(last_day, dt.time.max, dt.UTC).replace(microsecond=0)
    builder = _builder(issuer, _name(str(organisation), "Certificates"), until).issuer_name(anchor.subject)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(certifies=False), critical=True)
    # NSS, and with it poppler and the viewers built on it, trusts who signs documents only where mail is named.
    uses = x509.ExtendedKeyUsage([_DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
    builder = builder.add_extension(uses, critical=False)
    parent = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key())
    return _signed(builder.add_extension(parent, critical=False), root)


def _builder(key: ec.EllipticCurvePublicKey, subject: x509.Name, until: dt.datetime) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).public_key(key)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(_FIRST).not_valid_after(until)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def _signed(builder: x509.CertificateBuilder, root: ec.EllipticCurvePrivateKey) -> bytes:
    return builder.sign(root, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _name(organisation: str, unit: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:_LONGEST_NAME]),
            x509.NameAttribute(NameOID.COMMON_NAME, unit),
        ]
    )


def _usage(*, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certifies,
        content_commitment=not certifies,
        key_cert_sign=certifies,
        crl_sign=certifies,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
