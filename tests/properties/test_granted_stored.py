"""R13 where people say something about a learner or a question: grants and regrades among all else, in any order."""

import random
from datetime import timedelta
from uuid import UUID

import pytest

from accounts.models import ActorAccount
from assessments import papers, versions
from assessments.accommodating import accommodation_unit
from records.statements import build_statement, read_statement
from tests.factories.accounts import PersonFactory
from tests.properties.officers_tablets import BASE, LEARNER, PERSON, QUESTIONS, START, TRAINER, VERSIONS, wander
from tests.properties.test_merging_stored import arrive, enrolment

pytestmark = pytest.mark.django_db
WORLDS = 40


@pytest.fixture(autouse=True)
def known_versions():
    versions.kept.keep(VERSIONS)
    yield
    for each in (versions, papers):
        each.kept.clear()


@pytest.fixture(autouse=True)
def learner(db):
    """The learner of these worlds as a person with an account, so that grants can be theirs."""
    person = PersonFactory.create(uuid=PERSON)
    person.actor_accounts.all().delete()
    return ActorAccount.objects.create(uuid=LEARNER, person=person)


def said(dice, verb, unit, facts):
    """Return what the trainer says, at some time around the attempts."""
    return read_statement(
        build_statement(
            base=BASE,
            actor_uuid=TRAINER,
            verb=verb,
            activity=f"{BASE}/tested/{unit[1]}",
            unit=unit,
            timestamp=START + timedelta(seconds=dice.randint(-2000, 9000)),
            facts=facts,
            statement_id=UUID(int=dice.getrandbits(128), version=4),
        )
    )


def grant(dice):
    facts = {
        "person": str(PERSON),
        "time_percent": dice.choice((100, 150, 300)),
        "extra_attempts": dice.choice((0, 1)),
        "may_pause": dice.random() < 0.3,
        "ends_on": dice.choice((None, None, "2026-10-31")),
    }
    return said(dice, "accommodated", ("accommodation", accommodation_unit(PERSON)), facts)


def regrade(dice, attempt):
    question, other = dice.sample(QUESTIONS, 2)
    facts = {
        "regrade": str(UUID(int=dice.getrandbits(128), version=4)),
        "question": question,
        "version": f"v{question}",
        "rule": dice.choice(("key", "full", "drop", "none")),
        "to": f"v{other}",
        "reason": "so",
    }
    return said(dice, "regraded", ("attempt", attempt), facts)


def bundles_of(seed, count=6):
    """Return a world's statements with what was granted and marked anew, in bundles at random."""
    world = wander(seed, 15)
    world.meet()
    dice = world.dice
    attempts = world.nodes[0].attempts
    everything = [*world.nodes[0].said.values(), enrolment()]
    everything += [grant(dice) for _ in range(dice.randint(1, 3))]
    everything += [regrade(dice, dice.choice(attempts)) for _ in range(dice.randint(0, 3)) if attempts]
    dice.shuffle(everything)
    return [bundle for start in range(count) if (bundle := everything[start::count])]


def test_what_is_granted_and_marked_anew_gives_one_state_in_every_order():
    first = random.SystemRandom().getrandbits(32)
    print(f"seeds from {first}")  # noqa: T201  # it replays the run
    moved = 0
    for seed in range(first, first + WORLDS):
        bundles = bundles_of(seed)
        one = arrive(bundles, again=True)
        other = arrive(random.Random(seed).sample(bundles, len(bundles)))
        assert one["again"] == one["hash"] == other["hash"], f"seed {seed}"
        without = [[each for each in bundle if each.verb not in {"accommodated", "regraded"}] for bundle in bundles]
        moved += arrive(without)["rows"] != one["rows"]
    # Control: in many of these worlds what was said changes a row; else this test would be empty.
    assert moved >= WORLDS // 10
