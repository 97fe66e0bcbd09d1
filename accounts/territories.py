"""Names of countries from CLDR, with the forms the United Nations uses where they differ."""

from functools import cache

from babel import Locale

# United Nations usage where CLDR's short name differs; the other languages follow CLDR.
_UN_NAMES = {
    ("en", "TR"): "Türkiye",
    ("fr", "TR"): "Türkiye",
    ("fr", "BY"): "Bélarus",
    ("en", "CI"): "Côte d’Ivoire",
    ("en", "CV"): "Cabo Verde",
    ("fr", "CV"): "Cabo Verde",
}


@cache
def territory_name(code: str, language: str) -> str:
    """Return the name of an ISO 3166-1 code in a language; the code itself where CLDR has none.

    >>> territory_name("ML", "fr")
    'Mali'
    """
    short = language.split("-", maxsplit=1)[0]
    known = _UN_NAMES.get((short, code))
    return known or Locale.parse(short).territories.get(code, code)
