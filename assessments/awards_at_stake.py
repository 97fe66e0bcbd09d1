"""What upper apps say of awards whose attempt does not pass any more. Nothing is withdrawn by itself."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AwardAtStake:
    """One award in force of an enrolment. `withdraw_url` is empty for one who may not withdraw it."""

    enrolment: UUID
    serial: str
    title: str
    withdraw_url: str


Provider = Callable[[Any, Collection[UUID]], list[AwardAtStake]]

_providers: list[Provider] = []


def register_awards(provider: Provider) -> None:
    """Add a provider (login, enrolment uuids) -> awards in force; AppConfig.ready calls this. Repeats count once."""
    if provider not in _providers:
        _providers.append(provider)


def awards_of(login: Any, enrolments: Collection[UUID]) -> list[AwardAtStake]:
    """Return the awards in force of these enrolments, as this login may decide about them."""
    return [award for provider in _providers for award in provider(login, enrolments)]
