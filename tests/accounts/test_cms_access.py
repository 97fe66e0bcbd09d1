import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, Page, Site

from accounts import permissions
from accounts.models import Login
from tests.factories.accounts import LoginFactory, make_login, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    if not Collection.objects.exists():
        Collection.add_root(instance=Collection(name="Root"))
    return root


@pytest.fixture
def superuser():
    return LoginFactory.create(is_superuser=True)


@pytest.mark.parametrize("role", ["trainer", "editor", "administrator"])
@pytest.mark.parametrize("everywhere", [True, False])
def test_trainers_editors_and_administrators_enter(client, role, everywhere):
    sign_in(client, make_login(role, everywhere=everywhere))

    assert client.get("/cms/").status_code == 200
    assert client.get("/cms/account/").status_code == 200


@pytest.mark.parametrize("role", [None, "coordinator"])
def test_officers_and_coordinators_do_not(client, role):
    sign_in(client, make_login(role))

    response = client.get("/cms/")

    assert response.status_code == 302
    assert "sign-in" in response.url


def test_nobody_enters_without_signing_in(client):
    assert "sign-in" in client.get("/cms/").url


@pytest.mark.parametrize(
    ("role", "everywhere", "may"),
    [
        ("editor", True, True),
        ("administrator", True, True),
        ("editor", False, False),
        ("administrator", False, False),
        ("trainer", True, False),
        ("trainer", False, False),
    ],
)
def test_pages_images_and_documents_are_for_those_whose_role_holds_everywhere(client, root, role, everywhere, may):
    login = make_login(role, everywhere=everywhere)
    sign_in(client, login)
    login = Login.objects.get(pk=login.pk)

    assert (
        root.permissions_for_user(login).can_edit() is may or root.permissions_for_user(login).can_add_subpage() is may
    )
    for path in ("/cms/images/", "/cms/documents/", "/cms/images/add/", "/cms/documents/multiple/add/"):
        assert (client.get(path).status_code == 200) is may, path
    assert login.has_perm("wagtailimages.add_image") is may


def test_an_ended_role_takes_pages_and_permissions_away(root):
    from accounts.actions import end_role

    login = make_login("editor", everywhere=True)
    end_role(by=None, grant=login.grants[0])

    login = Login.objects.get(pk=login.pk)
    assert not login.groups.exists()
    assert not login.has_perm("wagtailadmin.access_admin")
    assert not root.permissions_for_user(login).can_add_subpage()


USER_PATHS = [
    *("users/", "users/new/", "users/edit/{pk}/", "users/delete/{pk}/", "users/history/{pk}/", "users/usage/{pk}/"),
    *("groups/", "groups/new/", "groups/edit/{group}/", "groups/delete/{group}/"),
]


@pytest.mark.parametrize("path", USER_PATHS)
@pytest.mark.parametrize("who", ["superuser", "administrator"])
def test_nobody_manages_logins_or_groups_in_wagtail(client, superuser, who, path):
    login = superuser if who == "superuser" else make_login("administrator", everywhere=True)
    sign_in(client, login)
    group = Group.objects.create(name="some")
    other = LoginFactory.create()

    response = client.get("/cms/" + path.format(pk=other.pk, group=group.pk))

    assert response.status_code in {302, 403, 404}
    if response.status_code == 302:
        assert response.url == "/cms/"


def test_a_superuser_cannot_create_a_user_in_wagtail(client, superuser):
    sign_in(client, superuser)

    client.post(
        "/cms/users/new/",
        {"handle": "x", "email": "x@y.example", "password1": "a new long password", "password2": "a new long password"},
    )

    assert not Login.objects.filter(email="x@y.example").exists()


@pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
def test_a_superuser_cannot_change_users_in_bulk(client, superuser, action):
    sign_in(client, superuser)
    other = LoginFactory.create()
    group = Group.objects.create(name="some")
    url = f"/cms/bulk/accounts/login/{action}/?id={other.pk}"

    client.get(url)
    client.post(url, {"mark_as_active": "False", "role": group.pk})

    other.refresh_from_db()
    assert other.is_active
    assert not other.groups.exists()


def test_menus_do_not_offer_users_and_groups(client, superuser):
    sign_in(client, superuser)

    text = client.get("/cms/").content.decode()

    assert "/cms/users/" not in text
    assert "/cms/groups/" not in text


def test_rows_of_groups_and_permissions_give_nothing(django_user_model):
    login = make_login("trainer")
    permission = Permission.objects.get(codename="add_site")
    group = Group.objects.create(name="some")
    group.permissions.add(permission)
    login.groups.add(group)
    login.user_permissions.add(permission)

    assert not Login.objects.get(pk=login.pk).has_perm("wagtailcore.add_site")


def test_no_role_has_a_permission_over_logins_roles_or_the_audit_log():
    for role in ("trainer", "coordinator", "editor", "administrator"):
        names = permissions.permissions_of(make_login(role, everywhere=True))
        assert not [name for name in names if name.split(".")[0] in {"accounts", "auth", "account", "mfa", "axes"}]


def test_every_registered_permission_exists():
    known = {
        f"{each.content_type.app_label}.{each.codename}" for each in Permission.objects.select_related("content_type")
    }
    for role in ("trainer", "coordinator", "editor", "administrator"):
        assert permissions.permissions_of(make_login(role, everywhere=True)) <= known


def test_an_app_registers_what_its_roles_may(monkeypatch):
    monkeypatch.setattr(permissions, "_grants", {role: list(given) for role, given in permissions._grants.items()})
    permissions.register("trainer", {"taggit.add_tag"})
    permissions.register("trainer", {"taggit.delete_tag"}, everywhere=True)

    assert make_login("trainer").has_perm("taggit.add_tag")
    assert not make_login("trainer").has_perm("taggit.delete_tag")
    assert make_login("trainer", everywhere=True).has_perm("taggit.delete_tag")


def test_settings_of_wagtail_are_for_administrators(client):
    Site.objects.exists()
    sign_in(client, make_login("editor", everywhere=True))
    assert client.get("/cms/sites/").status_code == 302

    sign_in(client, make_login("administrator", everywhere=True))
    assert client.get("/cms/sites/").status_code == 200
