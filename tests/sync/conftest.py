"""A learner with a device, enrolled in a course of lessons and a graded quiz."""

import pytest
from django.utils import timezone

from sync.receiving import Receipt, receive
from tests.sync.doings import Learner, make_learner


@pytest.fixture
def learner(db) -> Learner:
    """Return a learner who has not begun."""
    return make_learner()


@pytest.fixture
def deliver():
    """Return how lines reach the door."""

    def deliver(*lines, carried_by=None, now=None) -> Receipt:
        return receive(lines, carried_by=carried_by, now=now or timezone.now())

    return deliver
