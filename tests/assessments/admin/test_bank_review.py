"""Drafts of published questions, and their way through Wagtail's workflow."""

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import TaskState, WorkflowState

from assessments.models import Question, QuestionProposal, QuestionVersion
from assessments.publishing import publish
from tests.assessments.admin.conftest import filled_form, write_question
from tests.assessments.admin.test_form import ADD, as_sent, edit_url
from tests.factories.accounts import make_login, sign_in

HOME = "/cms/"


def page_of(proposal: QuestionProposal) -> str:
    return f"/cms/questions/drafts/{proposal.pk}/"


def act_url(proposal: QuestionProposal, action: str) -> str:
    return f"{page_of(proposal)}{action}/{proposal.current_workflow_task_state.pk}/"


@pytest.fixture
def row(mali, course):
    row = write_question("published", mali, languages=("en", "fr"))
    publish(row)
    row.refresh_from_db()
    return row


@pytest.fixture
def as_colleague(mali):
    return sign_in(Client(), make_login("trainer", mali))


def change(client, row, **fields) -> None:
    data = as_sent(client, row) | {"stem_en": "Changed?"} | fields
    response = client.post(edit_url(row), data)
    assert response.status_code == 302, response.context["form"].errors


@pytest.fixture
def proposal(as_trainer, row):
    change(as_trainer, row, **{"action-review": "1"})
    return QuestionProposal.objects.get()


def stem_of(row) -> str:
    return row.texts.get(language="en").stem


def test_draft_rests_while_learners_meet_what_they_met(as_trainer, row):
    change(as_trainer, row, **{"action-propose": "1"})
    row.refresh_from_db()
    assert (row.status, row.version_number, stem_of(row)) == ("published", 1, "published en")
    page = as_trainer.get(edit_url(row))
    assert page.context["form"]["stem_en"].value() == "Changed?"
    assert "Draft waits" in as_trainer.get("/cms/questions/").content.decode()
    assert not WorkflowState.objects.exists()


def test_draft_is_published_by_saving_it(as_trainer, row):
    change(as_trainer, row, **{"action-propose": "1"})
    assert as_trainer.post(edit_url(row), as_sent(as_trainer, row)).status_code == 302
    row.refresh_from_db()
    assert (row.version_number, stem_of(row)) == (2, "Changed?")
    assert not QuestionProposal.objects.get().is_open


def test_colleague_approves_and_learners_meet_the_change(as_trainer, as_colleague, row, proposal):
    assert "Changed?" in as_colleague.get(HOME).content.decode()
    page = as_colleague.get(page_of(proposal)).content.decode()
    assert "Changed?" in page
    assert "<del>" in page
    as_colleague.post(act_url(proposal, "approve"), {"comment": "Good."})
    row.refresh_from_db()
    proposal.refresh_from_db()
    assert (row.status, row.version_number, stem_of(row)) == ("published", 2, "Changed?")
    assert not proposal.is_open
    state = TaskState.objects.get()
    assert (state.status, state.comment) == ("approved", "Good.")
    assert "Changed?" not in as_colleague.get(HOME).content.decode()


def test_changes_are_asked_for_and_sent_again(as_trainer, as_colleague, row, proposal):
    as_colleague.post(act_url(proposal, "reject"), {"comment": "Name the article."})
    row.refresh_from_db()
    assert row.version_number == 1
    assert "Name the article." in as_trainer.get(page_of(proposal)).content.decode()
    assert "Changed?" in as_trainer.get(HOME).content.decode()
    change(as_trainer, row, stem_en="Changed again?", **{"action-review": "1"})
    as_colleague.post(act_url(proposal, "approve"), {})
    assert stem_of(row) == "Changed again?"


def test_nobody_reviews_an_own_draft(as_trainer, row, proposal):
    assert "Approve and publish" not in as_trainer.get(page_of(proposal)).content.decode()
    assert as_trainer.post(act_url(proposal, "approve"), {}).status_code in {302, 403}
    row.refresh_from_db()
    assert row.version_number == 1
    assert "Awaiting your review" not in as_trainer.get(HOME).content.decode()


def test_reviewer_of_another_country_meets_nothing_of_it(ukrainian, row, proposal):
    client = sign_in(Client(), ukrainian)
    assert "Changed?" not in client.get(HOME).content.decode()
    for address in (page_of(proposal), act_url(proposal, "approve"), f"{page_of(proposal)}compare/live/1/"):
        response = client.get(address)
        assert response.status_code == 404
        assert "Changed?" not in response.content.decode()
    for address in (act_url(proposal, "approve"), f"{page_of(proposal)}drop/", f"{page_of(proposal)}send/"):
        assert client.post(address, {}).status_code == 404
    assert "Changed?" not in client.get("/cms/reports/site-history/").content.decode()
    row.refresh_from_db()
    assert row.version_number == 1


def test_review_of_one_draft_is_not_done_under_the_number_of_another(
    as_trainer, ukrainian, ukraine, row, proposal, course
):
    """Wagtail's own view takes both numbers as they come."""
    other = write_question("ukrainian", ukraine)
    publish(other)
    colleague = sign_in(Client(), make_login("trainer", ukraine))
    change(colleague, other, **{"action-review": "1"})
    own = QuestionProposal.objects.get(question=other)
    foreign = proposal.current_workflow_task_state
    response = sign_in(Client(), ukrainian).post(f"{page_of(own)}approve/{foreign.pk}/", {})
    assert response.status_code == 404
    foreign.refresh_from_db()
    assert foreign.status == "in_progress"


def test_shared_question_is_reviewed_only_by_who_writes_everywhere(as_trainer, editor, mali, course):
    shared = write_question("shared", languages=("en", "fr"))
    publish(shared)
    change(sign_in(Client(), editor), shared, country="", **{"action-review": "1"})
    proposal = QuestionProposal.objects.get()
    assert "Changed?" not in as_trainer.get(HOME).content.decode()
    assert as_trainer.get(page_of(proposal)).status_code in {302, 403}
    second = sign_in(Client(), make_login("editor", mali, everywhere=True))
    second.post(act_url(proposal, "approve"), {})
    assert stem_of(shared) == "Changed?"


def test_draft_of_an_earlier_version_is_not_published(as_trainer, as_colleague, row, proposal):
    row.texts.filter(language="en").update(stem="Mended?")
    publish(Question.objects.get(pk=row.pk))
    as_colleague.post(act_url(proposal, "approve"), {})
    assert stem_of(row) == "Mended?"
    assert TaskState.objects.get().status == "in_progress"
    assert "has changed since" in as_colleague.get(page_of(proposal)).content.decode()


def test_new_question_goes_to_review_and_is_met_only_then(as_trainer, as_colleague, mali, course):
    as_trainer.post(ADD, filled_form(country=mali.pk, **{"action-review": "1"}))
    row = Question.objects.get()
    assert (row.status, row.version_number) == ("draft", 0)
    as_colleague.post(act_url(QuestionProposal.objects.get(), "approve"), {})
    row.refresh_from_db()
    assert (row.status, row.version_number) == ("published", 1)


def test_unfinished_question_is_not_sent_to_review(as_trainer, mali, course):
    response = as_trainer.post(ADD, filled_form(country=mali.pk, right="", **{"action-review": "1"}))
    assert response.status_code == 200
    assert "right" in response.context["form"].errors
    assert response.context["form"]["status"].value() == "draft"
    assert not Question.objects.exists()


def test_changing_a_draft_in_review_ends_the_review(as_trainer, row, proposal):
    change(as_trainer, row, stem_en="Other words?", **{"action-propose": "1"})
    assert proposal.current_workflow_state is None
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED


def test_draft_is_taken_back(as_trainer, row, proposal):
    as_trainer.post(f"{page_of(proposal)}drop/")
    assert as_trainer.get(edit_url(row)).context["form"]["stem_en"].value() == "published en"
    assert not WorkflowState.objects.active().exists()


def test_draft_keeps_place_tags_and_new_choices(as_trainer, as_colleague, row, course):
    new = {
        "choice_en_3": "Third",
        "choice_fr_3": "Troisième",
        "right": "3",
        "new_tags": "topic:buses",
        "difficulty": "3",
    }
    change(as_trainer, row, **new, **{"action-review": "1"})
    as_colleague.post(act_url(QuestionProposal.objects.get(), "approve"), {})
    row.refresh_from_db()
    assert row.difficulty == 3
    assert [tag.slug for tag in row.tags.all()] == ["buses"]
    assert row.body["right"] == row.body["choices"][2:]


def test_review_sends_no_mail(as_trainer, as_colleague, trainer, row):
    trainer.email = "trainer@example.org"
    trainer.save()
    change(as_trainer, row, **{"action-review": "1"})
    as_colleague.post(act_url(QuestionProposal.objects.get(), "approve"), {})
    assert QuestionVersion.objects.count() == 2
    assert not mail.outbox


def test_dashboard_works_for_an_author_whose_draft_waits(as_trainer, proposal):
    response = as_trainer.get(HOME)
    assert response.status_code == 200
    assert page_of(proposal) in response.content.decode()


def test_list_is_narrowed_to_drafts_and_to_reviews(as_trainer, mali, row, proposal):
    write_question("other", mali)
    for query in ("waits=draft", "waits=review"):
        page = as_trainer.get(f"/cms/questions/?{query}").content.decode()
        assert "published en" in page
        assert "other en" not in page
