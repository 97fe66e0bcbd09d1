"""Why an award is withdrawn. The codes travel in statements and never change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RevocationReason(models.TextChoices):
    """A reason a coordinator gives; verification shows the day only, never the reason."""

    ISSUED_IN_ERROR = "issued-in-error", _("Issued in error")
    WRONG_NAME = "wrong-name", _("The name is wrong")
    WRONG_PERSON = "wrong-person", _("Another person took the test")
    COURSE_WITHDRAWN = "course-withdrawn", _("The course was withdrawn")
    ON_REQUEST = "on-request", _("The holder asked for it")


# Not in the list above: nobody chooses it. A later version with the same number took the place of this one.
SUPERSEDED = "superseded"


def reason_words(code: str) -> str:
    """Return a reason in the language of the page; the code itself where a later site gave one unknown here."""
    if code == SUPERSEDED:
        return str(_("A new version replaced it"))
    return str(dict(RevocationReason.choices).get(code, code))
