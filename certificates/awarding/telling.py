"""What holders are told of their certificates: the words of the messages, and sending them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actions import Telling
from accounts.messaging import MessageKind, register_message
from certificates.models import Award

ISSUED, REISSUED = "certificates.issued", "certificates.reissued"
REVOKED, RESTORED = "certificates.revoked", "certificates.restored"
RENEWED, INVITED, ENDS = "certificates.renewed", "certificates.renewal-invited", "certificates.ends"


def register() -> None:
    """Name the kinds of messages."""
    see = _("See my certificate")
    for kind in (
        MessageKind(
            ISSUED,
            _("Your certificate is there"),
            _("You were issued the certificate “%(title)s”, number %(serial)s."),
            see,
        ),
        MessageKind(
            REISSUED,
            _("Your certificate was corrected"),
            _("“%(title)s” was issued anew in your name as it is now. Its number is still %(serial)s. "
              "Who checks the earlier paper reads that a new version replaced it: use the new one."),
            see,
        ),
        MessageKind(
            REVOKED,
            _("Your certificate was withdrawn"),
            _("“%(title)s”, number %(serial)s, was withdrawn. Your progress and your attempts are kept. "
              "Ask your coordinator for the reason."),
            _("See my record"),
        ),
        MessageKind(
            RESTORED,
            _("Your certificate is valid again"),
            _("The withdrawal of “%(title)s”, number %(serial)s, was taken back. You can use it as before."),
            see,
        ),
        MessageKind(
            RENEWED,
            _("Your certificate was renewed"),
            _("“%(title)s” was renewed. The new certificate has the number %(serial)s; the earlier one is kept."),
            see,
        ),
        MessageKind(
            INVITED,
            _("Renew your certificate"),
            _("Your certificate “%(title)s” is valid until %(until_on)s. Your coordinator asks you to renew it."),
            _("See how to renew it"),
        ),
        MessageKind(
            ENDS,
            _("Your certificate ends on %(until_on)s"),
            _("“%(title)s”, number %(serial)s, is valid until %(until_on)s. Renew it in time and there is no gap."),
            _("See how to renew it"),
        ),
    ):  # fmt: skip
        register_message(kind)


def telling(award: Award, code: str, key: str) -> Telling:
    """Return a message to the holder of an award, told once for each key. `award.person` is read."""
    facts: dict[str, Any] = {"title": award.title, "serial": award.serial}
    if award.valid_until:
        facts["until_on"] = award.valid_until.isoformat()
    return Telling(award.person, code, facts, reverse("certificates:record"), f"{code}/{award.uuid}/{key}")
