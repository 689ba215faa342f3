#!/usr/bin/env python3
"""Runs one of the scripts on a PostgreSQL server of its own: on_postgres.py kill_under_load.py --cycles 200."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from test_server import PostgresServer


def main(words: list[str]) -> int:
    if not words:
        raise SystemExit(f"usage: {sys.argv[0]} SCRIPT [OPTION…]")
    with PostgresServer() as server:
        script = Path(__file__).with_name(words[0])
        return subprocess.run([sys.executable, str(script), *words[1:], "--database", server.make_database()], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
