"""What the addresses of credentials name: a status list, which holds the place of the peer's award."""

from typing import Any

from certificates.credentials.status import status_index
from certificates.models import Award


def add_credentials(arguments: dict[str, Any]) -> None:
    """Add the number of a list, once somebody has an award."""
    number, _place = status_index(Award.objects.get(serial=arguments["serial"]))
    arguments["status_list"] = number
