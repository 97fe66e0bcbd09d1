"""Sessions in the database, read together with the login and the person: one query a request."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from accounts.models.logins import Login, LoginSession
from elearning.lib.prepared import PreparedQuery

# Asked by every request of everybody: made once, it takes a third of the time.
_OPEN_SESSION = PreparedQuery(
    lambda key, now: (
        LoginSession.objects.select_related("login__person__country", "login__person__agency")
        .filter(session_key=key)
        .filter(expire_date__gt=now)
    )
)


class SessionStore(DatabaseStore):
    """Django's database sessions, with a link to the login that each belongs to."""

    login: Login | None = None

    @classmethod
    def get_model_class(cls) -> type[LoginSession]:
        """Return the model of the rows."""
        return LoginSession

    def _get_session_from_db(self) -> LoginSession | None:
        row: LoginSession | None = _OPEN_SESSION.first(self.session_key, timezone.now())
        if row is None:
            self._session_key = None
            return None
        self.login = row.login
        return row

    def create_model_instance(self, data: dict[str, Any]) -> LoginSession:
        """Return the row to save, tied to the signed-in login."""
        row: LoginSession = super().create_model_instance(data)  # type: ignore[assignment]
        row.login_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def cycle_key(self) -> None:
        """Change the key at sign-in; the login is read anew with the next request."""
        self.login = None
        super().cycle_key()

    def flush(self) -> None:
        """End the session."""
        self.login = None
        super().flush()
