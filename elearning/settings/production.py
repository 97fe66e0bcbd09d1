"""A site that other people use. It refuses to start without what it must be told."""

from django.core.exceptions import ImproperlyConfigured

from elearning.lib.env import read_flag, read_list, read_number, read_text
from elearning.settings.base import *  # noqa: F403

_SHORTEST_SECRET = 50

SECRET_KEY = read_text("RELAIS_SECRET_KEY")
if len(SECRET_KEY) < _SHORTEST_SECRET or SECRET_KEY.startswith(("development-only", "tests-only")):
    _msg = f"RELAIS_SECRET_KEY is too short or a known one. Give at least {_SHORTEST_SECRET} random characters."
    raise ImproperlyConfigured(_msg)
ALLOWED_HOSTS = read_list("RELAIS_ALLOWED_HOSTS")
ACTIVITY_BASE = read_text("RELAIS_ACTIVITY_BASE")
ISSUER_NAME = read_text("RELAIS_ISSUER_NAME")
WAGTAILADMIN_BASE_URL = read_text("RELAIS_BASE_URL")
SITE_NOTICE = read_text("RELAIS_SITE_NOTICE", " ").strip()
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]

SECURE_SSL_REDIRECT = read_flag("RELAIS_SSL_REDIRECT", default=True)
if read_flag("RELAIS_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = read_number("RELAIS_HSTS_SECONDS", 365 * 24 * 3600, low=0, high=2 * 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_NAME = "__Host-language"
LANGUAGE_COOKIE_SECURE = True

if email_host := read_text("RELAIS_SMTP_HOST", " ").strip():
    EMAIL_HOST = email_host
    EMAIL_PORT = read_number("RELAIS_SMTP_PORT", 587, low=1, high=65535)
    EMAIL_USE_TLS = True
    DEFAULT_FROM_EMAIL = read_text("RELAIS_MAIL_FROM")
    RELAIS_SENDS_MAIL = True
else:
    # Mail is optional: messages go to people's own page and to printed lists.
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
