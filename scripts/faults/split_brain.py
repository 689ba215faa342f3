#!/usr/bin/env python3
"""Hangs and cuts what keeps a site together, under load, and looks for two leaders.

  split_brain.py [--only KIND,…] [--rounds 1] [--load sql|baton] [--json FILE] [--keep]

  patroni   Patroni of the leader hangs            postgres  every PostgreSQL process of the leader hangs
  cable     the leader's machine is cut off        etcd      the leading etcd member hangs
  majority  two of three etcd members hang         standby   the standby's machine hangs

Besides the writers that go through HAProxy, one writer stands on each database machine and writes straight into its
PostgreSQL, cut off or not. After healing: no two leaders acknowledged at the same time, what was acknowledged is there
once, and the site is whole again. Needs root: every machine has a network namespace of its own.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from pathlib import Path
from typing import Callable

sys.path.insert(0, str(Path(__file__).resolve().parent))
from lab import network, programs  # noqa: E402
from lab.choice import KINDS, make_load, webs  # noqa: E402
from lab.cluster import Lab  # noqa: E402
from lab.libpq import PGError  # noqa: E402
from lab.load import Load, SQLLoad, Writers, judge  # noqa: E402
from lab.node import Node  # noqa: E402
from lab.processes import PATIENCE, LabError, end_on_signals, say, wait_until  # noqa: E402
from lab.report import Report  # noqa: E402

LIMIT = 30.0
# How long a fault lasts at least: longer than the leader's lease and what the others need to take over.
HELD = 40.0


def hold_standby(lab: Lab, leader: Node) -> Callable[[], None]:
    standby = lab.other(leader)
    standby.hold_postgres()
    standby.hold_patroni()
    return standby.release


def hold_etcd(lab: Lab, count: int) -> Callable[[], None]:
    """Hangs the leading member, and others up to the count."""
    first = lab.etcd_leader()
    held = [lab.etcd[first], *(each for n, each in enumerate(lab.etcd) if n != first)][:count]
    for program in held:
        program.hold()

    def release() -> None:
        for program in held:
            program.release()
    return release


def hold(leader: Node, what: Callable[[], None]) -> Callable[[], None]:
    what()
    return leader.release


def pull(lab: Lab, leader: Node) -> Callable[[], None]:
    """The worst case: etcd's leader is cut off with it."""
    lab.move_etcd_leader(lab.nodes.index(leader))
    machine = lab.machine[leader.name]
    lab.network.pull(machine)
    return lambda: lab.network.plug(machine)


# Each begins the fault and returns what ends it.
FAULTS: dict[str, tuple[str, bool, Callable[[Lab, Node], Callable[[], None]]]] = {
    "patroni": ("Patroni of the leader hangs", True, lambda lab, leader: hold(leader, leader.hold_patroni)),
    "postgres": ("PostgreSQL of the leader hangs", True, lambda lab, leader: hold(leader, leader.hold_postgres)),
    "cable": ("the leader's machine is cut off", True, pull),
    "etcd": ("the leading etcd member hangs", False, lambda lab, leader: hold_etcd(lab, 1)),
    "majority": ("two of three etcd members hang", False, lambda lab, leader: hold_etcd(lab, 2)),
    "standby": ("the standby's machine hangs", False, hold_standby),
}


def overlaps(ledgers: list) -> list[str]:
    """Pairs of timelines whose acknowledgements mix: two leaders at the same time."""
    spans: dict[int, tuple[float, float]] = {}
    for ledger in ledgers:
        for at, who in ledger.acknowledged.values():
            timeline = int(who.rpartition(" ")[2])
            first, last = spans.get(timeline, (at, at))
            spans[timeline] = (min(first, at), max(last, at))
    return [f"timeline {old} until {spans[old][1] - spans[new][0]:+.2f} s after the first of {new}"
            for old, new in itertools.combinations(sorted(spans), 2) if spans[old][1] >= spans[new][0]]


def watch(lab: Lab, main: Writers, leader: Node, moves: bool) -> None:
    """Waits through the fault: a new leader where one is due, then writes, at least HELD seconds in all."""
    began = time.monotonic()
    if moves:
        wait_until("a new leader", lambda: lab.other(leader).leads, 120)
        wait_until("writes through the new leader",
                   lambda: main.ledger.acknowledged_since(time.monotonic() - 1) > 5, 120)
    time.sleep(max(0.0, HELD * PATIENCE - (time.monotonic() - began)))


def strike(lab: Lab, load: Load, kind: str, report: Report) -> None:
    title, moves, begin = FAULTS[kind]
    reader = lab.address("superuser", database=lab.site.database)  # who has a seat when all others are taken
    doors = [SQLLoad(lab.address(node=node), reader) for node in lab.nodes]
    local = [Writers(door, 1, f"at-{node.name}", insist=False, pace=0.05, namespace=lab.machine[node.name])
             for door, node in zip(doors, lab.nodes)]
    with Writers(load, 4) as main, local[0], local[1]:
        before = time.monotonic()
        wait_until("writes before the fault", lambda: main.ledger.acknowledged_since(before) > 20, 60)
        leader = lab.leader()
        heal = begin(lab, leader)
        try:
            watch(lab, main, leader, moves)
        finally:
            heal()
        gap = main.ledger.gap(before, time.monotonic())
        lost: list[str] = []
        try:
            lost = lab.heal(90)
            time.sleep(2)  # the healed site takes some more writes
        except LabError as error:
            report.claim(f"{title}: the site is whole again", False, str(error), kind=kind)
    after = lab.leader()
    stayed = "stays" if after is leader else f"gives way to {after.name}"
    report.claim(f"{title}: writing goes on within {LIMIT:.0f} s", gap <= LIMIT * PATIENCE,
                 f"gap {gap:.1f} s, {leader.name} {stayed}" + (f", fetched anew: {lost[0]}" if lost else ""),
                 kind=kind, gap=round(gap, 2), moved=after is not leader, reinitialised=lost)
    mixed = overlaps([each.ledger for each in (main, *local)]) if isinstance(load, SQLLoad) else overlaps(
        [each.ledger for each in local])
    report.claim(f"{title}: never two leaders that acknowledge", not mixed, "; ".join(mixed), kind=kind)
    verdicts = [judge(load, main), *(judge(door, each) for door, each in zip(doors, local))]
    report.claim(f"{title}: nothing acknowledged is lost or done twice", all(each.is_good for each in verdicts),
                 f"{verdicts[0]}; at the machines themselves {verdicts[1]} and {verdicts[2]}", kind=kind,
                 unanswered=sum(each.ledger.unanswered for each in (main, *local)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(FAULTS), help="kinds, with commas between")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--load", choices=KINDS, default="sql")
    parser.add_argument("--json")
    parser.add_argument("--keep", action="store_true")
    chosen = parser.parse_args()
    kinds = chosen.only.split(",")
    if unknown := set(kinds) - set(FAULTS):
        parser.error("no such kind: " + ", ".join(sorted(unknown)))
    report = Report("split brain")
    try:
        programs.check()
        programs.patroni()  # while the registry can be reached
        network.enter()
        end_on_signals()
        with Lab(keep=chosen.keep, network=True, webs=webs(chosen.load)) as lab, \
                make_load(chosen.load, lab) as load:
            SQLLoad(lab.address()).prepare()
            for kind in kinds * chosen.rounds:
                say(FAULTS[kind][0])
                strike(lab, load, kind, report)
    except (LabError, PGError) as error:
        report.claim("the laboratory works", False, str(error))
    return report.close(chosen.json)


if __name__ == "__main__":
    sys.exit(main())
