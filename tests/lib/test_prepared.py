"""A prepared query gives what the ORM gives."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Person
from elearning.lib.prepared import PreparedQuery
from tests.factories.accounts import AgencyFactory, PersonFactory

pytestmark = pytest.mark.django_db

by_number = PreparedQuery(
    lambda number, moment: (
        Person.objects.select_related("country", "agency__country")
        .filter(service_number=number)
        .filter(created_at__lt=moment)
    )
)


def test_row_and_relations_are_what_the_orm_makes(django_assert_num_queries):
    """Same columns, same types, relations loaded: one query."""
    agency = AgencyFactory()
    person: Any = PersonFactory(agency=agency, country=agency.country, service_number="77")
    by_number.first("none", timezone.now())
    with django_assert_num_queries(1):
        found = by_number.first("77", timezone.now())
        assert found.agency.country == found.country
    wanted = Person.objects.get(pk=person.pk)
    assert {field.attname: getattr(found, field.attname) for field in Person._meta.concrete_fields} == {
        field.attname: getattr(wanted, field.attname) for field in Person._meta.concrete_fields
    }


def test_absent_relation_is_none():
    """An outer join without a row is no row."""
    PersonFactory(agency=None, service_number="")
    assert by_number.first("", timezone.now()).agency is None


def test_values_in_another_order_than_the_sql_takes_them_are_refused():
    """Django sorts the conditions of one filter() by name: a swap would find nothing, silently."""
    swapped = PreparedQuery(lambda number, moment: Person.objects.filter(service_number=number, created_at__lt=moment))
    with pytest.raises(TypeError, match="order"):
        swapped.first("77", timezone.now())
