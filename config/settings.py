"""Settings, all from the environment; each is described in docs/operating.md.

A value that can't be right stops the start with a sentence (see config/env.py).
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import database, env, keys, logs

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Where things live -------------------------------------------------------------------

#: Database, pictures and keys.
DATA_DIR = env.folder("YOUTHVOICE_DATA", default=BASE_DIR / "var")
#: The address that the web process listens on; the supervisor sets both.
HOST = env.text("YOUTHVOICE_HOST", default="127.0.0.1")
PORT = env.integer("YOUTHVOICE_PORT", default=8000, at_least=1, at_most=65535)
#: The public names of the site. Loopback names are always allowed.
ALLOWED_HOSTS = [*env.words("ALLOWED_HOSTS"), "127.0.0.1", "localhost", "[::1]"]
#: Full addresses (https://…) behind which forms are sent when a proxy ends TLS.
CSRF_TRUSTED_ORIGINS = env.origins("TRUSTED_ORIGINS")
#: How many proxies of ours stand in front: so many addresses of X-Forwarded-For are believed.
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", default=0, at_most=5)
#: True behind TLS: cookies travel only encrypted, and browsers are told to stay there.
HTTPS = env.boolean("HTTPS", default=False)
DEBUG = False

SECRET_KEY = keys.read_or_make(DATA_DIR / "keys", "django")
#: Opens receipts: without this file a copy of the database can't check a single code.
RECEIPT_KEY = keys.read_or_make(DATA_DIR / "keys", "receipts")

# --- Which province ----------------------------------------------------------------------

#: A folder of youthvoice/orgs/data/, or the path of one like it.
PROVINCE = env.text("PROVINCE", default="henan")
SITE_NAME = env.text("SITE_NAME", default="河南青年之声")
#: Shown on the pages of rules and help.
CONTACT = env.text("CONTACT", default="12355")

# --- The house ---------------------------------------------------------------------------

INSTALLED_APPS = [
    "config.admin.OperatorAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "youthvoice.kit",
    "youthvoice.journal",
    "youthvoice.reads",
    "youthvoice.clock",
    "youthvoice.limits",
    "youthvoice.people",
    "youthvoice.orgs",
    "youthvoice.safety",
    "youthvoice.questions",
    "youthvoice.cases",
    # After cases: a question has its holder when its words are looked at.
    "youthvoice.crisis",
    "youthvoice.site",
    "youthvoice.demo",
    "allauth",
    "allauth.account",
    "django_htmx",
    "csp",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "youthvoice.kit.middleware.BrowserRules",
    "youthvoice.kit.middleware.RequestLog",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Smaller pages and "unchanged" in a few bytes: for old telephones on bad networks.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    # Before anything may read the body, and within the headers that every page carries.
    "youthvoice.site.bodies.BodyLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "youthvoice.site.middleware.PrivatePages",
    "youthvoice.site.middleware.TooManyPages",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "youthvoice.kit.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database.from_address(env.text("DATABASE_URL"), data=DATA_DIR)}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Language and time -------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = env.time_zone("TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True

# --- People ------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    # Says who may, and signs nobody in: behind those whose sessions find their person again.
    "youthvoice.orgs.backends.OperatorBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "youthvoice.people.forms.SignupExtra"
# Names that would speak for the house, or that addresses of ours use.
ACCOUNT_USERNAME_BLACKLIST = [
    "admin",
    "official",
    "qingnian",
    "root",
    "system",
    "tuan",
    "youthvoice",
]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_LOGOUT_ON_GET = False
# allauth needs to know whose X-Forwarded-For to believe; by default nobody's.
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_ADAPTER = "youthvoice.people.adapter.Adapter"
# Wrong passwords are counted by the adapter, where a restart does not forget them.
ACCOUNT_RATE_LIMITS = {"login_failed": None}

SESSION_COOKIE_AGE = 60 * 60 * 24 * env.integer("SESSION_DAYS", default=14, at_least=1)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "youthvoice.site.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", default="青年之声 <noreply@localhost>")
for _name, _value in env.email_server("EMAIL_URL").items():
    globals()[_name] = _value

# --- Asking ------------------------------------------------------------------------------

#: What checking a receipt's code costs: Argon2id's passes, lanes and KiB.
RECEIPT_HASH_COST = (2, 1, 19456)
#: Pictures of one question, and the bytes of one as it is sent.
PICTURES_MOST = 9
PICTURE_BYTES_MOST = 1024 * 1024 * env.integer("PICTURE_MEGABYTES", default=12, at_least=1)
#: The longest side kept, and that of the small one, in pixels.
PICTURE_SIDE = 1600
PICTURE_THUMB_SIDE = 480
#: A picture with more pixels than this is refused before it is unpacked.
PICTURE_PIXELS_MOST = 50_000_000

# --- Files -------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Headers -----------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    if not TRUSTED_PROXIES:
        # We speak plain HTTP: without a proxy each redirect to https would come back to us.
        raise ImproperlyConfigured(
            "HTTPS=true needs a proxy that ends TLS: say how many of ours stand in front with "
            "TRUSTED_PROXIES=1, or unset HTTPS."
        )
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * env.integer("HSTS_DAYS", default=30)

# What `check --deploy` would like besides, and ./test must not stop at:
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains: they are the province's, and not ours to promise for
    "security.W021",  # preloading: browsers would keep it for years after a province goes back
]

# --- Reads, worker, health ---------------------------------------------------------------

#: Seconds for which reads are gathered in memory before one write.
READS_FLUSH_SECONDS = 0.5
#: /healthz is red below this much free disk, in MiB.
DISK_FREE_LEAST = env.integer("DISK_FREE_LEAST", default=200)
#: /healthz is red when the worker was last heard so many seconds ago.
WORKER_SILENT_MOST = 60

LOG_LEVEL = env.choice("LOG_LEVEL", default="INFO", among=["DEBUG", "INFO", "WARNING", "ERROR"])
LOGGING_CONFIG = None
logs.configure(level=LOG_LEVEL, pretty=env.boolean("LOG_PRETTY", default=False))
