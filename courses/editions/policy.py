"""Who makes and keeps an edition: the people who write for its country, and nobody for all others."""

from typing import Any

from accounts.models import Country
from accounts.policy import ADMINISTRATOR, COORDINATOR, EDITOR, TRAINER
from courses.models import CoursePage

# Who may decide that there be an edition. Writing it is Wagtail's: accounts.groups.
STARTERS = (TRAINER, COORDINATOR, EDITOR, ADMINISTRATOR)


def may_start_editions(login: Any) -> bool:
    """Tell whether a login makes editions for any country. No query for a learner."""
    return bool(login.is_authenticated and login.is_active and login.holds(*STARTERS))


def countries_to_edit_for(login: Any) -> list[Country]:
    """Return the countries for which a login may make an edition, by code. At most one query."""
    if not may_start_editions(login):
        return []
    scopes = [login.scope_of(role) for role in STARTERS]
    if any(scope.everywhere for scope in scopes):
        return list(Country.objects.all())
    return list(Country.objects.filter(pk__in=frozenset().union(*(scope.country_ids for scope in scopes))))


def may_start_edition(login: Any, country: Country) -> bool:
    """Tell whether a login may make an edition for a country."""
    return country in countries_to_edit_for(login)


def may_adopt(login: Any, course: CoursePage) -> bool:
    """Tell whether a login may take what changed upstream into an edition: who may edit its pages. Wagtail knows."""
    return bool(course.permissions_for_user(login).can_edit())
