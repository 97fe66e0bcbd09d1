"""The two cohorts of the demo and how far each officer has come. All of them are made up."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from elearning.demo.signins import ML_BORDER, UA_BORDER

# Every date of the demo is counted from here, so that it looks the same on any day.
FIRST_DAY = dt.date(2026, 10, 12)
FAR_AWAY = dt.datetime(2036, 1, 1, tzinfo=dt.UTC)


class Stage(Enum):
    """How far somebody has come."""

    JOINED = "joined, nothing done"
    BEGUN = "one lesson"
    HALFWAY = "four lessons"
    READ = "all lessons, no test yet"
    FAILED = "all lessons, one test failed"
    SECOND_TRY = "one test failed, then certified"
    CERTIFIED = "certified at once"


@dataclass(frozen=True, slots=True)
class Officer:
    """One officer of a cohort."""

    name: str
    stage: Stage
    service_number: str
    sex: str = ""
    birth_year: int | None = None
    other_name: str = ""


@dataclass(frozen=True, slots=True)
class DemoCohort:
    """One class: where it is, what it speaks, who trains it, who learns in it."""

    key: str
    name: str
    country: str
    agency: str
    post: str
    time_zone: str
    language: str
    code: str
    starts_after_days: int
    trainer: str
    officers: tuple[Officer, ...]


MALI = DemoCohort(
    "bamako", "Aéroport de Bamako, première classe", "ML", ML_BORDER, "Aéroport de Bamako-Sénou (démo)",
    "Africa/Bamako", "fr", "BAMAKA26", 0, "trainer",
    (
        Officer("Awa Sissouma", Stage.JOINED, "20417K", "female", 1994),
        Officer("Modibo Kanouté", Stage.CERTIFIED, "20231B", "male", 1988),
        Officer("Kadiatou Samaké", Stage.CERTIFIED, "20418L", "female", 1991),
        Officer("Seydou Togola", Stage.SECOND_TRY, "19872C"),
        Officer("Oumou Berthé", Stage.CERTIFIED, "20455A", "female", 1996),
        Officer("Drissa Ballo", Stage.HALFWAY, "20102D", "male", 1985),
        Officer("Assitan Kouma", Stage.HALFWAY, "20390F"),
        Officer("Cheick Yattara", Stage.FAILED, "19940H", "male", 1983),
        Officer("Nana Cissouma", Stage.CERTIFIED, "20466N", "female", 1995),
        Officer("Adama Sangho", Stage.READ, "20077J"),
        Officer("Mariam Guindo", Stage.BEGUN, "20501M", "female", 1998),
        Officer("Yacouba Tessougué", Stage.JOINED, "20288P", "male", 1990),
        Officer("Rokia Niaré", Stage.HALFWAY, "20512Q"),
        Officer("Almoustapha Ag Hamata", Stage.CERTIFIED, "20333R", "male", 1989, "المصطفى أغ همتا"),
        Officer("Moussa Ould Sidati", Stage.BEGUN, "20340S", "male", 1992, "موسى ولد سيداتي"),
    ),
)  # fmt: skip
UKRAINE = DemoCohort(
    "kyiv", "Kyiv railway stations, autumn class", "UA", UA_BORDER, "Kyiv-Central (demo)",
    "Europe/Kyiv", "en", "KYEVAA26", 7, "",
    (
        Officer("Olena Hrynchuk", Stage.CERTIFIED, "700112", "female", 1990, "Олена Гринчук"),
        Officer("Taras Melnychenkiv", Stage.CERTIFIED, "700145", "male", 1987, "Тарас Мельниченків"),
        Officer("Iryna Savchyn", Stage.SECOND_TRY, "700150", "female", 1993, "Ірина Савчин"),
        Officer("Bohdan Koziiuk", Stage.HALFWAY, "700162", "male", 1995, "Богдан Козіюк"),
        Officer("Nataliia Duboviak", Stage.CERTIFIED, "700171", "", None, "Наталія Дубов’як"),
        Officer("Andrii Lutsyshyn", Stage.READ, "700186", "male", 1984, "Андрій Луцишин"),
        Officer("Mariia Yaremkiv", Stage.BEGUN, "700203", "female", 1997, "Марія Яремків"),
        Officer("Serhii Pylypets", Stage.FAILED, "700219", "", None, "Сергій Пилипець"),
        Officer("Yuliia Rybachok", Stage.CERTIFIED, "700224", "female", 1992, "Юлія Рибачок"),
        Officer("Vasyl Tymkiv", Stage.JOINED, "700237", "male", 1986, "Василь Тимків"),
    ),
)  # fmt: skip
COHORTS = (MALI, UKRAINE)
# Countries that can be chosen, though nobody of the demo learns there yet.
COUNTRIES = ("BF", "CI", "MA", "ML", "MR", "NE", "SN", "UA")
