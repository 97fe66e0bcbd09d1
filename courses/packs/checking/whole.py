"""Whether a course has all that a course of its collection has."""

from collections import Counter
from collections.abc import Iterator

from courses.kinds import Collection, SheetKind
from courses.packs.checking.subject import Subject
from courses.packs.errors import Problem
from courses.packs.model import SheetText

COURSE = "course.yaml"
FEWEST_OBJECTIVES = {Collection.MODULE: 4, Collection.TRAINERS: 4}
FEWEST_TERMS_OF_A_MODULE = 3
FEWEST_TEXTS_OF_A_LESSON = 3
_SHEETS = {
    Collection.MODULE: (SheetKind.JOB_AID, SheetKind.SESSION_PLAN),
    Collection.TRAINERS: (SheetKind.SESSION_PLAN,),
    Collection.ELECTIVE: (SheetKind.JOB_AID,),
}


def course_is_whole(subject: Subject) -> Iterator[Problem]:
    """Find what the course as a whole lacks."""
    course = subject.pack.course
    collection = Collection(course.collection)
    fewest = FEWEST_OBJECTIVES.get(collection, 1)
    for language, objectives in course.objectives.items():
        if len(objectives) < fewest:
            yield Problem(COURSE, 1, f"objectives ({language}): {len(objectives)}; {fewest} at least")
    kinds = {sheet.kind for sheet in course.sheets}
    for kind in _SHEETS.get(collection, ()):
        if kind not in kinds:
            yield Problem(COURSE, 1, f"sheets: the course has no {kind.value}")
    for sheet in course.sheets:
        for text in sheet.texts.values() if sheet.kind == SheetKind.SESSION_PLAN else ():
            if not any(block.kind == "session_plan" for block in text.blocks):
                yield Problem(text.file, 1, "a session plan needs a session_plan block")


def module_is_whole(subject: Subject) -> Iterator[Problem]:
    """Find what a module of the curriculum lacks: a case that happened, its terms, readings at its end."""
    course = subject.pack.course
    if course.collection != Collection.MODULE:
        return
    first = course.languages[0]
    texts = [lesson.texts[first] for lesson in course.lessons()]
    kinds = Counter(block.kind for text in texts for block in text.blocks)
    if not any(_has_real_case(text) for text in texts):
        yield Problem(COURSE, 1, "no lesson has a case_study of a real case with its source")
    if kinds["glossary_term"] < FEWEST_TERMS_OF_A_MODULE:
        count = kinds["glossary_term"]
        yield Problem(COURSE, 1, f"the lessons have {count} glossary_term blocks; {FEWEST_TERMS_OF_A_MODULE} at least")
    if texts and not any(block.kind == "further_reading" for block in texts[-1].blocks):
        yield Problem(texts[-1].file, 1, "the last lesson of a module ends with further_reading")


def lessons_are_whole(subject: Subject) -> Iterator[Problem]:
    """Find what a full lesson lacks: key points, three texts, and care where it is hard to read."""
    if subject.pack.course.lesson_length != "full":
        return
    for lesson in subject.pack.course.lessons():
        text = lesson.texts[subject.pack.course.languages[0]]
        kinds = Counter(block.kind for block in text.blocks)
        if not kinds["key_points"]:
            yield Problem(text.file, 1, "the lesson has no key_points")
        if kinds["text"] < FEWEST_TEXTS_OF_A_LESSON and not kinds["decision_path"]:
            yield Problem(text.file, 1, f"the lesson has {kinds['text']} texts under a ##; three at least")
        if text.is_sensitive and text.blocks and text.blocks[0].kind != "safety_notice":
            yield Problem(text.file, text.blocks[0].line, "a sensitive lesson begins with a safety_notice")


def _has_real_case(text: SheetText) -> bool:
    return any(block.kind == "case_study" and not block.fields["invented"] for block in text.blocks)
