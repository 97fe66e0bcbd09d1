"""Where the questions of a pack lie: the categories that all countries share, by the names from the top."""

from collections.abc import Sequence

from assessments.models import QuestionCategory
from elearning.lib.ids import derived_uuid


class Drawers:
    """The shared categories, read once. In a pack they are named in its first language."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        rows = QuestionCategory.objects.filter(country=None)
        self._rows = {row.pk: row for row in rows}
        self._found = {self.path(pk): pk for pk in self._rows}

    def path(self, category: int | None) -> tuple[str, ...]:
        """Return the names from the top; nothing for no category, or for one of a country."""
        names: list[str] = []
        while category in self._rows and len(names) <= len(self._rows):
            row = self._rows[category]
            names.append(self._name(row))
            category = row.parent_id
        return tuple(reversed(names))

    def drawer(self, path: Sequence[str]) -> int:
        """Return the key of a category, written where it is not there; its id is the same on every node."""
        found = self._found.get(tuple(path))
        if found is not None:
            return found
        parent = self.drawer(path[:-1]) if len(path) > 1 else None
        row = QuestionCategory.objects.get_or_create(
            uuid=derived_uuid("category", self.language, *path),
            defaults={"name": {self.language: path[-1]}, "parent_id": parent},
        )[0]
        self._rows[row.pk] = row
        self._found[tuple(path)] = row.pk
        return row.pk

    def _name(self, row: QuestionCategory) -> str:
        return row.name.get(self.language) or row.name.get("en") or next(iter(row.name.values()), "")
