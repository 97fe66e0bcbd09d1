"""Whether a text holds some words, whatever the case and the script."""

import re
from typing import Any

from django.db.models import BooleanField, F, Func, Q, Value


def contains(field: str, words: str) -> Q:
    """Return the condition. SQLite's LIKE folds the case of ASCII only: other scripts go through a regex."""
    if words.isascii():
        return Q(**{f"{field}__icontains": words})
    return Q(**{f"{field}__iregex": re.escape(words)})


class AnyValueContains(Func):
    """Tells whether a value of a JSON object of texts holds some words, whatever their case.

    Values only: the names of a question's parts are UUIDs, and "face" or "bed" would be found in them. Read
    by the database's own JSON functions, since SQLite keeps what is not ASCII escaped.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, field: str, words: str, **extra: Any) -> None:
        super().__init__(F(field), Value(f"(?i){re.escape(words)}"), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the SQL for SQLite, whose REGEXP is Django's own."""
        template = "EXISTS(SELECT 1 FROM json_each(%(expressions)s))"
        joiner = ") AS said WHERE (said.value REGEXP "
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the SQL for PostgreSQL."""
        template = "EXISTS(SELECT 1 FROM jsonb_each_text(%(expressions)s))"
        joiner = ") AS said WHERE (said.value ~* "
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **context)
