"""Every kind of question does all that the site asks of one. Kinds are found, so a new one is asked at once."""

import random
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.http import QueryDict
from django.template.loader import get_template
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.admin.kinds import AUTHORED_KINDS
from assessments.drawing import draw_paper
from assessments.errors import ResponseIncompleteError, ResponseRefusedError, UnknownKindError
from assessments.models import Question
from assessments.packs.questions import PACKING, PackQuestion, PackText, as_plain, picture_file, read_questions
from assessments.questions import kind_names
from assessments.questions.kind import Draft, all_parts, fields_in
from assessments.questions.marking import FULL_MARK_MILLI, MARKED_BY_HAND, MARKERS
from assessments.questions.registry import KINDS, kind_named, kind_of
from assessments.selecting import Candidate
from elearning.lib.canonical import canonical_json
from scripts.list_kinds import INDEX, listing, script_of
from scripts.places import ROOT
from tests.assessments.form_html import ANYTHING, Controls, sayable_in, sent_by
from tests.assessments.kind_samples import LANGUAGES, KindSample, sample, strings_in
from tests.assessments.sitting import form_of
from tests.factories.assessments import CANARY, make_question, sample_picture

NAMES = kind_names()
ALL = sorted(KINDS)
MARKED = sorted(MARKERS)
FILES = (
    "__init__.py",
    "models.py",
    "marking.py",
    "player.py",
    "pack.py",
    "form.py",
    "question.html",
    "vectors.json",
    "sample.json",
)
# What stands in a statement may be anything at all: it may come from elsewhere.
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12)


def anything_about(known: list[str]) -> st.SearchStrategy[Any]:
    """Return any JSON, in which the names and ids of a question turn up often."""
    words = st.sampled_from(known)
    keys = words | st.text(max_size=6)
    return st.recursive(
        SCALARS | words,
        lambda inner: st.lists(inner, max_size=5) | st.dictionaries(keys, inner, max_size=5),
        max_leaves=12,
    )


def fields_about(known: list[str]) -> st.SearchStrategy[dict[str, list[str]]]:
    """Return any fields of a form, in which the parts of a question turn up often."""
    words = st.sampled_from([*known, "1", "2", "3", "12.5"]) | st.text(min_size=1, max_size=6)
    parts = st.just("") | st.sampled_from(known)
    return st.dictionaries(parts, st.lists(words, min_size=1, max_size=4, unique=True), max_size=4)


def known_to(made: KindSample) -> list[str]:
    return sorted(set(strings_in(made.structure)))


def form_sent(kind: str, response: Any) -> dict[str, list[str]]:
    """Return the fields of a response as they arrive from a browser."""
    form = QueryDict(mutable=True)
    for name, values in form_of(kind, response).items():
        form.setlist(name, values)
    return fields_in(form)


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_is_all_that_a_kind_is(name):
    folder = ROOT / "assessments" / "questions" / name
    wanted = [folder / each for each in (*FILES, "test_kind.py")] + [ROOT / script_of(name)]
    assert [str(each.relative_to(ROOT)) for each in wanted if not each.is_file()] == []


def test_every_folder_is_known_to_every_list():
    assert set(NAMES) == set(KINDS) == set(PACKING) == {each.name for each in AUTHORED_KINDS}
    assert set(NAMES) == set(MARKERS) | MARKED_BY_HAND
    assert not set(MARKERS) & MARKED_BY_HAND
    assert {name for name, kind in KINDS.items() if kind.is_marked_by_hand} == MARKED_BY_HAND
    assert {name: kind.name for name, kind in KINDS.items()} == {name: name for name in KINDS}
    assert {kind.model for kind in KINDS.values()} == set(Question.__subclasses__())
    assert len({kind.model for kind in KINDS.values()}) == len(KINDS)


def test_the_list_of_scripts_is_the_written_one():
    assert INDEX.read_text(encoding="utf-8") == listing()


def test_marking_needs_nothing_but_the_language():
    """A mark is worked out alike on every node, and by whoever checks it, without the site."""
    program = (
        "import sys; from assessments.questions.marking import MARKERS; print(len(MARKERS), 'django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == [str(len(MARKERS)), "False"]


def test_an_unknown_kind_is_named_with_those_accepted():
    with pytest.raises(UnknownKindError, match="single_choice"):
        kind_named("essay")


@pytest.mark.parametrize("name", ALL)
def test_the_sample_is_a_whole_question(name):
    made = sample(name)
    assert made.kind.problems_of(made.structure) == []
    assert set(all_parts(made.kind, made.structure)) == set(made.words)
    assert all(made.kind.has_words(made.structure, made.text(language)) for language in LANGUAGES)
    assert canonical_json(made.structure)
    assert get_template(made.kind.template)


@pytest.mark.parametrize("name", ALL)
def test_a_language_that_lacks_a_word_is_not_whole(name):
    made = sample(name)
    for part in made.words:
        text = made.text()
        text["choices"][part] = " "
        assert not made.kind.has_words(made.structure, text), part
    assert not made.kind.has_words(made.structure, made.text() | {"stem": ""})


@pytest.mark.parametrize("name", ALL)
def test_a_question_of_the_kind_is_made_and_published(name, db):
    question = make_question(name)
    assert kind_of(question) is KINDS[name]
    assert question.version_number == 1


@pytest.mark.parametrize("name", MARKED)
def test_the_key_earns_all_and_a_wrong_response_less(name):
    made = sample(name)
    key, wrong = made.kind.key_of(made.structure), made.kind.wrong_of(made.structure)
    assert MARKERS[name](made.structure, key) == FULL_MARK_MILLI
    assert wrong is not None
    assert MARKERS[name](made.structure, wrong) < FULL_MARK_MILLI
    assert MARKERS[name](made.structure, None) == 0


@pytest.mark.parametrize("name", ALL)
def test_what_a_form_says_is_the_response_that_was_given(name):
    made = sample(name)
    for response in (made.kind.key_of(made.structure), made.kind.wrong_of(made.structure), None):
        assert made.kind.read_response(form_sent(name, response), made.structure) == response


@pytest.mark.parametrize("name", ALL)
@settings(deadline=None)
@given(data=st.data())
def test_fields_are_refused_or_read_as_a_response_that_gives_the_same_fields_again(name, data):
    made = sample(name)
    try:
        response = made.kind.read_response(data.draw(fields_about(known_to(made))), made.structure)
    except ResponseRefusedError:
        return
    assert canonical_json(response)
    assert made.kind.read_response(form_sent(name, response), made.structure) == response
    if name in MARKERS:
        assert 0 <= MARKERS[name](made.structure, response) <= FULL_MARK_MILLI


@pytest.mark.parametrize("name", ALL)
def test_the_part_of_another_question_is_refused(name):
    made = sample(name)
    key = form_sent(name, made.kind.key_of(made.structure))
    for fields in ({str(uuid4()): ["x"]}, key | {str(uuid4()): ["x"]}):
        with pytest.raises(ResponseRefusedError):
            made.kind.read_response(fields, made.structure)


@pytest.mark.parametrize("name", ALL)
def test_the_choice_of_another_question_is_refused_where_one_chooses(name):
    made = sample(name)
    sayable = sayable_in(made.html())
    assert sayable
    for field, values in sayable.items():
        if values is ANYTHING:
            continue
        with pytest.raises(ResponseRefusedError):
            made.kind.read_response(fields_in({field: [str(uuid4())]}), made.structure)


def test_what_is_no_text_is_refused_before_a_kind_sees_it():
    for given_ in ({"response": 7}, {"response": [{"a": 1}]}, {"response:a": [None]}, {"response": ["x" * 20_001]}):
        with pytest.raises(ResponseRefusedError):
            fields_in(given_)
    assert fields_in({"response": ["", " "], "nonce": "n", "response:b": "x", "responses": "y"}) == {"b": ["x"]}


@pytest.mark.parametrize("name", MARKED)
@settings(deadline=None)
@given(data=st.data())
def test_any_response_whatever_has_a_mark_from_0_to_1000(name, data):
    made = sample(name)
    mark = MARKERS[name](made.structure, data.draw(anything_about(known_to(made))))
    assert type(mark) is int
    assert 0 <= mark <= FULL_MARK_MILLI


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_response_whatever_is_shown_and_described(name, data):
    """What arrived signed from elsewhere is on a page later: no page may break of it."""
    made = sample(name)
    response = data.draw(anything_about(known_to(made)))
    assert isinstance(made.kind.fields_of(response), dict)
    for lines in (
        made.kind.describe_response(made.structure, made.text(), response),
        made.kind.feedbacks_of(made.structure, made.text(), response),
    ):
        assert all(isinstance(line, str) for line in lines)
    assert "<legend" in made.html(response)
    assert isinstance(made.kind.is_clear(response), bool)


@pytest.mark.parametrize("name", ALL)
def test_a_response_is_said_in_words_and_none_is_not(name):
    made = sample(name)
    key = made.kind.key_of(made.structure)
    lines = made.kind.describe_response(made.structure, made.text(), key)
    assert lines
    assert all(line.strip() for line in lines)
    assert made.kind.describe_key(made.structure, made.text())
    assert made.kind.describe_response(made.structure, made.text(), None) == []
    assert made.kind.feedbacks_of(made.structure, made.text(), None) == []
    assert (
        not set(made.kind.describe_response(made.structure, made.text(), key))
        & {*strings_in(made.structure)}
        & {*made.words}
    )


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_shown_in_every_language_before_and_after_it_is_answered(name, language):
    made = sample(name)
    key = made.kind.key_of(made.structure)
    plain, answered = made.html(language=language), made.html(key, language=language)
    for html in (plain, answered):
        text = made.text(language)
        assert text["stem"].rpartition("\n\n")[2] in unescape(html)
        assert f'lang="{language}"' in html
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:|<form|<iframe", html)
        controls = Controls(html)
        assert len(set(controls.ids)) == len(controls.ids)
        assert {each.name.partition(":")[0] for each in controls.found} == {"response"}
        assert not re.search(r"\{[{%]|[}%]\}", html), "a tag of the template is left"
        assert "None" not in html
    assert fields_in(sent_by(plain)) == {}
    with_key = made.kind.read_response(fields_in(sent_by(answered)), made.structure)
    assert with_key == key, "the page that shows the answer would send another one"


def refusal_of(made: KindSample, draft: Draft) -> ResponseRefusedError | None:
    try:
        made.kind.read_response(draft.fields, made.structure)
    except ResponseRefusedError as error:
        return error
    return None


@pytest.mark.parametrize("name", ALL)
def test_what_stood_in_a_form_and_is_no_answer_yet_is_shown_and_no_page_breaks(name):
    made = sample(name)
    key = form_sent(name, made.kind.key_of(made.structure))
    for part, values in key.items():
        draft = Draft({part: values})
        assert made.text()["stem"].rpartition("\n\n")[2] in made.html(draft)
        refused = refusal_of(made, draft)
        if isinstance(refused, ResponseIncompleteError):
            assert str(refused.text).strip()
            assert fields_in(sent_by(made.html(draft))) == draft.fields


@pytest.mark.parametrize("name", ALL)
def test_every_response_of_the_key_can_be_said_in_the_form_in_whatever_order(name):
    made, dice = sample(name), random.Random(4)
    order = made.kind.order_of(made.structure)
    plain = sayable_in(made.html())
    for _each in range(5):
        mixed = sayable_in(made.html(order=dice.sample(order, len(order))))
        assert mixed == plain
        for response in (made.kind.key_of(made.structure), made.kind.wrong_of(made.structure)):
            for field, values in form_of(name, response).items():
                known = mixed[field]
                assert known is ANYTHING or set(values) <= known, field


@pytest.mark.parametrize("name", MARKED)
def test_a_shuffled_page_sends_an_answer_with_the_same_mark(name):
    made, dice = sample(name), random.Random(5)
    order = made.kind.order_of(made.structure)
    for response in (made.kind.key_of(made.structure), made.kind.wrong_of(made.structure)):
        for _each in range(5):
            html = made.html(response, order=dice.sample(order, len(order)))
            read = made.kind.read_response(fields_in(sent_by(html)), made.structure)
            assert MARKERS[name](made.structure, read) == MARKERS[name](made.structure, response)


@pytest.mark.parametrize("name", ALL)
def test_nothing_that_is_shown_holds_feedback(name):
    made = sample(name)
    order = made.kind.order_of(made.structure)
    for response in (None, made.kind.key_of(made.structure), made.kind.wrong_of(made.structure)):
        shown = made.kind.show(made.structure, made.text(), "en", order, response)
        assert CANARY not in repr(shown)
        assert CANARY not in made.html(response)


def same_but_for_the_key(made: KindSample) -> bool:
    other, key = made.rekeyed, made.kind.key_of(made.structure)
    is_other_key = other != made.structure
    if made.kind.name in MARKERS:
        is_other_key = MARKERS[made.kind.name](other, key) < FULL_MARK_MILLI
    return is_other_key and made.kind.problems_of(other) == []


@pytest.mark.parametrize("name", ALL)
def test_a_page_follows_from_everything_but_the_key(name):
    """Two questions that differ in nothing but what is right are the same page, byte by byte (S4)."""
    made, dice = sample(name), random.Random(6)
    assert same_but_for_the_key(made), "rekeyed in sample.json has the same key, or is no question"
    assert sorted(all_parts(made.kind, made.rekeyed)) == sorted(all_parts(made.kind, made.structure))
    order = made.kind.order_of(made.structure)
    responses = (None, made.kind.key_of(made.structure), made.kind.wrong_of(made.structure))
    for response in responses:
        for mixed in (order, *(dice.sample(order, len(order)) for _each in range(3))):
            page = made.html(response, order=mixed)
            assert made.html(response, order=mixed, structure=made.rekeyed) == page
    read = [made.kind.read_response(form_sent(name, each), made.rekeyed) for each in responses]
    assert read == list(responses), "what is refused tells the key"


@pytest.mark.parametrize("name", ALL)
def test_a_paper_is_drawn_from_everything_but_the_key(name):
    made = sample(name)
    orders = {canonical_json(each): made.kind.order_of(each) for each in (made.structure, made.rekeyed)}
    papers = [
        draw_paper([Candidate("q", "v", "", tuple(order))], draw=1, pass_mark_percent=70, seed=7)
        for order in orders.values()
    ]
    assert papers[0] == papers[1]


@pytest.mark.parametrize("name", sorted(MARKED_BY_HAND & set(ALL)))
def test_what_a_marker_reads_is_on_no_page(name):
    """Criteria and a model answer are words too, and keys."""
    made = sample(name)
    for response in (None, made.kind.key_of(made.structure)):
        html = unescape(made.html(response))
        assert [words for words in made.text()["choices"].values() if words in html] == []


def pack_of(root: Path) -> Any:
    lesson = SimpleNamespace(uuid=uuid4(), file="01-first")
    course = SimpleNamespace(uuid=uuid4(), languages=("en", "fr"), lessons=lambda: [lesson])
    return SimpleNamespace(course=course, sources={"S3": {"en": "A report", "fr": "Un rapport"}}, root=root)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("has_feedbacks", [True, False])
def test_a_question_goes_into_a_pack_and_comes_out_the_same(name, has_feedbacks, tmp_path):
    made, pack = sample(name), pack_of(tmp_path)
    (lesson,) = pack.course.lessons()
    texts = {}
    for language in LANGUAGES:
        text = made.text(language)
        told = text["feedbacks"] if has_feedbacks else {}
        # A database gives the parts back in whatever order.
        choices = dict(reversed(text["choices"].items()))
        texts[language] = PackText(text["stem"], text["feedback"], choices, told)
    question = PackQuestion(uuid4(), name, lesson.uuid, 2, "S3 ¶22", made.structure, texts)
    plain = as_plain(question, {lesson.uuid: lesson.file})
    if image := made.structure.get("image"):
        file = tmp_path / picture_file(image["sha256"])
        file.parent.mkdir()
        file.write_bytes(sample_picture().content)
    path = tmp_path / "questions.yaml"
    path.write_text(yaml.safe_dump([plain], allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert read_questions(path, pack) == [question]
