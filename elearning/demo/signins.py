"""Who of the demo can sign in. Printed on the screen of whoever runs it: none of this is secret."""

import base64
import hashlib
from dataclasses import dataclass

PASSWORD = "premiere-heure"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person to sign in as: what to type, and what they see."""

    who: str
    name: str
    types: str
    agency: str
    country: str
    language: str
    sees: str
    role: str = ""
    everywhere: bool = False
    full_name_other: str = ""

    @property
    def is_staff(self) -> bool:
        """Whether a second step is asked for."""
        return bool(self.role)

    @property
    def totp_secret(self) -> str:
        """The secret of the second step, the same on every machine: this is a demo."""
        return base64.b32encode(
            hashlib.sha1(f"relais demo {self.who}".encode(), usedforsecurity=False).digest()
        ).decode()


ML_BORDER, ML_POLICE = "Police des frontières (démo)", "Police nationale (démo)"
UA_BORDER, CENTRE = "Border Guard Service (demo)", "Relais Training Centre (demo)"

SIGN_INS = (
    SignIn(
        "officer", "Awa Sissouma", "20417K", ML_BORDER, "ML", "fr", "a learner of the cohort in Bamako, nothing done"
    ),
    SignIn(
        "trainer", "Salif Koumaré", "trainer@relais.example", ML_POLICE, "ML", "fr",
        "writes questions, trains the cohort in Bamako", role="trainer",
    ),
    SignIn(
        "coordinator", "Hawa Bocoum", "coordinator@relais.example", ML_POLICE, "ML", "fr",
        "the figures of Mali, and of no other country", role="coordinator",
    ),
    SignIn(
        "coordinator-ua", "Oksana Levchuk", "coordinator.ua@relais.example", UA_BORDER, "UA", "en",
        "the figures of Ukraine, and of no other country", role="coordinator", full_name_other="Оксана Левчук",
    ),
    SignIn(
        "global", "Lucía Ferrandis", "global@relais.example", CENTRE, "SN", "en",
        "the figures of all countries", role="coordinator", everywhere=True,
    ),
    SignIn(
        "editor", "Amélie Rochefontaine", "editor@relais.example", CENTRE, "SN", "fr",
        "writes courses and questions in Wagtail", role="editor", everywhere=True,
    ),
    SignIn(
        "administrator", "Jonas Lindqvar", "administrator@relais.example", CENTRE, "SN", "en",
        "people, roles and everything above", role="administrator", everywhere=True,
    ),
)  # fmt: skip
BY_NAME = {each.who: each for each in SIGN_INS}
