"""What an award asks beyond the course: each unmet condition is named; trainers get no learner's certificate."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import AuditEvent, CohortMember
from accounts.policy import ADMINISTRATOR, COORDINATOR
from certificates.actions import create_award_rule, delete_award_rule, issue_award, update_award_rule
from certificates.awarding.words import say_unmet
from certificates.eligibility import Attended, PassedAttempt, Terms, Unmet, Verdict, judge_award, read_unmet
from certificates.errors import AwardNotDueError
from certificates.models import Award, AwardRule, CohortPlan, Programme, ProgrammeCountry, Session
from certificates.programmes.attendance import attendance_uuid
from tests.factories.accounts import CohortFactory, CohortMemberFactory, PersonFactory, make_login, sign_in
from tests.factories.assessments import QuizFactory
from tests.factories.certificates import COURSE, MOMENT, QUIZ, announced, complete, enrol, publish_course

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
FINAL = uuid4()


def judged(terms: Terms, **changes: object) -> list[tuple]:
    facts: dict = {
        "completed_at": NOW,
        "quizzes": [FINAL],
        "passed": [PassedAttempt(uuid4(), FINAL, 7990, 10000, NOW)],
        "issued_versions": [],
        "version": 1,
        "classes": {FINAL: "graded"},
        "attended": Attended(80, 600),
    }
    found = judge_award(**{**facts, **changes}, terms=terms)
    assert (found.quoted is None) == bool(found.unmet)
    return [(each.verdict, each.wanted, each.found) for each in found.unmet]


@pytest.mark.parametrize(
    ("terms", "unmet"),
    [
        (Terms(min_score_percent=79), []),
        (Terms(min_score_percent=80), [(Verdict.SCORE_TOO_LOW, 80, 79)]),
        (Terms(quiz_class="graded"), []),
        (Terms(quiz_class="exam"), [(Verdict.WRONG_CLASS, "exam", None)]),
        (Terms(min_attendance_percent=80, min_minutes=600), []),
        (Terms(min_attendance_percent=81), [(Verdict.ATTENDANCE_TOO_LOW, 81, 80)]),
        (Terms(min_minutes=601), [(Verdict.TOO_FEW_MINUTES, 601, 600)]),
    ],
)
def test_each_condition_holds_at_its_bound_and_not_beyond(terms, unmet):
    assert judged(terms) == unmet


def test_everything_that_is_missing_is_named_at_once():
    terms = Terms(quiz_class="exam", min_score_percent=90, min_attendance_percent=90, min_minutes=900)
    found = [each[0] for each in judged(terms, is_trainer=True, completed_at=None)]
    assert found == [
        Verdict.IS_TRAINER,
        Verdict.NOT_COMPLETED,
        Verdict.WRONG_CLASS,
        Verdict.SCORE_TOO_LOW,
        Verdict.ATTENDANCE_TOO_LOW,
        Verdict.TOO_FEW_MINUTES,
    ]


def test_attendance_that_nobody_took_is_not_attendance():
    assert judged(Terms(min_attendance_percent=1), attended=None) == [(Verdict.NO_ATTENDANCE, None, None)]
    assert judged(Terms(), attended=None) == []


def test_lessons_need_not_be_complete_where_the_rule_says_so():
    assert judged(Terms(needs_lessons=False), completed_at=None) == []


@pytest.mark.parametrize("verdict", [each for each in Verdict if each is not Verdict.DUE])
def test_every_verdict_has_words_and_survives_being_kept(verdict):
    unmet = Unmet(verdict, 90, 60)
    assert read_unmet(unmet.as_json()) == unmet
    assert say_unmet(unmet).endswith(".")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["of the cohort", "of another cohort in the course"])
def test_a_trainer_enrolled_in_the_course_gets_no_learner_certificate(kind):
    publish_course()
    cohort, person = CohortFactory.create(), PersonFactory.create()
    trained = cohort if kind == "of the cohort" else CohortFactory.create()
    CohortPlan.objects.create(cohort=trained, course_uuid=COURSE)
    member = CohortMemberFactory.create(cohort=trained, person=person, role=CohortMember.Role.TRAINER)
    enrolment = complete(enrol(person, cohort=cohort))
    assert announced(enrolment)
    with pytest.raises(AwardNotDueError) as refused:
        issue_award(enrolment_uuid=enrolment.pk)
    assert [each.verdict for each in refused.value.unmet] == [Verdict.IS_TRAINER]
    CohortMember.objects.filter(pk=member.pk).update(state=CohortMember.State.WITHDRAWN)
    assert issue_award(enrolment_uuid=enrolment.pk)


@pytest.mark.django_db
def test_the_programme_s_rule_holds_in_its_cohorts_and_the_common_one_elsewhere():
    publish_course()
    programme = Programme.objects.create(code="p", name={"en": "P"})
    AwardRule.objects.create(course_uuid=COURSE, min_score_percent=95)
    AwardRule.objects.create(
        course_uuid=COURSE, programme=programme, min_score_percent=50, valid_months=6, title={"en": "Its own title"}
    )
    cohort = CohortFactory.create()
    CohortPlan.objects.create(cohort=cohort, programme=programme)
    inside, outside = complete(enrol(cohort=cohort)), complete(enrol())
    row = issue_award(enrolment_uuid=inside.pk, at=MOMENT)
    assert (row.programme_uuid, row.valid_until, row.title["en"]) == (
        programme.uuid,
        dt.date(2027, 5, 21),
        "Its own title",
    )
    with pytest.raises(AwardNotDueError):
        issue_award(enrolment_uuid=outside.pk)


@pytest.mark.django_db
def test_attendance_is_read_from_the_sessions_of_the_cohort():
    publish_course()
    AwardRule.objects.create(course_uuid=COURSE, min_attendance_percent=90)
    cohort = CohortFactory.create()
    enrolment = complete(enrol(cohort=cohort))
    hour = dt.timedelta(hours=1)
    session = Session.objects.create(
        cohort=cohort, title="One", starts_at=MOMENT - 3 * hour, ends_at=MOMENT - 2 * hour, minutes=60
    )
    with pytest.raises(AwardNotDueError) as refused:
        issue_award(enrolment_uuid=enrolment.pk)
    assert refused.value.unmet[0].verdict in {Verdict.NO_ATTENDANCE, Verdict.ATTENDANCE_TOO_LOW}
    _attend(session, enrolment.person)
    assert issue_award(enrolment_uuid=enrolment.pk)


def _attend(session: Session, person) -> None:
    from certificates.models import Attendance

    Attendance.objects.create(
        uuid=attendance_uuid(session.uuid, person.uuid),
        session_uuid=session.uuid,
        cohort_uuid=session.cohort.uuid,
        person_id=person.uuid,
        status="present",
        minutes=60,
        taken_by="list",
        at=MOMENT,
    )


@pytest.mark.django_db
def test_a_quiz_of_the_wrong_class_is_not_enough():
    publish_course()
    QuizFactory.create(uuid=QUIZ, course_uuid=COURSE, quiz_class="graded")
    rule = AwardRule.objects.create(course_uuid=COURSE, quiz_class="exam")
    enrolment = complete(enrol())
    with pytest.raises(AwardNotDueError):
        issue_award(enrolment_uuid=enrolment.pk)
    rule.quiz_class = "graded"
    rule.save()
    assert issue_award(enrolment_uuid=enrolment.pk)


@pytest.mark.django_db
def test_who_works_everywhere_makes_common_rules_and_others_only_their_programmes():
    mali = make_login(COORDINATOR)
    programme = Programme.objects.create(code="p", name={"en": "P"})
    with pytest.raises(PermissionDenied):
        create_award_rule(by=mali, role="learner", course_uuid=COURSE)
    with pytest.raises(PermissionDenied):
        create_award_rule(by=mali, role="learner", course_uuid=COURSE, programme=programme)
    ProgrammeCountry.objects.create(programme=programme, country=mali.person.country)
    rule = create_award_rule(by=mali, role="learner", course_uuid=COURSE, programme=programme, min_score_percent=80)
    update_award_rule(by=mali, rule=rule, min_score_percent=85, course_uuid=uuid4(), role="trainer")
    rule.refresh_from_db()
    assert (rule.min_score_percent, rule.course_uuid, rule.role) == (85, COURSE, "learner")
    event = AuditEvent.objects.get(act="award-rule.changed")
    assert (event.detail["before"]["min_score_percent"], event.detail["after"]["min_score_percent"]) == (80, 85)
    everywhere = make_login(ADMINISTRATOR, everywhere=True)
    create_award_rule(by=everywhere, role="learner", course_uuid=COURSE)
    with pytest.raises(ValidationError):
        create_award_rule(by=everywhere, role="learner", course_uuid=COURSE)
    delete_award_rule(by=everywhere, rule=rule)
    assert AwardRule.objects.count() == 1


@pytest.mark.django_db
def test_the_page_saves_a_rule_and_takes_no_field_it_does_not_show(client):
    publish_course()
    sign_in(client, make_login(ADMINISTRATOR, everywhere=True))
    asked = {
        "about": str(COURSE),
        "programme": "",
        "needs_lessons": "on",
        "quiz_class": "exam",
        "min_hours": "12.5",
        "min_attendance_percent": "80",
        "valid_months": "0",
        "renewal": "test",
        "renews_before_days": "60",
        "title_fr": "Titre à part",
        "uuid": str(uuid4()),
        "role": "trainer",
    }
    assert client.post(reverse("certificates:award-rule-new"), asked).status_code == 302
    rule = AwardRule.objects.get()
    assert (rule.role, rule.course_uuid, rule.min_minutes, rule.valid_months) == ("learner", COURSE, 750, 0)
    assert rule.title == {"fr": "Titre à part"}
    page = client.get(reverse("certificates:award-rules")).content.decode()
    assert "At least 12.5 hours" in page
    assert "Attendance at least 80%" in page
    again = client.post(reverse("certificates:award-rule-new"), asked).content.decode()
    assert "There is a rule for this already" in again
    changed = asked | {"min_hours": "", "title_fr": ""}
    assert client.post(reverse("certificates:award-rule", args=[rule.uuid]), changed).status_code == 302
    rule.refresh_from_db()
    assert (rule.min_minutes, rule.title) == (None, {})
    assert not Award.objects.exists()
