"""How complete the chains of devices are here: what was said and has not arrived, counted for a list."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Count, JSONField, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from records.models import QuarantinedStatement, Statement
from sync.models import Device


def missing_of(devices: Iterable[Device]) -> dict[UUID, int]:
    """Return device -> how many of its numbers are neither in the log nor held back. Two queries."""
    rows = list(devices)
    actors = {each.actor_uuid for each in rows}
    stored = _counted(Statement.objects.filter(actor_uuid__in=actors))
    # Only what the door has read and proven is sure to be JSON.
    held = QuarantinedStatement.objects.filter(said_by_uuid__in=actors, decision__in=["", "set-aside"])
    kept = _counted(held.exclude(signature="").exclude(reason="id-reused"))
    return {
        each.uuid: max(0, each.last_sequence - stored.get(str(each.uuid), 0) - kept.get(str(each.uuid), 0))
        for each in rows
    }


def _counted(rows: "QuerySet[Statement] | QuerySet[QuarantinedStatement]") -> Mapping[str, int]:
    mark = KeyTransform("device", KeyTransform("extensions", KeyTransform("context", Cast("text", JSONField()))))
    counted = (
        rows.order_by()
        .annotate(device_id=KeyTextTransform("id", mark), seq=KeyTextTransform("seq", mark))
        .values("device_id")
        .annotate(total=Count("seq", distinct=True))
    )
    return {row["device_id"]: row["total"] for row in counted if row["device_id"]}
