"""The code that a phone's camera reads: the verification link, as dense as cheap cameras still read. Pure."""

import re
from collections.abc import Iterable
from typing import Any

import segno
from segno import consts

from certificates.errors import CertificateRenderError

QUIET_ZONE_MODULES = 4  # ISO/IEC 18004
# With the quiet zone: on the 48 mm that the template gives it, 0.42 mm a module.
MAX_MODULES = 113
# ISO/IEC 18004, table 5: these take five and a half bits a character, any other takes eight.
_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]+")


def qr_svg(url: str) -> str:
    """Return the QR code of the URL as one SVG path: one filled shape has no hairlines between its modules."""
    rows = [bytes(row) for row in _code(url).matrix_iter(border=QUIET_ZONE_MODULES)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}">'
        f'<path fill="#0b3b46" d="{"".join(_runs(rows))}"/></svg>'
    )


def _code(url: str) -> Any:
    if not url.startswith(("https://", "http://")):
        raise CertificateRenderError(
            code="certificates.pdf.qr", message=f"verify_url is {url!r}; it must be an http(s) address"
        )
    # Level M survives a fold or a stamp; a link too long for it is printed at L, which a clean sheet reads as well.
    for level in ("m", "l"):
        try:
            code = segno.make_qr(_segments(url), error=level)
        except (segno.DataOverflowError, ValueError) as error:
            message = f"verify_url is {len(url)} characters: {error}"
            raise CertificateRenderError(code="certificates.pdf.qr", message=message) from error
        side = int(code.symbol_size(border=QUIET_ZONE_MODULES)[0])
        if side <= MAX_MODULES:
            return code
    message = f"verify_url needs {side} modules a side; at most {MAX_MODULES} print large enough to be read"
    raise CertificateRenderError(code="certificates.pdf.qr_too_dense", message=message)


def _segments(url: str) -> Any:
    """Return the address in two segments where its fragment takes the smaller letters of a QR code."""
    address, hash_sign, fragment = url.partition("#")
    if fragment and _ALPHANUMERIC.fullmatch(fragment):
        return [(address + hash_sign, consts.MODE_BYTE), (fragment, consts.MODE_ALPHANUMERIC)]
    return url


def _runs(rows: Iterable[bytes]) -> Iterable[str]:
    """Yield each row's dark stretches as closed rectangles."""
    for y, row in enumerate(rows):
        for dark in re.finditer(b"\x01+", row):
            width = dark.end() - dark.start()
            yield f"M{dark.start()} {y}h{width}v1h-{width}z"
