"""What is attested."""

from certificates.models.awards import Award, HolderName
from certificates.models.credentials import StatusEntry, StatusList
from certificates.models.design import CertificateDesign
from certificates.models.evaluation import ContextNote, FollowUp, ReactionGiven, ReactionTally, SupervisorCode
from certificates.models.issuing import IssuingLine, IssuingRun
from certificates.models.programmes import CohortPlan, Programme, ProgrammeCountry
from certificates.models.rules import AwardRule
from certificates.models.sessions import Attendance, Session, SessionPart
from certificates.models.totals import Headcount, Reporting, Standing, Tally, Total
from certificates.models.trainers import Evidence, TrainerLine, TrainerProfile

__all__ = [
    "Attendance",
    "Award",
    "AwardRule",
    "CertificateDesign",
    "CohortPlan",
    "ContextNote",
    "Evidence",
    "FollowUp",
    "Headcount",
    "HolderName",
    "IssuingLine",
    "IssuingRun",
    "Programme",
    "ProgrammeCountry",
    "ReactionGiven",
    "ReactionTally",
    "Reporting",
    "Session",
    "SessionPart",
    "Standing",
    "StatusEntry",
    "StatusList",
    "SupervisorCode",
    "Tally",
    "Total",
    "TrainerLine",
    "TrainerProfile",
]
