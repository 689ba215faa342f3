#!/usr/bin/env python3
"""Two servers at one PostgreSQL database take newer packs one after the other, under load, and go back to the older ones.

  rolling_upgrade.py [--cycles 1] [--writers 4] [--windows 20] [--crash]

The packs of a second version have one field more and a check that is stricter. Each step stops one server and starts it with
the other version, while its neighbour works on: first A then B to the new, then B then A back to the old. With --crash the
server is killed instead. Writers and live pages stand at both; a writer whose server is away repeats the request at the other,
with its key. After each step: nobody was told of an error of ours, what was acknowledged is there once, whoever was signed in
still is, every page has heard every event, and the rules in force are the same at both.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from house import ROOT, SECRET, Client, House, Running, arguments
from lab.report import Report
from lab.wire import LiveWindow, Said, Wire
from load import COMPANY, Write, compare
from test_server import PostgresServer

# A server ends with the thread that started it, so that thread lives as long as this program.
STARTER = ThreadPoolExecutor(1)
AGAIN = {0, 503}  # answers after which the same request goes to the other server
RULE = "  - {id: cities_are_long, expr: 'ISBLANK(city) OR LEN(city) >= 5', message: {zh: 城市至少 5 个字, en: A city has 5 letters}, field: city, blocking: true}\n"
FIELD = "  - {id: shoe, label: {zh: 鞋, en: Shoe}, type: text}\n"


def newer_packs(folder: Path) -> Path:
    """A copy of the packs with one field and one rule more."""
    copy = folder / "Packs-2"
    shutil.copytree(os.path.realpath(ROOT / "Packs"), copy)
    company, pack = copy / "trade" / "objects" / "company.yaml", copy / "trade" / "pack.yaml"
    text = company.read_text()
    place = text.index("  - {id: city,")
    text = text[:place] + FIELD + text[place:]
    assert "\nchecks:\n" in text, "company has no checks"
    company.write_text(text.replace("\nchecks:\n", "\nchecks:\n" + RULE, 1))
    pack.write_text(pack.read_text().replace("version: '1.0.0'", "version: '2.0.0'"))
    return copy


class Node:
    """One of the two servers; its port stays the same over its lives."""

    def __init__(self, house: House, name: str):
        self.house, self.name = house, name
        self.life: Running | None = None
        self.port = 0

    def start(self, packs: Path) -> float:
        """Starts with these packs and brings the database to them; gives the seconds that it took."""
        environment = {"BATON_PACKS": str(packs), "BATON_LOG_LEVEL": "info"}
        self.life = Running(self.house, [], environment, port=self.port, options=["--migrate"])
        self.house.servers = [*self.house.servers, self.life]
        self.port = self.life.port
        return self.life.boot_seconds

    def end(self, crash: bool) -> None:
        assert self.life
        self.life.kill() if crash else self.life.stop()


class Worker:
    """Writes at one server as long as it answers, else at the other; remembers what it was told."""

    def __init__(self, number: int, nodes: list[Node], token: str):
        self.name, self.random = f"U{number}", random.Random(number)
        self.wires = [Wire(node.port, token, patience=20) for node in nodes]
        self.at = number % len(nodes)
        self.writes: list[Write] = []
        self.known: list[list] = []
        self.statuses: Counter[str] = Counter()
        self.longest = 0.0

    async def work(self) -> None:
        while True:
            write = self.next()
            self.writes.append(write)
            began = time.monotonic()
            while True:
                said = await self.wires[self.at].call(write.method, write.path, write.body, write.headers)
                self.statuses[f"{said.status} {said.code}".strip()] += 1
                if said.status not in AGAIN:
                    break
                self.at = 1 - self.at
                await asyncio.sleep(0.02)
            self.longest = max(self.longest, time.monotonic() - began)
            self.learn(write, said)
            reading = await self.wires[self.at].call("GET", self.random.choice(["/api/v1/company?limit=20", "/o/company", "/"]))
            self.statuses[f"{reading.status} {reading.code}".strip()] += 1
            await asyncio.sleep(0.02)

    def next(self) -> Write:
        mark = f"{self.name} {len(self.writes):x} {self.random.getrandbits(48):012x}"
        if self.known and self.random.random() < 0.4:
            known = self.random.choice(self.known[-30:])
            # The key would tell, but a change's version does as well.
            return Write("change", "PATCH", f"/api/v1/company/{known[0]}", {"city": mark}, {"If-Match": f'"{known[1]}"'}, [mark],
                         record=known[0], version=known[1] + 1)
        return Write("company", "POST", "/api/v1/company", {**COMPANY, "name_en": mark}, {"Idempotency-Key": mark}, [mark])

    def learn(self, write: Write, said: Said) -> None:
        write.status, write.code = said.status, said.code
        if write.kind == "change" and said.status == 412:
            # The first try had come through and its answer was lost.
            write.status, write.code = 200, ""
        if not write.is_done:
            return
        if write.kind == "change":
            next(known for known in self.known if known[0] == write.record)[1] = write.version
        else:
            write.ids = [said.json["id"]]
            self.known.append([write.ids[0], said.json["version"]])


async def steps(report: Report, options, house: House, nodes: list[Node], packs: dict[str, Path], token: str) -> tuple[list[Worker], list[LiveWindow]]:  # noqa: ANN001
    windows = [LiveWindow(nodes[number % 2].port, token) for number in range(options.windows)]
    workers = [Worker(number, nodes, token) for number in range(options.writers)]
    tasks = [asyncio.create_task(each.run()) for each in windows]
    await asyncio.sleep(0.5)
    tasks += [asyncio.create_task(worker.work()) for worker in workers]
    for _ in range(options.cycles):
        for turn, version in ((0, "new"), (1, "new"), (1, "old"), (0, "old")):
            await step(report, options, nodes, turn, version, packs[version], token)
    for task in tasks[options.windows:]:
        task.cancel()
    await asyncio.wait(tasks[options.windows:], timeout=30)
    await asyncio.sleep(2)  # what was on its way when the writers were stopped
    until = time.monotonic() + 20
    while time.monotonic() < until and len({max(window.heard, default=0) for window in windows}) > 1:
        await asyncio.sleep(0.1)
    await asyncio.sleep(1)
    for task in tasks:
        task.cancel()
    return workers, windows


async def step(report: Report, options, nodes: list[Node], turn: int, version: str, packs: Path, token: str) -> None:  # noqa: ANN001
    node, neighbour = nodes[turn], nodes[1 - turn]
    await asyncio.sleep(options.seconds)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(STARTER, node.end, options.crash)
    await asyncio.sleep(options.seconds / 2)
    took = await loop.run_in_executor(STARTER, node.start, packs)
    await asyncio.sleep(options.seconds)
    found = [await asyncio.to_thread(rules_at, each, token) for each in (node, neighbour)]
    wanted = version == "new"
    report.claim(f"{node.name} with the {version} packs, {neighbour.name} as it was: both work by the {version} ones",
                 found == [(wanted, wanted, 200)] * 2, f"up in {took:.1f} s; field, rule, health at {node.name} {found[0]}, at {neighbour.name} {found[1]}")


def rules_at(node: Node, token: str) -> tuple[bool, bool, int]:
    """Whether a server takes the new field, whether it refuses what the new rule forbids, and how it says it is."""
    client = Client(node.port, token)
    name = f"Rule {time.time_ns()}"
    field = client.call("POST", "/api/v1/company/preview", {**COMPANY, "name_en": name, "shoe": "left"})
    short = client.call("POST", "/api/v1/company/preview", {**COMPANY, "name_en": name, "city": "Ulm"})
    health = client.call("GET", "/health")
    assert field and short and health
    return field.status == 200, short.status == 422 or "cities_are_long" in short.text, health.status


def main() -> int:
    options = arguments(__doc__.splitlines()[0], cycles=1, windows=(20, "live pages over both servers"), seconds=(3.0, "between two steps"),
                        crash=(0, "1: the server is killed instead of stopped"))
    report = Report("rolling upgrade")
    with PostgresServer() as server, House(options.database or server.make_database()) as house:
        packs = {"old": Path(os.path.realpath(ROOT / "Packs")), "new": newer_packs(house.scratch)}
        house.prepare()
        nodes = [Node(house, "A"), Node(house, "B")]
        for node in nodes:
            node.start(packs["old"])
        assert nodes[0].life
        token = nodes[0].life.token()
        workers, windows = asyncio.run(steps(report, options, house, nodes, packs, token))
        judge(report, nodes, workers, windows, token)
        for node in nodes:
            node.end(crash=False)
        said = house.verify()
        report.claim("The log is sound", "sound" in said)
    return report.close()


def judge(report: Report, nodes: list[Node], workers: list[Worker], windows: list[LiveWindow], token: str) -> None:
    statuses = sum((worker.statuses for worker in workers), Counter())
    wrong = {status: count for status, count in statuses.items() if status[0] not in "02" and status != "412 stale_version"}
    report.claim("A server that answers never answers with an error", not wrong,
                 f"{sum(statuses.values())} answers, {statuses['0']} without one while a server was away; {wrong or 'no error'}")
    report.claim("Nobody waits long", max(worker.longest for worker in workers) < 5,
                 f"the longest write {max(worker.longest for worker in workers):.2f} s, its repetitions included")
    clients = [Client(node.port, token) for node in nodes]
    report.claim("Who was signed in still is, at both", all(client.call("GET", "/api/v1/me").status == 200 for client in clients))
    writes = [write for worker in workers for write in worker.writes if write.status]
    wrong_rows = compare(clients[1], writes)
    report.claim("What was acknowledged is there once", not wrong_rows,
                 f"{sum(write.is_done for write in writes)} writes acknowledged; {wrong_rows[:3] or 'nothing lost or doubled'}")
    told = [set(window.heard) for window in windows]
    everything = set().union(*told)
    missed = sum(len(everything - one) for one in told)
    first = min((n for one in told for n in everything - one), default=0)
    doubled = sum(len(window.heard) - len(set(window.heard)) for window in windows)
    report.claim("Every page heard every event once", missed + doubled == 0 and not any(window.problem for window in windows) and bool(everything),
                 f"{len(windows)} pages, {len(everything)} events, {missed} missed{f' from {first} of {max(everything)} on' if missed else ''}, {doubled} doubled, "
                 f"{sum(window.breaks for window in windows)} times opened again")


if __name__ == "__main__":
    sys.exit(main())
