#!/usr/bin/env python3
"""Kills the server under load, again and again: what was acknowledged is there, and a repeated key has one effect."""

from __future__ import annotations

import random
import statistics
import sys
import time

from house import Client, House, arguments
from load import Write, acknowledged, compare, gather, load, lost, report, settle, wait_for_load


def main() -> int:
    options = arguments(__doc__, cycles=15)
    dice = random.Random(options.seed)
    writes: list[Write] = []
    wrong: list[str] = []
    boots: list[float] = []
    unknown = 0
    started = time.monotonic()
    with House(options.database, copies=options.copy) as house:
        house.prepare()
        server = house.serve()
        token = server.token()
        for cycle in range(options.cycles):
            writers = load(server.port, token, options.writers, options.seed * 100_000 + cycle)
            wait_for_load(writers)
            time.sleep(dice.uniform(0.05, 0.4))
            server.kill()
            fresh = gather(writers)
            server = house.serve()
            boots.append(server.boot_seconds)
            client = Client(server.port, token)
            wrong += lost(client, fresh)
            unknown += settle(client, fresh)
            writes += fresh
            if cycle % 20 == 19:
                print(f"  {cycle + 1} kills, {acknowledged(writes)} acknowledged, {len(wrong)} lost", flush=True)
        wrong += compare(Client(server.port, token, patience=120), writes)
        server.stop()
        house.verify()
        if options.copy:
            assert "behind: 0 events" in (told := house.run("verify", "--copy", str(house.second_place))), told
    boot = f"boot median {statistics.median(boots) * 1000:.0f} ms, most {max(boots) * 1000:.0f} ms"
    return report(f"kill -9 under load: {options.cycles} kills, {acknowledged(writes)} writes acknowledged, {unknown} without an answer "
                  f"and settled by their key, {len(wrong)} lost, doubled or without event; {boot}; "
                  f"{time.monotonic() - started:.0f} s, seed {options.seed}", wrong)


if __name__ == "__main__":
    sys.exit(main())
