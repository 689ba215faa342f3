#!/usr/bin/env python3
"""Many people at work on the demo company for a while: what the nodes' memory, answers and jobs are like at the end.

  soak.py [--minutes 10] [--sessions 200] [--engine sqlite|postgres] [--think 4] [--every 10] [--without-live] [--json FILE]

Each session is somebody who is signed in, has a live page open, and every few seconds opens a page, a list, a record, a
search or a report, or writes. On PostgreSQL there are two nodes at one server; every third person comes to either in turn.
A file is brought in every minute. Every tenth second the memory of each node is noted.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from house import Client, House, Running
from lab.report import Report
from lab.wire import LiveWindow, Said, Wire
from load import rows
from test_server import PostgresServer

from server import PASSWORD, demo_data  # noqa: E402: house.py has put Tests/Kit on the path

SELLERS = ["sales", "sales2", "manager", "owner"]
OTHERS = ["merchandiser", "logistics", "finance", "purchasing", "documents", "region-eu"]
WORDS = ["GmbH", "Trading", "上海", "SO-26", "QT-26", "steel", "有限"]
# What people do, with how often.
ACTIONS = {"day": 8, "list": 18, "record": 24, "search": 8, "api list": 12, "api record": 10, "timeline": 4, "report": 2,
           "create": 7, "change": 7}
HARMLESS = {200, 201, 202, 204, 303}


@dataclass
class Notes:
    """Everything that was measured, with its second since the start."""

    began: float = field(default_factory=time.monotonic)
    answers: list[tuple[float, str, float]] = field(default_factory=list)
    errors: list[tuple[float, str]] = field(default_factory=list)
    made: dict[str, dict[str, int]] = field(default_factory=lambda: {"inquiry": {}, "task": {}})
    memory: list[tuple[float, dict[str, float]]] = field(default_factory=list)
    is_over: bool = False

    @property
    def second(self) -> float:
        return time.monotonic() - self.began

    def take(self, action: str, said: Said) -> bool:
        self.answers.append((self.second, action, said.seconds))
        if said.status in HARMLESS:
            return True
        self.errors.append((self.second, f"{action}: {said.status} {said.code}".strip()))
        return False


class Person:
    """Somebody with a session, who does one thing after another."""

    def __init__(self, number: int, login: str, token: str, wires: list[Wire], seen: dict[str, list[str]], notes: Notes, think: float):
        self.login, self.token, self.wires, self.seen, self.notes = login, token, wires, seen, notes
        self.random = random.Random(number)
        self.think = think
        self.own: list[str] = []
        self.object = "inquiry" if login in SELLERS else "task"

    async def work(self) -> None:
        await asyncio.sleep(self.random.random() * self.think)
        # A cancelled wait may come back with an answer, so the end is also said.
        while not self.notes.is_over:
            action = self.random.choices(list(ACTIONS), list(ACTIONS.values()))[0]
            await self.do(action)
            await asyncio.sleep(self.random.expovariate(1 / self.think))

    async def do(self, action: str) -> None:
        wire = self.random.choice(self.wires)
        kind = self.random.choice([name for name, ids in self.seen.items() if ids])
        one = self.random.choice(self.seen[kind])
        if action == "create" or action == "change" and not self.own:
            return await self.create(wire)
        if action == "change":
            return await self.change(wire, self.random.choice(self.own[-20:]))
        method, path, body = {
            "day": ("GET", "/", None),
            "list": ("GET", f"/o/{kind}", None),
            "record": ("GET", f"/o/{kind}/{one}", None),
            "search": ("GET", "/search?q=" + quote(self.random.choice(WORDS)), None),
            "api list": ("GET", f"/api/v1/{kind}?limit=50&sort=-updated_at", None),
            "api record": ("GET", f"/api/v1/{kind}/{one}", None),
            "timeline": ("GET", f"/api/v1/{kind}/{one}/timeline", None),
            "report": ("POST", "/api/v1/query", {"object": "company", "group": ["country"], "measures": [{"id": "n", "function": "count"}]}),
        }[action]
        self.notes.take(action, await wire.call(method, path, body))

    async def create(self, wire: Wire) -> None:
        note = f"soak {self.random.getrandbits(40):x}"
        body = {"inquiry": {"source": "fair", "next_note": note, "company": self.random.choice(self.seen["company"] or [""])},
                "task": {"title": note, "due": time.strftime("%Y-%m-%dT23:59:00Z")}}[self.object]
        said = await wire.call("POST", f"/api/v1/{self.object}", body, {"Idempotency-Key": f"{note} {self.token[:6]}"})
        if self.notes.take("create", said):
            self.own.append(said.json["id"])
            self.notes.made[self.object][said.json["id"]] = said.json["version"]

    async def change(self, wire: Wire, record: str) -> None:
        version = self.notes.made[self.object][record]
        name = "next_note" if self.object == "inquiry" else "title"
        said = await wire.call("PATCH", f"/api/v1/{self.object}/{record}", {name: f"again {version}"}, {"If-Match": f'"{version}"'})
        if self.notes.take("change", said):
            self.notes.made[self.object][record] = said.json["version"]


def memory(pid: int, name: str = "VmRSS") -> float:
    """Megabytes."""
    file = f"/proc/{pid}/status" if name == "VmRSS" else f"/proc/{pid}/smaps_rollup"
    try:
        line = next(line for line in Path(file).read_text().splitlines() if line.startswith(name + ":"))
    except (OSError, StopIteration):
        return 0
    return int(line.split()[1]) / 1024


def processor(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def processes_of(server: PostgresServer | None) -> list[int]:
    """The postmaster and its children."""
    if server is None:
        return []
    master = int((server.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return [master, *map(int, children)]


async def watch(notes: Notes, nodes: list[Running], server: PostgresServer | None, every: float) -> None:
    while True:
        now = {f"node {number + 1}": memory(node.inner_process()) for number, node in enumerate(nodes)}
        if server:
            # The proportional share: the shared memory of its processes counts once.
            now["PostgreSQL"] = sum(memory(pid, "Pss") for pid in processes_of(server))
        notes.memory.append((notes.second, now))
        await asyncio.sleep(every)


async def bring_in(notes: Notes, wire: Wire, minutes: float) -> None:
    """A file each minute, or one when it is shorter."""
    number = 0
    while not notes.is_over:
        number += 1
        text = "short_name,name_en,roles,country,source\n" + "".join(
            f"Soak {number} {row},Soak {number} {row} Ltd,customer,DE,fair\n" for row in range(100))
        said = await wire.call("POST", f"/api/v1/import/company?name=soak-{number}.csv", text.encode(), {"Content-Type": "text/csv"})
        notes.take("import", said)
        await asyncio.sleep(min(60, minutes * 60))


async def people(options: argparse.Namespace, nodes: list[Running], notes: Notes) -> list[Person]:
    logins = [*SELLERS, *OTHERS]
    found: list[Person] = []
    seen: dict[str, dict[str, list[str]]] = {}
    for number in range(options.sessions):
        login = logins[number % len(logins)]
        wires = [Wire(nodes[(number + turn) % len(nodes)].port) for turn in range(2 if number % 3 == 0 else 1)]
        said = await wires[0].call("POST", "/api/v1/session", {"login": login, "password": PASSWORD})
        assert said.status in (200, 201), (login, said.status, said.body[:200])
        for wire in wires:
            wire.token = said.json["token"]
        if login not in seen:
            seen[login] = {kind: await visible(wires[0], kind) for kind in ("company", "inquiry", "quotation", "order", "product")}
        found.append(Person(number, login, wires[0].token, wires, seen[login], notes, options.think))
    return found


async def visible(wire: Wire, kind: str) -> list[str]:
    said = await wire.call("GET", f"/api/v1/{kind}?limit=200")
    return [row["id"] for row in said.json["data"]] if said.status == 200 else []


async def soak(options: argparse.Namespace, nodes: list[Running], server: PostgresServer | None, notes: Notes) -> list[LiveWindow]:
    crowd = await people(options, nodes, notes)
    windows = [] if options.without_live else [LiveWindow(person.wires[0].port, person.token) for person in crowd]
    importer = Wire(nodes[0].port, next(person.token for person in crowd if person.login == "owner"))
    notes.began = time.monotonic()
    tasks = [asyncio.create_task(each) for each in (
        *(window.run() for window in windows), *(person.work() for person in crowd),
        watch(notes, nodes, server, options.every), bring_in(notes, importer, options.minutes))]
    await asyncio.wait(tasks, timeout=options.minutes * 60, return_when=asyncio.FIRST_EXCEPTION)
    notes.is_over = True
    broken = [task.exception() for task in tasks if task.done() and not task.cancelled()]
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=30)
    if broken:
        raise broken[0] or AssertionError("somebody stopped working")
    return windows


def slope(points: list[tuple[float, float]]) -> float:
    """Of the straight line through the points, each minute."""
    middle = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    width = sum((x - middle[0]) ** 2 for x, _ in points)
    return 60 * sum((x - middle[0]) * (y - middle[1]) for x, y in points) / width if width else 0


def quantiles(seconds: list[float]) -> tuple[float, float, float]:
    """p50, p95 and p99 in milliseconds."""
    ordered = sorted(seconds) or [0.0]
    return tuple(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99))


def table(notes: Notes, length: float) -> list[tuple[float, float, float]]:
    """Prints one line a minute; gives the quantiles of each."""
    minutes = max(1, round(length / 60))
    out = []
    for minute in range(minutes):
        span = (minute * length / minutes, (minute + 1) * length / minutes)
        found = [took for at, _, took in notes.answers if span[0] <= at < span[1]]
        errors = sum(span[0] <= at < span[1] for at, _ in notes.errors)
        sizes = next((now for at, now in reversed(notes.memory) if at < span[1]), {})
        out.append(quantiles(found))
        print(f"  minute {minute + 1:2}: {len(found):6} requests, p50 {out[-1][0]:6.1f} p95 {out[-1][1]:6.1f} p99 {out[-1][2]:6.1f} ms, "
              f"{errors} errors, " + ", ".join(f"{name} {size:.0f} MB" for name, size in sizes.items()), flush=True)
    for action in (*ACTIONS, "import"):
        took = [seconds for _, name, seconds in notes.answers if name == action]
        if took:
            print(f"  {action:10} {len(took):6}, p50 {quantiles(took)[0]:6.1f} p95 {quantiles(took)[1]:6.1f} p99 {quantiles(took)[2]:6.1f} ms")
    return out


def check(report: Report, options: argparse.Namespace, house: House, nodes: list[Running], notes: Notes, windows: list[LiveWindow]) -> None:
    length = options.minutes * 60
    by_minute = table(notes, length)
    wrong = Counter(text for _, text in notes.errors)
    report.claim("Every request is answered as it should be", not wrong and len(notes.answers) > options.sessions,
                 f"{len(notes.answers)} requests, {sum(wrong.values())} errors {dict(wrong) or ''}".strip(), requests=len(notes.answers))
    report.claim("The last minute is as quick as the first", by_minute[-1][2] < max(3 * by_minute[0][2], 250) or len(by_minute) == 1,
                 f"p99 {by_minute[0][2]:.0f} ms in the first, {by_minute[-1][2]:.0f} ms in the last", minutes=by_minute)
    # The databases' own caches fill for some minutes.
    after = length / 2
    for name in notes.memory[-1][1]:
        points = [(at, now[name]) for at, now in notes.memory if at >= after]
        grows = slope(points)
        report.claim(f"The memory of {name} is bounded", grows < 5 or length < 300,
                     f"{notes.memory[0][1][name]:.0f} MB at first, {points[-1][1]:.0f} MB at the end, {grows:+.2f} MB a minute in the second half",
                     slope=grows, first=notes.memory[0][1][name], last=points[-1][1])
    breaks, problems = sum(window.breaks for window in windows), [window.problem for window in windows if window.problem]
    doubled = sum(len(window.heard) - len(set(window.heard)) for window in windows)
    report.claim("Live pages stay open and hear each event once", not problems and breaks + doubled == 0,
                 f"{len(windows)} pages, {sum(len(window.heard) for window in windows)} notices, {breaks} breaks, {doubled} doubled {problems[:1] or ''}".strip())
    check_records(report, nodes, notes)


def check_records(report: Report, nodes: list[Running], notes: Notes) -> None:
    client = Client(nodes[-1].port)
    client.token = client.call("POST", "/api/v1/session", {"login": "owner", "password": PASSWORD}).json["token"]
    lost = []
    for kind, made in notes.made.items():
        there = rows(client, kind, "id")
        lost += [record for record, version in made.items() if there.get(record, {}).get("version", 0) < version]
    count = sum(len(made) for made in notes.made.values())
    report.claim("What was acknowledged is there", not lost, f"{count} records made, {len(lost)} lost or old")
    until = time.monotonic() + 60
    while time.monotonic() < until:
        batches = client.get("/api/v1/import/batches?object=company&limit=20")["data"]
        left = [batch["state"] for batch in batches if batch["state"] != "done"]
        if not left:
            break
        time.sleep(0.2)
    report.claim("No job is left", not left and bool(batches), f"{len(batches)} imports, not done: {left}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--think", type=float, default=4, help="seconds between two requests of a person, on average (4)")
    parser.add_argument("--every", type=float, default=10, help="seconds between two looks at the memory (10)")
    parser.add_argument("--without-live", action="store_true", help="no live pages, to see what they cost")
    parser.add_argument("--json")
    options = parser.parse_args()
    report = Report("soak")
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 8192) if most > 0 else 8192, most))
    server = PostgresServer(max_connections="100") if options.engine == "postgres" else None
    demo = demo_data()
    with House(server.make_database() if server else None) as house:
        prepare(house, demo)
        nodes = [Running(house, [], {}) for _ in range(2 if server else 1)]
        house.servers = nodes
        notes = Notes()
        before = [processor(node.inner_process()) for node in nodes], time.process_time(), time.monotonic()
        windows = asyncio.run(soak(options, nodes, server, notes))
        used = [processor(node.inner_process()) - start for node, start in zip(nodes, before[0])]
        wall = time.monotonic() - before[2]
        print(f"  processor: nodes {', '.join(f'{100 * each / wall:.0f} %' for each in used)} of a core, "
              f"{1000 * sum(used) / max(1, len(notes.answers)):.1f} ms a request; "
              f"the load itself {100 * (time.process_time() - before[1]) / wall:.0f} %")
        check(report, options, house, nodes, notes, windows)
        for node in nodes:
            node.stop()
        said = house.verify()
        report.claim("The log is sound", "sound" in said, said.splitlines()[0] if said else "")
    if server:
        server.end()
    return report.close(options.json)


def prepare(house: House, demo: Path) -> None:
    """The demo company in the place of the house."""
    if house.database:
        done = subprocess.run([house.command("version")[0], "move", "--from", str(demo), "--to", house.database],
                              capture_output=True, text=True, cwd=Path(__file__).resolve().parents[2], check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        house.data.mkdir()
    else:
        subprocess.run(["cp", "-r", str(demo), str(house.data)], check=True)


if __name__ == "__main__":
    sys.exit(main())
