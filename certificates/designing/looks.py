"""The look of one award: its programme's design, else the usual one, else plain."""

import datetime as dt

from django.db.models import F

from certificates.designing.values import Design, Officer
from certificates.models import Award, CertificateDesign, CohortPlan, Programme
from certificates.pdf import Look


def look_of(award: Award, language: str) -> Look:
    """Return how an award is printed in a language. At most three queries."""
    programme = _programme_of(award)
    rows = CertificateDesign.objects.filter(programme=programme) | CertificateDesign.objects.filter(programme=None)
    row = rows.order_by(F("programme").asc(nulls_last=True)).first()
    day = award.issued_at.astimezone(dt.UTC).date()
    shows_hijri = programme is not None and programme.shows_hijri
    return stored(row).look(language, day, shows_hijri=shows_hijri)


def stored(row: CertificateDesign | None) -> Design:
    """Return a row as values; without a row, what is usual."""
    if row is None:
        return Design()
    return Design(
        ground="white" if row.ground == CertificateDesign.Ground.WHITE else "dark",
        shows_score=row.shows_score,
        title=row.title,
        subtitle=row.subtitle,
        funding=row.funding,
        footer=row.footer,
        seal_png=bytes(row.seal_png),
        seal_alt=row.seal_alt,
        officers=tuple(Officer.from_row(each) for each in row.signatories),
    )


def _programme_of(award: Award) -> Programme | None:
    """Return the programme that the award names, else the one that its cohort is planned under."""
    if award.programme_uuid:
        return Programme.objects.filter(uuid=award.programme_uuid).first()
    if award.cohort_id is None:
        return None
    plan = CohortPlan.objects.select_related("programme").filter(cohort__uuid=award.cohort_id).first()
    return plan.programme if plan else None
