"""Django groups, for the one thing that code cannot answer: Wagtail's page tree and collections.

Every other permission is read from the role grants (accounts.permissions), so that no table of
permissions can drift from the roles. Wagtail asks its own tables who may edit pages, images and
documents: the two groups of the whole site hold those rows, at the root, and only a role that holds
everywhere brings somebody into one of them. A role that holds in a country brings somebody into a group
of that country, whose rows are the pages that were opened to it: its editions of courses, nothing else.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts import policy
from accounts.models import Country, Login, RoleGrant

ROLES_WITH_PAGES = (policy.EDITOR, policy.ADMINISTRATOR)
# What a country's roles may do with its pages. Who writes does not publish: somebody else looks at it first.
WRITERS, PUBLISHERS = "writers", "publishers"
COUNTRY_GROUPS = {
    policy.TRAINER: WRITERS,
    policy.EDITOR: PUBLISHERS,
    policy.ADMINISTRATOR: PUBLISHERS,
}
COUNTRY_PERMISSIONS = {
    WRITERS: ("add_page", "change_page"),
    PUBLISHERS: (
        "add_page",
        "change_page",
        "publish_page",
        "bulk_delete_page",
        "lock_page",
        "unlock_page",
    ),
}
PAGE_PERMISSIONS = (
    "add_page",
    "change_page",
    "delete_page",
    "publish_page",
    "bulk_delete_page",
    "lock_page",
    "unlock_page",
)
COLLECTION_PERMISSIONS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtailimages", "delete_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
    ("wagtaildocs", "delete_document"),
    ("wagtailmedia", "add_media"),
    ("wagtailmedia", "change_media"),
    ("wagtailmedia", "delete_media"),
    ("wagtailcore", "add_collection"),
    ("wagtailcore", "change_collection"),
    ("wagtailcore", "delete_collection"),
)


def fit_login(login: Login) -> None:
    """Make has_roles and the groups of a login agree with its grants in force."""
    grants = list(login.person.role_grants.in_force().select_related("country"))
    login.has_roles = bool(grants)
    login.save(update_fields=["has_roles"])
    login.__dict__.pop("grants", None)
    names = {grant.role for grant in grants if grant.country_id is None} & set(ROLES_WITH_PAGES)
    in_countries = {
        _country_group_name(grant.country, COUNTRY_GROUPS[grant.role])
        for grant in grants
        if grant.country is not None and grant.role in COUNTRY_GROUPS
    }
    country_groups = [Group.objects.get_or_create(name=name)[0] for name in sorted(in_countries)]
    login.groups.set([*(ensure_group(name) for name in sorted(names)), *country_groups])


def open_to_country(country: Country, pages: Iterable[Any]) -> None:
    """Let the people who write for a country work on some pages and all below them, and no other country's people."""
    pages = list(pages)
    for kind, codenames in COUNTRY_PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=_country_group_name(country, kind))
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
            for page in pages:
                GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)
    # Roles that were granted before there were groups of countries.
    for login in Login.objects.filter(person__role_grants__in=RoleGrant.objects.in_force().filter(country=country)):
        fit_login(login)


def _country_group_name(country: Country, kind: str) -> str:
    return f"{kind}-{country.code.lower()}"


def ensure_group(role: str) -> Group:
    """Return the group of a role with its rows on the root page and the root collection."""
    group, created = Group.objects.get_or_create(name=role)
    if created or not GroupPagePermission.objects.filter(group=group).exists():
        _open_pages(group)
        _open_collections(group)
    return group


def _open_pages(group: Group) -> None:
    root: Any = Page.get_first_root_node()
    if root is None:
        return
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _open_collections(group: Group) -> None:
    root: Any = Collection.get_first_root_node()
    if root is None:
        return
    for app_label, codename in COLLECTION_PERMISSIONS:
        permission = Permission.objects.get(content_type__app_label=app_label, codename=codename)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
