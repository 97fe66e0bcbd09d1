"""Write what is known from before this site. The site itself does so; what is there already stays as it is."""

from django.db import transaction

from accounts.actions import record_audit
from accounts.models import Cohort, Country
from certificates.models import CohortPlan, Programme, ProgrammeCountry
from certificates.programmes.seeding import SeedCohort, SeedProgramme, seed_cohorts, seed_programmes


@transaction.atomic
def load_seeds() -> tuple[int, int]:
    """Add the programmes and cohorts that are missing; return how many of each. A second run adds none.

    What somebody changed here since stays changed: the files say how it begins, not how it must be.
    """
    here = set(Programme.objects.values_list("code", flat=True))
    programmes = [_add_programme(seed) for seed in seed_programmes() if seed.code not in here]
    known = set(Cohort.objects.values_list("uuid", flat=True))
    cohorts = [_add_cohort(seed) for seed in seed_cohorts() if seed.uuid not in known]
    return len(programmes), len(cohorts)


def _add_programme(seed: SeedProgramme) -> Programme:
    programme = Programme(uuid=seed.uuid, **seed.facts())
    programme.full_clean()
    programme.save(force_insert=True)
    ProgrammeCountry.objects.bulk_create(
        [
            ProgrammeCountry(programme=programme, country=_country(code), is_planned="p" in told, is_actual="a" in told)
            for code, told in seed.countries.items()
        ]
    )
    record_audit(by=None, act="programme.created", target=programme)
    return programme


def _add_cohort(seed: SeedCohort) -> Cohort:
    starts_on, ends_on = seed.days()
    cohort = Cohort(
        uuid=seed.uuid,
        name=seed.name["en"],
        country=_country(seed.country),
        starts_on=starts_on,
        ends_on=ends_on,
        time_zone=seed.time_zone,
    )
    cohort.full_clean(exclude=["country", "agency"])
    cohort.save(force_insert=True)
    CohortPlan.objects.create(
        cohort=cohort,
        programme=Programme.objects.get(code=seed.programme) if seed.programme else None,
        kind=seed.kind,
        stage=CohortPlan.Stage.CLOSED,
        host=seed.host,
        objective_codes=seed.objectives,
        history=seed.history(),
    )
    record_audit(by=None, act="cohort.created", target=cohort, country=cohort.country)
    return cohort


def _country(code: str) -> Country:
    return Country.objects.get_or_create(code=code)[0]
