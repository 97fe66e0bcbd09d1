"""The list of agencies to choose from, cheap with hundreds of them."""

import uuid
from itertools import groupby

from django.utils.translation import get_language

from accounts.models import Agency
from accounts.territories import territory_name

AgencyGroup = tuple[str, list[tuple[uuid.UUID, str]]]


def agency_groups() -> list[AgencyGroup]:
    """Return (country, [(uuid, name), …]) in the order of the reader's language. One query, no model rows."""
    language = get_language() or "en"
    rows = Agency.objects.order_by("country__code", "name").values_list("country__code", "uuid", "name")
    groups = [
        (territory_name(code, language), [(agency_uuid, name) for _code, agency_uuid, name in group])
        for code, group in groupby(rows, key=lambda row: row[0])
    ]
    return sorted(groups, key=lambda group: group[0])
