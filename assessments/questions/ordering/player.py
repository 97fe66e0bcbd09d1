"""The ordering question: what a player sees, what comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.errors import ResponseIncompleteError, ResponseRefusedError
from assessments.questions.kind import BaseKind, Fields, Shown, Structure, Text
from assessments.questions.ordering.models import OrderingQuestion

FEWEST_ITEMS = 2
# As many as the form of an author has rows.
MOST_ITEMS = 10


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item to put in order, and the place that was given to it ("" for none)."""

    value: str
    text: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOrdering(Shown):
    """An ordering question as a player sees it: the items as the paper shuffled them, and the places there are."""

    items: tuple[ShownItem, ...]
    places: tuple[str, ...]


class Ordering(BaseKind):
    """Items to put in order. A structure is {"items": [uuid, …] in the right order}, a response all of them."""

    name = "ordering"
    model = OrderingQuestion

    def problems_of(self, structure: Structure) -> list[str]:
        """Return what keeps the question from being published."""
        few = len(structure["items"]) < FEWEST_ITEMS
        return [_("An ordering question needs at least two lines.")] if few else []

    def parts_of(self, structure: Structure) -> list[str]:
        """Return the items."""
        return list(structure["items"])

    def order_of(self, structure: Structure) -> list[str]:
        """Return the items by their ids, which say nothing.

        Practice papers are not shuffled, so the author's order would show the key. Where the ids happen to
        stand in the right order, the first goes last: an exercise that is solved when it comes is none.
        """
        order = sorted(structure["items"])
        return order if order != structure["items"] else [*order[1:], *order[:1]]

    def key_of(self, structure: Structure) -> Any:
        """Return the right order."""
        return list(structure["items"])

    def wrong_of(self, structure: Structure) -> Any:
        """Return the reverse order."""
        return list(structure["items"][::-1])

    def show(
        self, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
    ) -> ShownOrdering:
        """Return what a player may show."""
        del structure
        said = self.fields_shown(response)
        items = tuple(ShownItem(value, text["choices"][value], said.get(value, [""])[0]) for value in order)
        places = tuple(str(place) for place in range(1, len(order) + 1))
        return ShownOrdering(**self.common(text, language), items=items, places=places)

    def read_response(self, fields: Fields, structure: Structure) -> Any:
        """Return the items in the given order, None where no place is given.

        Raise ResponseIncompleteError where places are missing or given twice, ResponseRefusedError for what
        no form of this question says.
        """
        items = structure["items"]
        places = {str(place): place for place in range(1, len(items) + 1)}
        for item, values in fields.items():
            if item not in items or len(values) != 1 or values[0] not in places:
                raise ResponseRefusedError
        if not fields:
            return None
        given = {values[0]: item for item, values in fields.items()}
        if len(given) < len(items):
            raise ResponseIncompleteError(_("Give each line a different place. Your earlier answers are safe."))
        return [given[place] for place in places]

    def fields_of(self, response: Any) -> dict[str, list[str]]:
        """Return the place of each item."""
        if not isinstance(response, list) or not all(isinstance(each, str) for each in response):
            return {}
        if len(set(response)) != len(response):
            return {}
        return {item: [str(place)] for place, item in enumerate(response, 1)}

    def describe_response(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the items in the given order, numbered."""
        del structure
        words = text["choices"]
        return [f"{values[0]}. {words[item]}" for item, values in self.fields_of(response).items() if item in words]

    def feedbacks_of(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the feedback of the items that stand in another place than their own."""
        told, given = text.get("feedbacks", {}), self.fields_of(response)
        own = self.fields_of(structure["items"])
        return [told[item] for item in structure["items"] if given and given.get(item) != own[item] and told.get(item)]


KIND = Ordering()
