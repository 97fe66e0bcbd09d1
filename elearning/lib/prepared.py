"""A query whose SQL is made once and asked many times with other values.

The ORM compiles a query anew each time it is asked; over five joined tables that takes longer than
the database needs to answer. The rows come back as the ORM would make them, by its own parts.
"""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.query import get_related_populators


class PreparedQuery:
    """A queryset as a function of its values, in the order in which its SQL takes them."""

    def __init__(self, make: Callable[..., QuerySet[Any]]) -> None:
        self._make = make
        self._lock = Lock()
        self._parts: Any = None
        self._vendor = ""

    def first(self, *values: Any) -> Any:
        """Return the first row as a model instance with its selected relations, or None. One query."""
        if self._parts is None or self._vendor != connection.vendor:
            self._prepare(values)
        sql, build = self._parts
        with connection.cursor() as cursor:
            cursor.execute(sql, [_adapted(value) for value in values])
            row = cursor.fetchone()
        return build(row) if row else None

    def _prepare(self, values: tuple[Any, ...]) -> None:
        with self._lock:
            query = self._make(*values).query
            compiler = query.get_compiler(DEFAULT_DB_ALIAS)
            sql, params = compiler.as_sql()
            if len(params) != len(values) or any(_adapted(a) != b for a, b in zip(values, params, strict=True)):
                msg = f"the SQL takes its values as {params!r}, not in the order given"
                raise TypeError(msg)
            self._parts = (f"{sql} LIMIT 1", _builder(compiler))
            self._vendor = connection.vendor


def _adapted(value: Any) -> Any:
    """Return a value as the database takes it: a time in its own form, a text as it is."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _builder(compiler: Any) -> Callable[[Any], Any]:
    """Return what makes an instance of a row, as django.db.models.query.ModelIterable does."""
    info, select = compiler.klass_info, compiler.select
    places = info["select_fields"]
    names = [select[place][0].target.attname for place in places]
    # The stubs know the next Django's third argument already.
    related: Any = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
    converters = compiler.get_converters([column[0] for column in select])

    def build(row: Any) -> Any:
        values = next(iter(compiler.apply_converters([row], converters))) if converters else row
        instance = info["model"].from_db(DEFAULT_DB_ALIAS, names, values[places[0] : places[-1] + 1])
        for populator in related:
            populator.populate(values, instance)
        return instance

    return build
