"""What devices ask, in no language."""

from django.urls import URLPattern, URLResolver, path

from sync.views import api

app_name = "sync_api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("session/", api.session, name="session"),
    path("devices/", api.devices, name="devices"),
    path("state/", api.state, name="state"),
    path("papers/", api.papers, name="papers"),
    path("statements/", api.statements, name="statements"),
]
