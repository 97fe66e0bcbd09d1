"""How a person signs in here, and the sessions that are open."""

import uuid
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Person
from accounts.scopes import Scope, scope_of


def _new_handle() -> str:
    return str(uuid.uuid4())


class LoginManager(BaseUserManager["Login"]):
    """Logins; accounts.actions creates them."""

    def get_queryset(self) -> models.QuerySet["Login"]:
        """Return logins with their person: a page always greets somebody."""
        return super().get_queryset().select_related("person", "person__country")


class Login(AbstractBaseUser, PermissionsMixin):
    """One row lets one person sign in on this node.

    `handle` is opaque and only there because Django wants one unique name. People type an agency
    and a service number, an e-mail address, or the short code they were issued.
    """

    handle = models.CharField(max_length=36, unique=True, default=_new_handle)
    person = models.OneToOneField(Person, models.PROTECT, related_name="login", verbose_name=_("person"))
    email = models.EmailField(_("e-mail address"), null=True, blank=True, unique=True)  # many have none
    short_code = models.CharField(_("short code"), max_length=8, null=True, blank=True, unique=True)
    is_active = models.BooleanField(_("active"), default=True)
    # Kept by grant_role and end_role: spares every learner's page the question which roles there are.
    has_roles = models.BooleanField(_("has a staff role"), default=False, editable=False)
    must_change_password = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = LoginManager()

    class Meta:
        verbose_name = _("login")
        verbose_name_plural = _("logins")

    def __str__(self) -> str:
        return self.person.full_name

    def get_full_name(self) -> str:
        """Return the person's name, as Wagtail's admin shows it."""
        return self.person.full_name

    def get_short_name(self) -> str:
        """Return the person's name."""
        return self.person.full_name

    @property
    def first_name(self) -> str:
        """Return the person's name: Wagtail's side bar asks for it here, and would show the handle."""
        return self.person.full_name

    @cached_property
    def grants(self) -> list[Any]:
        """The role grants in force; no query for a login without roles."""
        return list(self.person.role_grants.in_force()) if self.has_roles else []

    @cached_property
    def is_police(self) -> bool:
        """Whether staff confirmed that this person is police. One query."""
        return self.is_active and bool(self.person.police_confirmations.in_force().exists())

    def scope_of(self, role: str) -> Scope:
        """Return where this login holds a role."""
        return scope_of(role, self.grants)

    def holds(self, *roles: str) -> bool:
        """Tell whether this login holds one of the roles anywhere."""
        return any(grant.role in roles for grant in self.grants)


class LoginSession(AbstractBaseSession):
    """One row is one open session, tied to its login so that all of a login's can be ended at once."""

    login = models.ForeignKey(Login, models.CASCADE, null=True, related_name="sessions")

    objects: ClassVar[BaseSessionManager["LoginSession"]] = BaseSessionManager()  # type: ignore[assignment]

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = _("session")  # type: ignore[assignment]

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Return the store that writes these rows."""
        from accounts.sessions import SessionStore  # noqa: PLC0415  # the store imports this model

        return SessionStore
