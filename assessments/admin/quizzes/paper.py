"""A paper as an author looks at it: the questions as learners meet them, never a key."""

from dataclasses import dataclass

from assessments.admin.categories import name_in
from assessments.drawing import Sheet
from assessments.questions.kind import Shown
from assessments.selecting import USUAL_WEIGHT_MILLI
from assessments.showing import show_version
from assessments.versions import versions_of
from elearning.lib.points import points_text


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One question. `section` is the title of the section that begins with it; `points` where they are unusual."""

    number: int
    shown: Shown
    points: str
    section: str
    begins: int


def pages_of(sheet: Sheet, language: str) -> list[PaperPage]:
    """Return the questions of a sheet in order."""
    versions = versions_of(item.version for item in sheet.items)
    begins = {section.first: (place, name_in(dict(section.title))) for place, section in enumerate(sheet.sections, 1)}
    pages = []
    for number, item in enumerate(sheet.items, 1):
        place, title = begins.get(number, (0, ""))
        points = points_text(item.weight_milli) if item.weight_milli != USUAL_WEIGHT_MILLI else ""
        shown = show_version(versions[item.version], item.choices, language)
        pages.append(PaperPage(number, shown, points, title, place))
    return pages
