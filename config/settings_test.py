"""Settings for the tests: the real ones, in a throw-away data folder, with cheap hashing."""

import os
import tempfile
from pathlib import Path

# A folder for each process of pytest-xdist: they would find each other's pictures.
os.environ["YOUTHVOICE_DATA"] = os.path.join(
    os.environ.get("YOUTHVOICE_DATA") or tempfile.mkdtemp(prefix="youthvoice-test-"),
    os.environ.get("PYTEST_XDIST_WORKER", ""),
)

from config.settings import *  # noqa: F403 - the point of this file
from config.settings import DATABASES, STATIC_ROOT, STORAGES

if DATABASES["default"]["ENGINE"].endswith("sqlite"):
    # A file, as in a house that runs: WAL and its locks don't exist in memory.
    DATABASES["default"]["TEST"] = {
        "NAME": str(Path(os.environ["YOUTHVOICE_DATA"]) / "test.sqlite3")
    }
else:
    # Nothing of it is kept, so no commit needs to wait for the disk.
    options = DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c synchronous_commit=off".strip()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
RECEIPT_HASH_COST = (1, 1, 8)
# The recorder's own thread would write into the database of whichever test runs by then.
READS_FLUSH_SECONDS = 3600
SEALED_HASH_COST = (1, 8192)
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# `collectstatic` makes it in a house that runs; WhiteNoise warns where it is missing.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# Telephones are on, so that every page of theirs is walked; tests of the gateway set its address.
SMS_URL = "console"
