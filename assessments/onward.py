"""What upper apps add to a result page: where to go on from a passed quiz, a certificate for one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class OnwardLink:
    """One link below a passed result."""

    label: "str | Promise"
    url: str
    icon: str


Provider = Callable[[UUID], "OnwardLink | None"]

_providers: list[Provider] = []


def register_onward(provider: Provider) -> None:
    """Add a provider (enrolment uuid) -> link or None; AppConfig.ready calls this. Repeats count once."""
    if provider not in _providers:
        _providers.append(provider)


def onward_links(enrolment: UUID) -> list[OnwardLink]:
    """Return the links for an enrolment whose quiz is passed."""
    return [link for provider in _providers if (link := provider(enrolment))]
