"""A machine of one's own: the demo and development. Never for other people's data."""

from elearning.lib.env import read_flag, read_list, read_text
from elearning.settings.base import *  # noqa: F403

# Fixed, public and therefore no secret: `production` refuses it.
SECRET_KEY = "development-only-" + "0" * 48
DEBUG = read_flag("RELAIS_DEBUG", default=False)
ALLOWED_HOSTS = read_list("RELAIS_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
# Prints a sign-in for each role of the demo; no other settings module does.
DEMO = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
CSRF_TRUSTED_ORIGINS = read_list("RELAIS_TRUSTED_ORIGINS", ",")
_LEVEL = read_text("RELAIS_LOG_LEVEL", "WARNING")
LOGGING["root"]["level"] = _LEVEL  # noqa: F405
