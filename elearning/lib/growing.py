"""Models whose rows are written once: the ORM refuses what the database's guard would refuse."""

from typing import Any, NoReturn

from django.db import models


class RowIsFinalError(Exception):
    """Somebody tried to change or delete a row of a table that only grows."""

    code = "elearning.row_is_final"


class GrowingQuerySet(models.QuerySet[Any]):
    """Rows that can be read and added."""

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise RowIsFinalError(self.model.__name__)

    def delete(self) -> NoReturn:
        """Refuse."""
        raise RowIsFinalError(self.model.__name__)

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise RowIsFinalError(self.model.__name__)


class GrowingModel(models.Model):
    """A row that is inserted once and never changed."""

    objects = GrowingQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refuse to overwrite."""
        if not self._state.adding:
            raise RowIsFinalError(type(self).__name__)
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise RowIsFinalError(type(self).__name__)
