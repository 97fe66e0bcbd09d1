"""The way from a passed test to the certificate that came of it."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.onward import OnwardLink
from certificates.models import Award


def certificate_link(enrolment: UUID) -> OnwardLink | None:
    """Return the way to the certificate of an enrolment; None where none was issued, or it was withdrawn. One query."""
    if not Award.objects.filter(enrolment_uuid=enrolment, revoked_at=None).exists():
        return None
    return OnwardLink(_("See my certificate"), reverse("certificates:record"), "award")
