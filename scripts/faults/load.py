"""Writers that remember what they were told, and the comparison of that with what is there."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from house import Client

COMPANY = {"roles": ["customer"], "country": "DE", "source": "fair"}


@dataclass
class Write:
    """One request, enough to send it again, and what came of it."""

    kind: str  # company, inquiry, change or bulk
    method: str
    path: str
    body: dict
    headers: dict[str, str]
    marks: list[str]  # each stands in one place of one record
    record: str = ""  # of a change
    version: int = 0  # that a change makes
    ids: list[str] = field(default_factory=list)
    status: int = 0  # 0: no answer
    code: str = ""

    @property
    def is_done(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_unknown(self) -> bool:
        return self.status == 0 or self.code == "outcome_unknown"

    def take(self, answer) -> None:  # noqa: ANN001
        """Notes the answer; None when there was none."""
        self.status, self.code = (answer.status, answer.code if answer.status >= 400 else "") if answer else (0, "")
        if not self.is_done:
            return
        if self.kind == "bulk":
            self.ids = [item["record"]["id"] for item in answer.json["items"]]
        elif self.kind != "change":
            self.ids = [answer.json["id"]]


class Writer(threading.Thread):
    """Creates and changes records until it is told to stop or `limit` requests are answered."""

    def __init__(self, name: str, port: int, token: str, seed: int, limit: int = 0, pause: float = 0, patience: float = 30,
                 text: str = ""):
        super().__init__(name=name, daemon=True)
        self.client = Client(port, token, patience)
        self.random = random.Random(seed)
        self.limit, self.pause, self.text = limit, pause, text
        self.stopping = threading.Event()
        self.first_done = threading.Event()
        self.writes: list[Write] = []
        self._count = 0
        self._known: list[list] = []  # [id, version] of companies of this writer

    def run(self) -> None:
        while not self.stopping.is_set() and (not self.limit or len(self.writes) < self.limit):
            write = self._next()
            self.writes.append(write)
            write.take(self.client.call(write.method, write.path, write.body, write.headers))
            if write.is_done:
                self._learn(write)
                self.first_done.set()
            elif write.is_unknown:
                # Nobody writes over it before it is settled.
                self._known = [known for known in self._known if known[0] != write.record]
                if write.status == 0:
                    break
            if self.pause or write.status in (503, 507):
                time.sleep(self.pause or 0.005)
        self.client.close()

    def _mark(self) -> str:
        self._count += 1
        return f"{self.name} {self._count:x} {self.random.getrandbits(48):012x}"

    def _next(self) -> Write:
        choice = self.random.random()
        key = {"Idempotency-Key": self._mark()}
        if choice < 0.10:
            marks = [self._mark() for _ in range(8)]
            items = [{"op": "create", "values": self._company(mark)} for mark in marks]
            return Write("bulk", "POST", "/api/v1/company/bulk", {"items": items, "atomic": True}, key, marks)
        if not self._known or choice < 0.50:
            mark = self._mark()
            return Write("company", "POST", "/api/v1/company", self._company(mark), key, [mark])
        known = self.random.choice(self._known[-50:])
        mark = self._mark()
        if choice < 0.65:
            body = {"company": known[0], "source": "fair", "next_note": mark}
            return Write("inquiry", "POST", "/api/v1/inquiry", body, key, [mark])
        return Write("change", "PATCH", f"/api/v1/company/{known[0]}", {"city": mark}, {"If-Match": f'"{known[1]}"'}, [mark],
                     record=known[0], version=known[1] + 1)

    def _company(self, mark: str) -> dict:
        return {**COMPANY, "name_en": mark, **({"packing_rules": self.text} if self.text else {})}

    def _learn(self, write: Write) -> None:
        if write.kind == "change":
            for known in self._known:
                if known[0] == write.record:
                    known[1] = write.version
        elif write.kind != "inquiry":
            self._known += [[record, 1] for record in write.ids]


def settle(client: Client, writes: list[Write]) -> int:
    """Finds out what became of the writes without an answer: sends them again with the same key.

    A change has no key; its version tells. Gives how many there were.
    """
    unknown = [write for write in writes if write.is_unknown]
    for write in unknown:
        if write.kind == "change":
            record = client.get(f"/api/v1/company/{write.record}")
            assert record["version"] in (write.version - 1, write.version), f"{write.record} has version {record['version']}"
            applied = record["version"] == write.version
            assert applied == (record["city"] == write.marks[0]), f"{write.record}: version and value disagree"
            write.status, write.code = (200 if applied else 499), ""
        else:
            answer = client.call(write.method, write.path, write.body, write.headers)
            assert answer and 200 <= answer.status < 300, f"again with the same key: {answer and (answer.status, answer.text[:300])}"
            write.take(answer)
    return len(unknown)


def lost(client: Client, writes: list[Write]) -> list[str]:
    """The acknowledged records of these writes that are not there as acknowledged."""
    missing = []
    for write in writes:
        if not write.is_done:
            continue
        if write.kind == "change":
            record = client.call("GET", f"/api/v1/company/{write.record}")
            if not record or record.status != 200 or record.json["version"] < write.version:
                missing.append(f"change {write.record} to version {write.version}")
            continue
        for record, mark in zip(write.ids, write.marks):
            path = "inquiry" if write.kind == "inquiry" else "company"
            answer = client.call("GET", f"/api/v1/{path}/{record}")
            if not answer or answer.status != 200 or mark not in (answer.json.get("name_en"), answer.json.get("next_note")):
                missing.append(f"{path} {record}")
    return missing


def rows(client: Client, kind: str, *fields: str) -> dict[str, dict]:
    """Every record of an object, by id."""
    found: dict[str, dict] = {}
    path = f"/api/v1/{kind}?limit=500&fields={','.join(fields)}"
    cursor = ""
    while True:
        page = client.get(path + (f"&cursor={cursor}" if cursor else ""))
        found.update({row["id"]: row for row in page["data"]})
        cursor = page.get("next")
        if not cursor:
            return found


def events(client: Client, kind: str) -> list[dict]:
    found: list[dict] = []
    after = 0
    while True:
        page = client.get(f"/api/v1/events?after={after}&limit=1000&object={kind}")["data"]
        if not page:
            return found
        found += page
        after = page[-1]["sequence"]


def compare(client: Client, writes: list[Write]) -> list[str]:
    """Everything that was acknowledged against everything that is there; one line for each thing that is wrong."""
    wrong: list[str] = []
    companies = rows(client, "company", "name_en", "city")
    inquiries = rows(client, "inquiry", "next_note")
    marks = Counter(row["name_en"] for row in companies.values()) + Counter(row["next_note"] for row in inquiries.values())
    for write in writes:
        there = inquiries if write.kind == "inquiry" else companies
        if write.kind == "change":
            if write.is_done and companies.get(write.record, {}).get("version", 0) < write.version:
                wrong.append(f"lost: version {write.version} of {write.record}")
            continue
        if write.is_done:
            wrong += [f"lost: {record}" for record in write.ids if record not in there]
            wrong += [f"{marks[mark]} times: {mark}" for mark in write.marks if marks[mark] != 1]
        elif not write.is_unknown:
            wrong += [f"refused and yet there: {mark}" for mark in write.marks if marks[mark]]
    for kind, there in (("company", companies), ("inquiry", inquiries)):
        log = events(client, kind)
        created = Counter(event["record"] for event in log if event["kind"] == "created")
        # Who holds the baton of an inquiry is told beside each of its writes, in the same commit.
        written = Counter(event["record"] for event in log if not event["kind"].startswith("leg:"))
        batons = Counter(event["record"] for event in log if event["kind"].startswith("leg:"))
        wrong += [f"no event created it: {record}" for record in there if created[record] != 1]
        wrong += [f"the event has no row: {record}" for record in created if record not in there]
        wrong += [f"version {row['version']} after {written[record]} events: {record}" for record, row in there.items()
                  if row["version"] != written[record]]
        wrong += [f"nobody holds its baton: {record}" for record in there if kind == "inquiry" and not batons[record]]
    return wrong


def copy_age(client: Client) -> float:
    """Seconds that the ongoing copy is behind, as the server says; infinite before the first whole copy."""
    answer = client.call("GET", "/metrics")
    for line in (answer.text if answer else "").splitlines():
        if line.startswith("baton_copy_age_seconds "):
            return float(line.split()[1])
    return float("inf")


def wait_for_copy(client: Client, limit: float = 60) -> None:
    until = time.monotonic() + limit
    while copy_age(client) > 60:
        assert time.monotonic() < until, "no copy came about"
        time.sleep(0.05)


def load(port: int, token: str, count: int, seed: int, **options) -> list[Writer]:  # noqa: ANN003
    """Starts so many writers; wait for them with `wait_for_load`."""
    writers = [Writer(f"W{seed}x{number}", port, token, seed * 1000 + number, **options) for number in range(count)]
    for writer in writers:
        writer.start()
    return writers


def wait_for_load(writers: list[Writer], limit: float = 30) -> None:
    for writer in writers:
        assert writer.first_done.wait(limit), "the load did not begin"


def gather(writers: list[Writer]) -> list[Write]:
    """Ends the writers and gives all they wrote."""
    for writer in writers:
        writer.stopping.set()
    for writer in writers:
        writer.join(60)
        assert not writer.is_alive(), "a writer hangs"
    return [write for writer in writers for write in writer.writes]


def acknowledged(writes: list[Write]) -> int:
    """Records and changes that were confirmed."""
    return sum(len(write.marks) for write in writes if write.is_done)


def report(figures: str, failed: list[str], passed: int = 1) -> int:
    """The last lines of a script: what is wrong, the figures, the count; gives the exit code."""
    for line in failed[:40]:
        print("  ✗", line)
    print(figures)
    print(f"{passed if not failed else max(0, passed - 1)} passed, {1 if failed else 0} failed", flush=True)
    return 1 if failed else 0
