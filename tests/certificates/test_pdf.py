"""Check that a printed certificate says what it should, to people, machines and archives."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pypdf
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from certificates import pdf
from certificates.errors import CertificateError, CertificateRenderError, UnprintableTextError
from certificates.pdf import CertificateFacts, CertificateLabels, clean_text, render_certificate, render_preview

A4_LANDSCAPE_PT = (841.89, 595.276)
LABELS = CertificateLabels(
    document_title="Certificate %(serial)s, %(holder_name)s",
    title="Certificate of completion",
    completed="has followed and passed the course",
    course_step="Course completed",
    lessons="%(count)s lessons",
    minutes="%(count)s minutes",
    test_step="Final test",
    score="%(points)s out of %(out_of)s, pass mark %(pass_mark_percent)s%%",
    issued_step="Certificate issued",
    serial="Number",
    valid_until="Valid until",
    no_expiry="No expiry date",
    edition="Edition",
    edition_version="%(edition)s, version %(version)s",
    cohort="Cohort",
    verify_caption="Verifiable without a network, with a phone.",
    qr_alt="QR code to the verification page",
    footnote="Demonstration document: no official title.",
)
FACTS = CertificateFacts(
    language="en",
    issuer_name="Relais",
    issuer_note="Training centre, fictitious issuer",
    holder_name="Aïssata Traoré",
    holder_name_other="",
    course_title="First response kit",
    course_subtitle="facing trafficking in persons",
    lessons_count=7,
    minutes_total=52,
    points=8,
    out_of=10,
    pass_mark_percent=70,
    issued_on=date(2026, 11, 22),
    valid_until=date(2028, 11, 21),
    serial="RLS-NE-2026-004187",
    edition="Niger",
    version="2026.3",
    cohort_name="",
    verify_url="https://relais.example/v/RLS-NE-2026-004187#" + "A1b2C3d4" * 20,
)
LONG_NAME = "Marie-Antoinette Razafindrakotomalala Rakotondrabe de Olivier"


def facts_with(**changes: Any) -> CertificateFacts:
    """Return the facts with some of them changed."""
    return replace(FACTS, **changes)


def read(pdf_bytes: bytes) -> Any:
    """Open the file as any reader would."""
    return pypdf.PdfReader(io.BytesIO(pdf_bytes))


def text_of(facts: CertificateFacts, labels: CertificateLabels = LABELS) -> str:
    """Return the page's text on one line, ordinary spaces between words."""
    return " ".join(read(render_certificate(facts, labels)).pages[0].extract_text().split())


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
    assert render_certificate(facts_with(holder_name_other="\u0628\u08a9\u0628"), LABELS)


def test_document_says_what_it_is() -> None:
    """Set the title, author, language, subject and keywords that archives index."""
    reader = read(render_certificate(FACTS, LABELS))

    assert reader.metadata is not None
    assert reader.metadata.title == "Certificate RLS-NE-2026-004187, Aïssata Traoré"
    assert reader.metadata.author == "Relais"
    assert "RLS-NE-2026-004187" in reader.metadata["/Keywords"]
    assert reader.root_object["/Lang"] == "en"
    assert reader.root_object["/MarkInfo"]["/Marked"] is not None


def test_file_claims_both_standards() -> None:
    """Declare PDF/A-3a and PDF/UA-1 in the XMP packet; veraPDF judges them in CI."""
    xmp = read(render_certificate(FACTS, LABELS)).root_object["/Metadata"].get_object().get_data().decode()

    assert "<pdfaid:part>3<" in xmp
    assert "<pdfaid:conformance>A<" in xmp
    assert "<pdfuaid:part>1<" in xmp


def test_file_is_one_a4_page_with_its_own_fonts() -> None:
    """Embed every font, keep to one A4 page, end with a newline."""
    made = render_certificate(facts_with(holder_name_other="عائشة تراوري"), LABELS)
    pages = read(made).pages
    fonts = pages[0]["/Resources"]["/Font"].values()
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]

    assert len(pages) == 1
    assert (float(pages[0].mediabox.width), float(pages[0].mediabox.height)) == pytest.approx(A4_LANDSCAPE_PT, abs=0.1)
    assert {"Amiri", "JetBrainsMono", "NotoSans"} == {d["/FontName"].split("+")[1].split("-")[0] for d in descriptors}
    assert all("/FontFile2" in d or "/FontFile3" in d for d in descriptors)
    assert made.endswith(b"%%EOF\n")


def test_same_facts_make_the_same_bytes() -> None:
    """Give the same file again, by a new compiler too, and another one for another name."""
    first = render_certificate(FACTS, LABELS)
    pdf._compiler.cache_clear()

    assert render_certificate(FACTS, LABELS) == first
    assert render_certificate(facts_with(holder_name="Moussa Issoufou"), LABELS) != first


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
        render_certificate(facts_with(**{field: text}), LABELS)

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
    assert clean_text(given_text) == kept


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"holder_name": " \u202e\u200d "}, "certificates.pdf.empty_text"),
        ({"serial": ""}, "certificates.pdf.empty_text"),
        ({"holder_name": "x" * 200}, "certificates.pdf.text_too_long"),
        ({"course_title": "word " * 300}, "certificates.pdf.text_too_long"),
        ({"verify_url": ""}, "certificates.pdf.qr"),
        ({"verify_url": "https://relais.example/" + "x" * 700}, "certificates.pdf.qr_too_dense"),
        ({"verify_url": "https://relais.example/" + "x" * 5000}, "certificates.pdf.qr"),
    ],
)
def test_facts_that_cannot_be_printed_are_refused(changes: dict[str, str], code: str) -> None:
    """Raise a typed error with a stable code rather than print something doubtful."""
    with pytest.raises(CertificateRenderError) as raised:
        render_certificate(facts_with(**changes), LABELS)

    assert raised.value.code == code


@pytest.mark.parametrize("score", ["%(unknown)s", "%(points)d of %", "%s"])
def test_translators_slip_in_a_placeholder_is_named(score: str) -> None:
    """Say which label is wrong and which names it may use."""
    with pytest.raises(CertificateRenderError, match=r"label_placeholder: label score .* out_of"):
        render_certificate(FACTS, replace(LABELS, score=score + "%(points)s%"))


def test_missing_font_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to start with a font that can't be read: typst would print an empty page and say nothing."""
    monkeypatch.setattr(pdf, "FONT_PACKAGES", ("fontpkg_noto_sans",))

    with pytest.raises(CertificateRenderError) as raised:
        pdf._fonts.__wrapped__()

    assert raised.value.code == "certificates.pdf.font_missing"


def test_warning_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn the compiler's warnings into an error: here, a family that is not there."""
    monkeypatch.setattr(pdf, "ARABIC_FAMILIES", ("Amiri", "No Such Family"))
    monkeypatch.setattr(pdf, "_typeset", lambda _, text: {"text": text, "rtl": False, "arabic": "No Such Family"})

    with pytest.raises(CertificateRenderError, match="unknown font family") as raised:
        render_certificate(FACTS, LABELS)

    assert raised.value.code == "certificates.pdf.warning"


def test_printing_after_a_fork_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Raise where the compiler of a parent process would hang."""
    render_certificate(FACTS, LABELS)
    monkeypatch.setattr("os.getpid", lambda: -1)

    with pytest.raises(CertificateRenderError) as raised:
        render_certificate(FACTS, LABELS)

    assert raised.value.code == "certificates.pdf.forked"


def test_empty_facts_leave_their_places_out() -> None:
    """Print no cohort label without a cohort, and words in place of a missing end."""
    bare = text_of(facts_with(valid_until=None))
    full = text_of(facts_with(cohort_name="Niamey, 2026", hours_text="counts as 1 hour of training"))

    assert "Cohort" not in bare
    assert "No expiry date" in bare
    assert "Cohort Niamey, 2026" in full
    assert "counts as 1 hour of training" in full


def test_french_dates_are_french() -> None:
    """Write the first of a month as an ordinal."""
    text = text_of(facts_with(language="fr", issued_on=date(2026, 12, 1), valid_until=date(2028, 11, 11)))

    assert "1er décembre 2026" in text
    assert "11 novembre 2028" in text


@pytest.mark.parametrize("url", ["https://relais.example/v/1", FACTS.verify_url, "https://relais.example/" + "x" * 550])
def test_qr_code_on_the_page_reads_as_the_url(url: str) -> None:
    """Decode the code from a picture of the whole page."""
    page = Image.open(io.BytesIO(render_preview(facts_with(verify_url=url), LABELS, ppi=150)))

    assert [code.text for code in zxingcpp.read_barcodes(page)] == [url]


def test_qr_code_is_a_link_with_a_description() -> None:
    """Let a reader on a screen follow it, and one who can't see it know what it is."""
    made = render_certificate(FACTS, LABELS)
    links = [note.get_object() for note in read(made).pages[0]["/Annots"]]

    assert [link["/A"]["/URI"] for link in links] == [FACTS.verify_url]
    assert "QR code to the verification page" in alternative_texts(read(made).root_object["/StructTreeRoot"])


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
        made = render_certificate(facts_with(holder_name=name, holder_name_other=other), LABELS)
    except CertificateError as error:
        assert error.code in {  # noqa: PT017
            "certificates.pdf.unprintable",
            "certificates.pdf.empty_text",
            "certificates.pdf.text_too_long",
        }
    else:
        assert len(read(made).pages) == 1
