"""Runs test functions named by sentences, in order, and prints one closing line."""

from __future__ import annotations

import sys
import time
import traceback
from typing import Callable

TESTS: list[tuple[str, Callable[[], None]]] = []


def test(sentence: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Names a test by what it shows."""

    def add(function: Callable[[], None]) -> Callable[[], None]:
        TESTS.append((sentence, function))
        return function

    return add


def run(wanted: list[str]) -> int:
    """Runs the tests whose sentence contains one of `wanted`, or all; returns the exit code."""
    passed = failed = 0
    for sentence, function in TESTS:
        if wanted and not any(part.lower() in sentence.lower() for part in wanted):
            continue
        started = time.monotonic()
        try:
            function()
        except Exception:  # noqa: BLE001: whatever a test raises is its failure
            failed += 1
            print(f"✗ {sentence} ({time.monotonic() - started:.1f} s)", flush=True)
            traceback.print_exc(file=sys.stdout)
        else:
            passed += 1
            print(f"✓ {sentence} ({time.monotonic() - started:.1f} s)", flush=True)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0
