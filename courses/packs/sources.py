"""Where a statement comes from: codes such as "G1 ch. 5; S3 ¶22" as a learner reads them."""

from collections.abc import Mapping
from dataclasses import dataclass

from courses.packs.model import Words


@dataclass(frozen=True, slots=True)
class SourceList:
    """The sources of a pack in one language."""

    language: str
    titles: Mapping[str, Words]

    def read(self, text: str) -> tuple[list[str], list[str]]:
        """Return "title, locator" for each part of a text between semicolons, and the unknown codes."""
        readable, unknown = [], []
        for part in filter(None, (part.strip() for part in text.split(";"))):
            code, _space, locator = part.partition(" ")
            words = self.titles.get(code.rstrip(","))
            if words is None:
                unknown.append(code)
                continue
            title = words[self.language]
            readable.append(f"{title}, {locator.strip()}" if locator.strip() else title)
        return readable, unknown
