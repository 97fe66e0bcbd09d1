"""Every door of the question area, for a trainer of another country. ADR 0008 has the table."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.log_actions import log
from wagtail.snippets.models import get_snippet_models

from assessments.admin.doors import DOORS, OPEN
from assessments.admin.kinds import AUTHORED_KINDS
from assessments.admin.permission_policy import QuestionPermissionPolicy
from assessments.models import Question
from assessments.questions.registry import KINDS
from assessments.questions.single_choice.models import SingleChoiceQuestion
from tests.assessments.admin.conftest import filled_form, write_question
from tests.factories.accounts import LoginFactory, make_login, sign_in

NAMESPACE = "questions_single_choice"
CANARY = "ukrainian-canary"


def url(name: str, row: Question) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=[row.pk])


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete"])
@pytest.mark.parametrize("name", sorted(DOORS))
def test_question_of_another_country_is_not_there(as_trainer, questions, course, name, method):
    response = getattr(as_trainer, method)(url(name, questions.ukraine), filled_form() if method == "post" else None)
    assert response.status_code == 404
    assert CANARY not in response.content.decode()
    assert Question.objects.get(pk=questions.ukraine.pk).stem() == "ukrainian-canary en"


@pytest.mark.parametrize("name", sorted(name for name, action in DOORS.items() if action != "view"))
def test_shared_question_is_only_read_by_a_national_trainer(as_trainer, questions, course, name):
    for method in ("get", "post"):
        response = getattr(as_trainer, method)(url(name, questions.shared), filled_form())
        assert response.status_code == 302
        assert response["Location"] == "/cms/"
    assert Question.objects.get(pk=questions.shared.pk).stem() == "shared-question en"
    ajax = as_trainer.get(url(name, questions.shared), headers={"x-requested-with": "XMLHttpRequest"})
    assert ajax.status_code == 403


@pytest.mark.parametrize("name", ["inspect", "copy"])
def test_shared_question_is_read_and_copied_by_everybody_with_a_role(as_trainer, questions, course, name):
    assert "shared-question" in as_trainer.get(url(name, questions.shared)).content.decode()


def test_copy_never_writes(as_trainer, questions, course):
    assert as_trainer.post(url("copy", questions.shared), filled_form()).status_code == 405
    assert Question.objects.count() == 3


def test_copy_begins_as_a_draft_with_ids_of_its_own(as_trainer, mali, course):
    row = write_question("source", mali, status="published")
    page = as_trainer.get(url("copy", row)).content.decode()
    assert "source en" in page
    assert all(choice not in page for choice in row.body["choices"])
    assert 'value="draft" selected' in page


@pytest.mark.parametrize("name", sorted(DOORS))
def test_id_of_one_kind_does_not_open_under_another(as_trainer, mali, course, name):
    row = write_question("own", mali)
    assert as_trainer.get(reverse(f"questions_true_false:{name}", args=[row.pk])).status_code == 404


def test_every_address_of_the_kinds_is_behind_a_door():
    for kind in AUTHORED_KINDS:
        names = {pattern.name for pattern in kind.model.snippet_viewset.get_urlpatterns()}
        assert names == set(DOORS) | OPEN


def test_every_kind_of_question_has_a_form():
    assert {kind.name for kind in AUTHORED_KINDS} == set(KINDS)
    assert {kind.model for kind in AUTHORED_KINDS} <= set(get_snippet_models())
    assert Question not in get_snippet_models()


@pytest.mark.parametrize(
    "name",
    [
        "usage",
        "revisions_view",
        "revisions_revert",
        "revisions_compare",
        "revisions_unschedule",
        "unpublish",
        "lock",
        "unlock",
        "workflow_action",
        "workflow_history",
        "workflow_preview",
        "reorder",
        "list_results",
    ],
)
def test_view_that_nobody_needs_does_not_exist(name):
    for args in ([1], [1, 1], [1, "live", "latest"], []):
        with pytest.raises(NoReverseMatch):
            reverse(f"{NAMESPACE}:{name}", args=args)


@pytest.mark.parametrize("name", ["choose", "choose_results", "chosen", "chosen_multiple", "create"])
def test_there_is_no_chooser(as_trainer, questions, name):
    with pytest.raises(NoReverseMatch):
        reverse(f"wagtailsnippetchoosers_assessments_singlechoicequestion:{name}")
    assert as_trainer.get("/cms/snippets/choose/assessments/singlechoicequestion/").status_code == 404


@pytest.mark.parametrize("model", ["question", "singlechoicequestion", "multiplechoicequestion", "truefalsequestion"])
@pytest.mark.parametrize("query", ["?id=all", "?id={pk}"])
def test_there_are_no_bulk_actions(as_trainer, questions, model, query):
    address = f"/cms/bulk/assessments/{model}/delete/{query.format(pk=questions.ukraine.pk)}"
    for method in ("get", "post"):
        response = getattr(as_trainer, method)(address)
        assert response.status_code == 404
        assert CANARY not in response.content.decode()
    assert Question.objects.count() == 3


@pytest.mark.parametrize(
    "address",
    [
        "/cms/",
        "/cms/snippets/",
        "/cms/reports/site-history/",
        "/cms/reports/site-history/?export=csv",
        "/cms/reports/site-history/results/",
        "/cms/reports/locked/",
        "/cms/reports/aging-pages/",
        "/cms/reports/workflow/",
        "/cms/reports/workflow_tasks/",
        "/cms/reports/page-types-usage/",
        "/cms/api/main/pages/",
        "/cms/api/main/images/",
        "/cms/api/main/documents/",
        "/cms/api/main/questions/",
        "/cms/questions/?export=csv",
        "/cms/questions/?export=xlsx",
        "/cms/questions/results/?q=canary",
    ],
)
def test_page_of_the_whole_admin_says_nothing_of_another_country(as_trainer, questions, ukrainian, address):
    log(instance=questions.ukraine, action="wagtail.edit", user=ukrainian)
    response = as_trainer.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert CANARY.encode() not in content
    assert ukrainian.get_full_name().encode() not in content


def test_snippets_list_counts_no_questions(as_trainer, as_editor, questions):
    assert as_trainer.get("/cms/snippets/").status_code == 302
    assert as_editor.get("/cms/snippets/").status_code == 302


def test_history_is_open_within_ones_country(as_trainer, questions, trainer):
    log(instance=questions.mali, action="wagtail.edit", user=trainer)
    assert trainer.get_full_name() in as_trainer.get(url("history_results", questions.mali)).content.decode()


@pytest.mark.parametrize(
    "address",
    ["/cms/questions/", "/cms/questions/new/", "/cms/questions/single-choice/add/", "/cms/questions/results/"],
)
def test_area_is_closed_to_learners_coordinators_and_visitors(db, questions, address):
    coordinator = sign_in(Client(), make_login("coordinator", questions.mali.country))
    learner = sign_in(Client(), LoginFactory.create())
    for client in (coordinator, learner, Client()):
        response = client.get(address)
        assert response.status_code == 302
        assert "/cms/" not in response["Location"].split("?")[0]


def test_suspended_login_is_out_at_once(as_trainer, trainer, questions):
    trainer.is_active = False
    trainer.save(update_fields=["is_active"])
    assert as_trainer.get(url("edit", questions.mali)).status_code == 302


def test_grant_that_ended_is_out_at_once(as_trainer, trainer, questions):
    trainer.person.role_grants.update(ended_at=trainer.created_at)
    assert as_trainer.get("/cms/questions/").status_code == 302


def test_policy_answers_no_to_what_it_does_not_know(questions, trainer, editor):
    policy = QuestionPermissionPolicy(Question)
    for action in ("publish", "lock", "unlock", "choose", ""):
        assert not policy.user_has_permission(editor, action)
        assert not policy.user_has_permission_for_instance(editor, action, questions.mali)
    assert set(policy.instances_user_has_any_permission_for(trainer, ["change"])) == {questions.mali}
    assert set(policy.instances_user_has_any_permission_for(trainer, ["change", "view"])) == {
        questions.mali,
        questions.shared,
    }
    assert set(policy.users_with_any_permission(["change"])) == {trainer, editor}
    assert not policy.users_with_any_permission(["publish"]).exists()


def test_published_question_is_not_deleted(as_trainer, mali, course):
    row = write_question("kept", mali, version_number=1)
    assert as_trainer.post(url("delete", row)).status_code == 302
    assert SingleChoiceQuestion.objects.filter(pk=row.pk).exists()


def test_draft_is_deleted_whole(as_trainer, mali, course):
    row = write_question("gone", mali)
    assert "gone en" in as_trainer.get(url("delete", row)).content.decode()
    as_trainer.post(url("delete", row))
    assert not Question.objects.filter(pk=row.pk).exists()
