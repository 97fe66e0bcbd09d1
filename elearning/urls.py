"""All addresses. Pages carry their language in front, such as /fr/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views import sign_out
from elearning import views

handler400 = "elearning.views.bad_request"
handler403 = "elearning.views.forbidden"
handler404 = "elearning.views.not_found"
handler500 = "elearning.views.server_error"

urlpatterns = [
    # One door: Wagtail's own sign-in form knows neither agencies nor the second factor.
    path(f"{settings.ADMIN_PATH}login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path(f"{settings.ADMIN_PATH}logout/", sign_out),
    path(settings.ADMIN_PATH, include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:name>", views.media, name="media"),
    path("health/", views.health, name="health"),
    path("sync/", include("sync.api_urls")),
    path("", include("sync.pack_urls")),
    path("credentials/", include("certificates.public_urls")),
    *i18n_patterns(
        path("help/", views.help_page, name="help"),
        path("accessibility/", views.accessibility, name="accessibility"),
        path("account/", include("accounts.entrance")),
        path("account/", include("accounts.urls")),
        path("", include("library.urls")),
        path("", include("courses.urls")),
        path("", include("assessments.urls")),
        path("", include("certificates.urls")),
        path("", include("sync.urls")),
    ),
]

if settings.DEMO or settings.TESTING:
    urlpatterns += i18n_patterns(path("components/", views.components, name="components"))
