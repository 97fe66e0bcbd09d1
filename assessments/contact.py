"""When a learner's devices were last heard of: what the app sync tells the pages of a class, which lie below it."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Contact:
    """What is known of one person's devices: the last contact, and what they said still waited to be sent."""

    last_at: dt.datetime | None
    waiting: int = 0
    waiting_since: dt.datetime | None = None


Provider = Callable[[Collection[UUID]], dict[UUID, Contact]]

_providers: list[Provider] = []


def register_contact(provider: Provider) -> None:
    """Add a provider (person uuids) -> contact by person; AppConfig.ready calls this. Repeats count once."""
    if provider not in _providers:
        _providers.append(provider)


def contacts_of(people: Collection[UUID]) -> dict[UUID, Contact]:
    """Return the contact of those people who have a device."""
    found: dict[UUID, Contact] = {}
    for provider in _providers:
        found |= provider(people)
    return found
