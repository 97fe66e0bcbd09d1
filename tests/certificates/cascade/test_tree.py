"""The tree: rings, generations, sums and dormant branches."""

import datetime as dt
from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from certificates.cascade.tree import (
    Node,
    by_generation,
    generations_of,
    grow_tree,
    opened,
    parents_without_rings,
    walk,
)

TODAY = dt.date(2026, 11, 22)
LATELY, LONG_AGO = dt.date(2026, 10, 1), dt.date(2025, 1, 1)


def uid(number: int) -> UUID:
    return UUID(int=number)


def node(number: int, parent: int | None, generation: int, *, trained: int = 0, held: dt.date | None = None) -> Node:
    return Node(
        uid(number),
        uid(parent) if parent is not None else None,
        "ML",
        generation,
        "certified",
        0,
        held,
        trained,
        trained,
        0,
    )


TREE = [
    node(1, None, 0),
    node(2, 1, 1, trained=10, held=LATELY),
    node(3, 1, 1, trained=4, held=LONG_AGO),
    node(4, 3, 2, trained=1),
    node(5, 2, 2, trained=20, held=LONG_AGO),
]


def test_sums_hold_the_whole_branch_and_each_officer_once() -> None:
    (top,) = grow_tree(TREE, TODAY)
    assert (top.trainers, top.trained) == (5, 35)
    assert [child.node.person for child in top.children] == [uid(2), uid(3)]


def test_a_branch_is_dormant_where_nobody_on_it_held_a_session_of_late() -> None:
    found = {branch.node.person: branch.is_dormant for branch in walk(grow_tree(TREE, TODAY))}
    assert found == {uid(1): False, uid(2): False, uid(3): True, uid(4): True, uid(5): True}


def test_generations_are_counted_and_multiplied() -> None:
    rows = by_generation(grow_tree(TREE, TODAY))
    assert [(each.number, each.trainers, each.active, each.trained) for each in rows] == [
        (0, 1, 0, 0),
        (1, 2, 1, 14),
        (2, 2, 0, 21),
    ]
    assert [each.multiplication for each in rows] == [None, 2, 1]


def test_a_parent_out_of_sight_begins_no_branch_of_its_own() -> None:
    tops = grow_tree([each for each in TREE if each.person != uid(1)], TODAY)
    assert {branch.node.person for branch in tops} == {uid(2), uid(3)}


def test_no_more_lines_are_opened_than_fit() -> None:
    tree = grow_tree(TREE, TODAY)
    assert opened(tree, 3) == {uid(1)}
    assert opened(tree, 1) == set()
    assert opened(tree, 100) == {uid(1), uid(2), uid(3)}


def test_two_who_taught_each_other_make_no_ring() -> None:
    clean = parents_without_rings({uid(1): uid(2), uid(2): uid(1), uid(3): uid(2), uid(4): uid(9), uid(5): uid(5)})
    assert clean == {uid(1): None, uid(2): uid(1), uid(3): uid(2), uid(4): None, uid(5): None}
    assert generations_of(clean)[uid(3)] == 2


def test_a_chain_of_thousands_needs_no_recursion() -> None:
    chain = [node(number, number - 1 or None, number - 1, trained=1) for number in range(1, 5001)]
    (top,) = grow_tree(chain, TODAY)
    assert top.trained == 5000


@given(st.dictionaries(st.integers(1, 25), st.integers(0, 30), max_size=25))
def test_every_trainer_stands_in_the_tree_once(given_parents: dict[int, int]) -> None:
    clean = parents_without_rings(
        {uid(child): uid(parent) if parent else None for child, parent in given_parents.items()}
    )
    generations = generations_of(clean)
    nodes = [Node(person, parent, "ML", generations[person], "", 0, None, 0, 1, 0) for person, parent in clean.items()]
    seen = Counter(branch.node.person for branch in walk(grow_tree(nodes, TODAY)))
    assert seen == Counter(clean.keys())
    assert sum(top.trained for top in grow_tree(nodes, TODAY)) == len(clean)
    for person, parent in clean.items():
        assert generations[person] == (generations[parent] + 1 if parent else 0)
