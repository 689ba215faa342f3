#!/usr/bin/env python3
"""A high-availability site on the loopback of one machine: ha_lab.py up, status, down, or run -- COMMAND.

  up      starts it in the background: 3 etcd members, 2 machines with PostgreSQL 15 under Patroni, HAProxy, pgbouncer
  status  who leads, who follows, the addresses
  down    ends it and removes its folder
  run     starts it, runs the command with BATON_DATABASE and the addresses in its environment, ends it

Everything stands on free ports of 127.0.0.1, in a temporary folder, under the account postgres when root starts it.
BATON_LAB_PATIENCE=2 doubles every wait on a slow machine.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from lab.cluster import Lab  # noqa: E402
from lab.processes import LabError, end_on_signals, is_running, say, wait_until  # noqa: E402

STATE = Path(tempfile.gettempdir()) / f"baton-lab-{os.geteuid()}.json"


def facts(lab: Lab) -> dict:
    site = lab.site
    return {
        "pid": os.getpid(), "folder": str(lab.folder), "database": lab.url,
        "primary": f"127.0.0.1:{site.primary_port}", "replica": f"127.0.0.1:{site.replica_port}",
        "pool": f"127.0.0.1:{site.pool_port}", "figures": f"http://127.0.0.1:{site.stats_port}/metrics",
        "superuser": lab.address("superuser", database="postgres"),
        "patronictl": str(lab.patroni / "patronictl"), "patroni": str(lab.nodes[0].folder / "patroni.yml"),
        "etcd": ",".join(f"{member.address}:{member.client_port}" for member in site.members),
    }


def known() -> dict | None:
    """The laboratory that runs in the background."""
    try:
        found = json.loads(STATE.read_text())
    except (OSError, ValueError):
        return None
    return found if is_running(found["pid"]) else None


def serve(keep: bool) -> int:
    """Holds the laboratory until a signal comes."""
    try:
        with Lab(keep=keep) as lab:
            STATE.touch(mode=0o600)
            STATE.write_text(json.dumps(facts(lab)))
            while True:
                signal.pause()
    finally:
        STATE.unlink(missing_ok=True)


def up(keep: bool) -> int:
    if known():
        raise LabError(f"One is running already; its addresses are in {STATE}.")
    with tempfile.NamedTemporaryFile(prefix="baton-lab-", suffix=".log", delete=False) as log:
        words = [sys.executable, __file__, "serve", *(["--keep"] if keep else [])]
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    wait_until("start", lambda: known() or process.poll() is not None, 400)
    if process.poll() is not None:
        raise LabError(f"It did not start:\n{Path(log.name).read_text()[-3000:]}")
    Path(log.name).unlink()
    return status()


def status() -> int:
    found = known()
    if not found:
        print("not running")
        return 1
    for name, value in found.items():
        print(f"{name:10} {value}")
    done = subprocess.run([found["patronictl"], "-c", found["patroni"], "list"], capture_output=True, text=True, timeout=60)
    print(done.stdout or done.stderr)
    done = subprocess.run(["etcdctl", "--endpoints", found["etcd"], "endpoint", "health"], capture_output=True,
                          text=True, timeout=60, env={**os.environ, "ETCDCTL_API": "3"})
    print(done.stdout + done.stderr)
    return 0


def down() -> int:
    found = known()
    if not found:
        print("not running")
        return 0
    os.kill(found["pid"], signal.SIGTERM)
    wait_until("end", lambda: not is_running(found["pid"]), 120)
    return 0


def run(command: list[str], keep: bool) -> int:
    with Lab(keep=keep) as lab:
        names = {f"BATON_LAB_{name.upper()}": str(value) for name, value in facts(lab).items()}
        return subprocess.run(command, env={**os.environ, **names, "BATON_DATABASE": lab.url}, check=False).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["up", "status", "down", "run", "serve"])
    parser.add_argument("--keep", action="store_true", help="leave the folder with logs and data")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="of run, after --")
    chosen = parser.parse_args()
    command = [*chosen.command[chosen.command[:1] == ["--"]:]] if chosen.what == "run" else []
    end_on_signals()
    started = time.monotonic()
    try:
        code = {"up": lambda: up(chosen.keep), "status": status, "down": down, "serve": lambda: serve(chosen.keep),
                "run": lambda: run(command, chosen.keep)}[chosen.what]()
    except LabError as error:
        print(error, file=sys.stderr)
        return 1
    if chosen.what in ("up", "down"):
        say(f"{chosen.what}: {time.monotonic() - started:.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main())
