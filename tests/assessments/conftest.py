"""What the tests of sittings share."""

import pytest
from django.test import Client

from assessments import access, papers, versions
from tests.assessments.sitting import Sitting
from tests.factories.accounts import sign_in
from tests.factories.assessments import Course, make_course


@pytest.fixture(autouse=True)
def no_papers_kept():
    """Let no test know what another has read."""
    yield
    for each in (access.kept, papers.kept, papers.kept_practice, versions.kept):
        each.clear()


@pytest.fixture
def course(db) -> Course:
    return make_course()


@pytest.fixture
def sitting(course: Course, client: Client) -> Sitting:
    """A signed-in learner before the first attempt."""
    return Sitting(sign_in(client, course.login), course.quiz.uuid)
