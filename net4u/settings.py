"""The only settings file: defaults need nothing installed, the environment turns production on.

What each variable means is in README.md ("Settings"); wrong values are refused in environment.py.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import bootstrap_wrapper
from csp.constants import NONCE, NONE, SELF
from whitenoise.compress import Compressor

from net4u import environment

BASE_DIR = Path(__file__).resolve().parent.parent

# pytest sets PYTEST_VERSION before settings are read. Helpers that are not pytest, and real processes that a
# test starts, say so with NET4U_TESTING.
TESTING = environment.boolean("NET4U_TESTING", default="PYTEST_VERSION" in os.environ)

# --- where the portal lives ---------------------------------------------------------------------------------

DATA_DIR = environment.data_folder("NET4U_DATA_DIR", default=BASE_DIR / "var", base=BASE_DIR)
SECRET_KEY = environment.secret_key("SECRET_KEY", folder=DATA_DIR)
DEBUG = environment.boolean("DEBUG", default=False)
DEMO = environment.boolean("DEMO", default=True)
PORT = environment.port("PORT", default=8000)
SITE_URL = environment.site_url("SITE_URL", default=f"http://localhost:{PORT}")

LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "::1"]
SITE_HOST = urlsplit(SITE_URL).hostname or ""
LOOPBACK = SITE_HOST in LOOPBACK_HOSTS
HTTPS = SITE_URL.startswith("https://")

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if LOOPBACK else [SITE_HOST]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- decisions of the owner, shown as "not stated" while empty ----------------------------------------------

# What the secretariat writes in its settings comes before the first two.
DATA_CONTROLLER = environment.text("DATA_CONTROLLER")
DATA_LICENCE = environment.text("DATA_LICENCE")
SECRETARIAT_EMAIL = environment.text("SECRETARIAT_EMAIL")

# --- messages to the secretariat ----------------------------------------------------------------------------

# How many messages one address may send in a day.
REPORTS_A_DAY = 10

# --- parts --------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose forms it extends
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "net4u.staticfiles.UsedStaticFiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "django_cotton.apps.SimpleAppConfig",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rules.apps.AutodiscoverRulesConfig",
    "net4u.base",
    "vocabulary",
    "people",
    "organizations",
    "workshops",
    "recommendations",
    "commitments",
    "partners",
    "net4u.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "net4u.site.middleware.CompressedPages",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "net4u.site.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "net4u.site.second_factor.SecondFactorMiddleware",
    "net4u.site.middleware.ViewerMiddleware",  # last: needs the user
]

ROOT_URLCONF = "net4u.urls"
WSGI_APPLICATION = "net4u.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "builtins": ["django_cotton.templatetags.cotton"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "net4u.site.context.portal",
            ],
        },
    },
]

# Components (templates/ui/, as <c-name />) see what they are given and what context processors tell, nothing else.
COTTON_DIR = "ui"
COTTON_ISOLATE_BY_DEFAULT = True

# --- database, cache, sessions ------------------------------------------------------------------------------

# ATOMIC_REQUESTS stays off: change() opens the outermost transaction itself (a system check watches over it).
DATABASES = {"default": environment.database("DATABASE_URL", default=DATA_DIR / "net4u.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, so that any number of web processes agree and nothing more has to run.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- people -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:now"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# allauth's rate limits count by address; behind https stands exactly one proxy that we trust to name it.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0

MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey belongs to a host with a name; Chromium takes localhost without https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOOPBACK
MFA_TOTP_ISSUER = "NET4U"
# The secretariat needs a second factor, but for the first look at the portal on somebody's own machine.
SECOND_FACTOR_REQUIRED = not LOOPBACK

# --- mail ---------------------------------------------------------------------------------------------------

_server = environment.mail_server("EMAIL_URL")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _server else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
if _server:
    EMAIL_HOST, EMAIL_PORT = _server.host, _server.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _server.user, _server.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _server.tls, _server.ssl
    EMAIL_TIMEOUT = 20  # a server that accepts and then says nothing must not hold a worker
DEFAULT_FROM_EMAIL = SECRETARIAT_EMAIL or f"net4u@{SITE_HOST}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# /mailbox/ shows the mails in EMAIL_FILE_PATH to whoever asks: only on somebody's own machine.
MAILBOX = LOOPBACK and not _server

# --- language, time -----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# In their own words. English has no prefix in addresses, the others theirs (net4u.base.languages).
LANGUAGES = [("en", "English"), ("fr", "Français"), ("it", "Italiano")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["net4u.formats"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

# --- static files -------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# Bootstrap's style sheets as its package has them; no script of it is used.
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", bootstrap_wrapper.get_bootstrap_css_dir())]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # No address of the web leads there: files are handed out by a view that asks who is looking.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # half the files to compress at each start
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

# --- security headers ---------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],  # data: for Bootstrap's own icons
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked from inside, past the proxy that speaks https
CSRF_COOKIE_HTTPONLY = True

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# A cookie of this name cannot be set by a neighbouring subdomain; browsers take it only over https.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# W021 asks for HSTS preload: an entry in the browsers' lists is the domain owner's to make.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# --- API ----------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # a browser's session opens nothing here
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "net4u.api.problem",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "NET4U portal",
    "DESCRIPTION": "What the network published: read-only, for partner networks and everybody else.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVERS": [{"url": SITE_URL}],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Choices that several fields share: one name in the schema, else each field brings its own.
    "ENUM_NAME_OVERRIDES": {
        "DatePrecision": "vocabulary.enums.DatePrecision",
        "Qualifier": "workshops.enums.Qualifier",
    },
}

# --- work in the background ---------------------------------------------------------------------------------

# The database is the queue, Redis only the bell: a lost message waits for the next sweep, nothing is lost.
REDIS_URL = environment.redis_url("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = {} if REDIS_URL else {"polling_interval": 0.05}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# The schedule is static and short: beat keeps it in memory and writes no file.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
SWEEP_SECONDS = 20
CELERY_BEAT_SCHEDULE = {
    # An unread bell is not worth keeping: it expires when the next one rings.
    "sweep": {"task": "base.sweep", "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS}},
}

# --- logs: one plain line each, to standard error; whoever runs the portal keeps them -----------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"hide_tokens": {"()": "net4u.logs.HideTokens"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["hide_tokens"]}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "celery": {"level": "WARNING"},  # not a line for each sweep
    },
}

# --- tests: nothing slow, nothing on disk -------------------------------------------------------------------

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # served from where they are, nothing is collected
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
