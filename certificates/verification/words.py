"""What a verifier says, by the codes of judging.py beside this: the same words on a page and in a file."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = tuple[str | Promise, str | Promise]

HEADLINES: dict[str, Words] = {
    "valid": (
        _("This certificate is genuine and in force"),
        _("Read each fact before you rely on it, and compare the name with the person."),
    ),
    "unreadable": (
        _("This is no certificate that can be checked here"),
        _("This alone does not prove that a certificate is false."),
    ),
    "unsigned": (
        _("This has no signature that can be checked"),
        _("This alone does not prove that a certificate is false. A printed or newly saved copy loses its signature."),
    ),
    "forged": (
        _("This certificate is not genuine"),
        _("It was not made by the issuer that it names."),
    ),
    "edited": (
        _("This certificate was changed"),
        _("It is not what the issuer signed. Do not rely on anything it says."),
    ),
    "foreign-issuer": (
        _("This certificate comes from an issuer that is not known here"),
        _("It may be in order. Ask the issuer itself how it is checked."),
    ),
    "wrongly-delegated": (
        _("Whoever signed this certificate was not entitled to"),
        _("The key is known here, but it may not sign such certificates."),
    ),
    "revoked": (
        _("This certificate was withdrawn"),
        _("It is genuine, and it no longer attests anything."),
    ),
    "superseded": (
        _("A newer certificate took the place of this one"),
        _("It is genuine, and it is no longer the one that counts. Ask for the newer one."),
    ),
    "not-yet-valid": (
        _("This certificate is not valid yet"),
        _("It is genuine, and its first day has not come."),
    ),
    "expired": (
        _("This certificate has expired"),
        _("It is genuine, and its last day is over."),
    ),
    "list-too-old": (
        _("Genuine, but the list of withdrawals is too old"),
        _("Whether it was withdrawn meanwhile can't be told here."),
    ),
    "status-unknown": (
        _("Genuine, but whether it was withdrawn is not known"),
        _("There is no list of withdrawals here that covers it."),
    ),
}

FACTS: dict[str, Words] = {
    "signature.genuine": (
        _("Signature: genuine"),
        _("Nothing was changed since it was signed."),
    ),
    "signature.edited": (
        _("Signature: does not fit"),
        _("Somebody changed the certificate after it was signed, or put the issuer’s mark on words of their own."),
    ),
    "signature.forged": (
        _("Signature: not the issuer’s"),
        _("It was made with a key that this site never certified."),
    ),
    "signature.missing": (
        _("Signature: missing"),
        _("Use the code on the paper, or the file as it was issued."),
    ),
    "issuer.trusted": (
        _("Issuer: trusted"),
        _("%(issuer)s. The root key of this site certified the issuer’s key for such certificates."),
    ),
    "issuer.foreign": (
        _("Issuer: not known here"),
        _("It says that it comes from: %(issuer)s. This site can’t confirm that."),
    ),
    "issuer.wrongly-delegated": (
        _("Issuer: not entitled"),
        _("The root key of this site certified the key, but not for this country or not for that day."),
    ),
    "issuer.unknown": (
        _("Issuer: not shown"),
        _("Nothing shows that it comes from the issuer it names."),
    ),
    "standing.in-force": (
        _("Withdrawal: not withdrawn as of %(listed)s"),
        _("This is the date of the list that was used. A later withdrawal does not show here."),
    ),
    "standing.revoked": (
        _("Withdrawal: withdrawn"),
        _("The issuer’s list of %(listed)s names it."),
    ),
    "standing.superseded": (
        _("Withdrawal: replaced"),
        _("The issuer’s list of %(listed)s says that a newer certificate with the same number took its place."),
    ),
    "standing.list-too-old": (
        _("Withdrawal: the list of %(listed)s is too old"),
        _("A withdrawal since then would not show. Connect once to get a new list."),
    ),
    "standing.unknown": (
        _("Withdrawal: not known"),
        _("There is no list here that covers this certificate. Connect once to get one."),
    ),
    "standing.not-asked": (
        _("Withdrawal: not asked"),
        _("A list says nothing about a certificate that does not come from its issuer."),
    ),
    "dates.current": (
        _("Dates: not expired"),
        _("Its last day is %(until)s, by the clock of UTC."),
    ),
    "dates.no-end": (
        _("Dates: no end date"),
        _("This certificate was issued without an end date."),
    ),
    "dates.not-yet-valid": (
        _("Dates: not yet valid"),
        _("Its first day is %(issued)s."),
    ),
    "dates.expired": (
        _("Dates: expired"),
        _("Its last day was %(until)s, by the clock of UTC."),
    ),
}

# How a fact looks; what is not here is in order.
TONES: dict[str, str] = {
    **dict.fromkeys(
        ("signature.edited", "signature.forged", "issuer.unknown", "issuer.wrongly-delegated", "standing.revoked"),
        "bad",
    ),
    **dict.fromkeys(
        ("signature.missing", "issuer.foreign", "standing.superseded", "standing.list-too-old"),
        "warn",
    ),
    **dict.fromkeys(
        ("standing.unknown", "standing.not-asked", "dates.not-yet-valid", "dates.expired"),
        "warn",
    ),
}
