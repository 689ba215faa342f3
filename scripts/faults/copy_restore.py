#!/usr/bin/env python3
"""Loses the disk under load: the server is killed and its data folder removed. What comes back from the second place is a
whole earlier state, at most a few seconds old."""

from __future__ import annotations

import random
import shutil
import sys
import time

from house import Client, House, arguments, refuse
from load import Write, acknowledged, compare, copy_age, gather, load, report, rows, wait_for_copy, wait_for_load

AGE_LIMIT = 5.0


class Timed:
    """When each write was acknowledged: looked at often enough while the load runs."""

    def __init__(self) -> None:
        self.seen: dict[int, float] = {}

    def look(self, writers) -> None:  # noqa: ANN001
        now = time.monotonic()
        for writer in writers:
            for write in list(writer.writes):
                if write.is_done and id(write) not in self.seen:
                    self.seen[id(write)] = now


def lose_disk(house: House, options, cycle: int, seconds: float, wrong: list[str]) -> tuple[int, int, float]:  # noqa: ANN001
    """One loss. Gives the acknowledged writes, those that are gone and the age of the oldest that is gone."""
    server = house.serve()
    token = server.token()
    watcher = Client(server.port)
    wait_for_copy(watcher)
    writers = load(server.port, token, options.writers, options.seed * 1000 + cycle)
    wait_for_load(writers)
    timed = Timed()
    until = time.monotonic() + seconds
    oldest = 0.0
    while time.monotonic() < until:
        timed.look(writers)
        oldest = max(oldest, copy_age(watcher))
        time.sleep(0.02)
    timed.look(writers)
    server.kill()
    killed = time.monotonic()
    writes = gather(writers)
    shutil.rmtree(house.data)
    proved = house.run("verify", "--copy", house.settings["copy_to"])
    assert "sound" in proved, proved
    house.run("restore", house.settings["copy_to"])

    server = house.serve()
    client = Client(server.port, server.token(), patience=120)
    gone, lost_age = missing(client, writes, timed, killed)
    if lost_age > AGE_LIMIT:
        wrong.append(f"a write {lost_age:.1f} s old is gone")
    if oldest > AGE_LIMIT:
        wrong.append(f"the copy was {oldest:.1f} s behind under load")
    # Whatever state came back, it is whole: rows and events belong together.
    wrong += [line for line in compare(client, []) if line]
    server.stop()
    house.verify()
    return acknowledged(writes), gone, lost_age


def missing(client: Client, writes: list[Write], timed: Timed, killed: float) -> tuple[int, float]:
    there = {**rows(client, "company", "name_en"), **rows(client, "inquiry", "next_note")}
    gone = [write for write in writes if write.is_done and (
        there.get(write.record, {}).get("version", 0) < write.version if write.kind == "change"
        else any(record not in there for record in write.ids))]
    ages = [killed - timed.seen.get(id(write), killed) for write in gone]
    return sum(len(write.marks) for write in gone), max(ages, default=0.0)


def main() -> int:
    options = arguments(__doc__, cycles=2, seconds=(6.0, "of load before the loss, at most twice that"))
    if options.database:
        refuse("the ongoing copy belongs to the embedded database.")
    dice = random.Random(options.seed)
    wrong: list[str] = []
    told = gone = 0
    worst = 0.0
    started = time.monotonic()
    with House(copies=True) as house:
        house.prepare()
        for cycle in range(options.cycles):
            more, lost, oldest = lose_disk(house, options, cycle, dice.uniform(1, 2) * options.seconds, wrong)
            told, gone, worst = told + more, gone + lost, max(worst, oldest)
    return report(f"disk lost: {options.cycles} times under load, {told} writes acknowledged, {gone} of them in the last {worst:.1f} s and gone, "
                  f"none older; every restored state whole; {time.monotonic() - started:.0f} s, seed {options.seed}", wrong)


if __name__ == "__main__":
    sys.exit(main())
