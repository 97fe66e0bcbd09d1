"""What goes into a code: the name whole, until nothing else is left to shorten, and never more than a code holds."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from certificates.verification.fitting import MOST_BYTES, cut, fitted
from certificates.verification.summary import SIGNATURE_BYTES, body_of, fragment_of, read_fragment
from tests.certificates.verification.material import OURS, Holder, summary_of

SUMMARY = summary_of(OURS, Holder())
_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=150)


def size(summary) -> int:
    return len(body_of(summary)) + SIGNATURE_BYTES


def test_usual_words_are_all_kept():
    assert fitted(SUMMARY) == SUMMARY


@given(_WORDS, _WORDS, st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_whatever_the_words_they_fit_and_are_read_as_they_were_written(name, other, title):
    summary = fitted(replace(SUMMARY, name=name, name_other=other, title=title))
    assert size(summary) <= MOST_BYTES
    assert read_fragment(fragment_of(body_of(summary), bytes(SIGNATURE_BYTES))).summary == summary


def test_the_name_is_the_last_to_be_cut():
    long = fitted(replace(SUMMARY, name="ع" * 100, name_other="Aïssata " * 18, title="T" * 300))
    assert long.name == "ع" * 100
    assert long.title.endswith("…")
    longest = fitted(replace(SUMMARY, name="ع" * 150, name_other="A" * 150, title="T" * 300))
    assert longest.name_other == ""
    assert longest.name.startswith("ع" * 100)


def test_a_name_that_turns_the_line_round_is_cleaned_as_the_document_prints_it():
    summary = fitted(replace(SUMMARY, name=" Aï\u202essata\n  Traoré "))
    assert summary.name == "Aïssata Traoré"


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(min_value=3, max_value=400))
def test_what_is_cut_is_as_short_as_asked(text, most):
    assert len(cut(text, most).encode()) <= most
