#!/usr/bin/env python3
"""Lets fsync and writing fail now and then: nothing is acknowledged that is not there, a refused write is not there, reads go
on, and once the disk behaves writing resumes by itself."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from house import Client, House, arguments, refuse
from load import Write, acknowledged, compare, gather, load, report, settle

RESUME_LIMIT = 5.0


def build(folder: Path) -> Path:
    compiler = shutil.which("cc") or shutil.which("clang") or refuse("a C compiler is missing: install the package gcc.")
    library = folder / "failing_disk.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(Path(__file__).with_name("failing_disk.c")), "-ldl"],
                   check=True)
    return library


def health(client: Client) -> tuple[int, str]:
    answer = client.call("GET", "/health")
    return (answer.status, answer.json.get("status", "")) if answer else (0, "")


def main() -> int:
    options = arguments(__doc__, cycles=4, rate=(200, "of a thousand calls that fail"), seconds=(1.5, "of failing in each cycle"))
    if options.database:
        refuse("a database server has its own disk: let that one fail.")
    dice = random.Random(options.seed)
    writes: list[Write] = []
    wrong: list[str] = []
    resumed: list[float] = []
    states: Counter = Counter()
    kills = 0
    started = time.monotonic()
    with House() as house:
        rate, count = house.scratch / "rate", house.scratch / "count"
        count.touch()
        environment = {"LD_PRELOAD": str(build(house.scratch)), "FAULT_RATE": str(rate), "FAULT_COUNT": str(count),
                       "FAULT_SEED": str(options.seed)}
        house.prepare()
        server = house.serve(environment=environment)
        token = server.token()
        for cycle in range(options.cycles):
            writers = load(server.port, token, options.writers, options.seed * 1000 + cycle)
            client = Client(server.port, token)
            rate.write_text(str(options.rate))
            until = time.monotonic() + options.seconds
            while time.monotonic() < until:
                states[health(client)] += 1
                answer = client.call("GET", "/api/v1/company?limit=5")
                if not answer or answer.status != 200:
                    wrong.append(f"a read was answered {answer and (answer.status, answer.text[:200])}")
                time.sleep(0.02)
            if cycle % 4 == 3:
                # A program that ends in the middle of it all must find everything acknowledged as well.
                kills += 1
                server.kill()
                rate.write_text("0")
                writes += gather(writers)
                server = house.serve(environment=environment)
                continue
            rate.write_text("0")
            began = time.monotonic()
            while health(client)[0] != 200 and time.monotonic() - began < 2 * RESUME_LIMIT:
                time.sleep(0.01)
            resumed.append(time.monotonic() - began)
            if resumed[-1] > RESUME_LIMIT:
                wrong.append(f"writing did not resume within {RESUME_LIMIT:.0f} s")
            time.sleep(dice.uniform(0.05, 0.3))
            writes += gather(writers)
        answers = Counter(f"{write.status} {write.code}".strip() for write in writes if not write.is_done)
        client = Client(server.port, token, patience=120)
        settle(client, writes)
        wrong += compare(client, writes)
        wrong += [f"{number} writes were answered {answer}" for answer, number in answers.items()
                  if answer not in ("503 unavailable", "503 outcome_unknown", "0")]
        wrong += [f"/health said {state}" for state in states if state not in ((200, "ok"), (503, "read_only"))]
        faults = count.stat().st_size
        server.stop()
        house.verify()
    if not faults or not any(state[0] == 503 for state in states):
        wrong.append("no fault came about: nothing was shown")
    told = ", ".join(f"{number} times {'no answer' if answer == '0' else answer}" for answer, number in sorted(answers.items()))
    return report(f"failing fsync and writes: {faults} faults in {options.cycles} cycles, {kills} kills among them, {acknowledged(writes)} writes "
                  f"acknowledged, {told}; {len(wrong)} lost or wrong, reads stayed 200, /health 503 {states[(503, 'read_only')]} times, "
                  f"writing resumed after {max(resumed, default=0):.2f} s at most; {time.monotonic() - started:.0f} s, seed {options.seed}", wrong)


if __name__ == "__main__":
    sys.exit(main())
