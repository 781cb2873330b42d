"""The settings of a house that runs, with its real hashes; but no letter leaves it."""

from config.settings import *  # noqa: F403 - the point of this file
from config.settings import STATIC_ROOT, STORAGES

ALLOWED_HOSTS = ["qn.example", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SMS_URL = "console"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
