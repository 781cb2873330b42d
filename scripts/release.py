"""Make a release of what is in the tree: run it again before the release is out, never after.

release.py VERSION DATE    e.g. release.py 0.1.0 2026-11-30

Gives the tree its version (pyproject.toml, the newest heading of CHANGELOG.md) and keeps in
tests/upgrades/VERSION what every later version is held to: the hash of each migration, and a
small house of this version on SQLite and on PostgreSQL. Needs a PostgreSQL server, at DATABASE_URL
or at 127.0.0.1:5432, and pg_dump of its version or later.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    # What the run makes by loading the settings goes with it.
    _SCRATCH = tempfile.TemporaryDirectory(prefix="youthvoice-release.")
    os.environ["YOUTHVOICE_DATA"] = _SCRATCH.name
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.upgrades.settings"
    django.setup()

from tests.upgrades import houses  # noqa: E402 - after the setup

_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
_MAKE = """import sys, django
django.setup()
from tests.upgrades.making import make
make(sys.argv[1])"""
_UNRELEASED = "## [Unreleased]\n"


def main(version: str, day: str) -> int:
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        return say(f"{version} is no version: 0.1.0 is.")
    date.fromisoformat(day)
    for release in houses.releases():
        if houses.number(release) > houses.number(version):
            return say(f"{release} is out: {version} can't be made any more.")
    changes = ROOT / "CHANGELOG.md"
    told = release_changelog(changes.read_text(encoding="utf-8"), version, day)
    changes.write_text(told, encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = re.sub(r'(?m)^version = ".*"$', f'version = "{version}"', project, count=1)
    (ROOT / "pyproject.toml").write_text(project, encoding="utf-8")

    kept = houses.KEPT / version
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    moment = f"{day}T12:00:00+08:00"
    with tempfile.TemporaryDirectory(prefix="youthvoice-houses.") as scratch:
        sizes = make_houses(version, moment, Path(scratch))
    lines = (f"{told} {path}\n" for path, told in houses.migrations().items())
    (kept / "migrations.txt").write_text("".join(lines), encoding="ascii")
    print(f"{version} of {day}: {len(houses.migrations())} migrations, {sizes}.")
    return 0


def release_changelog(text: str, version: str, day: str) -> str:
    """What is unreleased goes under the version, before what stands there already."""
    before, unreleased, rest = text.partition(_UNRELEASED)
    news, *older = re.split(r"(?m)^(?=## \[)", rest)
    same = [part for part in older if part.startswith(f"## [{version}]")]
    others = "".join(part for part in older if part not in same)
    kinds: dict[str, list[str]] = {}
    for part in (news, *same):
        for section in re.split(r"(?m)^### ", part)[1:]:
            kind, _, lines = section.partition("\n")
            kinds.setdefault(kind, []).append(lines.strip("\n"))
    told = "".join(f"\n### {kind}\n\n" + "\n".join(all_) + "\n" for kind, all_ in kinds.items())
    return f"{before}{unreleased}\n## [{version}] - {day}\n{told}" + (others and f"\n{others}")


def make_houses(version: str, moment: str, scratch: Path) -> str:
    """Both at once; gives what they weigh."""
    given = os.environ.get("DATABASE_URL") or _SERVER
    address = urlunsplit(urlsplit(given)._replace(path=f"/youthvoice_release_{os.getpid()}"))
    addresses = {"sqlite": "", "postgresql": address}
    postgres("make", address)
    try:
        making = {}
        for vendor, url in addresses.items():
            (scratch / vendor).mkdir()
            environ = os.environ | {"YOUTHVOICE_DATA": str(scratch / vendor), "DATABASE_URL": url}
            environ["LOG_LEVEL"] = "ERROR"
            words = [sys.executable, "-c", _MAKE, moment]
            making[vendor] = subprocess.Popen(words, cwd=ROOT, env=environ)
        failed = [vendor for vendor, process in making.items() if process.wait()]
        if failed:
            raise SystemExit(f"No house could be made on {' and '.join(failed)}.")
        dump = subprocess.run(
            [pg_dump(), "--no-owner", "--no-privileges", "--no-comments", address],
            check=True,
            capture_output=True,
            text=True,
        )
    finally:
        postgres("drop", address)
    data = {vendor: scratch / vendor for vendor in addresses}
    (data["sqlite"] / "youthvoice.sqlite3").rename(data["sqlite"] / houses.FILE)
    (data["postgresql"] / houses.DUMP).write_text(houses.plain(dump.stdout), encoding="utf-8")
    weights = []
    for vendor, folder in data.items():
        tidy(folder)
        archive = houses.archive_of(version, vendor)
        houses.pack(folder, archive)
        weights.append(f"{vendor} {archive.stat().st_size // 1000} kB")
    return ", ".join(weights)


def tidy(folder: Path) -> None:
    """What a house makes anew stays behind, and nothing says on which machine it was made."""
    for path in folder.iterdir():
        if path.name not in {houses.FILE, houses.DUMP, "facts.json", "keys", "media"}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    places = [str(place).encode() for place in (ROOT, folder, Path.home()) if len(str(place)) > 1]
    for path in filter(Path.is_file, folder.rglob("*")):
        if any(place in path.read_bytes() for place in places):
            raise SystemExit(f"{path.name} names a folder of this machine.")


def postgres(*words: str) -> None:
    if subprocess.call([sys.executable, str(ROOT / "scripts/postgres.py"), *words]):
        raise SystemExit(1)


def pg_dump() -> str:
    """The newest there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"), key=lambda p: int(p.parts[4]))
    name = str(found[-1]) if found else shutil.which("pg_dump")
    if name is None:
        raise SystemExit("pg_dump is missing: apt install postgresql-client")
    return name


def say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) == 3 else say(str(__doc__)))
