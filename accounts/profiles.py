"""Who hears that people said something else about themselves: upper apps count people by it."""

from collections.abc import Callable, Collection
from uuid import UUID

_listeners: list[Callable[[Collection[UUID]], object]] = []


def on_profile_change(listener: Callable[[Collection[UUID]], object]) -> None:
    """Call the listener with the people whose sex, year of birth, rank band or duty changed."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce_profile_change(person_uuids: Collection[UUID]) -> None:
    """Tell the listeners. The caller is in the transaction of its act, after its write."""
    for listener in _listeners:
        listener(person_uuids)
