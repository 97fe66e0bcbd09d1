"""Course packs, the service worker and the manifest of the installed app."""

from django.urls import URLPattern, URLResolver

app_name = "packs"
urlpatterns: list[URLPattern | URLResolver] = []
