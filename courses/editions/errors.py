"""What can go wrong with editions: one class per failure, with a code that stays."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from courses.errors import CourseError


class EditionExistsError(CourseError):
    """The country has an edition of this course already."""

    code = "courses.edition.exists"
    text = _("There is already an edition of this course for this country. Nothing was changed. Open that edition.")


class ModuleIsThereError(CourseError):
    """The module was copied into this course before."""

    code = "courses.module.is_there"
    text = _("This module is already a part of that course. Nothing was changed. Open it there.")


class NothingToCopyError(CourseError):
    """What should be copied is not published, or not in a language of the course."""

    code = "courses.module.nothing_to_copy"
    text = _("There is nothing to copy in the languages of that course. Nothing was changed. Choose another course.")


class EditionNotYoursError(PermissionDenied):
    """Somebody acted for a country outside their scope."""

    code = "courses.edition.not_yours"
