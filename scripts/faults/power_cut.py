#!/usr/bin/env python3
"""Cuts the power at thousands of places: the system calls of a loaded server are traced, its files rebuilt as each cut could
have left them, opened, checked and compared with what had been acknowledged on the sockets by then.

First the cutter shows that it can tell: a small writer with synchronous=FULL loses nothing, with NORMAL it does."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from cutter import Call, Disk, Sent, calls, tracing
from house import Client, House, arguments, binary, need_program, refuse
from load import gather, load, report, wait_for_copy

SMALL_WRITER = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA journal_mode = WAL")
c.execute("PRAGMA synchronous = " + sys.argv[2])
c.execute("PRAGMA wal_autocheckpoint = 60")
c.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, text TEXT)")
for number in range(int(sys.argv[3])):
    c.execute("INSERT INTO t VALUES (?, ?)", (number, "x" * 900))
    os.write(1, b"done %d;" % number)
"""


@dataclass
class Tally:
    cuts: int = 0
    held: int = 0  # acknowledgements at all cuts together
    lossy: int = 0
    most: int = 0
    corrupt: int = 0
    verified: int = 0
    findings: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.cuts += other.cuts
        self.held += other.held
        self.lossy += other.lossy
        self.most = max(self.most, other.most)
        self.corrupt += other.corrupt
        self.verified += other.verified
        self.findings += other.findings


class Checker:
    """Opens a rebuilt database; gives what is wrong with it and what of the acknowledged is missing."""

    file = "baton.sqlite"

    def read(self, connection: sqlite3.Connection) -> tuple[list[str], dict[bytes, int]]:
        raise NotImplementedError

    def check(self, folder: Path, acknowledged: dict[bytes, int]) -> tuple[list[str], int]:
        path = folder / self.file
        if not path.exists() or path.stat().st_size == 0:
            return [], len(acknowledged)
        try:
            connection = sqlite3.connect(path)
            wrong = [row[0] for row in connection.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
            if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                return wrong, len(acknowledged)
            more, there = self.read(connection)
            connection.close()
        except sqlite3.DatabaseError as error:
            return [str(error)], len(acknowledged)
        missing = sum(1 for key, version in acknowledged.items() if there.get(key, 0) < version)
        return wrong + more, missing


class SmallChecker(Checker):
    def read(self, connection: sqlite3.Connection) -> tuple[list[str], dict[bytes, int]]:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 't'").fetchone():
            return [], {}
        return [], {b"%d" % row[0]: 1 for row in connection.execute("SELECT id FROM t")}


class HouseChecker(Checker):
    """Rows by id with their versions; every row has its creating event and the log has no gap."""

    def read(self, connection: sqlite3.Connection) -> tuple[list[str], dict[bytes, int]]:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"event", "event_head"} <= tables:
            return [], {}
        wrong = []
        last, count, head = connection.execute(
            "SELECT coalesce(max(sequence), 0), count(*), (SELECT sequence FROM event_head) FROM event").fetchone()
        if not last == count == head:
            wrong.append(f"the log ends at {last}, holds {count}, its head says {head}")
        there: dict[bytes, int] = {}
        for kind in ("company", "inquiry"):
            if "o_" + kind not in tables:
                continue
            there.update({bytes(row[0]): row[1] for row in connection.execute(f"SELECT id, version FROM o_{kind}")})
            for sentence, query in (
                ("rows without the event", f"SELECT id FROM o_{kind} EXCEPT "
                                           f"SELECT record FROM event WHERE kind = 'created' AND object = '{kind}'"),
                ("events without the row", f"SELECT record FROM event WHERE kind = 'created' AND object = '{kind}' EXCEPT "
                                           f"SELECT id FROM o_{kind}")):
                found = len(connection.execute(query).fetchall())
                if found:
                    wrong.append(f"{kind}: {found} {sentence}")
        return wrong, there


@dataclass
class Recording:
    """Traced calls that matter, and the acknowledgements: (place in the trace, key, version)."""

    folder: Path
    calls: list[Call]
    acknowledged: list[tuple[int, bytes, int]]


def cut(recording: Recording, checker: Checker, cuts: int, seed: int, verify_every: int = 0, believes_syncs: bool = True) -> Tally:
    """Cuts at so many places spread over the whole recording."""
    dice = random.Random(seed)
    disk = Disk(recording.folder)
    changing = [index for index, call in enumerate(recording.calls) if Disk.take(disk, call)]
    disk = Disk(recording.folder, believes_syncs)
    chosen = set(dice.sample(changing, min(cuts, len(changing))))
    tally = Tally()
    known: dict[bytes, int] = {}
    waiting = iter(recording.acknowledged)
    upcoming = next(waiting, None)
    scratch = Path(tempfile.mkdtemp(prefix="baton-cut-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
    try:
        for index, call in enumerate(recording.calls):
            disk.take(call)
            if index not in chosen:
                continue
            while upcoming and upcoming[0] <= call.ended:
                known[upcoming[1]] = max(known.get(upcoming[1], 0), upcoming[2])
                upcoming = next(waiting, None)
            image = disk.image(dice)
            write(scratch, image)
            wrong, missing = checker.check(scratch, known)
            tally.cuts += 1
            tally.held += len(known)
            tally.corrupt += bool(wrong)
            tally.lossy += bool(missing)
            tally.most = max(tally.most, missing)
            if (wrong or missing) and len(tally.findings) < 5:
                tally.findings.append(f"seed {seed}, after call {index} of {len(recording.calls)}: {missing} of {len(known)} missing; "
                                      + "; ".join(wrong[:3]))
            if verify_every and known and tally.cuts % verify_every == 0:
                write(scratch, image)
                done = subprocess.run([str(binary()), "verify", "--data", str(scratch)], capture_output=True, text=True)
                tally.verified += 1
                if done.returncode:
                    tally.corrupt += 1
                    tally.findings.append(f"seed {seed}, after call {index}: baton verify: {done.stdout[-200:]} {done.stderr[-200:]}")
    finally:
        shutil.rmtree(scratch)
    return tally


def write(folder: Path, image: dict[str, bytes]) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    for name, content in image.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def read(traces: list[Path], folder: Path, sent: Sent, key) -> Recording:  # noqa: ANN001
    found: list[Call] = []
    acknowledged: list[tuple[int, bytes, int]] = []
    base = 0
    for trace in traces:
        part = calls(trace, base)
        for call in part:
            for match in sent.take(call):
                acknowledged.append((call.started, *key(match)))
        found += [call for call in part if call.name not in ("writev", "sendto", "sendmsg")]
        base = max((call.ended for call in part), default=base) + 1
        trace.unlink()
    acknowledged.sort()
    return Recording(folder, found, acknowledged)


def record_small_writer(strace: str, scratch: Path, mode: str, count: int) -> Recording:
    folder = scratch / mode
    folder.mkdir()
    trace = scratch / f"{mode}.trace"
    done = subprocess.run([*tracing(strace, trace), sys.executable, "-c", SMALL_WRITER, str(folder / "baton.sqlite"), mode, str(count)],
                          stdout=subprocess.PIPE, check=True)
    assert done.stdout.count(b";") == count
    return read([trace], folder, Sent(rb"done (\d+);"), lambda match: (match[0], 1))


class CopyChecker(HouseChecker):
    """The newest generation at the second place that has its note; it is whole, however far it has come."""

    def check(self, folder: Path, acknowledged: dict[bytes, int]) -> tuple[list[str], int]:
        whole = sorted(path for path in folder.glob("20*") if path.suffix != ".part" and (path / "note.json").exists())
        if not whole:
            return [], 0
        try:
            note = json.loads((whole[-1] / "note.json").read_text())
            connection = sqlite3.connect(whole[-1] / self.file)
            wrong = [row[0] for row in connection.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
            more, _ = self.read(connection)
            events = connection.execute("SELECT sequence FROM event_head").fetchone()[0]
            connection.close()
        except (sqlite3.DatabaseError, ValueError) as error:
            return [str(error)], 0
        if events < note["sequence"]:
            more.append(f"the note promises {note['sequence']} events, {events} are there")
        return wrong + more, 0


def record_house(strace: str, house: House, sessions: int, requests: int, writers: int, seed: int) -> Recording:
    """A company from its first byte on; each session of the server ends cleanly, which merges and removes the log."""
    traces = [house.scratch / "made.trace"]
    house.prepare(wrap=tracing(strace, traces[0]))
    for session in range(sessions):
        traces.append(house.scratch / f"session{session}.trace")
        server = house.serve(wrap=tracing(strace, traces[-1]))
        token = server.token()
        share = max(1, requests // sessions // writers)
        if "copy_to" in house.settings:
            wait_for_copy(Client(server.port))
        # Slow enough that a copy follows in several steps.
        pause = 0.1 if "copy_to" in house.settings else 0
        running = load(server.port, token, writers, seed * 100 + session, limit=share, pause=pause)
        for writer in running:
            writer.join(300)
        writes = gather(running)
        assert all(write.is_done for write in writes), [(write.status, write.code) for write in writes if not write.is_done][:3]
        server.stop()
    pattern = rb'"id":"([0-9a-f-]{36})","version":(\d+)'
    return read(traces, house.data, Sent(pattern), lambda match: (bytes.fromhex(match[0].replace(b"-", b"").decode()), int(match[1])))


def self_test(strace: str, scratch: Path, cuts: int) -> list[str]:
    results = {}
    for mode in ("FULL", "NORMAL"):
        recording = record_small_writer(strace, scratch, mode, max(120, cuts // 3))
        results[mode] = cut(recording, SmallChecker(), cuts, seed=1)
        tally = results[mode]
        print(f"  the cutter itself, synchronous={mode}: {tally.cuts} cuts, {tally.lossy} lose an acknowledged row "
              f"(most {tally.most}), {tally.corrupt} corrupt", flush=True)
    wrong = []
    if results["FULL"].lossy or results["FULL"].corrupt:
        wrong.append("the cutter finds losses with synchronous=FULL: " + "; ".join(results["FULL"].findings))
    if not results["NORMAL"].lossy:
        wrong.append("the cutter finds no loss with synchronous=NORMAL: it would find none at all")
    return wrong


def main() -> int:
    options = arguments(__doc__, cycles=300, seeds=(1, "how many ways of drawing what had reached the disk"),
                        requests=(120, "writes of the traced load"), sessions=(2, "of the server, one after the other"),
                        verify_every=(100, "also ask baton verify after so many cuts; 0: never"))
    if options.database:
        refuse("a database server keeps its own files: cut its power there.")
    strace = need_program("strace", "strace")
    if subprocess.run([strace, "-o", "/dev/null", "true"], capture_output=True).returncode:
        print("– no power was cut: tracing a program is not permitted here\n0 passed, 0 failed")
        return 0
    started = time.monotonic()
    with House(copies=options.copy) as house:
        wrong = self_test(strace, house.scratch, min(300, options.cycles))
        recording = record_house(strace, house, options.sessions, options.requests, options.writers, options.seed)
        print(f"  traced: {len(recording.calls)} calls, {len(recording.acknowledged)} acknowledgements, "
              f"{time.monotonic() - started:.0f} s", flush=True)
        blind = cut(recording, HouseChecker(), 40, options.seed, believes_syncs=False)
        print(f"  the same with every fsync ignored: {blind.cuts} cuts, {blind.lossy} lose an acknowledgement, {blind.corrupt} corrupt",
              flush=True)
        if not blind.lossy:
            wrong.append("a server that never makes anything durable would pass")
        total = Tally()
        seeds = range(options.seed, options.seed + options.seeds)
        jobs = [(recording, HouseChecker(), options.cycles, seed, options.verify_every) for seed in seeds]
        if options.copy:
            second = Recording(house.second_place, recording.calls, [])
            jobs += [(second, CopyChecker(), options.cycles, seed) for seed in seeds]
        with multiprocessing.Pool(min(options.seeds, os.cpu_count() or 1)) as pool:
            for tally in pool.starmap(cut, jobs):
                total.add(tally)
    wrong += total.findings
    if total.cuts < options.seeds * min(options.cycles, 100):
        wrong.append(f"only {total.cuts} places to cut at: trace more requests")
    return report(f"power cuts: {total.cuts} of {options.seeds} seeds over {len(recording.acknowledged)} acknowledgements "
                  f"({total.held // max(1, total.cuts)} at a cut on average), {total.lossy} lose one, {total.corrupt} corrupt, {total.verified} also by baton verify; "
                  f"{time.monotonic() - started:.0f} s, seed {options.seed}", wrong, passed=2)


if __name__ == "__main__":
    sys.exit(main())
