"""Settings, all from the environment; each is described in docs/operating.md.

A value that can't be right stops the start with a sentence (see config/env.py).
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import browsers, database, env, keys, logs
from youthvoice.floors import APPS

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
#: Under it telephone numbers are stored: without this file none is known again.
PHONE_KEY = keys.read_or_make(DATA_DIR / "keys", "phones")
#: Seals what second factors are checked with: a copy of the database makes no codes.
FACTOR_KEY = keys.read_or_make(DATA_DIR / "keys", "factors")
#: A key a day, under which readers are hashed; see youthvoice/reads/daily.py.
READS_KEYS = DATA_DIR / "keys" / "reads"

# --- Which province ----------------------------------------------------------------------

#: A folder of youthvoice/orgs/data/, or the path of one like it.
PROVINCE = env.text("PROVINCE", default="henan")
SITE_NAME = env.text("SITE_NAME", default="河南青年之声")
#: Shown on the pages of rules and help.
CONTACT = env.text("CONTACT", default="12355")
#: Who runs the site, and the numbers under which it is registered; all at the foot of pages.
ORGANISER = env.text("ORGANISER")
ICP_RECORD, POLICE_RECORD = env.icp_record("ICP_RECORD"), env.police_record("POLICE_RECORD")

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
    *(f"youthvoice.{app}" for app in APPS),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "youthvoice.kit.middleware.BrowserRules",
    "youthvoice.kit.middleware.RequestLog",
    "youthvoice.entrance.wrote.WroteJustNow",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Smaller pages and "unchanged" in a few bytes: for old telephones on bad networks.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "youthvoice.entrance.door.StrangeRequests",
    # Before anything may read the body, and within the headers that every page carries.
    "youthvoice.site.body_limit.BodyLimit",
    "youthvoice.site.refusals.Refusals",
    "youthvoice.people.devices.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "youthvoice.site.keeping.KeptWords",
    # Whoever works in an organisation: awake, and with a second factor, or an ordinary person.
    "youthvoice.orgs.middleware.StaffSessions",
    "youthvoice.people.devices.middleware.SessionNotes",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "youthvoice.site.middleware.PrivatePages",
    "youthvoice.site.middleware.TooManyPages",
    "youthvoice.site.consent_first.ConsentFirst",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": ["youthvoice.readymade.compiling.loader.Loader"],
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

#: Counts of tries, for a day at most: beside the database, whose log would tie them to acts.
LIMITS_FILE = DATA_DIR / "limits.sqlite3"

#: How many times its free ceiling a network may reach after waits (limits/choices.py); 1: none.
CROWD_TIMES = env.integer("CROWD_TIMES", default=10, at_least=1, at_most=100)
#: Behind these are many people, as in a school: so many times the ceilings, without waits.
SHARED_NETWORKS = env.networks("SHARED_NETWORKS")
SHARED_NETWORK_TIMES = env.integer("SHARED_NETWORK_TIMES", default=20, at_least=1, at_most=1000)

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Language and time -------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
# What Django and allauth say, in our words; goes before their own.
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
TIME_ZONE = env.time_zone("TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True

# --- People ------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "youthvoice.people.signing_in.backends.SignInBackend",
    "django.contrib.auth.backends.ModelBackend",
    # Says who may, and signs nobody in: behind those whose sessions find their person again.
    "youthvoice.orgs.backends.OperatorBackend",
]
PASSWORD_HASHERS = [
    f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Argon2", "PBKDF2")
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [{"NAME": "youthvoice.people.signing_in.passwords.GuessesValidator"}]
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
# An account may be made with any address, proved by nobody: so no answer tells who has one.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_FORMS = {
    "reset_password": "youthvoice.people.signing_in.resetting.ResetForm"  # nosec B105 - a class
}
# Messages and letters call people as the pages do; the name for signing in is nobody's to read.
ACCOUNT_USER_DISPLAY = str
ACCOUNT_USERNAME_MIN_LENGTH = 3
# Who chose a name that is taken needn't think of a password again; these pages are kept nowhere.
ACCOUNT_PASSWORD_INPUT_RENDER_VALUE = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_LOGOUT_ON_GET = False
# allauth needs to know whose X-Forwarded-For to believe; by default nobody's.
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_ADAPTER = "youthvoice.people.signing_in.adapter.Adapter"
# Counted by us, where a restart does not forget them.
ACCOUNT_RATE_LIMITS = {
    **dict.fromkeys(["confirm_email", "login_failed", "reset_password", "signup"]),
    # Right passwords too: a class signs in within the minute. They bound slow hashes only.
    **dict.fromkeys(["login", "reset_password_from_key"], "120/m/ip"),
}

#: Where codes for telephones go; nothing means that nobody signs in by telephone.
SMS_URL = env.sms_gateway("SMS_URL", https=HTTPS)
SMS_SECRET = env.text("SMS_SECRET")
SMS_TEMPLATE = env.text("SMS_TEMPLATE")
if SMS_URL.startswith("https:") and len(SMS_SECRET) < 16:
    raise ImproperlyConfigured(
        "SMS_URL needs SMS_SECRET, at least 16 characters that the gateway knows too."
    )

SESSION_ENGINE = "youthvoice.people.devices.sessions"
MFA_ADAPTER = "youthvoice.people.factors.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Counted by us, and each code good once; see people/factors/forms.py.
MFA_FORMS = {
    "authenticate": "youthvoice.people.factors.forms.SignInCode",
    "reauthenticate": "youthvoice.people.factors.forms.AgainCode",
    "activate_totp": "youthvoice.people.factors.forms.FirstCode",
    "authenticate_webauthn": "youthvoice.people.factors.forms.SignInPasskey",
    "reauthenticate_webauthn": "youthvoice.people.factors.forms.AgainPasskey",
    "add_webauthn": "youthvoice.people.factors.forms.NewPasskey",
    "edit_webauthn": "youthvoice.people.factors.forms.PasskeyName",
}
# Telephones' clocks: one step of 30 seconds before and after.
MFA_TOTP_TOLERANCE = 1
# Staff without an e-mail address need a factor all the same.
MFA_ALLOW_UNVERIFIED_EMAIL = True
#: Says for which requests a session counts as verified without a factor: the demo's alone.
SECOND_FACTOR_WAIVER = "youthvoice.demo.policy.sign_in_allowed"
#: Seconds after which a session of staff that does nothing ends.
STAFF_IDLE_SECONDS = 60 * env.integer("STAFF_IDLE_MINUTES", default=30, at_least=1)

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

# --- Working hours -----------------------------------------------------------------------

#: Of a workday: what deadlines in hours and days count by; (from, to), 00:00 as an end is 24:00.
WORKING_HOURS = env.spans("WORKING_HOURS", default="08:30-12:00,14:30-18:00")
#: Of a workday: when somebody is on duty for first replies.
DUTY_HOURS = env.spans("DUTY_HOURS", default="08:30-12:00,14:30-18:00")

# --- Asking ------------------------------------------------------------------------------

#: What checking a receipt's code costs: Argon2id's passes, lanes and KiB.
RECEIPT_HASH_COST = (2, 1, 19456)
#: Pictures of one question, and the bytes of one as it is sent.
PICTURES_MOST = 9
PICTURE_BYTES_MOST = 1024 * 1024 * env.integer("PICTURE_MEGABYTES", default=12, at_least=1)
#: Where pictures wait for a form that came back, and how many bytes of them at once.
HELD_ROOT = DATA_DIR / "held"
HELD_BYTES_MOST = 1024 * 1024 * env.integer("HELD_MEGABYTES", default=1000, at_least=1)
#: Pixels of the shorter side and of the whole area that are kept, so that a long screenshot can
#: still be read, and of the small one's longer side.
PICTURE_SHORT = 1440
PICTURE_AREA = 5_000_000
PICTURE_THUMB_SIDE = 480
#: A picture with more pixels than this is refused before it is unpacked.
PICTURE_PIXELS_MOST = 50_000_000

# --- Cases -------------------------------------------------------------------------------

#: Hours of duty time within which a question has its first official reply; rows of Term say
#: otherwise for a field or a kind, here as in the next two.
FIRST_REPLY_HOURS = env.integer("FIRST_REPLY_HOURS", default=2, at_least=1, at_most=200)
#: And within so many hours of any time, holidays and nights as well.
FIRST_REPLY_WORST_HOURS = env.integer(
    "FIRST_REPLY_WORST_HOURS", default=24, at_least=1, at_most=720
)
#: Working days within which the holder takes a step that is theirs.
NEXT_STEP_DAYS = env.integer("NEXT_STEP_DAYS", default=1, at_least=1, at_most=60)
#: Working hours within which a body signs for what it was asked.
SIGN_HOURS = env.integer("SIGN_HOURS", default=2, at_least=1, at_most=200)
#: Working days within which it is done: simple, ordinary, complex.
REFERRAL_DAYS = env.integers("REFERRAL_DAYS", default=[1, 5, 10], at_most=250)
#: Hours after a deadline at which are told: who holds it, their lead, the duty lead, the
#: province's lead.
ESCALATION_HOURS = env.integers("ESCALATION_HOURS", default=[0, 2, 4, 8], at_most=720)

# --- Yours -------------------------------------------------------------------------------

#: How many days somebody may take back that they leave, before all is erased.
LEAVING_DAYS = env.integer("LEAVING_DAYS", default=7, at_least=1, at_most=15)
#: Where exports lie until they are taken; not under MEDIA_ROOT, which is served.
EXPORTS_ROOT = DATA_DIR / "exports"
#: How many days an export waits for its owner.
EXPORT_DAYS = env.integer("EXPORT_DAYS", default=7, at_least=1, at_most=7)
#: How many days finished tasks (mails, exports) are kept; a failed one's error may quote data.
TASK_DAYS = env.integer("TASK_DAYS", default=7, at_least=1, at_most=180)
#: How many days the admin's own list of recent changes is kept; the journal has them for good.
ADMIN_LOG_DAYS = env.integer("ADMIN_LOG_DAYS", default=180, at_least=1)
#: Seconds for which a password that was asked for again stands.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# --- The sealed record -------------------------------------------------------------------

#: True: who asks without a name is sealed for two named people; see docs/decisions/0008.
SEALED_RECORDS = env.boolean("SEALED_RECORDS", default=False)
#: Their sign-in names: who removes the outer layer, and who opens the inner one.
SEALED_OPENERS = [name.lower() for name in env.pair("SEALED_OPENERS")]
#: Logs of a network are kept for six months at least (网络安全法), which may be 184 days.
SEALED_DAYS = env.integer("SEALED_DAYS", default=184, at_least=1, at_most=3650)
#: The public halves of their keys, outer and inner; the private ones are not in the house.
SEALED_KEYS: list[bytes] = []
if SEALED_RECORDS:
    SEALED_KEYS = keys.read_public(DATA_DIR / "keys" / "sealed", SEALED_OPENERS)
#: What checking a key file's passphrase costs: Argon2id's passes and bytes. Belongs to the
#: form of the files: with other numbers no key made before opens.
SEALED_HASH_COST = (3, 256 * 1024 * 1024)

# --- Routing -----------------------------------------------------------------------------

#: Per cent of confidence from which on a learnt suggestion may act alone; 0 is never.
ROUTING_ALONE_ABOVE = env.integer("ROUTING_ALONE_ABOVE", default=0, at_most=100)

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

CONTENT_SECURITY_POLICY = browsers.CONTENT_SECURITY_POLICY
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

# --- Pages, reads, worker, health --------------------------------------------------------

#: Bytes of public pages that each web process keeps ready; 0 keeps none (entrance/cache.py).
PAGE_CACHE_BYTES = 1024 * 1024 * env.integer("PAGE_CACHE_MEGABYTES", default=64, at_most=4096)
#: When what they show has changed, for all processes of this machine.
SURROGATES_FILE = DATA_DIR / "surrogates"
#: Where reads wait that a killed process has not written.
READS_SPOOL = DATA_DIR / "reads"

#: Seconds for which reads are gathered before one write: so long that the log tells no order.
READS_FLUSH_SECONDS = env.integer("READS_FLUSH_SECONDS", default=60, at_least=1, at_most=3600)
#: /healthz is red below this much free disk, in MiB.
DISK_FREE_LEAST = env.integer("DISK_FREE_LEAST", default=200)
#: /healthz is red when the worker was last heard so many seconds ago.
WORKER_SILENT_MOST = 60
#: Who sends it is told by /healthz what fails; nobody, where it is empty.
HEALTH_TOKEN = env.text("HEALTH_TOKEN")
if 0 < len(HEALTH_TOKEN) < 16:
    raise ImproperlyConfigured("HEALTH_TOKEN must have 16 characters or more; unset it for none.")

LOG_LEVEL = env.choice("LOG_LEVEL", default="INFO", among=["DEBUG", "INFO", "WARNING", "ERROR"])
LOGGING_CONFIG = None
logs.configure(level=LOG_LEVEL, pretty=env.boolean("LOG_PRETTY", default=False))
