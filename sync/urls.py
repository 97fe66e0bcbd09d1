"""Pages of sync, in each language."""

from django.urls import URLPattern, URLResolver, path

from sync.views import device, devices, importing, quarantine, shell

app_name = "sync"
urlpatterns: list[URLPattern | URLResolver] = [
    path("device/", device.device, name="device"),
    path("desk/devices/", devices.device_list, name="device-list"),
    path("desk/devices/<uuid:uuid>/revoke/", devices.device_revoke, name="device-revoke"),
    path("desk/import/", importing.import_file, name="import"),
    path("desk/quarantine/", quarantine.held_list, name="held-list"),
    path("desk/quarantine/<uuid:uuid>/", quarantine.held, name="held"),
    path("device/shell/", shell.shell, name="shell"),
]
