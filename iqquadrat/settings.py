"""Settings: one module, read from the environment. ``docs/settings.md`` lists what an administrator may set."""

import os
from pathlib import Path
from typing import Any

import django.conf.locale
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from iqquadrat.core.embedded import database_url

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What kind of installation this is ---------------------------------------------------------------
DEBUG: bool = env.bool("IQ_DEBUG", False)
# A demonstration may run over plain HTTP on loopback; a production site never does.
HTTPS: bool = env.bool("IQ_HTTPS", False)
# Only where there is nothing to protect may the key be one that everybody knows.
SECRET_KEY: str = (
    env.str("IQ_SECRET_KEY") if HTTPS else env.str("IQ_SECRET_KEY", "demonstration-only-" + "change-me-" * 5)
)
# Keys from before: what they signed or sealed is still read, nothing new is.
SECRET_KEY_FALLBACKS: list[str] = env.list("IQ_SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS: list[str] = env.list("IQ_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("IQ_TRUSTED_ORIGINS", [])
SITE_NAME: str = env.str("IQ_SITE_NAME", "IQ_QUADRAT")

# --- Rooms -------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_filters",
    "csp",
    "axes",
    "pgtrigger",
    "django_tasks",
    "django_tasks_db",
    "iqquadrat.core",
    "iqquadrat.accounts",
    "iqquadrat.accesslog",
    "iqquadrat.pdf",
    "iqquadrat.questionnaires",
    "counselling",
    "competence",
    "businesses",
    "placements",
    "iqquadrat.rights",
    "iqquadrat.reporting",
    "iqquadrat.operations",
    "iqquadrat.demo",
]

# What answers early stands under the headers: a refused request gets the Content-Security-Policy too.
MIDDLEWARE = [
    "iqquadrat.core.requests.NumberRequests",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "iqquadrat.core.middleware.GrantNoDevices",
    "iqquadrat.core.middleware.SpeakLanguage",
    "iqquadrat.core.middleware.RefuseMalformedInput",
    "iqquadrat.core.middleware.GoneMeanwhile",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "competence.middleware.KioskDoor",  # before the sessions: the kiosk has none
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "iqquadrat.accounts.middleware.StaffSession",
    "axes.middleware.AxesMiddleware",
    "iqquadrat.core.merged_addresses.MergedAddress",
    "counselling.middleware.OvertakenByMerge",
]

ROOT_URLCONF = "iqquadrat.urls"
WSGI_APPLICATION = "iqquadrat.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "iqquadrat.core.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "iqquadrat.core.templatetags.iq",
                "iqquadrat.core.templatetags.forms",
                "iqquadrat.core.templatetags.shapes",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- Database ----------------------------------------------------------------------------------------
# No DATABASE_URL: the embedded PostgreSQL 18. Importing this module starts nothing (see core.embedded).
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", default=database_url(), conn_max_age=60, conn_health_checks=True)
}
# The connection tells the database which centre is in force, see core/walls.py.
DATABASES["default"]["ENGINE"] = "iqquadrat.core.database"
DATABASES["default"]["ATOMIC_REQUESTS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Background work ----------------------------------------------------------------------------------
# The queue lies in the same database: `manage.py db_worker` takes from it, on as many machines as one likes.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Languages ---------------------------------------------------------------------------------------
# Kurmanji in Latin script is unknown to Django; registered here, left to right.
django.conf.locale.LANG_INFO["ku"] = {
    "bidi": False, "code": "ku", "name": "Kurdish (Kurmanji)", "name_local": "Kurmancî",
}  # fmt: skip
LANGUAGE_CODE = "de"
LANGUAGES = [
    ("de", _("German")),
    ("ru", _("Russian")),
    ("vi", _("Vietnamese")),
    ("ar", _("Arabic")),
    ("fa", _("Persian")),
    ("tr", _("Turkish")),
    ("uk", _("Ukrainian")),
    ("ku", _("Kurdish (Kurmanji)")),
    ("en", _("English")),
    ("fr", _("French")),
]
STAFF_LANGUAGES = ("de", "en")
# The languages a client can be led through, and that their papers are written in.
CLIENT_LANGUAGES = tuple(code for code, _name in LANGUAGES)
FORMAT_MODULE_PATH = ["iqquadrat.core.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "iq_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
MODELTRANSLATION_DEFAULT_LANGUAGE = "de"
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
MODELTRANSLATION_FALLBACK_LANGUAGES = ("de",)
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# --- Static parts ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.path("IQ_STATIC_ROOT", BASE_DIR / "staticfiles")
STATICFILES_DIRS = [
    ("vendor/bootstrap", BASE_DIR / "node_modules/bootstrap/dist"),
    ("vendor/bootstrap-icons", BASE_DIR / "node_modules/bootstrap-icons/font"),
    ("vendor/htmx", BASE_DIR / "node_modules/htmx.org/dist"),
    ("vendor/leaflet", BASE_DIR / "node_modules/leaflet/dist"),
    ("vendor/noto-sans", BASE_DIR / "node_modules/@fontsource-variable/noto-sans"),
    ("vendor/vazirmatn", BASE_DIR / "node_modules/vazirmatn/fonts/webfonts"),
    ("handbook", BASE_DIR / "docs/pictures"),
    BASE_DIR / "build/static",  # made by scripts/bundle.sh
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or env.bool("IQ_TESTING", False)
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or env.bool("IQ_TESTING", False)
# Looked up when asked for: scanning thousands of files at every start of a test client would cost more than the tests.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS
# Whole font files: fonts cut into ranges come out as garbage in a PDF.
PDF_FONT_FOLDERS = {
    "Noto Sans": BASE_DIR / "node_modules/@expo-google-fonts/noto-sans",
    "Vazirmatn": BASE_DIR / "node_modules/vazirmatn/fonts/ttf",
}
# How many processes draw the papers of a batch; each takes some 150 MB.
PDF_PROCESSES: int = env.int("IQ_PDF_PROCESSES", min(4, os.cpu_count() or 1))
MEDIA_ROOT = env.path("IQ_MEDIA_ROOT", BASE_DIR / "media")

# --- Signing in --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
PASSWORD_RESET_TIMEOUT = 60 * 60
# ``required``: coordinators and administrators reach nothing without one. Any other word than ``offered`` means the same.
SECOND_FACTOR_REQUIRED: bool = env.str("IQ_SECOND_FACTOR", "required" if HTTPS else "offered") != "offered"
# So long after the password the code may come.
SECOND_STEP_SECONDS = 5 * 60
AXES_FAILURE_LIMIT = "iqquadrat.accounts.throttling.limit"
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "iqquadrat.accounts.throttling.answer_locked_out"
AXES_USERNAME_FORM_FIELD = "username"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # waiting helps, whoever goes on trying
AXES_DISABLE_ACCESS_LOG = True  # our own log does that, without typed names
AXES_USERNAME_CALLABLE = "iqquadrat.accounts.throttling.pseudonym"
AXES_IPWARE_PROXY_COUNT = 1 if env.bool("IQ_BEHIND_PROXY", False) else None

# --- Sessions and cookies ----------------------------------------------------------------------------
SESSION_ENGINE = "iqquadrat.accounts.sittings"
SESSION_COOKIE_NAME = "__Host-iq" if HTTPS else "iq"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
STAFF_IDLE_SECONDS = env.int("IQ_IDLE_SECONDS", 60 * 60)
# Exports ask for the password again when it was given longer ago.
FRESH_SIGN_IN_SECONDS = env.int("IQ_FRESH_SECONDS", 15 * 60)
# So many days after it was written a note of a talk can be corrected; then it is locked, and addenda are added.
NOTES_OPEN_DAYS: int = env.int("IQ_NOTES_OPEN_DAYS", 14)
# A file outside the database that every erasing of a client is added to: a restored backup is brought up to date by it.
ERASURE_LIST: str = env.str("IQ_ERASURE_LIST", "")
# Where `manage.py backup` keeps a backup of every night; a note there says when the last good one was made.
BACKUP_FOLDER: str = env.str("IQ_BACKUP_FOLDER", "")
# Other thresholds of the language evidence than those delivered; see competence/content/thresholds.toml for the shape.
EVIDENCE_THRESHOLDS: str = env.str("IQ_EVIDENCE_THRESHOLDS", "")
CSRF_COOKIE_NAME = "__Host-iq_csrf" if HTTPS else "iq_csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "iqquadrat.core.errors.csrf_failure"

# --- Headers -----------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("IQ_BEHIND_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws its ticks as data images
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],  # the app for the street opens without connection
    }
}

# A base map under the plan of the streets; empty: no other server is asked. The page of the map alone allows its host.
MAP_TILES: str = env.str("IQ_MAP_TILES", "")
MAP_ATTRIBUTION: str = env.str("IQ_MAP_ATTRIBUTION", "")

# --- Limits: what one request may bring ---------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Mail, checks, log -------------------------------------------------------------------------------
EMAIL_BACKEND = env.str("IQ_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.str("IQ_EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("IQ_EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("IQ_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("IQ_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.bool("IQ_EMAIL_TLS", False)
DEFAULT_FROM_EMAIL = env.str("IQ_EMAIL_FROM", "iqquadrat@localhost")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS: list[str] = []
# Developers' pages (the gallery of components) exist in debugging and in the tests only.
SHOW_GALLERY: bool = env.bool("IQ_GALLERY", DEBUG or env.bool("IQ_TESTING", False))

# ``json``: one object a line, with a line for every request; else words, and only what went wrong.
LOG_AS_JSON: bool = env.str("IQ_LOG", "text") == "json"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Paths, query strings and the messages of errors can carry names: the log says what happened, never to whom.
    "formatters": {
        "discreet": {
            "class": "iqquadrat.core.discretion.DiscreetFormatter", "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
        "json": {"class": "iqquadrat.core.discretion.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler"}
        if DEBUG
        else {"class": "logging.StreamHandler", "formatter": "json" if LOG_AS_JSON else "discreet"}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"iqquadrat.requests": {"level": "INFO" if LOG_AS_JSON else "WARNING"}},
}  # fmt: skip
