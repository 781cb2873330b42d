"""Ask pip-audit for known holes in the packages of a lock: `audit.py requirements/base.txt`.

Exit status 1 when one is known. Where its source of knowledge can't be reached, the reason
is printed and the status is 0: a machine without a network must be able to run the tests.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

#: Seconds for all of it.
PATIENCE = 60


def main(lock: str) -> int:
    command = [
        *(str(Path(sys.executable).with_name("pip-audit")), "--requirement", lock),
        *("--require-hashes", "--no-deps", "--disable-pip"),
        *("--format", "json", "--progress-spinner", "off", "--timeout", "10"),
    ]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return skip(f"no answer in {PATIENCE} s")
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return skip((done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1])
    return judge(found)


def judge(found: list[dict[str, Any]]) -> int:
    """One package after another as pip-audit tells of it."""
    unknown = [one for one in found if "skip_reason" in one]
    if found and len(unknown) == len(found):
        return skip(str(unknown[0]["skip_reason"]))
    for one in unknown:
        print(f"{one['name']}: {one['skip_reason']}")
    holes = [(one, hole) for one in found for hole in one.get("vulns", [])]
    for one, hole in holes:
        mended = ", ".join(hole["fix_versions"]) or "not yet"
        print(f"{one['name']} {one['version']}: {hole['id']}, mended in: {mended}")
    print(f"{len(found) - len(unknown)} packages looked up, {len(holes)} holes known")
    return 1 if holes else 0


def skip(reason: str) -> int:
    print(f"跳过：查不到已知漏洞。/ Skipped, nothing could be looked up: {reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
