#!/usr/bin/env python3
"""Kills the leading database machine under load, again and again: how long writing stands still, and whether
anything that was acknowledged is lost or done twice.

  failover.py [--cycles 2] [--kind machine|node|postgres|disk|switchover] [--writers 4] [--load sql|baton] [--json FILE] [--keep]

machine kills Patroni, PostgreSQL and the etcd member beside it at once, which leads etcd too, the worst case; node only
Patroni and PostgreSQL; postgres only the database; disk is node with damaged files, so that it has to be fetched anew;
switchover is the planned change.
Every write has a key and is repeated with it until its answer is definite.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from lab.baton_load import BatonLoad  # noqa: E402
from lab.choice import KINDS, make_load, webs  # noqa: E402
from lab.cluster import Lab  # noqa: E402
from lab.libpq import Connection, PGError  # noqa: E402
from lab.load import Writers, judge  # noqa: E402
from lab.node import Node  # noqa: E402
from lab.processes import PATIENCE, LabError, end_on_signals, say, wait_until  # noqa: E402
from lab.report import Report  # noqa: E402

LIMIT = 30.0


def strike(lab: Lab, leader: Node, kind: str) -> None:
    if kind in ("machine", "node", "disk"):
        leader.kill()
        if kind == "machine":
            lab.etcd[lab.nodes.index(leader)].kill()
        if kind == "disk":
            leader.damage()
    elif kind == "postgres":
        leader.kill_postgres()
    else:
        lab.patronictl("switchover", lab.site.cluster, "--candidate", lab.other(leader).name, "--force")


def cycle(lab: Lab, writers: Writers, kind: str, report: Report, number: int) -> None:
    ledger = writers.ledger
    before = time.monotonic()
    wait_until("writes before the fault", lambda: ledger.acknowledged_since(before) > 20, 60)
    leader = lab.leader()
    if kind == "machine":
        lab.move_etcd_leader(lab.nodes.index(leader))
    struck = time.monotonic()
    strike(lab, leader, kind)
    wait_until("a new leader", lambda: lab.leader() if kind == "postgres" else lab.other(leader).leads, 90)
    wait_until("writes after the fault", lambda: ledger.acknowledged_since(time.monotonic() - 1) > 5, 120)
    gap = ledger.gap(before, time.monotonic())
    if kind == "machine":
        lab.etcd[lab.nodes.index(leader)].start()
    if kind in ("machine", "node", "disk"):
        leader.start()
    lost = lab.heal()
    whole = time.monotonic() - struck
    report.claim(
        f"cycle {number}: writing goes on within {LIMIT:.0f} s after {kind} of {leader.name}", gap <= LIMIT * PATIENCE,
        f"gap {gap:.1f} s, whole again after {whole:.0f} s" + (f", fetched anew: {lost[0]}" if lost else ""),
        gap=round(gap, 2), whole=round(whole, 1), reinitialised=lost)


def rows(address: str) -> dict[str, int]:
    """How many rows each table has."""
    connection = Connection(address, 15)
    try:
        names = connection.ask("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'", 30)
        return {name: int(connection.ask(f"SELECT count(*) FROM {name}", 60)[0][0]) for name, in names}
    finally:
        connection.close()


def stands_by(lab: Lab) -> bool:
    """Whether the standby comes to hold as many rows in every table as the leader."""
    leader = lab.leader()
    addresses = [lab.address("superuser", node, database=lab.site.database) for node in (leader, lab.other(leader))]
    try:
        return bool(wait_until("the same rows on both", lambda: rows(addresses[0]) == rows(addresses[1]), 30, 1))
    except LabError:
        return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cycles", type=int, default=2)
    parser.add_argument("--kind", choices=["machine", "node", "postgres", "disk", "switchover"], default="machine")
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--load", choices=KINDS, default="sql")
    parser.add_argument("--json")
    parser.add_argument("--keep", action="store_true")
    chosen = parser.parse_args()
    end_on_signals()
    report = Report("failover")
    try:
        with Lab(keep=chosen.keep, webs=webs(chosen.load)) as lab, make_load(chosen.load, lab) as load:
            with Writers(load, chosen.writers) as writers:
                for number in range(1, chosen.cycles + 1):
                    cycle(lab, writers, chosen.kind, report, number)
            verdict = judge(load, writers)
            ledger = writers.ledger
            report.claim("the standby holds the same", stands_by(lab))
            report.claim("nothing acknowledged is lost or done twice", verdict.is_good and verdict.acknowledged > 0,
                         str(verdict), unanswered=ledger.unanswered, refused=ledger.refused, attempts=ledger.attempts)
            if isinstance(load, BatonLoad):
                heard = load.hears()
                report.claim("each node hears of the other's writes", heard is not None,
                             f"after {heard:.2f} s" if heard is not None else "")
                wrong = load.compare(writers)
                report.claim("every row has its event and every event its row", not wrong, "; ".join(wrong[:5]))
                report.claim("baton verify finds the database sound", True, load.verify())
            say(f"{ledger.attempts} attempts, {ledger.unanswered} without an answer, {ledger.refused} refused; "
                f"the last trouble: {ledger.last_trouble[:200]}")
    except (LabError, PGError) as error:
        report.claim("the laboratory works", False, str(error))
    return report.close(chosen.json)


if __name__ == "__main__":
    sys.exit(main())
