"""manage.py verify_award: one object, one exit code, the same words as the page."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from certificates.credentials.issuing import credential_json
from certificates.printing import print_award
from certificates.verification.link import verify_link
from tests.certificates.verification import material
from tests.factories.certificates import award, publish_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    publish_course()
    return award()


def run(*arguments: str) -> tuple[int, str]:
    """Return the exit code and what was printed."""
    out = io.StringIO()
    try:
        call_command("verify_award", *arguments, stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def contents(row) -> dict[str, bytes]:
    return {"link.txt": verify_link(row).encode(), "x.json": credential_json(row), "x.pdf": print_award(row)}


def test_each_form_of_a_genuine_certificate_is_valid(row, tmp_path, settings):
    for name, content in contents(row).items():
        (tmp_path / name).write_bytes(content)
        code, printed = run(str(tmp_path / name), "--json")
        said = json.loads(printed)
        assert (code, said["valid"], said["reason"]) == (0, True, "valid"), name
        assert (said["issuer"], said["number"]) == (settings.ISSUER_NAME, row.serial)


def test_an_edited_one_is_not_and_ends_with_1(row, tmp_path):
    for name, content in contents(row).items():
        (tmp_path / name).write_bytes(content[:-30] + content[-30:].swapcase()[::-1])
        code, printed = run(str(tmp_path / name), "--json")
        assert (code, json.loads(printed)["valid"]) == (1, False), name


def test_in_words_it_says_what_the_page_says(row, tmp_path):
    (tmp_path / "x").write_bytes(verify_link(row).encode())
    code, printed = run(str(tmp_path / "x"))
    assert code == 0
    assert "Signature: genuine" in printed
    assert row.serial in printed


def test_it_reads_the_standard_input(row, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(verify_link(row).encode())))
    assert run("-", "--json")[0] == 0


def test_another_sites_certificate_is_checked_with_its_root_and_its_list(tmp_path):
    (tmp_path / "x").write_bytes(material.link())
    (tmp_path / "status.json").write_text(json.dumps(material.status()))
    theirs = ("--root", material.TRUST.root_spki, "--issuer", material.NAME, "--status", str(tmp_path / "status.json"))
    said = json.loads(run(str(tmp_path / "x"), "--json", *theirs)[1])
    assert (said["signature"], said["issuer_trusted"]) == ("genuine", "trusted")
    # Here it bears our name without our root's word.
    assert json.loads(run(str(tmp_path / "x"), "--json")[1])["reason"] == "forged"


@pytest.mark.parametrize(
    "arguments", [("no-such-file",), ("-", "--root", "nonsense"), ("-", "--status", "no-such-file")]
)
def test_what_can_not_be_done_ends_with_2(arguments, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"hello")))
    with pytest.raises(CommandError) as raised:
        call_command("verify_award", *arguments)
    assert raised.value.returncode == 2
