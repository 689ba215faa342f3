"""Starts the built program with the demo company on a free port, and always ends it again."""

from __future__ import annotations

import atexit
import ctypes
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOGS = ROOT / ".build" / "test-logs"
PASSWORD = "baton-demo"
# The demo company takes a while to build in a debug program, so it is built once and copied for each server.
DEMO = ROOT / ".build" / "test-demo"
START_LIMIT = 600
# postgresql://… without a database: with it and BATON_TEST_ENGINE=postgres the data is moved to a server before it is served.
POSTGRES = os.environ.get("BATON_TEST_POSTGRES") if os.environ.get("BATON_TEST_ENGINE") == "postgres" else None


def binary() -> Path:
    path = Path(os.environ.get("BATON_BINARY", ROOT / ".build" / "debug" / "baton"))
    if not path.exists():
        raise SystemExit(f"{path} is missing: build first with swift build --build-tests")
    return path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end_with_parent() -> None:
    """Asks the kernel to end the child when this program ends in whatever way."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Server:
    """A running Baton. Use as a context manager, or call stop()."""

    def __init__(self, name: str, data: Path | None = None, demo: bool = True,
                 environment: dict[str, str] | None = None, embedded: bool = False):
        self.name = name
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._folder = tempfile.TemporaryDirectory(prefix="baton-test-")
        self.data = Path(self._folder.name) / "data"
        if data is not None:
            shutil.copytree(data, self.data)
        LOGS.mkdir(parents=True, exist_ok=True)
        self.log = LOGS / f"{name}-server.log"
        self.database = f"{POSTGRES}/{self._make_database()}" if POSTGRES and not embedded else None
        command = [str(binary()), "serve", "--data", str(self.data), "--listen", f"127.0.0.1:{self.port}"]
        if self.database:
            command += ["--database", self.database]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command + (["--demo"] if demo else []), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, **(environment or {})}, preexec_fn=end_with_parent)
        atexit.register(self.stop)
        self._wait_until_healthy()

    def _make_database(self) -> str:
        """A database of its own with what the folder has; it goes with the server that the tests started."""
        name = "w_" + uuid.uuid4().hex
        subprocess.run(["psql", "--quiet", f"{POSTGRES}/postgres", "--command", f"CREATE DATABASE {name}"], check=True)
        if self.data.exists():
            moved = subprocess.run(
                [str(binary()), "move", "--from", str(self.data), "--to", f"{POSTGRES}/{name}"], cwd=ROOT,
                capture_output=True, text=True, check=False)
            assert moved.returncode == 0, moved.stdout + moved.stderr
        return name

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise SystemExit(f"the server ended at once; its log:\n{self.tail()}")
            if self.is_healthy():
                return
            time.sleep(0.1)
        self.stop()
        raise SystemExit(f"the server did not answer within {START_LIMIT} s; its log:\n{self.tail()}")

    def is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(self.address + "/health", timeout=3) as answer:
                return answer.status == 200
        except OSError:
            return False

    def tail(self, lines: int = 30) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def resident_megabytes(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    def stop(self) -> None:
        """Ends the server by its id; waits for a clean stop, then insists."""
        atexit.unregister(self.stop)
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._folder.cleanup()

    def call(self, method: str, path: str, body: object = None, token: str | None = None,
             headers: dict[str, str] | None = None) -> "Answer":
        """One request to the JSON API; any status is an answer."""
        sent = dict(headers or {})
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        if token:
            sent["Authorization"] = "Bearer " + token
        request = urllib.request.Request(self.address + path, data=data, headers=sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as answer:
            return Answer(answer.code, dict(answer.headers), answer.read())

    def token(self, login: str) -> str:
        answer = self.call("POST", "/api/v1/session", {"login": login, "password": PASSWORD})
        assert answer.status in (200, 201), f"sign-in of {login}: {answer.status} {answer.text[:300]}"
        return answer.json["token"]


class Answer:
    """Status, headers and body of an answer."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes):
        self.status, self.body = status, body
        self.headers = {name.lower(): value for name, value in headers.items()}

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):  # noqa: ANN201: any JSON value
        return json.loads(self.body)


def demo_data() -> Path:
    """A data folder with the demo company, built once for each build of the program."""
    files = [binary(), *sorted(path for folder in ("Packs", "reference") for path in (ROOT / folder).rglob("*") if path.is_file())]
    state = "".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}\n" for path in files)
    folder = DEMO / hashlib.sha256(state.encode()).hexdigest()[:16]
    if not folder.exists():
        shutil.rmtree(DEMO, ignore_errors=True)
        DEMO.mkdir(parents=True)
        with Server("demo", embedded=True) as server:
            server.process.terminate()
            server.process.wait(timeout=60)
            shutil.copytree(server.data, DEMO / "making")
        (DEMO / "making").rename(folder)
    return folder
