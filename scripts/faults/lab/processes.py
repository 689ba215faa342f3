"""Programs of the laboratory: started, stopped, killed and held by their id; ports, accounts and bounded waits."""

from __future__ import annotations

import os
import pwd
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable

# A slow or shared machine gets more time: every wait is multiplied by this.
PATIENCE = float(os.environ.get("BATON_LAB_PATIENCE", "1"))


class LabError(Exception):
    """Something of the laboratory did not come about; the text says what and where its log is."""


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {text}", file=sys.stderr, flush=True)


def wait_until(what: str, condition: Callable[[], object], seconds: float, pause: float = 0.1):  # noqa: ANN201
    """Asks until the condition holds and returns what it gave; LabError after `seconds` times PATIENCE."""
    deadline = time.monotonic() + seconds * PATIENCE
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise LabError(f"{what}: not within {seconds * PATIENCE:.0f} s")
        time.sleep(pause)


def free_ports(count: int) -> list[int]:
    """Ports of the loopback that are free, all different, and below those that the machine gives to clients."""
    found: list[int] = []
    for port in random.sample(range(15_000, 32_000), 2_000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise LabError("no free ports")


def account() -> str:
    """Who runs the programs: postgres when we are root, for PostgreSQL refuses root; otherwise ourselves."""
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def own(path: Path) -> None:
    """Gives a file or folder to the account of the programs."""
    if os.geteuid() == 0:
        entry = pwd.getpwnam(account())
        os.chown(path, entry.pw_uid, entry.pw_gid)


def as_account(command: list[str]) -> list[str]:
    """The command under the account of the programs; it ends with whoever started it. Keeps its process id."""
    prefix = ["setpriv", "--pdeathsig", "TERM"]
    if os.geteuid() == 0:
        name = account()
        prefix += ["--reuid", name, "--regid", name, "--init-groups"]
    return [*prefix, "--", *command]


def stat_of(pid: int) -> tuple[str, int] | None:
    """State letter and parent of a process; nothing when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (OSError, ValueError):
        return None
    return fields[0], int(fields[1])


def is_running(pid: int) -> bool:
    found = stat_of(pid)
    return found is not None and found[0] not in "ZX"


def family(pid: int) -> list[int]:
    """The process and all that descend from it, the eldest first."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (found := stat_of(int(entry.name))):
            children.setdefault(found[1], []).append(int(entry.name))
    out = [pid]
    for member in out:
        out += children.get(member, [])
    return out


def send(number: int, pids: list[int]) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass  # gone already: that is what was wanted


class Program:
    """One program of the laboratory with its log."""

    def __init__(self, name: str, command: list[str], log: Path, namespace: str | None = None,
                 environment: dict[str, str] | None = None):
        self.name, self.log = name, log
        self._command = as_account(command)
        if namespace:
            self._command = ["ip", "netns", "exec", namespace, *self._command]
        self._environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        if self._process is None:
            raise LabError(f"{self.name} was never started")
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C at the terminal reaches only us, and we end the others in order.
            self._process = subprocess.Popen(
                self._command, cwd=self.log.parent, env=self._environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True)

    def must_live(self) -> None:
        if not self.alive:
            raise LabError(f"{self.name} ended; its log {self.log} closes with\n{self.tail()}")

    def stop(self, seconds: float = 20) -> None:
        """Asks it to end, then insists."""
        if self._process is None:
            return
        if self.alive:
            send(signal.SIGCONT, [self.pid])
            send(signal.SIGTERM, [self.pid])
            try:
                self._process.wait(timeout=seconds * PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
        self._process = None

    def kill(self) -> None:
        if self.alive:
            send(signal.SIGKILL, [self.pid])
        if self._process is not None:
            self._process.wait()

    def hold(self) -> None:
        """Stops it in its tracks, as a hung program."""
        send(signal.SIGSTOP, [self.pid])

    def release(self) -> None:
        send(signal.SIGCONT, [self.pid])

    def tail(self, lines: int = 15) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def end_on_signals() -> None:
    """Ctrl-C, TERM and HUP leave by the front door, so that every context manager closes."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
