"""What devices ask, in no language."""

from django.urls import URLPattern, URLResolver

app_name = "sync_api"
urlpatterns: list[URLPattern | URLResolver] = []
