"""The sheet that make demo prints."""

from elearning.demo.cohorts import COHORTS
from elearning.demo.signins import PASSWORD, SIGN_INS


def sign_in_sheet(address: str) -> str:
    """Return the address and a sign-in for each role, as lines of plain text."""
    widest = max(len(each.types) for each in SIGN_INS)
    lines = [
        "",
        f"  Relais is at {address}   (Ctrl+C stops it)",
        "",
        f"  Everybody's password: {PASSWORD}",
        "",
        *(f"  {each.who:<15}{each.types:<{widest}}  {each.sees}" for each in SIGN_INS),
        "",
        f"  The officer signs in with a service number: choose Mali, {SIGN_INS[0].agency}.",
        "  Staff are asked for a second step. Its code, in another terminal:",
        "      make code WHO=coordinator",
        "",
        *(f"  To join as somebody new: {address}{cohort.language}/join/  code {cohort.code}" for cohort in COHORTS),
        "",
    ]
    return "\n".join(lines)
