"""The file of a certificate is named in its holder's script, whatever the name holds."""

from email.message import Message
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.file_names import attachment_header, certificate_file_name, own_script

SERIAL = "RLS-UA-2026-JKZ3-TDR6"


@pytest.mark.parametrize("name", ["Юлія Ґалаґан", "محمد الأمين", "Aïssata Traoré", "Ελένη Παππά"])
def test_name_keeps_its_script_and_arrives_in_a_browser(name):
    wanted = certificate_file_name(name, SERIAL)
    assert wanted == f"{name} {SERIAL}.pdf"
    header = attachment_header(wanted, f"{SERIAL}.pdf")
    assert header.isascii()
    read = Message()
    read["Content-Disposition"] = header
    assert read.get_filename() in {wanted, f"{SERIAL}.pdf"}
    assert unquote(header.partition("filename*=UTF-8''")[2]) == wanted
    assert f'filename="{SERIAL}.pdf"' in header


@pytest.mark.parametrize(
    ("names", "own"),
    [
        (("Yuliia", "Юлія"), "Юлія"),
        (("Юлія", "Yuliia"), "Юлія"),
        (("Aïssata", "عائشة"), "عائشة"),
        (("Aïssata", ""), "Aïssata"),
        (("Aïssata", "Aissata"), "Aïssata"),
    ],
)
def test_of_two_names_the_one_of_its_own_script_is_taken(names, own):
    assert own_script(*names) == own


@given(st.text(max_size=300))
def test_no_name_leaves_the_folder_or_breaks_the_header(name):
    made = certificate_file_name(name, SERIAL)
    assert made.endswith(f"{SERIAL}.pdf")
    assert not set(made) & set('\\/:*?"<>|%\r\n\0')
    assert not made.startswith(".")
    assert len(made.encode(errors="surrogatepass")) <= 255
    header = attachment_header(made.encode(errors="ignore").decode(), f"{SERIAL}.pdf")
    assert header.isascii()
    assert header.count('"') == 2
