"""Identifiers that are the same on every node: name-based UUIDs and activity IRIs."""

import uuid

# A constant of the product, never changed: ids derived from it must agree between nodes for ever.
RELAIS_NAMESPACE = uuid.UUID("6f1d7a0e-4a54-5c8e-9a1e-2d7c5b7f3e10")


def derived_uuid(*parts: object) -> uuid.UUID:
    """Return the UUIDv5 of the parts joined by '/', equal on every node for equal parts.

    >>> derived_uuid("a", 1) == derived_uuid("a", "1")
    True
    """
    return uuid.uuid5(RELAIS_NAMESPACE, "/".join(str(part) for part in parts))


def activity_iri(base: str, kind: str, activity: uuid.UUID) -> str:
    """Return the IRI of an activity under the constant base, e.g. …/lesson/<uuid>."""
    return f"{base}/{kind}/{activity}"


def uuid_of_iri(iri: str) -> uuid.UUID | None:
    """Return the UUID that ends an activity IRI, or None."""
    try:
        return uuid.UUID(iri.rsplit("/", 1)[-1])
    except ValueError:
        return None
