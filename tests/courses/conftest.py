"""Courses that tests read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from courses.catalogue import CourseOutline, forget_catalogue
from tests.factories.courses import load_two_lessons


@pytest.fixture(autouse=True)
def media_of_one_test(tmp_path: Path, settings: Any) -> None:
    """Write pictures where they go away."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def fresh_catalogue() -> Iterator[None]:
    """A test that is rolled back may leave a log entry's number to the next."""
    forget_catalogue()
    yield
    forget_catalogue()


@pytest.fixture
def course(db: None) -> CourseOutline:
    """The pack two-lessons, in English."""
    return load_two_lessons()
