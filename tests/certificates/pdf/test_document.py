"""Check that a printed certificate says what it should, to people, machines and archives."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from importlib import resources
from typing import Any

import pytest
import typst
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from certificates.errors import CertificateError, CertificateRenderError, UnprintableTextError
from certificates.pdf import document, render_certificate, render_preview, texts, words_of
from elearning.lib import typesetting
from tests.factories.certificate_pdf import (
    CREDENTIAL,
    FACTS,
    LONG_NAME,
    NAMES,
    facts_with,
    full_facts,
    full_look,
    read_pdf,
    text_of,
)

A4_LANDSCAPE_PT = (841.89, 595.276)
WORDS = words_of("en")


@pytest.mark.parametrize("name", ["Aïssata Traoré", "Юлія Ковальчук", "Ελένη Παππά", LONG_NAME])
def test_page_text_holds_what_was_attested(name: str) -> None:
    """Find the name, the course, the number, the score and the dates by text extraction."""
    text = text_of(facts_with(holder_name=name))

    for expected in (name, "First response kit", "RLS-NE-2026-004187", "8 out of 10, pass mark 70%"):
        assert expected in text
    assert "22 November 2026" in text
    assert "21 November 2028" in text
    assert "7 lessons, 52 minutes" in text


@pytest.mark.parametrize("field", ["holder_name", "holder_name_other", "course_title"])
def test_arabic_text_comes_out_whole(field: str) -> None:
    """Find each Arabic word; pypdf gives the words of a line left to right, so their order is not asked."""
    name = "محمد الأمين ولد الشيخ"
    text = text_of(facts_with(**{field: name}))

    assert all(word in text for word in name.split())


def test_letters_beyond_the_first_arabic_font_are_printed() -> None:
    """Fall back for the whole text, so that a word keeps its joins (U+08A9 is in one font only)."""
    assert render_certificate(facts_with(holder_name_other="\u0628\u08a9\u0628"))


def test_document_says_what_it_is() -> None:
    """Set the title, author, language, subject and keywords that archives index."""
    reader = read_pdf(render_certificate(FACTS))

    assert reader.metadata is not None
    assert reader.metadata.title == "Certificate RLS-NE-2026-004187, Aïssata Traoré"
    assert reader.metadata.author == "Relais"
    assert "RLS-NE-2026-004187" in reader.metadata["/Keywords"]
    assert reader.root_object["/Lang"] == "en"
    assert reader.root_object["/MarkInfo"]["/Marked"] is not None


def test_file_claims_both_standards() -> None:
    """Declare PDF/A-3a and PDF/UA-1 in the XMP packet; veraPDF judges them in CI."""
    xmp = read_pdf(render_certificate(FACTS)).root_object["/Metadata"].get_object().get_data().decode()

    assert "<pdfaid:part>3<" in xmp
    assert "<pdfaid:conformance>A<" in xmp
    assert "<pdfuaid:part>1<" in xmp


def test_file_is_one_a4_page_with_its_own_fonts() -> None:
    """Embed every font, keep to one A4 page, end with a newline."""
    made = render_certificate(facts_with(holder_name_other="عائشة تراوري"))
    pages = read_pdf(made).pages
    fonts = pages[0]["/Resources"]["/Font"].values()
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]

    assert len(pages) == 1
    assert (float(pages[0].mediabox.width), float(pages[0].mediabox.height)) == pytest.approx(A4_LANDSCAPE_PT, abs=0.1)
    assert {"Amiri", "JetBrainsMono", "NotoSans"} == {d["/FontName"].split("+")[1].split("-")[0] for d in descriptors}
    assert all("/FontFile2" in d or "/FontFile3" in d for d in descriptors)
    assert made.endswith(b"%%EOF\n")


def test_same_facts_make_the_same_bytes() -> None:
    """Give the same file again, by a new compiler too, and another one for another name."""
    first = render_certificate(FACTS)
    typesetting._compiler.cache_clear()

    assert render_certificate(FACTS) == first
    assert render_certificate(facts_with(holder_name="Moussa Issoufou")) != first


@pytest.mark.parametrize("name", ["#panic()", '"] #sys.inputs [', "\\ $x$ *a* _b_ `c`", "= Title @ref <label>", "//x"])
def test_typst_source_in_a_name_is_printed_as_it_is(name: str) -> None:
    """Treat markup in a name as text."""
    facts = facts_with(holder_name=name, course_title=name)

    assert text_of(facts).count(" ".join(name.split())) == len(("holder", "course"))


@pytest.mark.parametrize(
    ("field", "text", "missing"),
    [
        ("holder_name", "王小明", ("小", "明", "王")),
        ("holder_name_other", "Zoé 🎓", ("🎓",)),
        ("course_title", "Cours \ue000", ("\ue000",)),
        ("serial", "RLS-\ud800", ("\ud800",)),
    ],
)
def test_unprintable_characters_are_named(field: str, text: str, missing: tuple[str, ...]) -> None:
    """Refuse what no font draws, naming the field and characters but never the name itself."""
    with pytest.raises(UnprintableTextError) as raised:
        render_certificate(facts_with(**{field: text}))

    assert (raised.value.code, raised.value.field) == ("certificates.pdf.unprintable", field)
    assert raised.value.characters == missing
    assert f"U+{ord(missing[0]):04X}" in str(raised.value)
    assert text not in str(raised.value)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("Aïssata \u202eéroarT\u202c", "Aïssata éroarT"),
        ("\ufeffMoussa\x00\x1b \t\nIssoufou\u2066", "Moussa Issoufou"),
        ("Ai\u0308ssata", "Aïssata"),
        ("پری\u200cسيم", "پری\u200cسيم"),
        ("Est-ce\u00a0lui\u00a0?", "Est-ce\u00a0lui\u00a0?"),
    ],
)
def test_names_lose_controls_and_keep_joiners(given_text: str, kept: str) -> None:
    """Strip what could disguise a name, keep what spelling needs."""
    assert texts.clean_text(given_text) == kept


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"holder_name": " \u202e\u200d "}, "certificates.pdf.empty_text"),
        ({"serial": ""}, "certificates.pdf.empty_text"),
        ({"holder_name": "x" * 200}, "certificates.pdf.text_too_long"),
        ({"course_title": "word " * 300}, "certificates.pdf.text_too_long"),
        ({"verify_url": ""}, "certificates.pdf.qr"),
        ({"verify_url": "https://relais.example/" + "x" * 1300}, "certificates.pdf.qr_too_dense"),
        ({"verify_url": "https://relais.example/" + "x" * 5000}, "certificates.pdf.qr"),
    ],
)
def test_facts_that_cannot_be_printed_are_refused(changes: dict[str, str], code: str) -> None:
    """Raise a typed error with a stable code rather than print something doubtful."""
    with pytest.raises(CertificateRenderError) as raised:
        render_certificate(facts_with(**changes))

    assert raised.value.code == code


@pytest.mark.parametrize("score", ["%(unknown)s", "%(points)d of %", "%s"])
def test_translators_slip_in_a_placeholder_is_named(score: str) -> None:
    """Say which label is wrong and which names it may use."""
    with pytest.raises(CertificateRenderError, match=r"placeholder: words score .* out_of"):
        render_certificate(FACTS, replace(WORDS, score=score + "%(points)s%"))


def test_missing_font_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to start with a font that can't be read: typst would print an empty page and say nothing."""
    only_latin = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(resources.files("fontpkg_noto_sans") / "files")],
    )
    monkeypatch.setattr(typesetting, "fonts", lambda: only_latin)

    with pytest.raises(CertificateRenderError) as raised:
        texts.check_fonts.__wrapped__()

    assert raised.value.code == "certificates.pdf.font_missing"


def test_warning_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn the compiler's warnings into an error: here, a family that is not there."""
    monkeypatch.setattr(document, "typeset", lambda _, text: {"text": text, "rtl": False, "arabic": "No Such Family"})

    with pytest.raises(CertificateRenderError, match="unknown font family") as raised:
        render_certificate(FACTS)

    assert raised.value.code == "certificates.pdf.warning"


def test_printing_after_a_fork_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Raise where the compiler of a parent process would hang."""
    render_certificate(FACTS)
    monkeypatch.setattr("os.getpid", lambda: -1)

    with pytest.raises(CertificateRenderError) as raised:
        render_certificate(FACTS)

    assert raised.value.code == "certificates.pdf.forked"


def test_empty_facts_leave_their_places_out() -> None:
    """Print no cohort label without a cohort, and words in place of a missing end."""
    bare = text_of(facts_with(valid_until=None))
    full = text_of(facts_with(cohort_name="Niamey, 2026", hours_text="counts as 1 hour of training"))

    assert WORDS.cohort not in bare
    assert "No end date" in bare
    assert WORDS.cohort in full
    assert "Niamey, 2026" in full
    assert "counts as 1 hour of training" in full


def test_french_dates_are_french() -> None:
    """Write the first of a month as an ordinal."""
    text = text_of(facts_with(language="fr", issued_on=date(2026, 12, 1), valid_until=date(2028, 11, 11)))

    assert "1er décembre 2026" in text
    assert "11 novembre 2028" in text


@pytest.mark.parametrize(
    "url",
    [
        "https://relais.example/v/1",
        FACTS.verify_url,
        "https://relais.example/" + "x" * 550,
        "https://relais.example/verify/#" + "A1:B2$C3/" * 70,
        "https://relais.example/verify/#" + "A1:B2$C3/" * 138,
    ],
    ids=len,
)
@pytest.mark.parametrize("ground", ["dark", "white"])
def test_qr_code_on_the_page_reads_as_the_url(url: str, ground: Any) -> None:
    """Decode the code from a picture of the whole page."""
    page = Image.open(io.BytesIO(render_preview(facts_with(verify_url=url, look=full_look(ground=ground)), ppi=150)))

    assert [code.text for code in zxingcpp.read_barcodes(page)] == [url]


def test_qr_code_is_a_link_with_a_description() -> None:
    """Let a reader on a screen follow it, and one who can't see it know what it is."""
    made = render_certificate(FACTS)
    links = [note.get_object() for note in read_pdf(made).pages[0]["/Annots"]]

    assert [link["/A"]["/URI"] for link in links] == [FACTS.verify_url]
    assert WORDS.qr_alt in alternative_texts(read_pdf(made).root_object["/StructTreeRoot"])


def alternative_texts(node: Any) -> list[str]:
    """Return every /Alt in the structure tree under the node."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [text for child in node for text in alternative_texts(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + alternative_texts(node.get("/K"))


def test_threads_can_print_at_once() -> None:
    """Share one compiler among a server's threads without mixing certificates up."""
    names = [f"Officer {number}" for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda name: text_of(facts_with(holder_name=name)), names))

    assert all(name in text for name, text in zip(names, made, strict=True))


@settings(max_examples=60, deadline=None)
@given(
    name=st.one_of(
        st.text(max_size=80),
        st.text(alphabet=st.characters(max_codepoint=0x77F, exclude_categories=["Cs"]), max_size=80),
        st.text(alphabet="éÅñßøЖїґ عائشةمحمد-\u2019#[]$\\\"'", max_size=80),
    ),
    other=st.text(alphabet="Aé Жї عائشةلا\u064b\u200c", max_size=60),
)
def test_any_name_is_printed_or_refused_with_a_code(name: str, other: str) -> None:
    """Never fail in a way that a caller can't explain to the person."""
    try:
        made = render_certificate(facts_with(holder_name=name, holder_name_other=other))
    except CertificateError as error:
        assert error.code in {  # noqa: PT017
            "certificates.pdf.unprintable",
            "certificates.pdf.empty_text",
            "certificates.pdf.text_too_long",
        }
    else:
        assert len(read_pdf(made).pages) == 1


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("ground", ["dark", "white"])
def test_every_language_prints_its_own_names_and_words(language: Any, ground: Any) -> None:
    """Find every word of the name in both scripts, the title in the language, the donor, who signed."""
    text, words = text_of(full_facts(language, ground)), words_of(language)

    for name in NAMES[language]:
        assert all(word in text for word in name.split())
    assert all(word in text for word in (*words.title.split(), "made-up", "Koné", "Oumar", "Director"))
    assert read_pdf(render_certificate(full_facts(language))).root_object["/Lang"] == language


def test_arabic_page_is_the_mirror_of_a_french_one() -> None:
    """Put the band and the code on the right, and let the line run to the left."""
    pages = {}
    for language in ("fr", "ar"):
        made = render_preview(full_facts(language), ppi=40)
        pages[language] = Image.open(io.BytesIO(made)).convert("L")
    width, height = pages["fr"].size
    (left_of_fr, right_of_fr), (left_of_ar, right_of_ar) = (
        (page.getpixel((4, height // 2)), page.getpixel((width - 4, height // 2))) for page in pages.values()
    )

    assert (left_of_fr, right_of_ar) < (128, 128)
    assert right_of_fr == left_of_ar == 255


def test_credential_is_attached_as_the_data_of_the_page() -> None:
    """Give the very bytes back, named, typed and related as PDF/A-3 asks; attach nothing where there is nothing."""
    reader = read_pdf(render_certificate(full_facts("en")))
    (listed,) = (each.get_object() for each in reader.root_object["/AF"])

    assert reader.attachments == {"credential.json": [CREDENTIAL]}
    assert (listed["/UF"], listed["/AFRelationship"]) == ("credential.json", "/Data")
    assert listed["/EF"]["/F"]["/Subtype"] == "/application/ld+json"
    assert not read_pdf(render_certificate(FACTS)).attachments


def test_programme_may_leave_the_score_out() -> None:
    """Keep the step, drop the points; a trainer's award has no points to show."""
    hidden = text_of(facts_with(look=full_look(shows_score=False)))
    trainer = text_of(facts_with(role="trainer", out_of="", points="", lessons_count=0, version="", edition=""))

    assert WORDS.test_step in hidden
    assert "out of" not in hidden
    assert WORDS.trainer_title in trainer
    assert WORDS.conditions_step in trainer
    assert "out of" not in trainer
    assert WORDS.trained_step in trainer
    assert WORDS.international in trainer
    assert "version" not in trainer
    assert "lessons" not in trainer
    assert "0 minutes" not in text_of(facts_with(role="trainer", out_of="", lessons_count=0, minutes_total=0))


def test_own_title_stands_in_place_of_the_usual_one() -> None:
    """Print the programme's title as heading and as subject."""
    facts = facts_with(look=full_look(title="Certificate of the programme"))

    assert "Certificate of the programme" in text_of(facts)
    assert WORDS.title not in text_of(facts)


def test_fourth_signatory_is_not_printed() -> None:
    """Keep to what has room on the page."""
    four = full_look().signatories * 2
    text = text_of(facts_with(look=full_look(signatories=(*four[:3], replace(four[0], name="Nobody Else")))))

    assert text.count("Mariam Koné") == 2
    assert "Nobody Else" not in text


def test_seal_says_what_it_shows() -> None:
    """Describe the picture for who can't see it."""
    reader = read_pdf(render_certificate(full_facts("en")))

    assert "Two circles" in alternative_texts(reader.root_object["/StructTreeRoot"])
