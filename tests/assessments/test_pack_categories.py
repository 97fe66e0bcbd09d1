"""Where the questions of a pack lie: the same drawers on every node, and people's own order is left alone."""

import pytest

from assessments.models import QuestionCategory
from assessments.packs.drawers import Drawers
from tests.factories.accounts import CountryFactory

pytestmark = pytest.mark.django_db


def test_path_of_a_pack_becomes_drawers_once_with_the_same_ids_everywhere():
    first = Drawers("fr").drawer(["Frontière", "Trains"])
    ids = set(QuestionCategory.objects.values_list("uuid", flat=True))
    assert Drawers("fr").drawer(["Frontière", "Trains"]) == first
    assert Drawers("fr").path(first) == ("Frontière", "Trains")
    assert len(ids) == 2
    QuestionCategory.objects.filter(parent__isnull=False).delete()
    QuestionCategory.objects.all().delete()
    Drawers("fr").drawer(["Frontière", "Trains"])
    assert set(QuestionCategory.objects.values_list("uuid", flat=True)) == ids


def test_drawer_that_people_made_under_that_name_is_used():
    row = QuestionCategory.objects.create(name={"en": "Border", "fr": "Frontière"})
    assert Drawers("fr").drawer(["Frontière"]) == Drawers("en").drawer(["Border"]) == row.pk


def test_drawer_of_a_country_is_no_pack_s():
    row = QuestionCategory.objects.create(name={"en": "Border"}, country=CountryFactory.create(code="ML"))
    assert Drawers().path(row.pk) == ()
    assert Drawers().drawer(["Border"]) != row.pk
