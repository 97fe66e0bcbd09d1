"""Pages of trainers: what stands on them, for whom, and at what cost."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent, Person
from certificates.cascade.counting import count_cascade
from certificates.models import Evidence, Programme, TrainerLine, TrainerProfile
from tests.certificates.cascade.test_counting import NOW, cascade
from tests.factories.accounts import CountryFactory, PersonFactory, sign_in
from tests.factories.programmes import learner
from tests.factories.trainers import cohort_led_by, coordinator_of, programme_in

pytestmark = pytest.mark.django_db


def signed_in(client: Client, code: str = "ML") -> Client:
    return sign_in(client, coordinator_of(CountryFactory.create(code=code)))


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"certificates:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def counted() -> tuple[Programme, Person, Person]:
    programme, master, trainer, _training = cascade()
    count_cascade(programme, NOW)
    return programme, master, trainer


def test_list_names_trainers_with_their_state(client: Client) -> None:
    _programme, master, trainer = counted()
    shown = page(signed_in(client), "trainer-list")
    assert trainer.full_name in shown
    assert "Certified" in shown
    only = page(client, "trainer-list", state="certified")
    assert f"trainers/{trainer.uuid}/" in only
    assert f"trainers/{master.uuid}/" not in only


def test_another_country_is_nowhere(client: Client) -> None:
    programme, _master, trainer = counted()
    signed_in(client, "UA")
    assert trainer.full_name not in page(client, "trainer-list", programme="none")
    for name in ("trainer-list", "trainer-tree", "trainer-export"):
        answer = client.get(reverse(f"certificates:{name}"), {"programme": str(programme.uuid)})
        assert answer.status_code == 404
    assert client.get(reverse("certificates:trainer", args=[trainer.uuid])).status_code == 404
    evidence = Evidence.objects.filter(person=trainer)[0]
    assert client.post(reverse("certificates:evidence-retract", args=[evidence.pk])).status_code == 404


def test_a_branch_abroad_is_summed_for_none_who_may_not_see_it(client: Client) -> None:
    programme = programme_in("ML", "NE")
    master = PersonFactory.create()
    niger = CountryFactory.create(code="NE")
    training = cohort_led_by(master, programme, trainers=True)
    abroad = learner(training, country=niger, full_name="Hassane Abroad")
    home = learner(training, full_name="Awa Home")
    count_cascade(programme, NOW)
    shown = page(signed_in(client), "trainer-tree", programme=str(programme.uuid))
    assert home.full_name in shown
    assert abroad.full_name not in shown
    assert client.get(reverse("certificates:trainer-tree"), {"under": str(abroad.uuid)}).status_code == 404
    other = Client()
    theirs = page(signed_in(other, "NE"), "trainer-tree", programme=str(programme.uuid))
    assert "trained by somebody outside your scope" in theirs
    assert master.full_name not in theirs


def test_file_has_a_line_for_each_trainer_and_is_audited(client: Client) -> None:
    programme, master, trainer = counted()
    answer = signed_in(client).get(reverse("certificates:trainer-export"), {"programme": str(programme.uuid)})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["trainer"], row["trained_by"], row["state"]) for row in rows] == [
        (str(master.uuid), "", "none"),
        (str(trainer.uuid), str(master.uuid), "certified"),
    ]
    assert AuditEvent.objects.filter(act="trainers.exported").exists()


def test_fragment_of_a_branch_is_lines_only(client: Client) -> None:
    programme, master, trainer = counted()
    shown = page(signed_in(client), "trainer-tree", programme=str(programme.uuid), under=str(master.uuid), fragment="1")
    assert shown.startswith("<ul")
    assert trainer.full_name in shown
    assert master.full_name not in shown


def test_table_holds_the_same_trainers(client: Client) -> None:
    programme, master, trainer = counted()
    shown = page(signed_in(client), "trainer-tree", programme=str(programme.uuid), **{"as": "table"})
    assert master.full_name in shown
    assert trainer.full_name in shown


def test_trainer_page_says_what_is_asked_found_and_missing(client: Client) -> None:
    _programme, master, trainer = counted()
    shown = page(signed_in(client), "trainer", trainer.uuid)
    assert "80% or more" in shown
    assert "Trained by" in shown
    assert master.full_name in shown
    assert AuditEvent.objects.filter(act="person.viewed", target_uuid=trainer.uuid).exists()
    theirs = page(client, "trainer", master.uuid)
    assert "Nothing known" in theirs


def test_evidence_is_typed_and_taken_back(client: Client) -> None:
    programme, master, _trainer = counted()
    signed_in(client)
    address = (
        reverse("certificates:evidence-new", args=[master.uuid]) + f"?kind=micro-teaching&programme={programme.uuid}"
    )
    assert client.post(address, {"happened_on": "2026-11-02"}).status_code == 422
    assert client.post(address, {"happened_on": "2999-11-02"}).status_code == 422
    lines = ("objective", "content", "participation", "trauma", "time", "check", "adaptation")
    given = {"happened_on": "2026-06-02"} | {f"mark_{line}": "3" for line in lines}
    assert client.post(address, given).status_code == 302
    row = Evidence.objects.get(person=master)
    assert row.marks == [3] * 7
    retract = reverse("certificates:evidence-retract", args=[row.pk])
    assert client.get(retract).status_code == 200
    assert client.post(retract, {"reason": "because"}).status_code == 422
    assert client.post(retract, {"reason": "entry-error"}).status_code == 302
    assert Evidence.objects.get(pk=row.pk).retracted_at


def test_profile_is_typed_by_who_runs_the_country(client: Client) -> None:
    _programme, master, _trainer = counted()
    address = reverse("certificates:trainer-profile", args=[master.uuid])
    given = {"disciplines": ["police", "justice"], "languages": ["fr"], "practice_since": "2011"}
    assert signed_in(client).post(address, given).status_code == 302
    row = TrainerProfile.objects.get(person=master)
    assert (row.disciplines, row.languages, row.practice_since) == (["police", "justice"], ["fr"], 2011)
    assert client.post(address, {"disciplines": ["magic"]}).status_code == 422
    assert "Police, Justice" in page(client, "trainer", master.uuid)


def test_rules_are_typed_and_count_at_once(client: Client) -> None:
    programme, _master, trainer = counted()
    address = reverse("certificates:trainer-rules", args=[programme.uuid])
    signed_in(client)
    assert client.get(address).status_code == 200
    numbers = {"base_percent": 80, "attendance_percent": 90, "rubric_line": 4, "co_delivered": 1, "observed": 1}
    given = numbers | {"lapse_months": 24, "active_months": 6, "mentor_after": 10, "needs_conduct": "on"}
    assert client.post(address, given | {"rubric_line": 5}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert TrainerLine.objects.get(person=trainer).state == "trained"


def test_tree_costs_the_same_for_twice_the_trainers(client: Client) -> None:
    programme, _master, trainer = counted()
    signed_in(client)
    more = cohort_led_by(trainer, programme, trainers=True)

    def asked() -> int:
        count_cascade(programme, NOW)
        with CaptureQueriesContext(connection) as seen:
            page(client, "trainer-tree", programme=str(programme.uuid))
        return len(seen)

    few = asked()
    for _ in range(6):
        learner(more)
    assert asked() == few
