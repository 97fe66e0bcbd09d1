"""Wagtail's own snippet views over one kind, with nothing of ours but the permission policy: the control."""

from django.urls import include, path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.utils.urlpatterns import decorate_urlpatterns

from assessments.questions.single_choice.models import SingleChoiceQuestion
from elearning.urls import handler400, handler403, handler404, handler500
from elearning.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class StockViewSet(SnippetViewSet):
    """As the documentation has it; not registered, so that it changes nothing outside this module."""

    model = SingleChoiceQuestion
    admin_url_namespace = "stock"
    chooser_admin_url_namespace = "stock_chooser"
    inspect_view_enabled = True
    inspect_view_fields = ["source", "country"]
    panels = [FieldPanel("source"), FieldPanel("difficulty")]


viewset = StockViewSet()


def _under(name, patterns):
    return include((decorate_urlpatterns(patterns, require_admin_access), name), namespace=name)


urlpatterns = [
    path("cms/stock/", _under("stock", viewset.get_urlpatterns())),
    path("cms/stock-chooser/", _under("stock_chooser", viewset.chooser_viewset.get_urlpatterns())),
    *site,
]
