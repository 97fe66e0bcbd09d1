"""All addresses. Pages carry their language in front: /fr/…"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from elearning import views

handler400 = "elearning.views.bad_request"
handler403 = "elearning.views.forbidden"
handler404 = "elearning.views.not_found"
handler500 = "elearning.views.server_error"

urlpatterns = [
    path(settings.ADMIN_PATH, include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:name>", views.media, name="media"),
    path("health/", views.health, name="health"),
    *i18n_patterns(
        path("account/", include("accounts.urls")),
        path("", include("courses.urls")),
        path("", include("assessments.urls")),
        path("", include("certificates.urls")),
    ),
]
