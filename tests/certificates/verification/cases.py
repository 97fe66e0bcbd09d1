"""What verifiers must tell apart (S8): named cases, a thousand genuine certificates, a thousand mutants."""

import datetime as dt
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import cycle

from certificates.verification import base43
from certificates.verification.signatures import ORDER
from certificates.verification.summary import CLOSING, OPENING, body_of, fragment_of
from tests.certificates.verification import material
from tests.certificates.verification.material import (
    ADDRESS,
    ELSEWHERE,
    FOREIGN,
    FORMER,
    IMPOSTOR,
    OURS,
    REVOKED,
    SUPERSEDED,
    Case,
    Holder,
    badge,
    document,
    holder,
    link,
    summary_of,
)

_YESTERDAY, _TOMORROW = (material.TODAY + dt.timedelta(days=days) for days in (-1, 1))
# What is made in each of the three forms a certificate has, with the word for it.
_MADE: dict[str, tuple[material.House, Holder]] = {
    "valid": (OURS, Holder()),
    "valid-without-end": (OURS, Holder(valid_until=None)),
    "valid-on-the-last-day": (OURS, Holder(valid_until=material.TODAY)),
    "expired": (OURS, Holder(valid_until=_YESTERDAY)),
    "not-yet-valid": (OURS, Holder(issued_on=_TOMORROW)),
    "revoked": (OURS, Holder(index=REVOKED)),
    "revoked-and-expired": (OURS, Holder(index=REVOKED, valid_until=_YESTERDAY)),
    "superseded": (OURS, Holder(index=SUPERSEDED)),
    "status-unknown": (OURS, Holder(index=material.SIZE)),
    "foreign-issuer": (FOREIGN, Holder()),
    "forged-by-a-self-made-issuer-of-our-name": (IMPOSTOR, Holder()),
    "wrongly-delegated-country": (ELSEWHERE, Holder()),
    "wrongly-delegated-day": (FORMER, Holder()),
}
_REASONS = {name: name for name in ("expired", "not-yet-valid", "revoked", "superseded", "status-unknown")} | {
    "valid-without-end": "valid",
    "valid-on-the-last-day": "valid",
    "valid": "valid",
    "revoked-and-expired": "revoked",
    "foreign-issuer": "foreign-issuer",
    "forged-by-a-self-made-issuer-of-our-name": "forged",
    "wrongly-delegated-country": "wrongly-delegated",
    "wrongly-delegated-day": "wrongly-delegated",
}
_FORMS: dict[str, Callable[[material.House, Holder], bytes]] = {"link": link, "badge": badge, "pdf": document}


@cache
def named_cases() -> list[Case]:
    """Return each kind of certificate and of forgery once, by name."""
    made = [
        Case(f"{form}: {name}", write(house, who), _REASONS[name])
        for form, write in _FORMS.items()
        for name, (house, who) in _MADE.items()
        if form != "pdf" or not name.startswith("wrongly")
    ]
    return [*made, *_edited_links(), *_edited_badges(), *_edited_documents(), *_nothings()]


def genuine() -> Iterator[Case]:
    """Yield a thousand certificates that hold today."""
    dice = random.Random(8)
    for number in range(1000):
        form = "badge" if number % 20 == 0 else "pdf" if number % 50 == 1 else "link"
        yield Case(f"genuine {form} {number}", _FORMS[form](OURS, holder(dice)), "valid")


def mutants() -> Iterator[Case]:
    """Yield a thousand certificates of which something was changed, in every place and way in turn."""
    dice = random.Random(88)
    links = [link(OURS, holder(dice)) for _number in range(20)]
    badges = [badge(OURS, holder(dice)) for _number in range(5)]
    documents = [document(OURS, holder(dice)) for _number in range(3)]
    ways = cycle(
        [*[_flip_in_summary] * 3, _flip_in_text, _other_signature, _other_body, _cut, *[_flip_badge] * 2, _flip_pdf]
    )
    for number, way in zip(range(1000), ways, strict=False):
        pool = badges if way is _flip_badge else documents if way is _flip_pdf else links
        yield Case(f"{way.__name__} {number}", way(dice, dice.choice(pool), dice.choice(pool)))


def _flip(dice: random.Random, content: bytes, start: int = 0, stop: int | None = None) -> bytes:
    changed = bytearray(content)
    changed[dice.randrange(start, stop or len(content))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _inside(content: bytes) -> bytes:
    return base43.decode(content.decode().partition(OPENING)[2].removesuffix(CLOSING))


def _outside(content: bytes) -> bytes:
    return f"{ADDRESS}#{OPENING}{base43.encode(content)}{CLOSING}".encode()


def _flip_in_summary(dice: random.Random, one: bytes, _other: bytes) -> bytes:
    return _outside(_flip(dice, _inside(one)))


def _flip_in_text(dice: random.Random, one: bytes, _other: bytes) -> bytes:
    return _flip(dice, one, one.index(b"#"))


def _other_signature(dice: random.Random, one: bytes, _other: bytes) -> bytes:
    """The signature of another certificate of the same key."""
    other = link(OURS, holder(dice))
    return _outside(_inside(one)[:-64] + _inside(other)[-64:])


def _other_body(dice: random.Random, one: bytes, _other: bytes) -> bytes:
    """Another name over the same signature: a code copied onto somebody else's words."""
    other = _inside(link(OURS, holder(dice)))
    return _outside(other[:-64] + _inside(one)[-64:])


def _cut(dice: random.Random, one: bytes, _other: bytes) -> bytes:
    content = _inside(one)
    at, length = dice.randrange(len(content)), dice.randrange(1, 9)
    return _outside(
        content[:at] + content[at + length :] if dice.random() < 0.5 else content[:at] + b"\0" + content[at:]
    )


def _flip_badge(dice: random.Random, one: bytes, _other: bytes) -> bytes:
    """Anywhere but in the proof over linked data, which a browser does not read."""
    return _flip(dice, one, 0, one.index(b',"proof":'))


def _flip_pdf(dice: random.Random, one: bytes, _other: bytes) -> bytes:
    return _flip(dice, one)


def _edited_links() -> list[Case]:
    who, body = Holder(), body_of(summary_of(OURS, Holder()))
    signature = _inside(link())[-64:]
    renamed = body_of(replace(summary_of(OURS, who), name="Moussa Keïta"))
    other_way = signature[:32] + (ORDER - int.from_bytes(signature[32:])).to_bytes(32)
    stolen = body_of(replace(summary_of(IMPOSTOR, who), delegation=OURS.delegation()))
    badge_key = body_of(replace(summary_of(OURS, who), delegation=OURS.badge_delegation()))
    return [
        Case("link: another name", f"{ADDRESS}#{fragment_of(renamed, signature)}".encode(), "edited"),
        Case("link: the signature turned round", f"{ADDRESS}#{fragment_of(body, other_way)}".encode(), "edited"),
        Case("link: no signature", f"{ADDRESS}#{fragment_of(body, bytes(64))}".encode(), "edited"),
        Case("link: our delegation on their signature", link(IMPOSTOR, who, body=stolen), "edited"),
        Case("link: a key that signs something else", link(OURS, who, body=badge_key), "edited"),
        Case("link: half of it", link()[:-40], "unreadable"),
        Case("link: as a mail breaks it", link().replace(b"#R1:", b"#\n R1:")[:90] + b"\r\n" + link()[88:], "valid"),
        Case("link: escaped", link().replace(b"/", b"%2F").replace(b"+", b"%2B"), "valid"),
    ]


def _edited_badges() -> list[Case]:
    whole = json.loads(badge())
    proofs = whole["proof"]
    renamed = json.loads(badge())
    renamed["credentialSubject"]["identifier"][0]["identityHash"] = "Moussa Keïta"
    added = {**whole, "@context": [*whole["@context"], "https://example.org/context"]}
    others = json.loads(badge(IMPOSTOR))
    stolen = {**others, "issuer": {**others["issuer"], "otherIdentifier": whole["issuer"]["otherIdentifier"]}}
    bare = {**whole, "issuer": {key: value for key, value in whole["issuer"].items() if key != "otherIdentifier"}}
    wrong = {**proofs[0], "proofValue": proofs[1]["proofValue"]}
    return [
        Case("badge: another name", _json(renamed), "edited"),
        Case("badge: a context more", _json(added), "edited"),
        Case("badge: proofs removed", _json({**whole, "proof": []}), "unsigned"),
        Case("badge: only the proof over linked data", _json({**whole, "proof": proofs[:1]}), "unsigned"),
        Case("badge: our delegation on their key", _json(stolen), "forged"),
        Case("badge: no delegation", _json(bare), "forged"),
        Case("badge: spelled with blanks", json.dumps(whole, indent=2).encode(), "valid"),
        Case(
            "badge: the proof over linked data is wrong", _json({**whole, "proof": [wrong, proofs[1]]}), "edited", True
        ),
    ]


def _edited_documents() -> list[Case]:
    whole = document()
    seam = whole.index(b"/ByteRange")
    return [
        Case("pdf: something behind it", whole + b"% more\n", "edited"),
        Case("pdf: an update behind it", whole + whole[whole.rindex(b"xref") :], "edited"),
        Case("pdf: cut off", whole[:-10], "edited"),
        Case("pdf: signature taken out", whole[:seam] + b"/ByteLange" + whole[seam + 10 :], "unsigned"),
        Case("pdf: page changed", whole.replace(b"842", b"841", 1), "edited"),
        Case("pdf: no credential in it", document(attached=b"nothing"), "status-unknown"),
        Case("pdf: their credential in ours", document(attached=badge(IMPOSTOR)), "forged"),
    ]


def _nothings() -> list[Case]:
    shapes = [
        b"",
        b"hello",
        b"{}",
        b"{",
        b"[1]",
        b"%PDF-",
        b"\xff\xfe\0",
        b"#R1::R",
        b"R1:000:R",
        b'{"credentialSubject":{}}',
    ]
    reasons = {b"%PDF-": "unsigned"}
    return [Case(f"nothing: {shape!r}", shape, reasons.get(shape, "unreadable")) for shape in shapes]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
