"""What a kind of question must do, and what the kinds share. Its folder is all that adding one takes.

A *structure* is plain JSON and holds the key. A *text* is {"stem", "feedback", "choices": {part: words}}
in one language, and {"feedbacks": {part: words}} where a part has feedback of its own. A *response* is
plain JSON, None for no answer. *Fields* are what a form says of one question: lists of texts by the name of
a part, "" for the question itself (see fields_in).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from assessments.errors import ResponseRefusedError
from assessments.models.questions import Question

RESPONSE_FIELD = "response"
Fields = Mapping[str, Sequence[str]]
Structure = Mapping[str, Any]
Text = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShownImage:
    """A picture as a player sees it; its source is a data: address, so that it goes wherever the text goes."""

    source: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One question as a player sees it, in one language. A kind adds what its template needs, never a key."""

    # Its own template shows the picture; for the others it stands above the question.
    draws_image: ClassVar[bool] = False

    kind: str
    template: str
    language: str
    case: str
    stem: str
    image: ShownImage | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in a form that was no answer yet: a player shows it again, as it would a response."""

    fields: Fields


class BaseKind:
    """What every kind does in the same way until it says otherwise. `name` and `model` are its own."""

    name: ClassVar[str]
    model: ClassVar[type[Question]]
    # A person marks it: `mark` is not asked.
    is_marked_by_hand: ClassVar[bool] = False
    # It may stand as a gap inside a text: its folder has gap.html and gap.py (see cloze), and what a form says
    # of its response follows from the form of the response alone.
    is_embeddable: ClassVar[bool] = False

    @property
    def template(self) -> str:
        """The name of its template, in its own folder."""
        return f"{self.name}/question.html"

    @property
    def gap_template(self) -> str:
        """The name of its template inside a text, where it is embeddable."""
        return f"{self.name}/gap.html"

    def problems_of(self, structure: Structure) -> list[str]:
        """Return what keeps the question from being published, in words for its author."""
        raise NotImplementedError

    def parts_of(self, structure: Structure) -> list[str]:
        """Return the parts that need words in every language."""
        raise NotImplementedError

    def order_of(self, structure: Structure) -> list[str]:
        """Return the values that a paper shuffles; none where the order is fixed."""
        raise NotImplementedError

    def has_words(self, structure: Structure, text: Text) -> bool:
        """Tell whether a language has words for the question and for every part."""
        return bool(text["stem"].strip()) and all(
            text["choices"].get(each, "").strip() for each in all_parts(self, structure)
        )

    def key_of(self, structure: Structure) -> Any:
        """Return a response that earns a full mark."""
        raise NotImplementedError

    def wrong_of(self, structure: Structure) -> Any:
        """Return a response that fits and earns less than a full mark."""
        raise NotImplementedError

    def show(
        self, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
    ) -> Shown:
        """Return what a player may show, with a response as it was given. The structure's key stays out of it."""
        raise NotImplementedError

    def common(self, text: Text, language: str) -> dict[str, Any]:
        """Return what every `Shown` takes."""
        case, stem = split_stem(text["stem"])
        return {"kind": self.name, "template": self.template, "language": language, "case": case, "stem": stem}

    def read_response(self, fields: Fields, structure: Structure) -> Any:
        """Return the response that a form says, None for none; raise ResponseRefusedError for what does not fit."""
        raise NotImplementedError

    def fields_of(self, response: Any) -> dict[str, list[str]]:
        """Return what a form says that gives this response; nothing for a response of another form."""
        raise NotImplementedError

    def fields_shown(self, response: Any) -> Fields:
        """Return what stands in the form: what gives this response, or what was typed and is none yet (a Draft)."""
        return response.fields if isinstance(response, Draft) else self.fields_of(response)

    def describe_response(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return a response in words, a line each; nothing for no response."""
        raise NotImplementedError

    def describe_key(self, structure: Structure, text: Text) -> list[str]:
        """Return what is right in words, a line each, for who may know it."""
        return self.describe_response(structure, text, self.key_of(structure))

    def is_clear(self, response: Any) -> bool:
        """Tell whether a response can be read at all; of one that cannot, its writer is told before the hand-in."""
        del response
        return True

    def may_follow(self, before: Any, after: Any) -> bool:
        """Tell whether an answer may take the place of the one before; a kind whose answers stand says no.

        Asked where an answer is given on the site or in a player, never of what a device sends later.
        """
        del before, after
        return True

    def open_place(self, structure: Structure, response: Any) -> str:
        """Return the id of the element where an unfinished answer goes on; "" where nothing is left to answer."""
        del structure, response
        return ""

    def feedbacks_of(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the feedback of what was chosen, beyond that of the question; once for each."""
        del structure
        told: Mapping[str, str] = text.get("feedbacks", {})
        chosen = dict.fromkeys(value for values in self.fields_of(response).values() for value in values)
        return [told[value] for value in chosen if told.get(value)]


# The part whose words are the alternative text of the question's picture.
IMAGE_PART = "image"


def all_parts(kind: BaseKind, structure: Structure) -> list[str]:
    """Return the parts that need words, the picture of the question among them."""
    return [*([IMAGE_PART] if structure.get("image") else []), *kind.parts_of(structure)]


def split_stem(stem: str) -> tuple[str, str]:
    r"""Return the case that is told first, and the question itself: its last paragraph.

    >>> split_stem("It is 5:20.\n\nWhat do you do?")
    ('It is 5:20.', 'What do you do?')
    """
    case, _break, question = stem.strip().rpartition("\n\n")
    return case.strip(), question.strip()


def fields_in(data: Any, longest: int = 20_000) -> dict[str, list[str]]:
    """Return what a form (a QueryDict or a plain mapping of lists) says of a question, blanks left out.

    The field `response` is the part "", the field `response:PART` the part PART. Raise
    ResponseRefusedError for what is no text, or too much of it.
    """
    found: dict[str, list[str]] = {}
    size = 0
    for name in data:
        base, _colon, part = str(name).partition(":")
        if base != RESPONSE_FIELD:
            continue
        values = data.getlist(name) if hasattr(data, "getlist") else data[name]
        values = [values] if isinstance(values, str) else values
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise ResponseRefusedError
        size += sum(len(value) for value in values)
        if size > longest:
            raise ResponseRefusedError
        if kept := [value for value in values if value.strip()]:
            found[part] = kept
    return found


def only_part(fields: Fields, part: str = "") -> Sequence[str]:
    """Return the values of the one part that a question has; raise ResponseRefusedError where there is another."""
    if set(fields) - {part}:
        raise ResponseRefusedError
    return fields.get(part, ())
