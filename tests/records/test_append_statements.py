"""Appending: stored, known, or kept aside with a reason."""

import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearning.lib.canonical import canonical_json, sha256_hex
from elearning.lib.growing import RowIsFinalError
from records.actions import append_statements
from records.deriving import derive_units
from records.models import Node, QuarantinedStatement, Statement
from records.statements import read_statement

from .conftest import ACTOR, statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("derived")]


def append(*bodies, by=(ACTOR,)):
    """Append as the tests' actor."""
    return append_statements(by=set(by), statements=bodies)


def test_new_statement_is_stored_with_its_text_hash_and_envelope():
    """The text is what was said; node, epoch and sequence stand beside it."""
    body = statement()
    outcome = append(body)
    row = Statement.objects.get()
    assert outcome.accepted == [row.id]
    assert row.text == canonical_json(body)
    assert row.sha256 == sha256_hex(row.text)
    here = Node.objects.get(is_here=True)
    assert (row.node_uuid, row.epoch, row.sequence) == (here.uuid, here.epoch, 1)


def test_sequence_has_no_gap_over_batches():
    """A gap would mean that a statement was taken away."""
    append(statement(), statement())
    append(statement())
    assert sorted(Statement.objects.values_list("sequence", flat=True)) == [1, 2, 3]


def test_same_statement_again_is_known_and_stored_once():
    """A client that lost the reply sends again: the normal path."""
    body = statement()
    append(body)
    outcome = append(body, statement())
    assert len(outcome.known) == 1
    assert len(outcome.accepted) == 1
    assert Statement.objects.count() == 2


def test_same_statement_twice_in_one_batch_is_stored_once():
    """A repeat inside a batch is a repeat."""
    body = statement()
    outcome = append(body, body)
    assert (len(outcome.accepted), len(outcome.known)) == (1, 1)


def test_same_id_with_other_content_is_quarantined_and_the_first_stays():
    """Nobody rewrites a statement by sending its id again."""
    first = statement(response="a")
    append(first)
    second = statement(
        uuid.UUID(first["context"]["extensions"]["unit"]["id"]), statement_id=uuid.UUID(first["id"]), response="b"
    )
    outcome = append(second)
    assert [row.reason for row in outcome.quarantined] == ["id-reused"]
    assert Statement.objects.get().text == canonical_json(first)
    assert QuarantinedStatement.objects.get().text


def test_same_id_in_another_unit_is_quarantined():
    """The id is looked up over the whole log, not only in the unit the sender names."""
    first = statement()
    append(first)
    outcome = append(statement(statement_id=uuid.UUID(first["id"])))
    assert [row.reason for row in outcome.quarantined] == ["id-reused"]


def test_statement_of_another_actor_is_quarantined():
    """Nobody speaks for somebody else."""
    outcome = append(statement(actor=uuid.uuid4()))
    assert [row.reason for row in outcome.quarantined] == ["foreign-actor"]
    assert not Statement.objects.exists()


def test_unknown_kind_and_unknown_verb_are_quarantined():
    """What no app derives from is kept for the version that does."""
    foreign = statement()
    foreign["context"]["extensions"]["unit"]["kind"] = "newer-than-this-site"
    wrong_verb = statement()
    wrong_verb["verb"]["id"] = "http://adlnet.gov/expapi/verbs/completed"
    outcome = append(foreign, wrong_verb)
    assert [row.reason for row in outcome.quarantined] == ["unknown-kind", "unknown-kind"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body.pop("id"),
        lambda body: body.update(id=body["id"].upper()),
        lambda body: body.update(id="{" + body["id"] + "}"),
        lambda body: body.update(actor="me"),
        lambda body: body.update(timestamp="yesterday"),
        lambda body: body.update(timestamp="2026-11-22T05:20:00"),
        lambda body: body.update(result={"score": {"scaled": 1.0}}),
        lambda body: body.update(extra="x" * 70_000),
        lambda body: body["context"]["extensions"].update(facts=[]),
    ],
)
def test_malformed_statement_is_kept_with_its_reason_and_the_rest_goes_on(spoil):
    """One bad statement in a batch drops nothing: not itself, not its neighbours."""
    bad, good = statement(), statement()
    spoil(bad)
    outcome = append(bad, good)
    assert [row.reason for row in outcome.quarantined] == ["malformed"]
    assert len(outcome.accepted) == 1


@pytest.mark.parametrize("body", [None, 3, "text", [], [1], {"id": {}}, {"context": None}])
def test_what_is_no_statement_at_all_is_kept_too(body):
    """Hostile input gets a reason, never a traceback."""
    assert [row.reason for row in append(body).quarantined] == ["malformed"]


def test_same_refusal_counts_once():
    """Sending a refused statement again adds nothing to the count on the screen."""
    body = statement(actor=uuid.uuid4())
    append(body)
    append(body)
    assert QuarantinedStatement.objects.count() == 1


def test_orm_refuses_to_change_or_delete():
    """The log only grows."""
    append(statement())
    row = Statement.objects.get()
    for attempt in (
        row.save,
        row.delete,
        Statement.objects.all().delete,
        lambda: Statement.objects.update(verb="passed"),
        lambda: Statement.objects.bulk_update([row], ["verb"]),
    ):
        with pytest.raises(RowIsFinalError):
            attempt()


def test_deriving_gets_the_whole_set_of_a_unit_that_grew(derived):
    """Old statements and new ones; units that did not grow are left alone."""
    unit, other = uuid.uuid4(), uuid.uuid4()
    append(statement(unit), statement(other))
    derived.clear()
    append(statement(unit))
    assert [set(call) for call in derived] == [{unit}]
    assert len(derived[0][unit]) == 2


def test_queries_of_a_batch_do_not_grow_with_it(django_assert_num_queries):
    """Look up, insert: two queries, for one statement or a hundred."""
    append(statement())
    for size in (1, 100):
        batch = [statement() for _ in range(size)]
        with django_assert_num_queries(2 + _transaction_queries()):
            append(*batch)


def _transaction_queries() -> int:
    """Inside the test's transaction: SAVEPOINT and RELEASE; on PostgreSQL the log's lock too."""
    from django.db import connection

    return 2 if connection.vendor == "sqlite" else 3


def test_failed_derivation_stores_nothing():
    """A statement and what follows from it are one change."""
    from records.deriving import UnitKind, registry

    def fail(_sets):
        raise ZeroDivisionError

    registry.units["tested"] = UnitKind("tested", frozenset({"answered"}), fail, ())
    with pytest.raises(ZeroDivisionError):
        append(statement())
    assert not Statement.objects.exists()


def test_derivation_that_touches_an_unknown_rollup_is_a_fault_not_a_silence():
    """A total that nobody updates would be wrong for ever."""
    from records.deriving import UnitKind, registry

    registry.units["tested"] = UnitKind("tested", frozenset({"answered"}), lambda _sets: {"no-such": [1]}, ())
    with pytest.raises(LookupError, match="no-such"):
        derive_units({"tested": {uuid.uuid4(): [read_statement(statement())]}})


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_order_and_repetition_of_batches_stores_the_same_set(data):
    """Idempotent and commutative: what is in the log does not depend on how it came."""
    Statement.objects.all()  # the log keeps earlier examples: ids are new in each
    bodies = [statement() for _ in range(data.draw(st.integers(1, 6)))]
    arrivals = data.draw(st.lists(st.sampled_from(range(len(bodies))), max_size=12))
    for index in [*arrivals, *range(len(bodies))]:
        append(bodies[index])
    ids = [body["id"] for body in bodies]
    rows = Statement.objects.filter(pk__in=ids)
    assert {row.text for row in rows} == {canonical_json(body) for body in bodies}
    assert rows.count() == len(bodies)
