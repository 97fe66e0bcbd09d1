"""Course packs, the service worker and the manifest of the installed app."""

from django.urls import URLPattern, URLResolver, path

from sync.views import packs, worker

app_name = "packs"
urlpatterns: list[URLPattern | URLResolver] = [
    path("packs/<uuid:course>/manifest/", packs.manifest, name="manifest"),
    path("packs/<uuid:course>/files/<slug:sha256>/", packs.pack_file, name="file"),
    path("sw.js", worker.service_worker, name="worker"),
    path("manifest.webmanifest", worker.app_manifest, name="app"),
]
