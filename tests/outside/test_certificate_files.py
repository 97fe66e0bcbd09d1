"""What others' programs say of a signed certificate: veraPDF, poppler's pdfsig and pdftotext, zbarimg."""

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from certificates.keys import issuer_keys
from certificates.pdf import LANGUAGES, render_certificate, render_preview
from certificates.printing import print_award
from certificates.verification.link import verify_link
from tests.factories.accounts import PersonFactory
from tests.factories.certificate_pdf import FACTS, MOMENT, NAMES, full_facts, signed, signer
from tests.factories.certificates import award, publish_course
from tests.outside.verapdf import judge

TEMPLATES = ("dark", "white")
FLAVOURS = ("3a", "ua1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Every template in every language, drafts too, each with everything a page may hold; signed."""
    made = tmp_path_factory.mktemp("certificates")
    for language in LANGUAGES:
        for template in TEMPLATES:
            (made / f"{language}-{template}.pdf").write_bytes(signed(full_facts(language, template)))
        bare = replace(FACTS, language=language, role="trainer", out_of="", points="")
        (made / f"{language}-bare.pdf").write_bytes(signed(bare))
    return made


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_every_template_in_every_language_is_archivable_and_accessible(folder, flavour):
    files = sorted(folder.glob("*.pdf"))
    verdicts = judge(flavour, files)
    assert len(verdicts) == len(files) == len(LANGUAGES) * (len(TEMPLATES) + 1)
    assert {name: verdict for name, verdict in verdicts.items() if verdict.word != "PASS"} == {}


def test_judge_refuses_what_is_not_archivable(tmp_path):
    """Were it to pass everything, the test above would say nothing. Typst ends its files without a newline."""
    as_typst_ends_it = render_certificate(FACTS).removesuffix(b"\n")
    (tmp_path / "short.pdf").write_bytes(signer().sign(as_typst_ends_it, MOMENT))
    verdict = judge("3a", [tmp_path / "short.pdf"])["short.pdf"]
    assert (verdict.word, verdict.clauses) == ("FAIL", "[6.1.9-1]")


@pytest.mark.django_db
def test_certificate_of_an_award_is_archivable_with_its_real_credential_and_code(tmp_path):
    publish_course()
    row = award(PersonFactory.create(full_name="Yuliia Kovalchuk", full_name_other="Юлія Ковальчук"))
    (tmp_path / "award.pdf").write_bytes(print_award(row))
    for flavour in FLAVOURS:
        assert judge(flavour, [tmp_path / "award.pdf"])["award.pdf"].word == "PASS"
    page = tmp_path / "page"
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", tmp_path / "award.pdf", page], check=True)
    assert read_code(page.with_suffix(".png")) == verify_link(row)


def test_pdfsig_accepts_the_signature_and_refuses_a_flipped_byte(folder, tmp_path):
    genuine = folder / "fr-dark.pdf"
    said = pdfsig(genuine, tmp_path)
    assert "Signature is Valid." in said
    assert "Certificate is Trusted." in said
    assert "Total document signed" in said
    content = genuine.read_bytes()
    at = len(render_certificate(full_facts("fr"))) // 2
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    assert "Signature is Valid." not in pdfsig(changed, tmp_path)


@pytest.mark.parametrize("language", NAMES)
def test_names_in_every_script_come_out_whole(folder, language):
    """Poppler gives right-to-left words in reading order: what somebody copies or hears is the name."""
    said = subprocess.run(
        ["pdftotext", "-layout", folder / f"{language}-dark.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout
    words = {word.strip("\u200e\u200f\u202a\u202b\u202c") for word in said.split()}
    for name in NAMES[language]:
        assert set(name.split()) <= words


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("letters", [40, 460, 900])
def test_zbar_reads_the_code_at_150_dots_an_inch(tmp_path, template, letters):
    link = "https://relais.example/en/verify/#" + "A1:B2$C3/"[: letters % 9] + "A1:B2$C3/" * (letters // 9)
    facts = replace(full_facts("fr", template), verify_url=link)
    Image.open(io.BytesIO(render_preview(facts, ppi=150))).convert("L").save(tmp_path / "page.png")
    assert read_code(tmp_path / "page.png") == link


def read_code(picture: Path) -> str:
    said = subprocess.run(["zbarimg", "--quiet", "--raw", picture], check=False, capture_output=True, text=True)
    return said.stdout.strip()


def pdfsig(file: Path, scratch: Path) -> str:
    """Return what pdfsig says, trusting our root and nobody else."""
    trust = scratch / "trust"
    if not trust.exists():
        trust.mkdir()
        root = scratch / "root.der"
        root.write_bytes(issuer_keys().x509_chain_der[1])
        for command in (["-N", "--empty-password"], ["-A", "-n", "root", "-t", "CT,CT,CT", "-i", root]):
            subprocess.run(["certutil", "-d", f"sql:{trust}", *command], check=True)
    said = subprocess.run(["pdfsig", "-nssdir", f"sql:{trust}", file], check=False, capture_output=True, text=True)
    return said.stdout
