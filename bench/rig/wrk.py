"""wrk with requests that were written beforehand, one after another from a file."""

import json
import math
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

#: Connections, and wrk's own threads.
CONNECTIONS = 64
THREADS = 2

_SCRIPT = """
local requests, at, threads = {}, 0, 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end
function init(args)
  local file = assert(io.open(args[1], "rb"))
  while true do
    local length = file:read("*l")
    if not length then break end
    requests[#requests + 1] = file:read(tonumber(length))
  end
  file:close()
  -- Each thread begins elsewhere, so that no two send the same at a time.
  at = math.floor(#requests * number / tonumber(args[2]))
end
function request()
  at = at % #requests + 1
  return requests[at]
end
function done(summary, latency, requests)
  io.write(string.format(
    'FOUND {"requests": %d, "seconds": %f, "bytes": %d, "refused": %d, "broken": %d, '
      .. '"p50": %f, "p99": %f, "worst": %f}\\n',
    summary.requests, summary.duration / 1e6, summary.bytes, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
"""


@dataclass(frozen=True)
class Ran:
    """What one run gave; times in milliseconds."""

    rate: float
    p50: float
    p99: float
    worst: float
    requests: int
    #: Answers of 400 and above, and connections that broke or waited too long.
    refused: int
    broken: int
    seconds: float


class Wrk:
    """`folder` holds the scripts and the requests while it lasts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._script = folder / "requests.lua"
        self._script.write_text(_SCRIPT, encoding="utf-8")

    def write(self, requests: Iterable[bytes]) -> Path:
        """A file of requests, each as it goes over the line."""
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".txt", delete=False) as file:
            for request in requests:
                file.write(b"%d\n%s" % (len(request), request))
        return Path(file.name)

    def run(
        self, port: int, requests: Path, *, seconds: float, connections: int = CONNECTIONS
    ) -> Ran:
        threads = min(THREADS, connections)
        words = ["wrk", "-t", str(threads), "-c", str(connections), "-d", f"{seconds:.0f}s"]
        words += ["--timeout", "20s", "-s", str(self._script), f"http://127.0.0.1:{port}/", "--"]
        words += [str(requests), str(threads)]
        ran = subprocess.run(words, capture_output=True, text=True, check=False)
        line = next((x for x in ran.stdout.splitlines() if x.startswith("FOUND ")), "")
        if not line:
            raise SystemExit(f"wrk found nothing:\n{ran.stdout}{ran.stderr}")
        found = json.loads(line.removeprefix("FOUND ").replace("-nan", "0").replace("nan", "0"))
        return Ran(
            rate=found["requests"] / found["seconds"],
            p50=found["p50"],
            p99=found["p99"],
            worst=found["worst"],
            requests=found["requests"],
            refused=found["refused"],
            broken=found["broken"],
            seconds=found["seconds"],
        )


def zipf(many: int, count: int, dice: object, power: float = 1.0) -> list[int]:
    """So many places out of `many`, the first the most often, the n-th 1/n times as often."""
    weights = [1 / math.pow(n + 1, power) for n in range(many)]
    found: list[int] = dice.choices(range(many), weights=weights, k=count)  # type: ignore[attr-defined]
    return found
