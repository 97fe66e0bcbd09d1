"""Credentials of awards, learner records and status lists, signed: the same bytes for the same state."""

import datetime as dt
import json
from functools import lru_cache
from typing import Any

import rfc8785
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from accounts.models import Person
from certificates.credentials.bits import pack_bits
from certificates.credentials.building import (
    Achievement,
    BadgeFacts,
    Issuer,
    build_badge,
    build_learner_record,
    build_status_list,
    stamp,
)
from certificates.credentials.proofs import prove
from certificates.credentials.status import KEEPS, ListState, status_entry_of, status_list_url, status_place
from certificates.errors import HolderNameMissingError
from certificates.keys import CredentialKey, issuer_keys
from certificates.models import Award, HolderName, StatusEntry
from certificates.printing import name_on
from elearning.lib.ids import derived_uuid

# The canonical form of linked data takes ten milliseconds. A PDF and a download ask for the same document, and many
# verifiers for the same list; in the process, so that a thousand certificates in a row push nothing else out.
_REMEMBERED = 200


def credential_json(award: Award) -> bytes:
    """Return the award's Open Badges 3.0 credential with its two proofs; raise HolderNameMissingError.

    A function of the award, the name on it, its place in the status list and the key of that list: asked
    for again, in a PDF or by itself, it is the same file.
    """
    name = name_on(award)
    if name is None:
        raise HolderNameMissingError(award.serial)
    place = status_place(award)
    key = issuer_keys().credential_key(place.status_list.issuer)
    with translation.override(award.language):
        badge = build_badge(_badge_facts(award, name, place, key))
    return _signed(badge, key, stamp(award.issued_at))


def learner_record_json(person: Person, awards: list[Award], at: dt.datetime) -> bytes:
    """Return a Comprehensive Learner Record 2.0 of these awards of a person, in the active language.

    The record is the person's own file: the name is the one that the person goes by today.
    """
    # A record is as of a moment, and its id says which.
    keys = issuer_keys().credential_keys[0]
    badges = [json.loads(credential_json(award)) for award in awards]
    record = build_learner_record(
        record=derived_uuid("learner-record", person.uuid, stamp(at)),
        holder_names=(person.full_name, person.full_name_other),
        title=gettext("Record of certificates"),
        issuer=issuer_of(keys),
        badges=badges,
        at=at,
    )
    return _signed(record, keys, stamp(at))


def status_list_json(state: ListState, now: dt.datetime) -> bytes:
    """Return a list of bits as a signed credential, dated to the minute; raise LookupError without its key."""
    key = issuer_keys().credential_key(state.issuer)
    at = now.replace(second=0, microsecond=0)
    document = build_status_list(
        address=status_list_url(state.number),
        did=key.did,
        encoded=pack_bits(state.withdrawn, state.size),
        at=at,
        until=at + KEEPS,
    )
    return _signed(document, key, stamp(at))


def issuer_json() -> bytes:
    """Return who issues credentials here: the profile, and the root key that vouches for it."""
    keys = issuer_keys()
    profile = issuer_of(keys.credential_keys[0]).profile()
    return rfc8785.dumps({**profile, "rootKey": keys.root_spki})


def issuer_of(key: CredentialKey) -> Issuer:
    """Return the issuer whose id is this key."""
    return Issuer(
        did=key.did,
        name=settings.ISSUER_NAME,
        url=settings.WAGTAILADMIN_BASE_URL.rstrip("/") + "/",
        delegation=key.delegation,
    )


def _badge_facts(award: Award, name: HolderName, place: StatusEntry, key: CredentialKey) -> BadgeFacts:
    """Return what the credential says, its words in the active language."""
    return BadgeFacts(
        uuid=award.uuid,
        serial=award.serial,
        holder_names=(name.full_name, name.full_name_other),
        achievement=_achievement(award),
        issuer=issuer_of(key),
        issued_at=award.issued_at,
        valid_until=award.valid_until,
        status=status_entry_of(place),
    )


def _achievement(award: Award) -> Achievement:
    title = award.title_in(award.language)
    return Achievement(
        id=f"{settings.ACTIVITY_BASE}/achievement/{award.award_uuid}",
        name=title,
        description=_description(award, title),
        criteria=_criteria(award),
        language=award.language,
        version=f"{award.edition} {award.source_version}",
    )


def _description(award: Award, title: str) -> str:
    if not award.lessons:
        return title
    lessons = ngettext("%(count)s lesson", "%(count)s lessons", award.lessons) % {"count": award.lessons}
    minutes = ngettext("%(count)s minute", "%(count)s minutes", award.minutes) % {"count": award.minutes}
    return gettext("%(title)s: %(lessons)s, %(minutes)s.") % {"title": title, "lessons": lessons, "minutes": minutes}


def _criteria(award: Award) -> str:
    if not award.is_scored:
        return gettext("All that the rules of this award ask for was met.")
    words = gettext("All lessons completed, and the final test passed with at least %(percent)s%% of the points.")
    return words % {"percent": award.pass_mark_percent}


def _signed(document: dict[str, Any], key: CredentialKey, created: str) -> bytes:
    """Return the document with its proofs, as canonical JSON."""
    return _proved(rfc8785.dumps(document), key.did, created)


@lru_cache(maxsize=_REMEMBERED)
def _proved(document: bytes, did: str, created: str) -> bytes:
    """Sign a document, once for those asked for last: the same text, key and time make the same proofs."""
    key = issuer_keys().credential_key(did)
    return rfc8785.dumps(prove(json.loads(document), key=key.key, method=key.verification_method, created=created))
