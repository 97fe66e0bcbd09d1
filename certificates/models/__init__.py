"""What is attested."""

from certificates.models.awards import Award, HolderName
from certificates.models.programmes import CohortPlan, Programme, ProgrammeCountry
from certificates.models.sessions import Attendance, Session, SessionPart
from certificates.models.totals import Standing, Total

__all__ = [
    "Attendance",
    "Award",
    "CohortPlan",
    "HolderName",
    "Programme",
    "ProgrammeCountry",
    "Session",
    "SessionPart",
    "Standing",
    "Total",
]
