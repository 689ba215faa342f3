"""A company on a database of its own: how it is made, started, ended and asked. Nothing here opens the database by itself."""

from __future__ import annotations

import argparse
import atexit
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "Tests" / "Kit"))
os.environ.setdefault("BATON_BINARY", str(ROOT / ".build" / "release" / "baton"))

from server import binary, end_with_parent, free_port  # noqa: E402

LOGIN, SECRET = "fault", "carry-the-baton-on"
START_LIMIT = 120


def refuse(sentence: str) -> None:
    """Ends the script before it has begun: something it needs is missing."""
    raise SystemExit("✗ " + sentence)


def need_program(name: str, package: str) -> str:
    found = shutil.which(name) or next((path for path in (f"/usr/sbin/{name}", f"/sbin/{name}") if os.path.exists(path)), None)
    if not found:
        refuse(f"{name} is missing: install the package {package}.")
    return found


def arguments(description: str, cycles: int, **further: tuple[object, str]) -> argparse.Namespace:
    """The options of a script: --cycles, --seed, --database and those in `further`, name → (default, meaning)."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--cycles", type=int, default=cycles, help=f"how often ({cycles})")
    parser.add_argument("--seed", type=int, default=1, help="of everything that is drawn (1)")
    parser.add_argument("--writers", type=int, default=4, help="that write side by side (4)")
    parser.add_argument("--database", help="address of a database server instead of a folder")
    parser.add_argument("--copy", action="store_true", help="keep an ongoing copy at a second place meanwhile")
    for name, (default, meaning) in further.items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(default), default=default, help=f"{meaning} ({default})")
    return parser.parse_args()


class House:
    """The data of one company. Use as a context manager: what it made is gone afterwards."""

    def __init__(self, database: str | None = None, folder: Path | None = None, settings: dict[str, str] | None = None,
                 copies: bool = False):
        self._scratch = tempfile.TemporaryDirectory(prefix="baton-fault-")
        self.scratch = Path(self._scratch.name)
        self.data = folder or self.scratch / "data"
        self.database = database
        self.settings = settings or {}
        self.second_place = self.scratch / "second"
        if copies:
            self.settings["copy_to"] = str(self.second_place)
        self.servers: list[Running] = []
        atexit.register(self.end)

    def __enter__(self) -> "House":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        atexit.unregister(self.end)
        for server in self.servers:
            server.kill()
        self._scratch.cleanup()

    def command(self, *words: str) -> list[str]:
        where = ["--data", str(self.data)] + (["--database", self.database] if self.database else [])
        return [str(binary()), *words, *where]

    def environment(self, further: dict[str, str] | None = None) -> dict[str, str]:
        own = {"BATON_" + name.upper(): value for name, value in self.settings.items()}
        return {**os.environ, **own, "BATON_LOG_LEVEL": "error", **(further or {})}

    def run(self, *words: str, stdin: str = "", wrap: list[str] | None = None) -> str:
        """Runs a command of the program to its end and gives what it printed; anything but success is an error."""
        done = subprocess.run([*(wrap or []), *self.command(*words)], cwd=ROOT, input=stdin, capture_output=True, text=True,
                              env=self.environment(), timeout=600)
        assert done.returncode == 0, f"{' '.join(words)}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        return done.stdout

    def prepare(self, wrap: list[str] | None = None) -> None:
        """An empty company with one account that may see and write everything the load needs."""
        self.run("user", "add", LOGIN, "--roles", "general_manager", stdin=SECRET + "\n", wrap=wrap)

    def serve(self, wrap: list[str] | None = None, environment: dict[str, str] | None = None) -> "Running":
        server = Running(self, wrap or [], environment or {})
        self.servers = [server]
        return server

    def verify(self) -> str:
        return self.run("verify")


class Running:
    """A started server."""

    def __init__(self, house: House, wrap: list[str], environment: dict[str, str], port: int = 0, options: list[str] | None = None):
        self.port = port or free_port()
        self.log = house.scratch / "server.log"
        self._output = self.log.open("ab")
        command = [*wrap, *house.command("serve", "--listen", f"127.0.0.1:{self.port}", *(options or []))]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=self._output, stderr=self._output,
                                        env=house.environment(environment), preexec_fn=end_with_parent)
        self.is_wrapped = bool(wrap)
        self.boot_seconds = self._wait_until_healthy()

    def _wait_until_healthy(self) -> float:
        started = time.monotonic()
        client = Client(self.port)
        while time.monotonic() - started < START_LIMIT:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended at once; its log:\n{self.tail()}")
            answer = client.call("GET", "/health")
            if answer and answer.status == 200:
                return time.monotonic() - started
            time.sleep(0.01)
        self.kill()
        raise AssertionError(f"the server did not answer within {START_LIMIT} s; its log:\n{self.tail()}")

    def tail(self, lines: int = 30) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def inner_process(self) -> int:
        """The server itself, which may be the child of what it is wrapped in."""
        if not self.is_wrapped:
            return self.process.pid
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0]) if children else self.process.pid

    def kill(self) -> None:
        """As kill -9: the program gets no chance to put anything in order."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process.poll() is None:
            os.kill(self.inner_process(), how)
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._output.close()

    def token(self) -> str:
        answer = Client(self.port).call("POST", "/api/v1/session", {"login": LOGIN, "password": SECRET})
        assert answer and answer.status in (200, 201), f"sign-in: {answer and answer.text}"
        return answer.json["token"]


class Answer:
    def __init__(self, status: int, headers: dict[str, str], body: bytes):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):  # noqa: ANN201: any JSON value
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a refusal, empty when there is none."""
        try:
            return self.json.get("code", "")
        except (ValueError, AttributeError):
            return ""


class Client:
    """One connection that is kept open; an answer that did not arrive whole is None."""

    def __init__(self, port: int, token: str = "", patience: float = 30):
        self.port, self.token, self.patience = port, token, patience
        self._connection: http.client.HTTPConnection | None = None

    def call(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> Answer | None:
        sent = dict(headers or {})
        if self.token:
            sent["Authorization"] = "Bearer " + self.token
        data = None
        if isinstance(body, bytes):
            data = body
        elif body is not None:
            data = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
            self._connection.request(method, path, data, sent)
            answer = self._connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        except (OSError, http.client.HTTPException):
            self.close()
            return None

    def get(self, path: str):  # noqa: ANN201: any JSON value
        answer = self.call("GET", path)
        assert answer and answer.status == 200, f"GET {path}: {answer and (answer.status, answer.text[:300])}"
        return answer.json

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None
