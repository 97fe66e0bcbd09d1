"""What addresses of figures name: a country, and tables in a form."""

from typing import Any


def add_figures(arguments: dict[str, Any]) -> None:
    """Add the arguments; the tables are there for every desk, the country is the world's."""
    arguments |= {
        "country_code": "ML",
        "table_name": "countries",
        "curve": "funnel",
        "public_name": "country",
        "form": "csv",
    }
