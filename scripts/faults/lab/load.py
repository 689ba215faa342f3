"""Load with a ledger: what was acknowledged, when, and what the database holds of it afterwards."""

from __future__ import annotations

import itertools
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from .libpq import Connection, PGError
from .network import stand_on
from .processes import PATIENCE


class Unanswered(Exception):
    """No definite answer: the write may have taken effect. The same key again tells."""


class Refused(Exception):
    """A definite no: nothing was written."""


class Session(Protocol):
    """One writer's way in."""

    def write(self, key: str) -> str:
        """Writes once under the key and returns who acknowledged it; Unanswered or Refused otherwise."""

    def close(self) -> None: ...


class Load(Protocol):
    """What is written, and how one counts it afterwards."""

    name: str

    def prepare(self) -> None: ...

    def session(self) -> Session: ...

    def stored(self, prefix: str) -> Counter[str]:
        """How often each key with the prefix took effect."""

    def held(self, address: str, prefix: str) -> Counter[str]:
        """The same, read straight from the database at an address."""


@dataclass
class Ledger:
    """What the writers saw. Times are of the monotonic clock."""

    acknowledged: dict[str, tuple[float, str]] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    attempts: int = 0
    unanswered: int = 0
    refused: int = 0
    last_trouble: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, key: str) -> None:
        with self._lock:
            self.tried.add(key)

    def note(self, key: str, outcome: str, trouble: str = "") -> None:
        with self._lock:
            self.attempts += 1
            if trouble == "unanswered":
                self.unanswered += 1
            elif trouble == "refused":
                self.refused += 1
            else:
                self.acknowledged[key] = (time.monotonic(), outcome)
                return
            self.last_trouble = outcome

    def times(self) -> list[float]:
        with self._lock:
            return sorted(at for at, _ in self.acknowledged.values())

    def gap(self, since: float, until: float) -> float:
        """The longest time without any acknowledged write, in seconds."""
        times = [since, *(at for at in self.times() if since < at < until), until]
        return max(later - sooner for sooner, later in itertools.pairwise(times))

    def acknowledged_since(self, since: float) -> int:
        return sum(1 for at in self.times() if at > since)


class Writers:
    """Threads that write one key after the other. With `insist`, a key is repeated until its answer is definite;
    with a namespace they stand on that machine of the laboratory."""

    def __init__(self, load: Load, count: int, label: str = "w", insist: bool = True, pace: float = 0.02,
                 namespace: str | None = None):
        self.ledger = Ledger()
        self.prefix = f"{label}-{uuid.uuid4().hex[:8]}-"
        self._load, self._insist, self._pace, self._namespace = load, insist, pace, namespace
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(n,), daemon=True) for n in range(count)]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.finish()

    def finish(self, seconds: float = 90) -> None:
        """Lets every key come to its answer, then ends."""
        self._stop.set()
        deadline = time.monotonic() + seconds * PATIENCE
        for thread in self._threads:
            thread.join(max(0.1, deadline - time.monotonic()))

    def _work(self, number: int) -> None:
        if self._namespace:
            stand_on(self._namespace)
        session = self._load.session()
        for count in itertools.count():
            if self._stop.is_set():
                break
            self._one(session, f"{self.prefix}{number}-{count}")
            self._stop.wait(self._pace)
        session.close()

    def _one(self, session: Session, key: str) -> None:
        self.ledger.begin(key)
        give_up = time.monotonic() + 240 * PATIENCE
        while time.monotonic() < give_up:
            try:
                self.ledger.note(key, session.write(key))
                return
            except Unanswered as error:
                self.ledger.note(key, str(error), "unanswered")
            except Refused as error:
                self.ledger.note(key, str(error), "refused")
            if not self._insist:
                self._stop.wait(0.2)
                return
            time.sleep(0.2)


@dataclass
class Verdict:
    """The ledger against the database."""

    acknowledged: int
    stored: int
    lost: list[str]
    doubled: list[str]
    strange: list[str]

    @property
    def is_good(self) -> bool:
        return not self.lost and not self.doubled and not self.strange

    def __str__(self) -> str:
        text = (f"{self.acknowledged} acknowledged, {self.stored} stored, {len(self.lost)} lost, "
                f"{len(self.doubled)} doubled")
        return text + (f", {len(self.strange)} that nobody sent" if self.strange else "")


def judge(load: Load, writers: Writers, address: str | None = None) -> Verdict:
    """With an address, what the database there holds."""
    stored = load.held(address, writers.prefix) if address else load.stored(writers.prefix)
    ledger = writers.ledger
    return Verdict(
        len(ledger.acknowledged), len(stored), sorted(key for key in ledger.acknowledged if key not in stored),
        sorted(key for key, times in stored.items() if times > 1), sorted(set(stored) - ledger.tried))


class SQLLoad:
    """Rows by SQL. `ledger` stands for the table of keys, `effect` for what a write does: one effect for each key."""

    name = "SQL"

    def __init__(self, address: str, reader: str | None = None, seconds: float = 5):
        self._address, self._reader, self._seconds = address, reader or address, seconds * PATIENCE

    def prepare(self) -> None:
        connection = Connection(self._address, 15)
        try:
            connection.ask("CREATE TABLE IF NOT EXISTS ledger(key TEXT PRIMARY KEY, asked INTEGER NOT NULL)")
            connection.ask("CREATE TABLE IF NOT EXISTS effect(key TEXT NOT NULL, at TIMESTAMPTZ DEFAULT now())")
        finally:
            connection.close()

    def session(self) -> "SQLSession":
        return SQLSession(self._address, self._seconds)

    def stored(self, prefix: str) -> Counter[str]:
        return self.held(self._reader, prefix)

    def held(self, address: str, prefix: str) -> Counter[str]:
        return count_keys(address, "effect", "key", prefix)


def count_keys(address: str, table: str, column: str, prefix: str) -> Counter[str]:
    """How many rows of a table have each value that begins with the prefix."""
    connection = Connection(address, 15)
    try:
        rows = connection.ask(
            f"SELECT {column}, count(*) FROM {table} WHERE {column} LIKE '{prefix}%' GROUP BY 1", 60)
    finally:
        connection.close()
    return Counter({key: int(count) for key, count in rows})


class SQLSession:
    """A key that is there already is touched, not only read: a commit that writes nothing does not wait for the
    standby, and could tell of a row that only this server has."""

    STATEMENT = """
        WITH mine AS (INSERT INTO ledger(key, asked) VALUES ('{key}', 1)
                      ON CONFLICT (key) DO UPDATE SET asked = ledger.asked + 1 RETURNING asked),
             done AS (INSERT INTO effect(key) SELECT '{key}' FROM mine WHERE asked = 1)
        SELECT inet_server_port(), left(pg_walfile_name(pg_current_wal_lsn()), 8) FROM mine
        """

    def __init__(self, address: str, seconds: float):
        self._address, self._seconds = address, seconds
        self._connection: Connection | None = None

    def write(self, key: str) -> str:
        try:
            if self._connection is None:
                self._connection = Connection(self._address, self._seconds)
            rows = self._connection.ask(self.STATEMENT.format(key=key), self._seconds)
        except PGError as error:
            self.close()
            raise (Unanswered if error.unknown else Refused)(str(error)) from error
        if any("synchronous replication" in notice for notice in self._connection.notices):
            self.close()
            raise Unanswered("committed here, perhaps not on the standby")
        port, timeline = rows[0]
        return f"{port} on timeline {int(timeline, 16)}"

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None
