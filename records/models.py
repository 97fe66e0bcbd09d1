"""The log, this node's place in it, and what was refused."""

import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from elearning.lib.growing import GrowingModel


class Node(models.Model):
    """One row is this node: its id and its epoch, minted anew after a restore from a backup."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    epoch = models.PositiveIntegerField(default=1)
    is_here = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("is_here",), condition=models.Q(is_here=True), name="one_node_is_here"),
        )

    def __str__(self) -> str:
        return f"{self.uuid}, epoch {self.epoch}"


class Statement(GrowingModel):
    """One row is one statement as it was said (text, sha256) with its envelope beside it.

    The envelope (node, epoch, sequence, received_at) says how it arrived here; it is no part of
    what was said and never of what is derived.
    """

    id = models.UUIDField(primary_key=True)
    actor_uuid = models.UUIDField()
    verb = models.CharField(max_length=24)
    unit_kind = models.CharField(max_length=24)
    unit_uuid = models.UUIDField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    node_uuid = models.UUIDField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        indexes = (
            models.Index(fields=("unit_uuid",), name="statement_unit"),
            models.Index(fields=("actor_uuid",), name="statement_actor"),
        )
        constraints = (
            models.UniqueConstraint(fields=("node_uuid", "epoch", "sequence"), name="statement_place_in_log"),
        )
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.verb} {self.unit_kind} {self.unit_uuid}"


class QuarantinedStatement(models.Model):
    """One row is one statement that was refused, kept whole with the reason, for a person to decide."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        SET_ASIDE = "set-aside", _("Set aside")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    claimed_id = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=48)
    detail = models.CharField(max_length=300, blank=True)
    said_by_uuid = models.UUIDField(null=True)
    # The device's signature over the text, where it came with one; and the person who brought it.
    signature = models.TextField(blank=True)
    carried_by_uuid = models.UUIDField(null=True)
    received_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_uuid = models.UUIDField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("quarantined statement")
        verbose_name_plural = _("quarantined statements")
        ordering = ("-received_at",)
        constraints = (
            # The same refused text sent again is the same refusal: a repeat counts once.
            models.UniqueConstraint(fields=("text_sha256", "reason"), name="refusal_kept_once"),
        )

    def __str__(self) -> str:
        return f"{self.reason} {self.claimed_id}"


class DerivedRow(models.Model):
    """A row that records can delete and derive again from the statements."""

    # The field whose values order the rows for the state hash, and those left out of it.
    natural_key: str = "uuid"

    class Meta:
        abstract = True

    @classmethod
    def write(cls, rows: Iterable[Self]) -> None:
        """Insert rows, or overwrite those whose key is there; none costs nothing. A query for each 500."""
        others = [field.name for field in cls._meta.concrete_fields if not field.primary_key]
        cls._base_manager.bulk_create(
            sorted(rows, key=lambda row: str(row.pk)),
            # So many rows that SQLite's limit on parameters is never met.
            batch_size=500,
            update_conflicts=True,
            unique_fields=[cls._meta.pk.name],
            update_fields=others,
        )

    def facts(self) -> dict[str, Any]:
        """Return the columns by name, the surrogate key apart."""
        return {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if not field.primary_key or field.attname == self.natural_key
        }


class Alias(DerivedRow):
    """One row is one record of a person that a merge made another's; whoever parts them deletes it.

    `named_uuid` is the record that the merge named, `kept_uuid` the one at the end of the line: they differ where
    two nodes merged apart. It is null where the line would come back to its beginning: that merge joins nothing.
    """

    natural_key = "absorbed_uuid"

    absorbed_uuid = models.UUIDField(primary_key=True)
    named_uuid = models.UUIDField(db_index=True)
    kept_uuid = models.UUIDField(null=True, db_index=True)
    statement_uuid = models.UUIDField()
    merged_at = models.DateTimeField()

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")

    def __str__(self) -> str:
        return f"{self.absorbed_uuid} > {self.kept_uuid}"
