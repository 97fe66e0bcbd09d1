"""The row of a hotspot question."""

from django.utils.translation import gettext_lazy as _

from assessments.models.questions import Question


class HotspotQuestion(Question):
    """One row is one hotspot question; its `body` says the rest."""

    class Meta:
        verbose_name = _("hotspot question")
        verbose_name_plural = _("hotspot questions")
