"""What the browser is told it may run under /cms/."""

import pytest


def directives(response) -> dict[str, list[str]]:
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("address", ["", "new/", "results/", "single-choice/add/", "true-false/add/"])
def test_question_area_runs_nothing_inline(as_trainer, address):
    policy = directives(as_trainer.get(f"/cms/questions/{address}"))
    assert policy["script-src"] == policy["script-src-elem"] == policy["style-src"] == ["'self'"]
    assert policy["script-src-attr"] == ["'none'"]


def test_admin_runs_no_handlers_in_markup(as_trainer):
    policy = directives(as_trainer.get("/cms/"))
    assert policy["script-src-attr"] == ["'none'"]
    assert "'unsafe-eval'" not in str(policy)
