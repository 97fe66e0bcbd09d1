"""What a page says, as data that can be kept and compared: its own words, not where it stands or who may see it."""

from typing import TYPE_CHECKING, Any

from wagtail.fields import StreamField

from courses.models import CoursePage
from elearning.lib.canonical import canonical_json, sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field

# Which page it is and what it was made of: never compared, never adopted.
_OWN = frozenset({"activity_uuid", "edition", "source_version"})
# A page's state: field -> value; a stream is a list of blocks as Wagtail stores them.
State = dict[str, Any]


def state_of(page: Any) -> State:
    """Return what a page (of its own class) says. The slug of a course is the edition's own."""
    names = ["title"] if isinstance(page, CoursePage) else ["title", "slug"]
    return {name: getattr(page, name) for name in names} | {
        field.name: _value(page, field) for field in _fields(type(page))
    }


def set_state(page: Any, state: State) -> None:
    """Let a page say what a state says; fields that it does not name stay."""
    for field in _fields(type(page)):
        if field.name in state:
            value = state[field.name]
            setattr(page, field.name, field.to_python(value) if isinstance(field, StreamField) else value)
    for name in ("title", "slug"):
        if name in state and not (name == "slug" and isinstance(page, CoursePage)):
            setattr(page, name, state[name])
    page.draft_title = page.title


def digest_of(state: State) -> str:
    """Return a short mark of a state, to notice that it changed while somebody was deciding."""
    return sha256_hex(canonical_json(state))[:16]


def stream_names(kind: type[Any]) -> frozenset[str]:
    """Return the fields of a kind of page that hold blocks."""
    return frozenset(field.name for field in _fields(kind) if isinstance(field, StreamField))


def _fields(kind: type[Any]) -> "Iterator[Field[Any, Any]]":
    """Yield a kind's own fields: those that Wagtail's page does not have."""
    for field in kind._meta.local_fields:  # noqa: SLF001  # Django's public API
        if not field.is_relation and field.name not in _OWN:
            yield field


def _value(page: Any, field: "Field[Any, Any]") -> Any:
    value = getattr(page, field.name)
    return (
        [dict(block) for block in field.stream_block.get_prep_value(value)] if isinstance(field, StreamField) else value
    )
