"""manage.py check_pack: each rule finds its fault in a pack that has it, and nothing in one that has not."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from assessments.packs.checking.pool import pool_of
from courses.packs.checking.facts import read_facts
from courses.packs.checking.readability import reading_ease, syllables_of
from courses.packs.checking.registry import all_rules
from courses.packs.checking.running import Checked, check_folder, check_folders, findings_of
from courses.packs.checking.subject import Facts, Subject
from courses.packs.checking.table import as_markdown, rows_of, with_table
from courses.packs.checking.typography import faults_in
from courses.packs.checking.visible import count_words, words_in
from courses.packs.checking.wording import variants_in
from courses.packs.model import Pack
from courses.packs.reading import read_pack

CURRICULUM = Path(settings.BASE_DIR) / "courses" / "curriculum"
GOOD = CURRICULUM / "definitions"


@pytest.fixture(scope="module")
def good() -> Subject:
    return Subject(read_pack(GOOD), read_facts(CURRICULUM), 90_000)


def spoilt(subject: Subject, spoil: Callable[[Pack], Pack]) -> set[str]:
    """Return the rules that find something once a pack is spoilt."""
    return {found.rule for found in findings_of(replace(subject, pack=spoil(subject.pack)))}


def with_course(**fields: Any) -> Callable[[Pack], Pack]:
    return lambda pack: replace(pack, course=replace(pack.course, **fields))


def with_text(change: Callable[[Any], Any], language: str = "en", lesson: int = 0) -> Callable[[Pack], Pack]:
    """Change the text of one lesson in one language."""

    def spoil(pack: Pack) -> Pack:
        module = pack.course.modules[0]
        old = module.lessons[lesson]
        texts = {**old.texts, language: change(old.texts[language])}
        lessons = [*module.lessons]
        lessons[lesson] = replace(old, texts=texts)
        modules = (replace(module, lessons=tuple(lessons)), *pack.course.modules[1:])
        return replace(pack, course=replace(pack.course, modules=modules))

    return spoil


def with_blocks(change: Callable[[list[Any]], list[Any]], language: str = "en") -> Callable[[Pack], Pack]:
    return with_text(lambda text: replace(text, blocks=tuple(change(list(text.blocks)))), language)


def with_field(kind: str, key: str, value: Any, language: str = "en") -> Callable[[Pack], Pack]:
    """Put a value into the first block of a kind."""

    def change(blocks: list[Any]) -> list[Any]:
        number = next(number for number, block in enumerate(blocks) if block.kind == kind)
        blocks[number] = replace(blocks[number], fields={**blocks[number].fields, key: value})
        return blocks

    return with_blocks(change, language)


def in_all_lessons(pack: Pack, change: Callable[[list[Any]], list[Any]]) -> Pack:
    modules = [
        replace(
            module,
            lessons=tuple(
                replace(
                    lesson,
                    texts={
                        code: replace(text, blocks=tuple(change(list(text.blocks))))
                        for code, text in lesson.texts.items()
                    },
                )
                for lesson in module.lessons
            ),
        )
        for module in pack.course.modules
    ]
    return replace(pack, course=replace(pack.course, modules=tuple(modules)))


def _invented(blocks: list[Any]) -> list[Any]:
    return [
        replace(block, fields={**block.fields, "invented": True}) if block.kind == "case_study" else block
        for block in blocks
    ]


def without(*kinds: str) -> Callable[[list[Any]], list[Any]]:
    return lambda blocks: [block for block in blocks if block.kind not in kinds]


def with_part(name: str, change: Callable[[list[Any]], list[Any]]) -> Callable[[Pack], Pack]:
    return lambda pack: replace(pack, parts={**pack.parts, name: change(list(pack.parts[name]))})


def _longest_right(questions: list[Any]) -> list[Any]:
    found = []
    for question in questions:
        if question.kind == "single_choice":
            right = question.body["right"][0]
            texts = {
                language: replace(text, choices={**text.choices, right: "right " * 40})
                for language, text in question.texts.items()
            }
            question = replace(question, texts=texts)  # noqa: PLW2901  # the spoilt one
        found.append(question)
    return found


def _say(what: str) -> Callable[[Any], Any]:
    return lambda question: replace(
        question, texts={code: replace(text, feedback=what) for code, text in question.texts.items()}
    )


QUESTIONS, QUIZ = "questions.yaml", "quiz.yaml"
FAULTS: dict[str, list[Callable[[Pack], Pack]]] = {
    "whole": [with_course(sheets=()), with_course(objectives={"en": ("One",), "fr": ("Une",)})],
    "module": [
        lambda pack: in_all_lessons(pack, without("glossary_term")),
        lambda pack: in_all_lessons(pack, _invented),
    ],
    "lessons": [with_blocks(without("key_points"))],
    "words": [with_blocks(lambda blocks: blocks[:2]), with_course(lesson_length="short")],
    "languages": [with_blocks(lambda blocks: blocks * 2, "fr")],
    "minutes": [with_text(lambda text: replace(text, minutes=10))],
    "level": [with_text(lambda text: replace(text, lede="incomprehensibility " * 400))],
    "typography": [with_text(lambda text: replace(text, title="Que faire ?"), "fr")],
    "wording": [with_text(lambda text: replace(text, lede="Forced labor is everywhere."))],
    "glossary": [with_field("glossary_term", "term", "Human trade"), with_field("glossary_term", "term", "Victim")],
    "sources": [with_field("text", "sources", [])],
    "grades": [lambda pack: replace(pack, sources={**pack.sources, "Z99": {"en": "A rumour", "fr": "Une rumeur"}})],
    "self-checks": [with_blocks(without("self_check"))],
    "question-mix": [with_part(QUESTIONS, lambda rows: [each for each in rows if each.kind == "single_choice"])],
    "question-spread": [with_part(QUESTIONS, lambda rows: [replace(each, lesson=rows[0].lesson) for each in rows])],
    "question-twice": [with_part(QUESTIONS, lambda rows: [*rows, rows[0]])],
    "question-choices": [with_part(QUESTIONS, _longest_right)],
    "question-words": [
        with_part(QUESTIONS, lambda rows: [_say("Yes.")(each) for each in rows]),
        with_part(QUESTIONS, lambda rows: [_say("It is none of the above, as the text says.")(each) for each in rows]),
    ],
    "quiz-draw": [with_part(QUIZ, lambda quizzes: [replace(each, draw=50) for each in quizzes])],
    "quiz": [lambda pack: replace(pack, parts={QUESTIONS: pack.parts[QUESTIONS]})],
}


def test_good_pack_has_no_fault(good: Subject) -> None:
    assert findings_of(good) == ()


@pytest.mark.parametrize(("rule", "number"), [(rule, n) for rule, spoils in FAULTS.items() for n in range(len(spoils))])
def test_rule_finds_its_fault(good: Subject, rule: str, number: int) -> None:
    assert rule in spoilt(good, FAULTS[rule][number])


def test_every_rule_has_a_fault_that_it_finds() -> None:
    elsewhere = {"job-aid", "readings", "self-check-habits", "weight"}
    assert set(all_rules()) == set(FAULTS) | elsewhere


def test_job_aid_of_two_pages_is_found(good: Subject) -> None:
    sheet = next(each for each in good.pack.course.sheets if each.kind == "job_aid")
    text = sheet.texts["en"]
    long = replace(sheet, texts={**sheet.texts, "en": replace(text, lede="word " * 300)})
    assert "job-aid" in spoilt(good, with_course(sheets=(long,)))


def test_heavy_pack_is_found(good: Subject) -> None:
    assert {found.rule for found in findings_of(replace(good, size_bytes=2_000_000))} == {"weight"}


def test_reading_and_case_that_nobody_knows_are_found(good: Subject) -> None:
    facts = good.facts
    assert "readings" in {
        each.rule for each in findings_of(replace(good, facts=replace(facts, readings=frozenset({"R99"}))))
    }
    renamed = replace(facts, cases=dict.fromkeys(facts.cases, "Another v. Case"))
    assert "grades" in {each.rule for each in findings_of(replace(good, facts=renamed))}
    unread = replace(facts, grades=dict.fromkeys(facts.grades, "K"))
    assert "grades" in {each.rule for each in findings_of(replace(good, facts=unread))}


@pytest.mark.parametrize("place", [0, 1])
def test_right_choice_always_in_one_place_is_found(good: Subject, place: int) -> None:
    def move(block: Any) -> Any:
        if block.kind != "self_check":
            return block
        right = [each for each in block.fields["choices"] if each["right"]]
        wrong = [each for each in block.fields["choices"] if not each["right"]]
        return replace(block, fields={**block.fields, "choices": [*wrong[:place], *right, *wrong[place:]]})

    assert "self-check-habits" in spoilt(
        good, lambda pack: in_all_lessons(pack, lambda blocks: list(map(move, blocks)))
    )


def test_pack_that_stands_alone_is_not_measured_by_the_curriculum(good: Subject) -> None:
    alone = replace(good, facts=Facts(), pack=replace(good.pack, sources={}))
    assert findings_of(alone) == ()


def test_pack_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    root = Path(shutil.copytree(GOOD, tmp_path / "definitions"))
    (root / "quiz.yaml").write_text("- nothing\n")
    checked = check_folder(root)
    assert {found.rule for found in checked.findings} == {"reading"}


def test_command_fails_and_names_file_and_rule(tmp_path: Path) -> None:
    root = Path(shutil.copytree(GOOD, tmp_path / "definitions"))
    lesson = min((root / "lessons").glob("*.en.md"))
    lesson.write_text(lesson.read_text().replace("\ntitle: ", "\ntitle: Forced labor. ", 1))
    out = StringIO()
    with pytest.raises(CommandError, match="problem"):
        call_command("check_pack", root, stdout=out)
    assert f"definitions/lessons/{lesson.name}:" in out.getvalue()
    assert "[wording]" in out.getvalue()
    assert out.getvalue().splitlines()[-1].startswith("definitions ")


def test_command_answers_in_json() -> None:
    out = StringIO()
    call_command("check_pack", GOOD, json=True, stdout=out)
    (pack,) = json.loads(out.getvalue())
    assert (pack["pack"], pack["findings"]) == ("definitions", [])
    assert int(pack["figures"]["practice"]) >= 8


def test_table_that_is_no_longer_true_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Before\n<!-- packs -->\n<!-- /packs -->\nAfter\n")
    with pytest.raises(CommandError, match="not up to date"):
        call_command("check_pack", GOOD, against=page, stdout=StringIO())
    call_command("check_pack", GOOD, write=page, stdout=StringIO())
    call_command("check_pack", GOOD, against=page, stdout=StringIO())
    assert page.read_text().startswith("Before\n<!-- packs -->\n\n| pack |")
    assert page.read_text().endswith("<!-- /packs -->\nAfter\n")


def test_table_has_a_dash_where_a_pack_has_no_figure() -> None:
    packs = [Checked("a", {"kB": "1"}), Checked("b")]
    assert as_markdown(rows_of(packs)).splitlines()[-1] == "| b | – | 0 |"
    with pytest.raises(ValueError, match="two lines"):
        with_table("no marks", packs)


def test_words_are_counted_as_a_reader_sees_them(good: Subject) -> None:
    text = good.pack.course.lessons()[0].texts["en"]
    sourced = [block for block in text.blocks if block.fields.get("source") or block.fields.get("sources")]
    bare = [replace(block, fields={**block.fields, "source": "", "sources": []}) for block in sourced]
    kept = [block for block in text.blocks if block not in sourced]
    assert count_words(replace(text, blocks=(*bare, *kept))) == count_words(text)
    assert words_in("L’agent, aujourd’hui, garde 2 porte-clés.") == 5


def test_plain_text_reads_easier_than_legal_text() -> None:
    plain = reading_ease(["Look at the people. Who speaks? Who holds the papers?"], "en")
    legal = reading_ease(
        ["Notwithstanding the aforementioned obligations, competent authorities shall cooperate."], "en"
    )
    assert plain.score > 80
    assert legal.score < 20
    assert syllables_of("aujourd’hui", "fr") == 3


@pytest.mark.parametrize("fault", ["Qui ?", "Non!", "Ici : voilà", "«bonjour»", "l'agent", 'le "mot"', "50 % de"])
def test_french_set_wrongly_is_found(fault: str) -> None:
    assert list(faults_in(fault))


@pytest.mark.parametrize(
    "good", ["Qui\u202f?", "Ici\u00a0: voilà", "«\u202fbonjour\u202f»", "l’agent", "10:30", "https://un.org", "16(3)"]
)
def test_french_set_well_is_left_alone(good: str) -> None:
    assert not list(faults_in(good))


@pytest.mark.parametrize(
    ("word", "language", "wrong"),
    [
        ("forced labor", "en", True),
        ("forced labour", "en", False),
        ("Convention against Transnational Organised Crime", "en", True),
        ("Convention against Transnational Organized Crime", "en", False),
        ("le trafic d’êtres humains", "fr", True),
        ("la traite des êtres humains", "fr", False),
        ("le trafic de migrants", "fr", True),
        ("le trafic illicite de migrants", "fr", False),
    ],
)
def test_variants_of_terms(word: str, language: str, *, wrong: bool) -> None:
    assert bool(list(variants_in(word, language))) is wrong


def test_practice_and_graded_questions_stand_apart(good: Subject) -> None:
    pool = pool_of(good.pack)
    assert len(pool.practice) + len(pool.graded) == len(pool.questions)
    assert not {each.uuid for each in pool.practice} & {each.uuid for each in pool.graded}


def test_two_packs_do_not_share_an_id_or_a_question(good: Subject, tmp_path: Path) -> None:
    root = Path(shutil.copytree(GOOD, tmp_path / "second-copy"))
    course = root / "course.yaml"
    course.write_text(course.read_text().replace("slug: definitions\n", "slug: second-copy\n", 1))
    first, second = check_folders([GOOD, root], good.facts)
    assert first.findings == ()
    assert {found.rule for found in second.findings} == {"uuids", "question-elsewhere"}
