"""What a device knows in tests of the player: a course of two lessons with a test and practice."""

import json
from typing import Any

COURSE, ENROLMENT, ACTOR = (f"00000000-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
GRADED, PRACTICE, ATTEMPT = (f"00000000-0000-4000-8000-00000000001{n}" for n in (1, 2, 3))
LESSONS = [f"00000000-0000-4000-8000-00000000002{n}" for n in (1, 2)]
PARTS = ["00000000-0000-4000-8000-000000000031", "00000000-0000-4000-8000-000000000032"]


def question(number: int) -> dict[str, Any]:
    """Return one question of a paper, as carrying.py gives it."""
    choices = "".join(
        f'<label class="choice"><input type="radio" name="response" value="{value}"><span>Choice {value}</span></label>'
        for value in "abc"
    )
    html = f'<fieldset class="choices"><legend class="lede">Stem {number}</legend>{choices}</fieldset>'
    facts = {"question": f"q{number}", "version": "v", "kind": "single_choice", "choices": list("abc")}
    return facts | {"html": {"en": html}}


def paper(**more: Any) -> dict[str, Any]:
    """Return a paper that a device carries: two questions, not begun."""
    base: dict[str, Any] = {"quiz": GRADED, "course": COURSE, "sha256": "paper-sha", "class": "graded"}
    base |= {"time_limit_s": None}
    base |= {"attempt": ATTEMPT, "enrolment": ENROLMENT, "actor": ACTOR, "number": 1, "pass_mark_percent": 70}
    base |= {"items": [question(1), question(2)], "answers": {}, "last_ordinal": 0, "started_at": None}
    return base | {"handed_in_at": None} | more


def practice() -> dict[str, Any]:
    """Return the practice of the course, with its keys."""
    key: dict[str, Any] = {"structure": {"choices": list("abc"), "right": ["b"]}, "key_words": {"en": ["Choice b"]}}
    key |= {"feedback": {"en": "Because."}}
    items = [question(n) | key for n in (1, 2)]
    return paper(quiz=PRACTICE, sha256="practice-sha", attempt=None, enrolment=None, number=None, items=items) | {
        "class": "practice"
    }


def device(*, read: int = 2, **more: Any) -> dict[str, Any]:
    """Return all that a device knows: a course of two lessons with a test and practice, the first `read` read."""
    entries = [
        {"uuid": uuid, "slug": f"lesson-{n}", "title": f"Lesson {n}", "minutes": 5, "file": f"lessons/{n}.json"}
        for n, uuid in enumerate(LESSONS, 1)
    ]
    quiz = {"description": "2 questions", "instructions": "Read well.", "draw": 2, "pass_mark_percent": 70}
    quiz |= {"time_limit_s": None, "file": ""}
    practised = {"uuid": PRACTICE, "class": "practice", "title": "Practice", "opens_after": "enrolment"}
    course = {
        "course": COURSE, "lang": "en", "slug": "course", "slugs": {"en": "course", "fr": "cours"}, "title": "A course",
        "summary": "About it", "audience": "", "objectives": ["To know"], "notice": "", "minutes": 10,
        "edition": "international", "source_version": "1", "certificate_title": "C", "certificate_valid_months": 24,
        "modules": [{"lessons": entries}],
        "quizzes": [
            quiz | practised | {"file": "practice.json"},
            quiz | {"uuid": GRADED, "class": "graded", "title": "Final", "opens_after": "lessons"},
        ],
    }  # fmt: skip
    words = "Words. " * 400
    body = "".join(f'<h2 id="{each}" data-part>Part {n}</h2><p>{words}</p>' for n, each in enumerate(PARTS, 1))
    lessons = {
        each["file"]: {
            "uuid": each["uuid"], "lang": "en", "title": each["title"], "lede": "Short", "notice": "", "body": body,
            "parts": [{"id": part, "heading": f"Part {n}"} for n, part in enumerate(PARTS, 1)],
            "is_sensitive": True, "minutes": 5,
        }
        for each in entries
    }  # fmt: skip
    done = {"started_at": "2026-11-20T08:00:00Z", "completed_at": "2026-11-20T08:10:00Z", "place": "", "ordinal": 0}
    known = {
        "course": COURSE, "enrolment": ENROLMENT, "actor": ACTOR, "enrolled_at": "2026-11-01T08:00:00Z",
        "outline": {"lessons": LESSONS, "quizzes": [GRADED]}, "lessons": dict.fromkeys(LESSONS[:read], done),
        "progress": {"completed_at": None}, "certificates": [],
        "quizzes": {
            GRADED: {"attempts_left": 3, "may_start": True, "is_passed": False, "has_open": False, "attempts": []},
            PRACTICE: {"attempts_left": None, "may_start": True, "is_passed": False, "has_open": False, "attempts": []},
        },
    }  # fmt: skip
    files = {"course.en.json": course, "practice.json": practice(), **lessons}
    return {
        "person": "p", "actor": ACTOR, "device": "d", "people": [{}], "papers": [paper()],
        "state": {"courses": [known]},
        "courses": [{"course": COURSE, "state": "ready", "current": {}, "languages": ["en"], "bytes": 2_000_000}],
        "files": {path: json.dumps(value) for path, value in files.items()},
    } | more  # fmt: skip
