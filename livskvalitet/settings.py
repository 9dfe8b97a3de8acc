"""Settings of the site: safe for production; LOCAL=1 relaxes what TLS demands.

Everything that differs between installations comes from the environment. A wrong or
missing value stops the start with one sentence that says what to set.
"""

import time
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from livskvalitet.database_limits import limit_waiting
from livskvalitet.environment import LOOPBACK_NAMES, Environment

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment()
LOCAL = env.is_local
DEBUG = env.bool("DEBUG", False) and LOCAL
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

SECRET_KEY = env.local_secret("SECRET_KEY", VAR_DIR)
HOST = env.loopback_host()
PORT = env.int("PORT", 8000)
ALLOWED_HOSTS = (
    LOOPBACK_NAMES if LOCAL else env.list("ALLOWED_HOSTS", [], subcast=str.strip)
)
# What each process may keep of public pages; 0 keeps none.
PAGE_CACHE_BYTES = 0 if DEBUG else env.int("PAGE_CACHE_MB", 64) * 1_000_000
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", [], subcast=str.strip)
# Names what runs, so that caches and ETags change with it.
RELEASE = env.str("RELEASE", "") or str(int(time.time()))

INSTALLED_APPS = [
    "taggit",  # before kunskapsbank, whose own tags take the place of its
    "livskvalitet",
    "search",
    "programme",
    "accounts",
    "kunskapsbank",
    "uppfoljning",
    "simple_history",
    "lucide",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.forms",  # its widgets' templates, for the renderer below
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "livskvalitet.request_log.SeenView",
    "livskvalitet.logs.SlowQueries",
    "livskvalitet.middleware.ResponseHeaders",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "livskvalitet.middleware.AdminPolicy",
    "livskvalitet.open_data.crossing.OpenData",
    "django.middleware.gzip.GZipMiddleware",
    "livskvalitet.middleware.ErrorPages",
    "livskvalitet.middleware.PublicPages",
    "accounts.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "livskvalitet.middleware.ReadOnly",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SessionTimes",
    "accounts.middleware.SecondFactor",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "livskvalitet.urls"
WSGI_APPLICATION = "livskvalitet.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "livskvalitet.context_processors.site",
                "accounts.context_processors.own_session",
            ],
        },
    },
]

FORM_RENDERER = "livskvalitet.form_rendering.FormRenderer"

DATABASES = {"default": env.database(VAR_DIR / "livskvalitet.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Seconds; the limit of one statement is set where requests are answered, in wsgi.py.
limit_waiting(DATABASES["default"], env.int("LOCK_TIMEOUT", 10))
STATEMENT_TIMEOUT = env.int("STATEMENT_TIMEOUT", 15)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A task is a row, written in the transaction that calls for it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Throttles count here, so it is shared by all processes; CACHE_URL may name another.
CACHES = {
    "default": env.cache(
        {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    )
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {
        "NAME": f"{_VALIDATION}.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": "accounts.password_validation.BreachedPasswordValidator"},
    {"NAME": "accounts.password_validation.OwnWordsValidator"},
]

# -- Signing in (trust 6, 7). No sign-up: the adapters are closed.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "kunskapsbank:my_entries"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
CODE_SECONDS = 15 * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "signed_out"
ACCOUNT_USER_DISPLAY = str
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if LOCAL else "https"
# Per network (ip) and per account and network (key). None is per account alone: that
# would let a stranger shut its owner out (trust 6.3.1).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip",
    "reset_password": "20/m/ip",
    "confirm_email": "3/5m/key",  # for a new address, by whoever is signed in
    "application": "5/h/ip",
}
ACCOUNT_FORMS = {
    "login": "accounts.forms.signin.LoginForm",
    "request_login_code": "accounts.forms.signin.CodeForm",
    "confirm_login_code": "accounts.forms.signin.ConfirmCodeForm",
    "confirm_email_verification_code": "accounts.forms.signin.ConfirmEmailForm",
    "reset_password": "accounts.forms.signin.ResetPasswordForm",
    "confirm_password_reset_code": "accounts.forms.signin.ConfirmResetForm",
    "reset_password_from_key": "accounts.forms.signin.NewPasswordForm",
    "set_password": "accounts.forms.signin.SetPasswordForm",
    "change_password": "accounts.forms.signin.ChangePasswordForm",
    "add_email": "accounts.forms.signin.EmailForm",
    "reauthenticate": "accounts.forms.signin.ReauthenticateForm",
}
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
MFA_TOTP_ISSUER = "Livskvalitet Helsingborg"
MFA_FORMS = {
    "authenticate": "accounts.forms.signin.SecondFactorForm",
    "reauthenticate": "accounts.forms.signin.ReauthenticateCodeForm",
    "activate_totp": "accounts.forms.signin.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.signin.AddKeyForm",
    "edit_webauthn": "accounts.forms.signin.RenameKeyForm",
}
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = env.openid_provider()
OIDC_PROVIDES_SECOND_FACTOR = env.bool("OIDC_PROVIDES_SECOND_FACTOR", False)

# Sent by tasks, never while somebody waits for a page.
globals().update(env.mail(VAR_DIR / "mail"))

LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Nothing of ours is for other sites to use (trust B7).
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": env.media("kunskapsbank.uploads.storage.WholeFileStorage"),
    "staticfiles": {"BACKEND": "livskvalitet.staticfiles.BundlingStorage"},
}
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
FILE_UPLOAD_HANDLERS = ["kunskapsbank.uploads.handlers.LimitedUpload"]
DATA_UPLOAD_MAX_NUMBER_FILES = 3
# Where `backup` writes when it is told no other place, and what encrypts it.
BACKUP_DIR = Path(env.str("BACKUP_DIR", str(VAR_DIR / "backup")))
BACKUP_KEY = env.long_secret("BACKUP_KEY", least=32)
# Run with a file's path after it: 0 is clean, 1 is infected, all else is no answer.
ANTIVIRUS_COMMAND = env.str("ANTIVIRUS_COMMAND", "")
# A copy of everything public, which the proxy serves when the site is down: a folder
# that every process and the proxy reach.
STATIC_COPY_ROOT = env.str("STATIC_COPY_ROOT", "")
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# -- What a browser is told (trust B5-B7). The policy is the same for every page, so
# that pages can be cached; the admin alone omits the Trusted Types directives.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [NONE],
    }
}
# Who is told of what the policy stopped, such as the address that Sentry gives for it.
if CSP_REPORT_ADDRESS := env.str("CSP_REPORT_ADDRESS", ""):
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["report-uri"] = [CSP_REPORT_ADDRESS]
PERMISSIONS_POLICY = (
    "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"
)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# -- What TLS demands; LOCAL=1 relaxes this and nothing else.
SECURE_SSL_REDIRECT = not LOCAL
# A proxy asks the process itself, over http.
SECURE_REDIRECT_EXEMPT = [r"^halsa/"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SESSION_COOKIE_SECURE = not LOCAL
CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_NAME = "session" if LOCAL else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if LOCAL else "__Host-csrf"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # X-Frame-Options is set by livskvalitet.middleware, on all
    "security.W021",  # preloading is decided for all of helsingborg.se, not by us
]

# A session ends after a working day, and after rest (trust 7.3.1); one that only reads
# is noted every five minutes. A page warns before, and can prolong the rest.
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_IDLE_AGE = 2 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "livskvalitet.views.errors.csrf_failure"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
# Every text of a contribution, far too long, fits; a megabyte does not (trust R36).
DATA_UPLOAD_MAX_MEMORY_SIZE = 600_000
# In the session, so that signing in sets two cookies and no third.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

TAGGIT_CASE_INSENSITIVE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"()": "livskvalitet.logs.formatter", "as_json": not LOCAL}
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "lines"},
        "null": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # A request for a name that is not ours is noise, and tells whoever asked nothing.
    "loggers": {
        "django.security.DisallowedHost": {"handlers": ["null"], "propagate": False},
        "django": {"handlers": [], "level": "INFO"},
        # Said by the line of each request, with the view instead of the address.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": ["console"], "propagate": False},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},
    },
}

# The web server's logs that a night's counts read: that of the day before and today's.
ACCESS_LOGS = env.list("ACCESS_LOGS", [], subcast=str.strip)
# A question to the database that takes so long is noted; 0 notes none.
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 500)
# Where Prometheus reads, never the port of the site; 0 is nowhere.
METRICS_HOST = env.str("METRICS_HOST", "127.0.0.1")
METRICS_PORT = env.int("METRICS_PORT", 0)
# Faults are sent there, without anything that a person has written.
SENTRY_DSN = env.str("SENTRY_DSN", "")

# Working days that something may wait for a moderator before the queue says so.
REVIEW_ALARM_DAYS = env.int("REVIEW_ALARM_DAYS", 5)

# -- Who publishes the site. Empty until the publisher has filled them in, and then
# the pages say so.
PUBLISHER = {
    "publisher": env.str("PUBLISHER_NAME", ""),
    "board": env.str("PUBLISHER_BOARD", ""),
    "organisation_number": env.str("PUBLISHER_ORGANISATION_NUMBER", ""),
    "contact_email": env.str("CONTACT_EMAIL", ""),
    "contact_phone": env.str("CONTACT_PHONE", ""),
    "contact_address": env.str("CONTACT_ADDRESS", ""),
    "controller": env.str("DATA_CONTROLLER", ""),
    "dpo_email": env.str("DATA_PROTECTION_OFFICER_EMAIL", ""),
}
MODERATORS_EMAIL = env.answers_go_to()
SITE_ADDRESS = env.str(
    "SITE_ADDRESS",
    f"http://localhost:{PORT}" if LOCAL else "https://livskvalitet.helsingborg.se",
).rstrip("/")
# Where the values of indicators are fetched; the terms ask us to name it as the source.
KOLADA_ADDRESS = env.str("KOLADA_ADDRESS", "https://api.kolada.se/v3").rstrip("/")
DEFAULT_FROM_EMAIL = env.sender("DEFAULT_FROM_EMAIL", SITE_ADDRESS)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "") or f"{SITE_ADDRESS}/om/#kontakt"

if not LOCAL and not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is missing: set it to the names the site answers to, "
        "such as livskvalitet.helsingborg.se."
    )
