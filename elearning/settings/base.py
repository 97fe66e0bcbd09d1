"""What holds everywhere. A secret or an address of the outside world has no default here."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from elearning.lib.env import read_database, read_number, read_text

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(read_text("RELAIS_VAR_DIR", str(BASE_DIR / "var")))
TESTING = False
DEMO = False
DEBUG = False

INSTALLED_APPS = [
    "accounts",
    "records",
    "library",
    "courses",
    "assessments",
    "certificates",
    "sync",
    "elearning",
    "wagtail_localize",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.users",
    "wagtailmedia",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "polymorphic",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "elearning.compression.CompressionMiddleware",
    "elearning.csp.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.LoginMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "courses.editions.admin.doors.PageDoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "elearning.urls"
WSGI_APPLICATION = "elearning.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # A kind of question keeps its template in its own folder.
        "DIRS": [BASE_DIR / "assessments" / "questions"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "elearning.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "elearning.templatetags.look"],
        },
    },
]

DATABASES = {"default": read_database("RELAIS_DATABASE_URL", VAR_DIR / "relais.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
}

# People and sign-in
AUTH_USER_MODEL = "accounts.Login"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.RelaisBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "courses:home"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "elearning.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Throttling: per login name, whatever the address, so that a whole post behind one address is never
# locked out by one of its people, and many addresses get no more tries at one name.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
# The lock ends 15 minutes after the last counted try, as the page says, not after the last knock.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "accounts.backends.throttled_name"
AXES_LOCKOUT_CALLABLE = "accounts.views.locked_out"
AXES_CLIENT_IP_CALLABLE = "accounts.backends.client_address"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS: list[str] = [
    "identifier",
    "password",
    "code",
    "new_password",
    "repeated",
    "csrfmiddlewaretoken",
]
# axes.W006 wants the address among the lock-out parameters: see the first line above.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# Wrong codes of the second factor are counted per login, never per address.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key", "reauthenticate": "10/5m/user"}
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Relais"
# What a session without the second factor opens: setting it up, proving it, leaving.
SECOND_FACTOR_EXEMPT = frozenset(
    {
        "mfa_activate_totp",
        "mfa_authenticate",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "health",
        # The same for everybody; a browser that is led away from them keeps its old service worker for ever.
        "packs:worker",
        "packs:app",
    }
)
PASSWORD_CHANGE_EXEMPT = SECOND_FACTOR_EXEMPT | {"accounts:password", "mfa_view_recovery_codes"}

# Languages: English and French are complete; the others are declared, and their layout works.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("pt", "Português"),
    ("ar", "العربية"),
    ("ru", "Русский"),
    ("uk", "Українська"),
]
COMPLETE_LANGUAGES = ("en", "fr")
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["elearning.formats"]
USE_TZ = True
TIME_ZONE = "UTC"
WAGTAIL_I18N_ENABLED = True
# A page that is sent to translators is a draft in the other language until its words are there.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# A kind of question keeps its script in its own folder.
STATICFILES_DIRS = [BASE_DIR / "static", *sorted((BASE_DIR / "assessments" / "questions").glob("*/static"))]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "elearning.staticfiles.ModuleStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
RELAIS_PACKS_DIR = VAR_DIR / "packs"
RELAIS_KEYS_DIR = Path(read_text("RELAIS_KEYS_DIR", str(VAR_DIR / "keys")))
# "off" serves a service worker that removes itself and its caches: the way back from a bad one.
RELAIS_SERVICE_WORKER = read_text("RELAIS_SERVICE_WORKER", "on")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Wagtail
WAGTAIL_SITE_NAME = "Relais"
WAGTAILADMIN_BASE_URL = read_text("RELAIS_BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_FINISH_WORKFLOW_ACTION = "courses.editions.approving.publish_approved"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [(code, name) for code, name in LANGUAGES if code in COMPLETE_LANGUAGES]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILMEDIA = {
    "MEDIA_FORM_BASE": "courses.media_admin.RecordingForm",
    "AUDIO_EXTENSIONS": ["m4a", "mp3", "ogg"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}
LARGEST_RECORDING_BYTES = 1024 * 1024 * read_number("RELAIS_LARGEST_RECORDING_MB", 64, low=1, high=1024)
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
TAGGIT_CASE_INSENSITIVE = True

# Headers. The public side runs no inline script or style; Wagtail's admin has its own policy.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
ADMIN_PATH = "cms/"
# Wagtail 8.0 starts its date pickers and its page editor from inline <script> elements, and the editor
# writes <style> elements: those stay allowed, event handlers in markup (onerror=…) do not. Tried in
# Chromium; the question area needs nothing inline and narrows this further (assessments.admin.doors).
ADMIN_CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        **CONTENT_SECURITY_POLICY["DIRECTIVES"],
        "script-src-elem": [SELF, UNSAFE_INLINE],
        "script-src-attr": [NONE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
    },
}

# The product
# E-mail is a bonus beside the inbox: off where no mail server is set.
RELAIS_SENDS_MAIL = False
# Long work goes on in a thread of the process that began it; run_due takes up what a stopped one left.
RELAIS_WORKS_IN_THREAD = True
ACTIVITY_BASE = read_text("RELAIS_ACTIVITY_BASE", "https://relais.example/activities")
ISSUER_NAME = read_text("RELAIS_ISSUER_NAME", "Relais Training Centre (demonstration)")
SITE_NOTICE: Any = _("Demonstration site. The Relais centre is fictional and issues no official title.")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
