"""Runs test functions named by sentences, in order, and prints one closing line."""

from __future__ import annotations

import faulthandler
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Callable

from server import end_with_parent

TESTS: list[tuple[str, Callable[[], None]]] = []
LONGEST = 900
"""Seconds a test may take. The walk through every page needs 220 alone on a quiet machine, each other one at most 25."""


def test(sentence: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Names a test by what it shows."""

    def add(function: Callable[[], None]) -> Callable[[], None]:
        TESTS.append((sentence, function))
        return function

    return add


def end_overdue(sentence: str) -> None:
    """A test that never ends would hide what failed behind the limit of the whole run: it says where it stands, the
    processes it started are ended, and the run is over."""
    print(f"✗ {sentence} (longer than {LONGEST} s)", flush=True)
    faulthandler.dump_traceback(file=sys.stdout, all_threads=True)
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            os.kill(int(child), signal.SIGTERM)
    os._exit(1)


class Beside:
    """Another run of this program, with these arguments, at the same time as this one."""

    def __init__(self, arguments: list[str]):
        self._output = tempfile.TemporaryFile("w+")
        self._process = subprocess.Popen(
            [sys.executable, sys.argv[0], *arguments], stdout=self._output, preexec_fn=end_with_parent)

    def finish(self) -> tuple[int, int]:
        """Waits, prints what it printed, and returns how many passed and failed."""
        status = self._process.wait()
        self._output.seek(0)
        *lines, closing = self._output.read().splitlines() or [""]
        counts = re.fullmatch(r"(\d+) passed, (\d+) failed", closing)
        print("\n".join(lines if counts else [*lines, closing]), flush=True)
        passed, failed = (int(counts[1]), int(counts[2])) if counts else (0, 0)
        return passed, failed or int(status != 0)


def run(wanted: list[str], beside: Beside | None = None, elsewhere: tuple[str, ...] = ()) -> int:
    """Runs the tests whose sentence contains one of `wanted`, or all but `elsewhere`; returns the exit code.

    What ran `beside` is counted in."""
    passed = failed = 0
    for sentence, function in TESTS:
        if sentence in elsewhere or wanted and not any(part.lower() in sentence.lower() for part in wanted):
            continue
        started = time.monotonic()
        signal.signal(signal.SIGALRM, lambda *_, sentence=sentence: end_overdue(sentence))
        signal.alarm(LONGEST)
        try:
            function()
        except Exception:  # noqa: BLE001: whatever a test raises is its failure
            failed += 1
            print(f"✗ {sentence} ({time.monotonic() - started:.1f} s)", flush=True)
            traceback.print_exc(file=sys.stdout)
        else:
            passed += 1
            print(f"✓ {sentence} ({time.monotonic() - started:.1f} s)", flush=True)
    signal.alarm(0)
    if beside:
        more = beside.finish()
        passed, failed = passed + more[0], failed + more[1]
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0
