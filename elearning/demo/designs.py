"""How the demo's certificates look: a usual design, and one for each made-up programme. The signatories, too."""

import datetime as dt
import io

from PIL import Image, ImageDraw

from accounts.models import Login
from certificates.actions import save_design
from certificates.designing.values import Design, Officer
from certificates.models import Programme
from certificates.pdf.seal import read_seal
from elearning.demo.clock import clock_at
from elearning.demo.people import demo_uuid

_AT = dt.datetime(2026, 9, 21, 9, 0, tzinfo=dt.UTC)
_DIRECTOR = Officer("Amina Diarra (démo)", "Directrice du centre Relais")
_FICTION = {
    "en": "Made up for the demonstration: no authority stands behind this certificate.",
    "fr": "Inventé pour la démonstration : aucune autorité ne répond de ce certificat.",
}
_SIDE_PX = 400


def load_designs() -> None:
    """Save the designs as the editor would."""
    editor = Login.objects.get(person__uuid=demo_uuid("person", "editor"))
    seal = read_seal(_seal())
    sahel = Design(
        subtitle={"en": "for border posts of the Sahel", "fr": "pour les postes frontières du Sahel"},
        funding={"en": "Fund for Safe Borders (made up)", "fr": "Fonds des frontières sûres (inventé)"},
        footer=_FICTION,
        seal_png=seal,
        seal_alt="Deux points reliés par une ligne, dans un cercle",
        officers=(_DIRECTOR, Officer("Seydou Koné (démo)", "Coordination nationale")),
    )
    stations = Design(ground="white", footer=_FICTION, officers=(Officer("Olena Bondar (demo)", "Programme office"),))
    with clock_at(_AT):
        save_design(by=editor, programme=None, design=Design(officers=(_DIRECTOR,)))
        for code, design in (("demo-sahel", sahel), ("demo-stations", stations)):
            save_design(by=editor, programme=Programme.objects.get(code=code), design=design)


def _seal() -> bytes:
    """Draw the seal of an office that does not exist: the site's own mark in two circles."""
    picture = Image.new("RGB", (_SIDE_PX, _SIDE_PX), "white")
    pen = ImageDraw.Draw(picture)
    for margin, width in ((8, 12), (40, 4)):
        pen.ellipse((margin, margin, _SIDE_PX - margin, _SIDE_PX - margin), outline="#0b5563", width=width)
    pen.line((130, 240, 190, 240, 215, 160, 270, 160), fill="#0b5563", width=14, joint="curve")
    pen.ellipse((104, 218, 148, 262), fill="#0b5563")
    pen.ellipse((252, 138, 296, 182), fill="#ffb92e", outline="#0b5563", width=8)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
