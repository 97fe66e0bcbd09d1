"""Why somebody left a cohort, by code: free text about a person is nobody's business here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LeavingReason(models.TextChoices):
    """What a member of staff may say when somebody withdraws."""

    OWN_WISH = "own-wish", _("By their own wish")
    WORKLOAD = "workload", _("No time beside the work")
    POSTING = "posting", _("Posted elsewhere")
    LEFT_SERVICE = "left-service", _("Left the service")
    ABSENCE = "absence", _("Away for long, such as leave or illness")
    NEVER_CAME = "never-came", _("Never came")
    CONDUCT = "conduct", _("Asked to leave")
    OTHER = "other", _("Another reason")


# What an action writes; nobody chooses these from a list.
TRANSFERRED = "transferred"
MERGED = "merged"
IMPORT_UNDONE = "import-undone"
_OF_ACTIONS = {
    TRANSFERRED: _("Moved to another cohort"),
    MERGED: _("The same person is here under another record"),
    IMPORT_UNDONE: _("The import that brought them was undone"),
}


def reason_label(code: str) -> str:
    """Return a reason in words of the page's language; the code itself where it is none of ours."""
    known = {**dict(LeavingReason.choices), **_OF_ACTIONS}
    return str(known.get(code, code))
