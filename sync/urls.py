"""Pages of sync, in each language."""

from django.urls import URLPattern, URLResolver

app_name = "sync"
urlpatterns: list[URLPattern | URLResolver] = []
