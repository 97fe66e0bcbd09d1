"""What addresses about joining and merging name: a list in preview, a merge, an invitation code."""

from typing import Any

from accounts.actions import preview_import
from accounts.models import Cohort, InvitationCode, Login
from certificates.actions import merge_people
from tests.factories.accounts import PersonFactory


def add_people(arguments: dict[str, Any], by: Login) -> None:
    """Add them to the class of the world; `by` coordinates everywhere."""
    cohort = Cohort.objects.get(uuid=arguments["cohort"])
    one, other = PersonFactory.create_batch(2, country=cohort.country)
    arguments["merging"] = merge_people(by=by, kept=one, absorbed=other).uuid
    arguments["import"] = preview_import(by=by, cohort=cohort, file_name="a.csv", content=b"Name\nAwa").uuid
    arguments["invitation"] = InvitationCode.objects.filter(cohort=cohort)[0].code
