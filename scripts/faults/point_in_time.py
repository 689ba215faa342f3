#!/usr/bin/env python3
"""Deletes everything by mistake and goes back to the moment before, with the scripts of scripts/ops.

  point_in_time.py [--load sql|baton] [--json FILE] [--keep]

Writes, backs up from the standby, writes on, loses the leader on the way, writes on, notes the time, deletes. Then:
the backup restores beside the running site to that moment with everything acknowledged before it and nothing after;
a damaged backup and a missing piece of the log are found; and the restored data goes back into service on both machines.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from lab import programs  # noqa: E402
from lab.baton_load import ENVIRONMENT, binary  # noqa: E402
from lab.choice import KINDS, make_load, webs  # noqa: E402
from lab.cluster import Lab  # noqa: E402
from lab.libpq import Connection, PGError  # noqa: E402
from lab.load import Load, SQLLoad, Writers, judge  # noqa: E402
from lab.processes import LabError, as_account, end_on_signals, say, wait_until  # noqa: E402
from lab.report import Report  # noqa: E402


class Backups:
    """The scripts of scripts/ops on the laboratory's archive, under the account of the database."""

    def __init__(self, lab: Lab):
        self._lab = lab
        self.folder = lab.archive.parent
        self.environment = {"PATH": programs.PATH, "TMPDIR": str(self.folder)}
        if lab.site.webs:
            self.environment |= ENVIRONMENT | {"BATON_BINARY": str(binary())}

    def run(self, script: str, *words: str, good: bool = True) -> str:
        done = subprocess.run(
            as_account([str(self.folder / "ops" / script), *words]), capture_output=True, text=True, check=False,
            timeout=900, cwd=self.folder, env=self.environment)
        if good and done.returncode != 0:
            raise LabError(f"{script}: {(done.stdout + done.stderr)[-2000:]}")
        return done.stdout if good else f"{done.returncode} {done.stderr.strip()[-300:]}"

    def make(self) -> str:
        lab, site = self._lab, self._lab.site
        standby = lab.other(lab.leader()).place
        return self.run("pg_backup.sh", "--to", str(self.folder), "--from",
                        f"host={standby.address} port={standby.port} user=replicator "
                        f"password={site.passwords['replication']} dbname=postgres")


def ask(lab: Lab, sql: str) -> str:
    connection = Connection(lab.address("superuser", database=lab.site.database), 15)
    try:
        rows = connection.ask(sql, 60)
        return rows[0][0] if rows else ""
    finally:
        connection.close()


def write_some(load: Load, seconds: float) -> Writers:
    with Writers(load, 4) as writers:
        time.sleep(seconds)
    return writers


def archived(lab: Lab) -> None:
    """Waits until everything written so far is in the archive."""
    piece = ask(lab, "SELECT pg_walfile_name(pg_switch_wal())")
    wait_until(f"{piece} in the archive", (lab.archive / piece).exists, 60)


def lose_leader(lab: Lab) -> None:
    leader = lab.leader()
    leader.kill()
    wait_until("a new leader", lambda: lab.other(leader).leads, 90)
    leader.start()
    lab.heal()


def make_mistake(lab: Lab) -> None:
    """Drops every table, as somebody with the right account and the wrong window does."""
    names = ask(lab, "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = 'public'")
    ask(lab, f"DROP TABLE {names} CASCADE")


def check_beside(lab: Lab, backups: Backups, moment: str, load: Load, before: list[Writers], after: Writers | None,
                 report: Report) -> None:
    """Restores to the moment beside the running site."""
    database = lab.site.database
    facts = backups.run("pg_restore_check.sh", "--from", str(backups.folder), "--time", moment, "--database", database)
    say(facts.replace("\n", "; "))
    report.claim("the newest backup restores to the moment before the mistake and is sound", "restore_check ok" in facts,
                 facts=facts.splitlines())
    data = backups.folder / "restored"
    backups.run("pg_restore.sh", "--from", str(backups.folder), "--into", str(data), "--time", moment, "--leave-running")
    try:
        address = f"host={data}.run user=postgres dbname={database}"
        verdicts = [judge(load, writers, address) for writers in before]
        report.claim("everything acknowledged before the mistake is there once",
                     all(each.is_good and each.acknowledged for each in verdicts),
                     "; ".join(str(each) for each in verdicts))
        if after:
            report.claim("nothing written after it is there", not load.held(address, after.prefix))
    finally:
        subprocess.run(as_account([str(programs.BIN / "pg_ctl"), "-D", str(data), "-m", "fast", "-w", "-s", "stop"]),
                       check=False, timeout=60)


def find_damage(lab: Lab, backups: Backups, report: Report) -> None:
    """The check must fail when there is something to find."""
    damaged = backups.folder / "damaged"
    shutil.copytree(backups.folder / "base", damaged / "base", copy_function=shutil.copy2)
    (damaged / "wal").symlink_to(lab.archive)
    subprocess.run(["chown", "-R", "--reference", str(lab.archive), str(damaged)], check=True)
    newest = max((damaged / "base").iterdir())
    victim = max((newest / "base").rglob("[0-9]*"), key=lambda path: path.stat().st_size)
    with victim.open("r+b") as file:
        file.seek(9000)
        file.write(b"\xff\x00\xff")
    told = backups.run("pg_restore_check.sh", "--from", str(damaged), "--database", lab.site.database, good=False)
    report.claim("a flipped byte in a backup is found", not told.startswith("0 "), told)
    shutil.rmtree(damaged)
    far = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))
    told = backups.run("pg_restore_check.sh", "--from", str(backups.folder), "--time", far, "--database",
                       lab.site.database, good=False)
    report.claim("an archive that ends before the moment asked for is told", not told.startswith("0 "), told)


def back_into_service(lab: Lab, backups: Backups, moment: str, before: list[Writers], load: Load,
                      report: Report) -> None:
    """The steps of docs/operations.md: the restored data becomes the first machine's, the other one is fetched anew."""
    started = time.monotonic()
    for node in lab.nodes:
        node.stop()
        (node.folder / "data").rename(node.folder / "data.before")
    first, second = lab.nodes
    backups.run("pg_restore.sh", "--from", str(backups.folder), "--into", str(first.folder / "data"), "--time", moment)
    lab.forget_cluster()
    first.start()
    wait_until("the restored machine leads", lambda: first.leads, 120)
    wait_until("writing goes on", lab.answers, 60)
    outage = time.monotonic() - started
    second.start()
    lab.wait_whole(180)
    verdicts = [judge(load, writers) for writers in before]
    report.claim("the restored data is back in service on both machines",
                 all(each.is_good and each.acknowledged for each in verdicts),
                 f"writing again after {outage:.0f} s, whole after {time.monotonic() - started:.0f} s",
                 outage=round(outage, 1))
    more = write_some(load, 3)
    report.claim("and takes new writes", judge(load, more).is_good and len(more.ledger.acknowledged) > 0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--load", choices=KINDS, default="sql")
    parser.add_argument("--json")
    parser.add_argument("--keep", action="store_true")
    chosen = parser.parse_args()
    end_on_signals()
    report = Report("point in time")
    try:
        with Lab(keep=chosen.keep, webs=webs(chosen.load)) as lab, make_load(chosen.load, lab) as load:
            backups = Backups(lab)
            before = [write_some(load, 3)]
            say(backups.make().strip())
            before.append(write_some(load, 3))
            lose_leader(lab)
            before.append(write_some(load, 3))
            time.sleep(1.5)
            moment = ask(lab, "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
            time.sleep(1.5)
            make_mistake(lab)
            after = None
            if isinstance(load, SQLLoad):
                load.prepare()
                after = write_some(load, 2)
            archived(lab)
            check_beside(lab, backups, moment, load, before, after, report)
            find_damage(lab, backups, report)
            back_into_service(lab, backups, moment, before, load, report)
    except (LabError, PGError) as error:
        report.claim("the laboratory works", False, str(error))
    return report.close(chosen.json)


if __name__ == "__main__":
    sys.exit(main())
