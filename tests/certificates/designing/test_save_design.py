"""Saving a design: by whom, what is kept, and what of it is printed."""

import io

import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from accounts.policy import ADMINISTRATOR, COORDINATOR, EDITOR, TRAINER
from certificates.actions import save_design
from certificates.designing.looks import look_of
from certificates.designing.values import Design, Officer
from certificates.errors import DesignUnprintableError
from certificates.models import CertificateDesign, CohortPlan
from certificates.printing import print_award
from tests.factories.accounts import CohortFactory, CountryFactory, PersonFactory, make_login
from tests.factories.certificate_pdf import seal_picture
from tests.factories.certificates import award, publish_course
from tests.factories.programmes import CohortPlanFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
DESIGN = Design(
    ground="white",
    title={"en": "Certificate of the programme"},
    funding={"en": "A made-up donor"},
    seal_png=seal_picture(),
    seal_alt="Two circles",
    officers=(Officer("Mariam Koné", "Director"),),
)


@pytest.fixture
def mali():
    return CountryFactory.create(code="ML")


@pytest.fixture
def programme(mali):
    return ProgrammeFactory.create(countries=("ML",))


def words_of(row) -> str:
    return " ".join(pypdf.PdfReader(io.BytesIO(print_award(row))).pages[0].extract_text().split())


def awarded(programme):
    publish_course()
    cohort = CohortFactory.create(name="Kayes 3")
    CohortPlanFactory.create(cohort=cohort, programme=programme, kind=CohortPlan.Kind.OFFICERS)
    return award(PersonFactory.create(full_name="Aïssata Traoré", country=cohort.country), cohort=cohort)


def test_design_is_saved_once_for_a_programme_audited_and_printed(programme):
    row = awarded(programme)
    login = make_login(EDITOR, everywhere=True)
    first = save_design(by=login, programme=programme, design=DESIGN)
    again = save_design(by=login, programme=programme, design=DESIGN)
    assert first.pk == again.pk
    assert [event.detail["is_new"] for event in AuditEvent.objects.filter(act="design.saved").order_by("pk")] == [
        True,
        False,
    ]
    said = words_of(row)
    assert all(words in said for words in ("Certificate of the programme", "A made-up donor", "Mariam Koné"))


def test_award_without_a_design_of_its_programme_takes_the_usual_one(programme):
    row = awarded(programme)
    assert look_of(row, "en").title == ""
    save_design(by=make_login(EDITOR, everywhere=True), programme=None, design=Design(title={"en": "The usual title"}))
    assert look_of(row, "en").title == "The usual title"
    save_design(by=make_login(EDITOR, everywhere=True), programme=programme, design=DESIGN)
    assert look_of(row, "en").title == "Certificate of the programme"


def test_hijri_days_follow_the_programme(programme):
    row = awarded(programme)
    assert not look_of(row, "en").shows_hijri
    programme.shows_hijri = True
    programme.save()
    assert look_of(row, "en").shows_hijri
    assert " AH" in words_of(row)


def test_look_costs_three_queries_at_most(programme, django_assert_max_num_queries):
    row = awarded(programme)
    save_design(by=make_login(EDITOR, everywhere=True), programme=programme, design=DESIGN)
    with django_assert_max_num_queries(3):
        look_of(row, "en")


@pytest.mark.parametrize(
    ("role", "code", "may"),
    [
        (EDITOR, None, True),
        (ADMINISTRATOR, None, True),
        (ADMINISTRATOR, "ML", True),
        (COORDINATOR, "ML", True),
        (ADMINISTRATOR, "UA", False),
        (COORDINATOR, "UA", False),
        (EDITOR, "ML", False),
        (TRAINER, "ML", False),
        ("", None, False),
    ],
)
def test_who_runs_all_countries_of_a_programme_designs_for_it(programme, role, code, may):
    country = CountryFactory.create(code=code) if code else None
    login = make_login(role or None, country, everywhere=code is None)
    if may:
        assert save_design(by=login, programme=programme, design=DESIGN)
    else:
        with pytest.raises(PermissionDenied):
            save_design(by=login, programme=programme, design=DESIGN)
        assert not CertificateDesign.objects.exists()


def test_programme_of_two_countries_is_not_one_countrys_to_design(mali):
    CountryFactory.create(code="NE")
    both = ProgrammeFactory.create(code="both", countries=("ML", "NE"))
    with pytest.raises(PermissionDenied):
        save_design(by=make_login(ADMINISTRATOR, mali), programme=both, design=DESIGN)


@pytest.mark.parametrize("role", [COORDINATOR, ADMINISTRATOR])
def test_usual_design_is_for_those_who_work_everywhere(mali, role):
    with pytest.raises(PermissionDenied):
        save_design(by=make_login(role, mali), programme=None, design=DESIGN)


@pytest.mark.parametrize("title", ["W" * 200, "\U00012345"])
def test_design_that_would_not_print_is_not_saved(programme, title):
    broken = Design(title={"fr": title}, footer={"fr": title})
    with pytest.raises(DesignUnprintableError):
        save_design(by=make_login(EDITOR, everywhere=True), programme=programme, design=broken)
    assert not CertificateDesign.objects.exists()
    assert not AuditEvent.objects.filter(act="design.saved").exists()


def test_database_keeps_one_usual_design():
    CertificateDesign.objects.create(programme=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateDesign.objects.create(programme=None)
