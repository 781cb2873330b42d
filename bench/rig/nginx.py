"""nginx as the measure: it serves the same bytes from files, in a folder of its own."""

import os
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from tests.scripts.house import free_port

_SITE = """
daemon off;
{user}
pid nginx.pid;
error_log error.log;
worker_processes auto;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    default_type "text/html; charset=utf-8";
    sendfile on;
    tcp_nopush on;
    keepalive_requests 10000000;
    open_file_cache max=20000 inactive=60s;
    gzip_static on;
    client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
    uwsgi_temp_path tmp; scgi_temp_path tmp;
    {http}
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        root www;
        location = /nothing {{ return 204; }}
        {more}
    }}
}}
"""


class Nginx:
    """Runs while the context lasts; `put` gives it a file to serve."""

    def __init__(self, folder: Path, *, http: str = "", more: str = "") -> None:
        self.folder, self.port = folder, free_port()
        self._http, self._more = http, more

    def __enter__(self) -> "Nginx":
        (self.folder / "www").mkdir(parents=True)
        (self.folder / "tmp").mkdir()
        # Its workers would be another user, who may not look into this folder.
        user = "user root;" if os.geteuid() == 0 else ""
        written = self.folder / "nginx.conf"
        written.write_text(
            _SITE.format(port=self.port, user=user, http=self._http, more=self._more),
            encoding="utf-8",
        )
        program = shutil.which("nginx") or "nginx"
        words = [program, "-e", "error.log", "-p", str(self.folder), "-c", str(written)]
        self._process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            time.sleep(0.05)
        self.__exit__()
        raise SystemExit(f"nginx did not start:\n{(self.folder / 'error.log').read_text()}")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(10)

    def put(self, name: str, plain: bytes, packed: bytes) -> None:
        """A file of these sizes: `packed` is what a browser gets that takes gzip."""
        for end, content in (("", plain), (".gz", packed)):
            fresh = self.folder / "www" / f"{name}{end}.new"
            fresh.write_bytes(content)
            fresh.rename(fresh.with_suffix(""))
