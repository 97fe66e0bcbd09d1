"""Django groups, for the one thing that code cannot answer: Wagtail's page tree and collections.

Every other permission is read from the role grants (accounts.permissions), so that no table of
permissions can drift from the roles. Wagtail asks its own tables who may edit pages, images and
documents: the two groups here hold those rows, at the root, and only a role that holds everywhere
brings somebody into one of them.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts import policy
from accounts.models import Login

ROLES_WITH_PAGES = (policy.EDITOR, policy.ADMINISTRATOR)
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
    ("wagtailcore", "add_collection"),
    ("wagtailcore", "change_collection"),
    ("wagtailcore", "delete_collection"),
)


def fit_login(login: Login) -> None:
    """Make has_roles and the groups of a login agree with its grants in force."""
    grants = list(login.person.role_grants.in_force())
    login.has_roles = bool(grants)
    login.save(update_fields=["has_roles"])
    login.__dict__.pop("grants", None)
    names = {grant.role for grant in grants if grant.country_id is None} & set(ROLES_WITH_PAGES)
    login.groups.set([ensure_group(name) for name in sorted(names)])


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
