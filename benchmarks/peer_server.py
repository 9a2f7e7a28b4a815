"""Files a second over loopback: our server against Starlette's own, and against the least work.

All run under uvicorn with the settings of `worldclass serve`, one process each; `wrk` asks. The
least work is an application that sends one text from memory, whatever is asked: what no server on
uvicorn can beat. Without `wrk` there is no comparison, and that is printed.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.comparison import Comparison, named
from benchmarks.timing import Timing, ratio

FILES = ("assets/site.css", "index.html", "data/catalogue.json.gz")
CONNECTIONS = 50
PATIENCE = 120.0
OURS = """
import sys, uvicorn
from worldclass.cli.serve import configuration
from worldclass.explorer.server.app import make_app
from worldclass.explorer.site.material import open_material
from worldclass.explorer.site.site import make_site
app = make_app(make_site(open_material()))
uvicorn.Server(configuration(app, "127.0.0.1", int(sys.argv[1]))).run()
"""
THEIRS = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from worldclass.cli.serve import configuration
app = Starlette(routes=[Mount("/", StaticFiles(directory=sys.argv[2], html=True))])
uvicorn.Server(configuration(app, "127.0.0.1", int(sys.argv[1]))).run()
"""
BARE = """
import sys, uvicorn
from pathlib import Path
from worldclass.cli.serve import configuration
body = Path(sys.argv[2]).read_bytes()
start = {"type": "http.response.start", "status": 200,
         "headers": [(b"content-length", str(len(body)).encode())]}
async def app(scope, receive, send):
    await send(start)
    await send({"type": "http.response.body", "body": body})
settings = configuration(app, "127.0.0.1", int(sys.argv[1]))
settings.lifespan = "off"
uvicorn.Server(settings).run()
"""


def serving(*, smoke: bool) -> list[Comparison]:
    """Ours against both; nothing where `wrk` is absent."""
    if shutil.which("wrk") is None:
        print("Files over loopback: not measured; install wrk (apt-get install wrk).")
        return []
    files, runs, seconds = (FILES[:1], 1, 1) if smoke else (FILES, 5, 3)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        _write(Path(folder), files)
        ours = stack.enter_context(_served(OURS))
        starlette = stack.enter_context(_served(THEIRS, folder))
        peers = [(named("starlette", "StaticFiles"), file, starlette) for file in files]
        for file in files:
            bare = stack.enter_context(_served(BARE, str(Path(folder) / file)))
            peers.append((named("uvicorn", "the same bytes, nothing looked up"), file, bare))
        return [_compare(ours, address, peer, file, runs, seconds) for peer, file, address in peers]


def _write(folder: Path, files: tuple[str, ...]) -> None:
    """The files as an export has them; making the whole site would take minutes."""
    from worldclass.explorer.site.material import open_material
    from worldclass.explorer.site.site import make_site

    site = make_site(open_material())
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(site[file].make())


def _compare(ours: str, theirs: str, peer: str, file: str, runs: int, seconds: int) -> Comparison:
    """Seconds for a thousand requests, in turn."""
    bodies = [_fetch(f"{address}/{file}") for address in (ours, theirs)]
    if bodies[0] != bodies[1]:
        raise AssertionError(f"The two servers disagree on {file}.")
    pairs = [
        tuple(_seconds(f"{one}/{file}", seconds) for one in (ours, theirs)) for _ in range(runs)
    ]
    first, second = (Timing(tuple(one[side] for one in pairs)) for side in (0, 1))
    task = f"1,000 answers of {len(bodies[0]):,} bytes ({file}), {CONNECTIONS} connections"
    return Comparison(task, peer, first, second, ratio(second, first), "none")


def _seconds(address: str, seconds: int) -> float:
    """Seconds that a thousand answers take.

    Raises
    ------
    AssertionError
        An answer was an error.
    """
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if rate is None or "Non-2xx" in said or "Socket errors" in said:
        raise AssertionError(f"{address} did not answer every request:\n{said}")
    return 1000 / float(rate[1])


def _fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return answer.read()


@contextmanager
def _served(program: str, *arguments: str) -> Iterator[str]:
    """A server in a process of its own; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", program, str(port), *arguments])
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    """Until it listens.

    Raises
    ------
    RuntimeError
        It has ended, or takes too long.
    """
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("The server does not start.")
