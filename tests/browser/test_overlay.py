"""What a device holds to be done: the server's state with what was said since, in whatever order."""

import random
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.modules import open_modules, run_module

L1, L2, QUIZ, ENROLMENT, ATTEMPT = "l1", "l2", "quiz", "e", "a"
FILE = {
    "modules": [{"lessons": [{"uuid": L1, "minutes": 5}, {"uuid": L2, "minutes": 7}]}],
    "quizzes": [{"uuid": QUIZ, "class": "graded", "opens_after": "lessons", "pass_mark_percent": 70}],
}
OUTLINE = {"lessons": [L1, L2], "quizzes": [QUIZ]}
PAPER = {"attempt": ATTEMPT, "quiz": QUIZ, "enrolment": ENROLMENT, "items": [], "answers": {}, "last_ordinal": 0}
COURSE = "return module.courseState(given.file, given.known, given.papers, given.said)"
FOLLOW = """
  const { answers, ...log } = module.followAttempt(given.paper, given.said);
  return { ...log, answers: Object.fromEntries([...answers].map(([question, each]) => [question, each.response])) };
"""
BOTH = f"""
  const courseOf = (given, module) => {{ {COURSE} }};
  const logOf = (given, module) => {{ {FOLLOW} }};
  const overlay = await import("/static/relais/js/player/overlay.js");
  return given.map((each) => [courseOf(each, module), logOf(each, overlay)]);
"""


@pytest.fixture(scope="module")
def page(browser) -> Page:
    return open_modules(browser.new_context())


def at(minute: int) -> str:
    return f"2026-11-22T08:{minute:02}:00.000Z"


def lesson(verb: str, uuid: str, minute: int, **facts: Any) -> dict[str, Any]:
    unit = {"kind": "lesson", "id": f"visit of {uuid}"}
    return {"id": f"{verb}{uuid}{minute}", "verb": verb, "unit": unit, "at": at(minute)} | {
        "facts": {"enrolment": ENROLMENT, "lesson": uuid, **facts}
    }


def attempt(verb: str, minute: int, **facts: Any) -> dict[str, Any]:
    unit = {"kind": "attempt", "id": ATTEMPT}
    return {"id": f"{verb}{minute}", "verb": verb, "unit": unit, "at": at(minute), "facts": facts}


READ = [lesson(verb, uuid, n) for n, uuid in enumerate((L1, L2)) for verb in ("initialized", "completed")]
BEGUN = attempt("initialized", 10, enrolment=ENROLMENT, quiz=QUIZ, number=1, paper="sha")
ENDED = attempt("submitted", 20, ordinal=4)


def state(page: Page, said: list[Any], papers: list[Any] = (), **known: Any) -> dict[str, Any]:  # type: ignore[assignment]
    given = {"enrolment": ENROLMENT, "outline": OUTLINE, "lessons": {}, "quizzes": {}, **known}
    argument = {"file": FILE, "known": given, "papers": list(papers), "said": said}
    return run_module(page, "player/course-state.js", COURSE, argument)


def quiz_of(page: Page, said: list[Any], papers: list[Any] = (), **quiz: Any) -> dict[str, Any]:  # type: ignore[assignment]
    return state(page, said, papers, quizzes={QUIZ: {"attempts": [], **quiz}})["quizzes"][0]


def test_order_and_repeats_change_nothing(page):
    said = [
        lesson("initialized", L1, 1),
        lesson("progressed", L1, 5, place="p1", ordinal=1),
        lesson("progressed", L1, 4, place="p2", ordinal=2),
        lesson("completed", L1, 9),
        lesson("completed", L1, 7),
        lesson("initialized", L2, 8),
        BEGUN,
        *(
            attempt("answered", 11 + n, question=f"q{n % 2}", response=f"r{n}", flagged=False, ordinal=n)
            for n in (1, 2, 3)
        ),
        ENDED,
        attempt("answered", 19, question="q0", response="too late", flagged=False, ordinal=5),
    ]
    seed = random.randrange(10**9)
    dice = random.Random(seed)
    mixed = [dice.sample(said, len(said)) + dice.sample(said, 3) for _each in range(60)]
    known = {"enrolment": ENROLMENT, "outline": OUTLINE, "lessons": {}, "quizzes": {}}
    given = [{"file": FILE, "known": known, "papers": [PAPER], "paper": PAPER, "said": each} for each in [said, *mixed]]
    first, *others = run_module(page, "player/course-state.js", BOTH, given)
    assert all(each == first for each in others), f"seed {seed}"
    course, log = first
    assert [(row["state"], row["isStarted"], row["place"]) for row in course["lessons"]] == [
        ("done", True, ""),
        ("here", True, ""),
    ]
    assert log["answers"] == {"q0": "r2", "q1": "r3"}
    assert (log["startedAt"], log["handedInAt"], log["lastOrdinal"]) == (at(10), at(20), 5)


def test_what_the_server_knows_and_what_was_said_here_are_one(page):
    known = {L1: {"started_at": at(1), "completed_at": at(2), "place": "", "ordinal": 0}}
    found = state(
        page, [lesson("initialized", L2, 3), lesson("progressed", L2, 3, place="p", ordinal=1)], lessons=known
    )
    assert (found["done"], found["minutesLeft"], found["here"]["entry"]["uuid"]) == (1, 7, L2)
    assert found["here"]["place"] == "p"
    assert not found["isComplete"]


def test_a_newer_place_of_the_server_stands(page):
    known = {L1: {"started_at": at(1), "completed_at": None, "place": "far", "ordinal": 9}}
    found = state(page, [lesson("progressed", L1, 30, place="near", ordinal=3)], lessons=known)
    assert found["here"]["place"] == "far"


def test_what_another_enrolment_read_is_not_read_here(page):
    other = lesson("completed", L1, 1) | {"facts": {"enrolment": "other", "lesson": L1}}
    assert state(page, [other])["done"] == 0


@pytest.mark.parametrize(
    ("said", "papers", "quiz", "expected"),
    [
        ([], [PAPER], {}, "shut"),
        (READ, [PAPER], {"may_start": True}, "open"),
        (READ, [], {"may_start": True}, "absent"),
        (READ, [PAPER], {"may_start": False}, "absent"),
        ([*READ, BEGUN], [PAPER], {}, "begun"),
        ([*READ, BEGUN, ENDED], [PAPER], {}, "waiting"),
        ([*READ, BEGUN, ENDED], [PAPER], {"is_passed": True}, "passed"),
        (READ, [], {"attempts_left": 0, "may_start": False}, "used"),
        (READ, [PAPER | {"started_at": at(1)}], {"has_open": True, "may_start": False}, "begun"),
    ],
)
def test_where_a_test_stands(page, said, papers, quiz, expected):
    assert quiz_of(page, said, papers, **quiz)["state"] == expected


def test_an_attempt_handed_in_here_has_its_result_once_the_server_says_so(page):
    scored = {"uuid": ATTEMPT, "number": 1, "started_at": at(10), "handed_in_at": at(20), "is_passed": False}
    found = quiz_of(page, [*READ, BEGUN, ENDED], [PAPER], attempts=[scored], attempts_left=2, may_start=True)
    assert found["state"] == "absent"
    assert [each["is_passed"] for each in found["attempts"]] == [False]


def test_answers_that_the_paper_brought_stand_until_a_newer_one(page):
    paper = PAPER | {
        "last_ordinal": 6,
        "started_at": at(1),
        "answers": {
            "q1": {"response": "old", "flagged": False, "ordinal": 5},
            "q2": {"response": "kept", "flagged": True, "ordinal": 6},
        },
    }
    said = [attempt("answered", 9, question="q1", response="new", flagged=False, ordinal=7)]
    log = run_module(page, "player/overlay.js", FOLLOW, {"paper": paper, "said": said})
    assert log["answers"] == {"q1": "new", "q2": "kept"}
    assert log["lastOrdinal"] == 7
    said = [attempt("answered", 9, question="q1", response="older", flagged=False, ordinal=4)]
    assert run_module(page, "player/overlay.js", FOLLOW, {"paper": paper, "said": said})["answers"]["q1"] == "old"


def test_addresses_are_read_as_the_site_writes_them(page):
    uuid = "bbc8b23d-6ed8-5f7c-990c-15b6e9f228e0"
    expected = {
        "/fr/": "home",
        "/fr/device/shell/": "home",
        "/fr/courses/": "courses",
        "/fr/courses/first-aid-kit/": "course",
        "/fr/courses/first-aid-kit/see_the-signs/": "lesson",
        f"/fr/quizzes/{uuid}/start/": "start",
        f"/fr/attempts/{uuid}/": "attempt",
        f"/fr/attempts/{uuid}/12/": "question",
        f"/fr/attempts/{uuid}/review/": "review",
        f"/fr/attempts/{uuid}/result/": "result",
        "/fr/device/": "device",
        "/fr/record/": "absent",
        "/fr/courses/x/y/z/": "absent",
        "/fr/attempts/not-a-uuid/1/": "absent",
        "/cms/": "absent",
    }
    names = run_module(
        page, "player/routes.js", "return given.map((each) => module.routeOf(each).name)", list(expected)
    )
    assert dict(zip(expected, names, strict=True)) == expected


@pytest.mark.parametrize(
    ("milli", "language", "expected"),
    [(6999, "en", "6.99"), (7500, "fr", "7,5"), (8000, "ar", "8"), (666, "en", "0.66")],
)
def test_points_are_never_rounded_up(page, milli, language, expected):
    body = "return module.pointsText(given[0], given[1])"
    assert run_module(page, "player/numbers.js", body, [milli, language]) == expected


def test_standing_is_the_hash_that_servers_make(page):
    from elearning.lib.canonical import canonical_json, sha256_hex

    answers = {"q2": ["b", "a"], "q1": True, "q3": None, "q4": False}
    expected = sha256_hex(canonical_json(sorted([q, r] for q, r in answers.items() if r is not None)))
    body = """
      const answers = new Map(Object.entries(given).map(([question, response]) => [question, { response }]));
      return module.standingOf({ answers });
    """
    assert run_module(page, "player/sitting.js", body, answers) == expected
