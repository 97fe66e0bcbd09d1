"""A picture of a seal comes from a stranger: it is read with limits and written anew."""

import io

import pytest
from PIL import Image, PngImagePlugin

from certificates.errors import SealRefusedError
from certificates.pdf.seal import MAX_BYTES, read_seal
from tests.factories.certificate_pdf import seal_picture


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_picture_becomes_a_square_png_on_white(form):
    wide = Image.new("RGB", (900, 300), "teal")
    written = io.BytesIO()
    wide.save(written, form)
    seal = opened(read_seal(written.getvalue()))
    assert (seal.format, seal.mode, seal.size) == ("PNG", "RGB", (433, 433))
    assert seal.getpixel((200, 5)) == (255, 255, 255)
    assert seal.getpixel((200, 216)) != (255, 255, 255)


def test_clear_parts_are_white():
    assert opened(read_seal(seal_picture())).getpixel((120, 120)) == (255, 255, 255)


def test_what_a_file_says_beside_its_picture_is_gone():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "somebody's name")
    written = io.BytesIO()
    Image.new("RGB", (200, 200)).save(written, "PNG", pnginfo=words)
    seal = read_seal(written.getvalue() + b"<script>")
    assert b"somebody" not in seal
    assert b"<script>" not in seal
    assert opened(seal).info == {}


def test_same_picture_gives_the_same_bytes():
    assert read_seal(seal_picture()) == read_seal(seal_picture())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "unreadable"),
        (b"not a picture", "unreadable"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "unreadable"),
        (seal_picture(form="GIF", mode="P"), "unreadable"),
        (seal_picture()[:200], "unreadable"),
        (seal_picture(side=100), "too_small"),
        (seal_picture(side=5001, mode="1"), "too_large"),
        (b"\x89PNG" + b"0" * MAX_BYTES, "size"),
    ],
)
def test_what_is_no_usable_picture_is_refused_with_a_reason(content, why):
    with pytest.raises(SealRefusedError, match=why) as raised:
        read_seal(content)
    assert str(raised.value.text)


def test_picture_that_claims_to_be_huge_is_not_unpacked():
    """A header may claim any size: 60,000 by 60,000 would take 14 GB."""
    small = bytearray(seal_picture())
    small[16:24] = (60_000).to_bytes(4) * 2
    with pytest.raises(SealRefusedError):
        read_seal(bytes(small))
