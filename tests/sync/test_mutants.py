"""S7: forged, edited and damaged lines. None is believed, none is dropped, none makes the site stumble."""

import json
import os
import random
import string
import uuid

import pytest

from elearning.lib.canonical import canonical_json
from records.models import QuarantinedStatement, Statement
from records.state import state_hash
from tests.sync.client import SimulatedDevice
from tests.sync.doings import PaperSitting, make_learner

pytestmark = pytest.mark.django_db
# `make soak` asks for more of them.
MUTANTS = 20_000 if os.environ.get("RELAIS_SOAK") else 500


def test_no_mutant_of_an_honest_line_is_accepted_and_each_is_kept(learner, deliver):
    """Bytes of the text changed, signatures changed, other signers: 500 ways, printed seed, 0 accepted."""
    seed = int(os.environ.get("RELAIS_SEED", random.randrange(2**32)))
    print("seed", seed)  # noqa: T201  # replays it
    dice = random.Random(seed)
    (paper,) = learner.papers()
    honest = [*learner.read_along(learner.lessons[0]), *PaperSitting(learner, paper).sit()]
    before = (Statement.objects.count(), state_hash())
    mutants = {line for line in (mutate(dice, dice.choice(honest)) for _each in range(MUTANTS)) if line not in honest}
    receipt = deliver(*(line.encode("utf-8", "surrogatepass") for line in mutants))
    assert receipt.stored == []
    assert len(receipt.held) == len(mutants)
    assert (Statement.objects.count(), state_hash()) == before
    kept = {(each.text_sha256, each.reason) for each in QuarantinedStatement.objects.all()}
    assert len(kept) == QuarantinedStatement.objects.count() > MUTANTS / 4
    assert not deliver(*honest).held


def mutate(dice: random.Random, line: str) -> str:
    """Return a line with one thing changed."""
    signature, text = line.split(" ", 1)
    where = dice.randrange(len(text))
    stranger = SimulatedDevice(uuid.uuid4())
    kinds = [
        lambda: f"{signature} {text[:where]}{chr(dice.randrange(1, 0xD7FF))}{text[where + 1 :]}",
        lambda: f"{signature} {text[:where]}{text[where + 1 :]}",
        lambda: f"{signature} {text[:where]}{dice.choice(string.printable)}{text[where:]}",
        lambda: f"{flip(dice, signature)} {text}",
        lambda: stranger.line(text),
        lambda: stranger.line(text.replace(json.loads(text)["actor"]["account"]["name"], str(uuid.uuid4()))),
        lambda: f"{signature} {changed(dice, text)}",
        lambda: line[: dice.randrange(len(line))],
        lambda: f" {line}",
        lambda: f"{signature}  {text}",
    ]
    return dice.choice(kinds)().replace("\n", " ").replace("\r", " ").rstrip()


def flip(dice: random.Random, signature: str) -> str:
    """Return a signature with another letter in one place."""
    where = dice.randrange(len(signature) - 2)
    letter = dice.choice([each for each in string.ascii_letters if each != signature[where]])
    return signature[:where] + letter + signature[where + 1 :]


def changed(dice: random.Random, text: str) -> str:
    """Return a well-formed statement that says something else."""
    body = json.loads(text)
    extensions = body["context"]["extensions"]
    changes = [
        lambda: body.update(id=str(uuid.uuid4())),
        lambda: body.update(result={"score": {"raw": 1}}),
        lambda: body["verb"].update(id="http://adlnet.gov/expapi/verbs/passed"),
        lambda: body["actor"]["account"].update(name=str(uuid.uuid4())),
        lambda: extensions.setdefault("facts", {}).update(is_passed=True),
        lambda: extensions["device"].update(seq=dice.randrange(1, 10**6) + 10**6),
        lambda: extensions["unit"].update(id=str(uuid.uuid4())),
        lambda: body.update(timestamp="2026-11-02T00:00:00.000Z"),
    ]
    dice.choice(changes)()
    return canonical_json(body)


NESTED: object = "x"
for _level in range(40):
    NESTED = [NESTED]


@pytest.mark.parametrize(
    "response",
    [
        NESTED,
        "\x00",
        "a\x00b",
        ["x"] * 3000,
        {"a": {"b": None}},
        chr(0x202E) * 200,
        2**53 - 1,
        -(2**53) + 1,
        "\U0001f600" * 1000,
        [],
        [[]],
        True,
        "",
    ],
    ids=lambda value: repr(value)[:20],
)
def test_signed_response_of_any_shape_is_kept_and_marked_without_a_fault(deliver, response):
    """A learner's own key may sign anything: it earns nothing, and nobody else is hindered."""
    learner = make_learner()
    (paper,) = learner.papers()
    sitting = PaperSitting(learner, paper)
    lines = [sitting.begin(), *(sitting.answer(number, response) for number in range(3)), sitting.hand_in({})]
    receipt = deliver(*lines)
    assert "unexpected" not in {each.reason for each in receipt.held}
    assert len(receipt.stored) + len(receipt.held) == len(lines)
    assert Statement.objects.filter(verb="submitted", unit_uuid=sitting.attempt).exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"ordinal": "1"},
        {"ordinal": None},
        {"question": None},
        {"question": 5},
        {"question": "\x00"},
        {"question": ["a"]},
        {"nonce": 5},
        {"nonce": "n" * 5000},
        {"flagged": "yes"},
        {"step": -1},
        {"step": "٣"},
    ],
    ids=repr,
)
def test_signed_facts_of_any_shape_never_stop_the_rest(deliver, facts):
    learner = make_learner()
    (paper,) = learner.papers()
    sitting = PaperSitting(learner, paper)
    lines = [sitting.begin(), sitting.answer(0, None, **facts), sitting.answer(1, None), sitting.hand_in({})]
    receipt = deliver(*lines)
    assert "unexpected" not in {each.reason for each in receipt.held}
    assert len(receipt.stored) >= 3
