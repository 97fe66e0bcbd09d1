"""Find people by a part of their name or the beginning of their service number, within rows narrowed before."""

from django.db.models import Q, QuerySet

from accounts.backends import normal_identifier
from accounts.models import Person


def search_people(rows: QuerySet[Person], asked: str) -> QuerySet[Person]:
    """Return the rows that match, all of them where nothing is asked."""
    if not asked:
        return rows
    return rows.filter(
        Q(full_name__icontains=asked)
        | Q(full_name_other__icontains=asked)
        | Q(service_number__startswith=normal_identifier(asked))
    )
