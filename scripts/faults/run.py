#!/usr/bin/env python3
"""Runs the promises about faults one after the other and sums them up: the three that every test run has, with --all the others
as well, with --long all of them as long as the figures of docs/reliability.md."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

SHORT = {
    "kill_under_load.py": ["--cycles", "15"],
    "power_cut.py": ["--cycles", "300", "--requests", "120"],
    "soak.py": ["--minutes", "0.1", "--sessions", "20", "--think", "0.4", "--every", "1"],
}
OTHERS = {
    "disk_full.py": [],
    "fsync_errors.py": [],
    "copy_restore.py": [],
    "on_postgres.py": ["kill_under_load.py", "--cycles", "5"],
    "deliveries.py": [],
    "two_nodes.py": [],
    "replica.py": ["--cycles", "100"],
    "rolling_upgrade.py": [],
}
LONG = {
    "kill_under_load.py": ["--cycles", "200"],
    "power_cut.py": ["--cycles", "2000", "--seeds", "3", "--requests", "400", "--sessions", "4", "--copy"],
    "disk_full.py": ["--cycles", "8", "--refusals", "100", "--size", "256"],
    "fsync_errors.py": ["--cycles", "50", "--seconds", "3", "--rate", "80"],
    "copy_restore.py": ["--cycles", "5", "--seconds", "10"],
    "on_postgres.py": ["kill_under_load.py", "--cycles", "200", "--writers", "10"],
    "deliveries.py": ["--cycles", "20", "--tasks", "300", "--limit", "900"],
    "two_nodes.py": ["--windows", "1000", "--rate", "5"],
    "replica.py": ["--cycles", "10000"],
    "rolling_upgrade.py": ["--cycles", "5"],
    "soak.py": ["--minutes", "10", "--sessions", "200"],
}
COUNTS = r"(\d+) passed, (\d+) failed"
TIME_LIMIT = {"short": 120, "long": 3600}


def main(words: list[str]) -> int:
    if not set(words) <= {"--all", "--long"}:
        raise SystemExit(f"usage: {sys.argv[0]} [--all | --long]")
    chosen = LONG if "--long" in words else {**SHORT, **OTHERS} if "--all" in words else SHORT
    passed = failed = 0
    for script, options in chosen.items():
        command = [sys.executable, str(Path(__file__).with_name(script)), *options]
        print(f"{script} {' '.join(options)}".strip(), flush=True)
        started = time.monotonic()
        try:
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                  timeout=TIME_LIMIT["long" if "--long" in words else "short"])
            output, code = done.stdout, done.returncode
        except subprocess.TimeoutExpired as late:
            output, code = (late.stdout or b"").decode() + "\ntoo late", 1
        counts = re.findall(COUNTS, output)
        # The one closing line of this program is its own.
        print(re.sub(COUNTS + r"\n?", "", output).rstrip() + f"  ({time.monotonic() - started:.0f} s)", flush=True)
        passed += int(counts[-1][0]) if counts else 0
        failed += max(int(counts[-1][1]) if counts else 0, 1 if code else 0)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
