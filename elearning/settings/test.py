"""The test suite."""

import os

from elearning.settings.base import *  # noqa: F403

TESTING = True
SECRET_KEY = "tests-only-" + "0" * 48
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = False
RELAIS_WORKS_IN_THREAD = False
if DATABASES["default"]["ENGINE"] == "elearning.lib.sqlite":  # noqa: F405
    # A file, not memory: threads, the writer's lock and the WAL are what is tested.
    DATABASES["default"]["TEST"] = {"NAME": os.fspath(VAR_DIR / "test.sqlite3")}  # noqa: F405
VAR_DIR.mkdir(parents=True, exist_ok=True)  # noqa: F405
MEDIA_ROOT = VAR_DIR / "test-media"  # noqa: F405
RELAIS_PACKS_DIR = VAR_DIR / "test-packs"  # noqa: F405
