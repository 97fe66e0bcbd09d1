"""The control for ADR 0008: what the permission policy alone holds in Wagtail 8.0, and what it does not.

Each test runs Wagtail's own snippet views with our policy registered and nothing else. A test that says
"leaks" fails on the day Wagtail closes the leak; then the guard may go, and the table in the ADR changes.
"""

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction

from accounts import permissions
from assessments.models import Question
from assessments.questions.single_choice.models import SingleChoiceQuestion

pytestmark = pytest.mark.urls("tests.assessments.admin.stock_urls")

CANARY = "ukrainian-canary"


def shown(response) -> str:
    return b"".join(response.streaming_content if response.streaming else [response.content]).decode(errors="replace")


@pytest.mark.parametrize("query", ["", "?q=canary"])
@pytest.mark.parametrize("name", ["list", "list_results"])
def test_list_leaks(as_trainer, questions, name, query):
    assert CANARY in shown(as_trainer.get(reverse(f"stock:{name}") + query))


@pytest.mark.parametrize("name", ["edit", "delete", "usage", "history", "inspect"])
def test_view_of_one_object_leaks(as_trainer, questions, name):
    assert CANARY in shown(as_trainer.get(reverse(f"stock:{name}", args=[questions.ukraine.pk])))


def test_history_results_leak_who_changed_what(as_trainer, questions, ukrainian):
    log(instance=questions.ukraine, action="wagtail.edit", user=ukrainian)
    page = shown(as_trainer.get(reverse("stock:history_results", args=[questions.ukraine.pk])))
    assert ukrainian.get_full_name() in page


def test_form_overwrites_a_foreign_question(as_trainer, questions):
    as_trainer.post(reverse("stock:edit", args=[questions.ukraine.pk]), {"source": "overwritten", "difficulty": 1})
    questions.ukraine.refresh_from_db()
    assert questions.ukraine.source == "overwritten"


def test_copy_of_a_foreign_question_is_refused(as_trainer, questions):
    assert as_trainer.get(reverse("stock:copy", args=[questions.ukraine.pk])).status_code == 302


def test_post_to_copy_overwrites_a_question_that_may_only_be_read(as_trainer, questions):
    as_trainer.post(reverse("stock:copy", args=[questions.shared.pk]), {"source": "overwritten", "difficulty": 1})
    questions.shared.refresh_from_db()
    assert questions.shared.source == "overwritten"


def test_delete_takes_a_foreign_question(as_trainer, questions):
    with pytest.raises(ValueError):  # Wagtail reads the words of the row it has just deleted
        as_trainer.post(reverse("stock:delete", args=[questions.ukraine.pk]))
    assert not Question.objects.filter(pk=questions.ukraine.pk).exists()


def test_preview_on_edit_holds(as_trainer, questions):
    url = reverse("stock:preview_on_edit", args=[questions.ukraine.pk])
    assert as_trainer.get(url).status_code == 302
    assert as_trainer.post(url, {}).status_code == 302


@pytest.mark.parametrize("name", ["choose", "choose_results"])
def test_chooser_leaks(as_trainer, questions, name):
    assert CANARY in shown(as_trainer.get(reverse(f"stock_chooser:{name}")))


def test_chosen_leaks(as_trainer, questions):
    pk = questions.ukraine.pk
    assert CANARY in shown(as_trainer.get(reverse("stock_chooser:chosen", args=[pk])))
    assert CANARY in shown(as_trainer.get(reverse("stock_chooser:chosen_multiple") + f"?id={pk}"))


def test_chooser_leaks_even_to_somebody_without_any_right_to_questions(as_trainer, questions, trainer, monkeypatch):
    monkeypatch.setattr("assessments.admin.permission_policy.WRITERS", ())
    monkeypatch.setattr("assessments.admin.permission_policy.READERS", ())
    assert CANARY in shown(as_trainer.get(reverse("stock_chooser:choose")))


def test_bulk_delete_names_what_it_refuses(questions, trainer):
    request = RequestFactory().get(f"/cms/bulk/assessments/singlechoicequestion/delete/?id={questions.ukraine.pk}")
    request.user = trainer
    response = DeleteBulkAction(request, SingleChoiceQuestion).dispatch(request)
    assert CANARY in response.render().content.decode()


def test_editing_sessions_hold(as_trainer, questions):
    ping = "/cms/editing-sessions/ping/assessments/singlechoicequestion/{}/1/"
    assert as_trainer.post(ping.format(questions.ukraine.pk)).status_code == 404
    assert as_trainer.post(ping.format(questions.mali.pk)).status_code == 200


@pytest.mark.parametrize("query", ["", "?export=csv"])
def test_site_history_leaks_once_a_role_has_a_permission_on_the_model(as_trainer, questions, monkeypatch, query):
    log(instance=questions.ukraine, action="wagtail.edit")
    url = f"/cms/reports/site-history/{query}"
    assert CANARY not in shown(as_trainer.get(url))
    monkeypatch.setattr(permissions, "_grants", {**permissions._grants})
    permissions._grants["trainer"] = [
        *permissions._grants["trainer"],
        permissions._Grant(frozenset({"assessments.change_singlechoicequestion"}), everywhere=False),
    ]
    assert CANARY in shown(as_trainer.get(url))
