"""What the stages of the funnel are called, and what each counts."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STEP_LABELS = {
    "invited": _("Invited"),
    "enrolled": _("Enrolled"),
    "started": _("Started"),
    "finished": pgettext_lazy("people", "Read every lesson"),
    "completed": pgettext_lazy("people", "Passed"),
    "certified": _("Certified"),
    "trained": _("Trained others"),
}
ABOUT_STEPS = {
    "invited": _("On the list of a cohort, or enrolled without one. Counted from time to time."),
    "enrolled": _("Enrolled in a course: somebody in two courses counts in each."),
    "started": _("Opened a lesson."),
    "finished": _("Read every lesson of the course."),
    "completed": _("Read every lesson and passed every test."),
    "certified": _("Hold a certificate that was not withdrawn."),
    "trained": _("Certified, and led or shared a session since. Counted from time to time."),
}
