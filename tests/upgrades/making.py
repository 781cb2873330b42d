"""Fill the data folder and the database of the environment with a small house, and prove that it
is whole: what `scripts/release.py` does in a process for each kind of database."""

import io
import json
from datetime import datetime

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_test_environment

from tests.upgrades import houses, story, telling


def make(moment: str) -> None:
    at = datetime.fromisoformat(moment)
    setup_test_environment()
    with houses.stopped(at):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_instance", verbosity=0)
        facts = story.tell(at, keys=settings.DATA_DIR / "keys")
        for command in ("check_cases", "verify_journal"):
            call_command(command, stdout=io.StringIO())
        call_command("recount", stdout=(told := io.StringIO()))
    assert told.getvalue() == "All numbers are exact.\n", told.getvalue()
    facts["rows"] = telling.rows()
    empty = {name for name, count in facts["rows"].items() if not count}
    assert empty <= set(telling.EMPTY), f"nothing in {sorted(empty - set(telling.EMPTY))}"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
    (settings.DATA_DIR / "facts.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    connection.close()
