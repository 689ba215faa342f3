"""One machine of the laboratory with PostgreSQL under Patroni."""

from __future__ import annotations

import json
import signal
import urllib.error
import urllib.request
from pathlib import Path

import render

from .processes import Program, family, is_running, own, send, wait_until


class Node:
    """Starts and breaks one database machine; `state` is what its Patroni says."""

    def __init__(self, site: render.Site, place: render.Database, namespace: str | None,
                 patroni: Path):
        self.name, self.place, self._site = place.name, place, site
        self.folder = Path(place.folder)
        self._rest = f"http://{place.address}:{place.rest_port}"
        self.program = Program(
            self.name, [str(patroni / "patroni"), str(self.folder / "patroni.yml")], self.folder / "patroni.log", namespace)

    def prepare(self) -> None:
        self.folder.mkdir(mode=0o700)
        own(self.folder)
        file = self.folder / "patroni.yml"
        file.write_text(render.patroni(self._site, self.place))
        own(file)

    def start(self) -> None:
        self.program.start()

    @property
    def state(self) -> dict:
        """Role, state, timeline, replication; empty when its Patroni does not answer."""
        return self._ask("/patroni")

    @property
    def cluster(self) -> list[dict]:
        """All members as this node sees them."""
        return self._ask("/cluster").get("members", [])

    def _ask(self, path: str) -> dict:
        try:
            with urllib.request.urlopen(self._rest + path, timeout=2) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as answer:
            return json.load(answer) if answer.code == 503 else {}
        except (OSError, ValueError):
            return {}  # hung, cut off or down: that is what the caller wants to know

    @property
    def leads(self) -> bool:
        state = self.state
        return state.get("role") in ("primary", "master") and state.get("state") == "running"

    @property
    def postmaster(self) -> int | None:
        """The id of the running PostgreSQL."""
        try:
            pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None
        return pid if is_running(pid) else None

    @property
    def postgres(self) -> list[int]:
        """The postmaster and its children."""
        pid = self.postmaster
        return family(pid) if pid else []

    def kill(self) -> None:
        """As if somebody had pulled the plug: Patroni and every process of PostgreSQL at once."""
        victims = ([*family(self.program.pid)] if self.program.alive else []) + self.postgres
        send(signal.SIGKILL, victims)
        self.program.kill()
        wait_until(f"end of {self.name}", lambda: not any(is_running(pid) for pid in victims), 10)

    def damage(self) -> None:
        """The files of a stopped node as after a bad disk: it can't start from them."""
        for victim in sorted((self.folder / "data" / "pg_xact").iterdir()):
            victim.unlink()
        for victim in sorted((self.folder / "data" / "pg_wal").glob("0*")):
            victim.unlink()

    def kill_postgres(self) -> None:
        """Only the database dies; its Patroni sees it."""
        send(signal.SIGKILL, self.postgres)

    def hold_patroni(self) -> None:
        self.program.hold()

    def hold_postgres(self) -> None:
        # The postmaster first: it can make no more children then.
        for _ in range(2):
            send(signal.SIGSTOP, self.postgres)

    def release(self) -> None:
        send(signal.SIGCONT, self.postgres)
        if self.program.alive:
            self.program.release()

    def stop(self) -> None:
        """In order: Patroni stops PostgreSQL; what is left after that is killed."""
        self.release()
        self.program.stop(30)
        left = self.postgres
        if left:
            send(signal.SIGQUIT, left[:1])
            try:
                wait_until(f"end of PostgreSQL of {self.name}", lambda: not self.postgres, 10)
            except Exception:  # noqa: BLE001: whatever kept it, it must not outlive the laboratory
                send(signal.SIGKILL, self.postgres)

    def log_tail(self) -> str:
        return self.program.tail()
