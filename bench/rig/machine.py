"""The machine that was measured on, and the two programs that the bench needs on it."""

import os
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("nginx", "wrk")


def get_programs() -> None:
    """nginx and wrk: as root on Debian they are installed; else whoever runs this is told."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise SystemExit(
            f"The bench needs {' and '.join(missing)}: install them (Debian, Ubuntu: "
            f"apt install {' '.join(missing)}), or run it as root on Debian."
        )
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # No service of theirs: the bench starts an nginx of its own.
    kept = Path("/usr/sbin/policy-rc.d")
    is_ours = not kept.exists()
    if is_ours:
        kept.write_text("#!/bin/sh\nexit 101\n")
        kept.chmod(0o755)
    try:
        apt = shutil.which("apt-get") or ""
        subprocess.run([apt, "-qq", "update"], env=environ, timeout=300, check=True)
        words = [apt, "-qq", "-o=Dpkg::Use-Pty=0", "install", "-y"]
        words += ["--no-install-recommends", *missing]
        subprocess.run(words, env=environ, timeout=600, check=True)
    finally:
        if is_ours:
            kept.unlink()


def facts() -> dict[str, Any]:
    """What the figures depend on."""
    import django
    import uvicorn

    from youthvoice.kit.sqlite import library

    return {
        "cores": os.cpu_count(),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') >> 20} MB",
        "cpu": _line("/proc/cpuinfo", "model name") or platform.machine(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "django": django.__version__,
        "uvicorn": uvicorn.__version__,
        "database": _database() or library.told(),
        "nginx": _says("nginx", "-v").removeprefix("nginx version: "),
        "wrk": _says("wrk", "-v").split(" Copyright")[0],
        "commit": _says("git", "-C", str(ROOT), "describe", "--always", "--dirty"),
        "load": f"{os.getloadavg()[0]:.1f}",
    }


def _database() -> str:
    return "PostgreSQL" if os.environ.get("DATABASE_URL") else ""


def _line(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _says(*words: str) -> str:
    try:
        ran = subprocess.run(words, capture_output=True, text=True, check=False)
    except OSError:
        return "none"
    return ((ran.stdout or ran.stderr).strip().splitlines() or [""])[0]
