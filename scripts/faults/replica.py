#!/usr/bin/env python3
"""Two servers whose questions go to a standby that lags behind: what was acknowledged is seen by the next question that hands
in its place in the log, on either server; with the standby gone the primary answers."""

from __future__ import annotations

import subprocess
import sys
import time

from house import Client, House, Running, arguments, free_port
from lab.report import Report
from load import COMPANY
from test_server import PostgresServer, tool, unprivileged


class Standby:
    """A copy of the server that applies its log late."""

    def __init__(self, primary: PostgresServer, delay: str):
        self.primary, self.port = primary, free_port()
        self.folder = primary.folder / "standby"
        self._run(tool("pg_basebackup"), "--pgdata", str(self.folder), "--write-recovery-conf", "--checkpoint=fast",
                  "--dbname", primary.address("postgres"))
        with (self.folder / "postgresql.auto.conf").open("a") as settings:
            settings.write(f"recovery_min_apply_delay = '{delay}'\nhot_standby_feedback = on\n")
        self._run(tool("pg_ctl"), "--pgdata", str(self.folder), f"--log={primary.folder}/standby.log", "--wait",
                  f"--options=-p {self.port} -k '{primary.folder}' -c listen_addresses=127.0.0.1 -c max_connections=200", "start")

    def _run(self, *command: str) -> None:
        with (self.primary.folder / "tools.log").open("ab") as log:
            subprocess.run(unprivileged(*command), cwd=self.primary.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True)

    def address(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def catch_up(self) -> None:
        """Waits until it has replayed what the primary had written."""
        def ask(address: str, question: str) -> str:
            return subprocess.run([tool("psql"), "-At", address, "-c", question], capture_output=True, text=True, check=True).stdout
        end = ask(self.primary.address("postgres"), "SELECT pg_current_wal_lsn()").strip()
        deadline = time.monotonic() + 60
        while ask(self.address("postgres"), f"SELECT pg_last_wal_replay_lsn() >= '{end}'").strip() != "t":
            assert time.monotonic() < deadline, "the standby does not catch up"
            time.sleep(0.2)

    def stop(self) -> None:
        if (self.folder / "postmaster.pid").exists():
            self._run(tool("pg_ctl"), "--pgdata", str(self.folder), "--mode=immediate", "stop")


def at_work(address: str, since: float) -> int:
    """Reading sessions of Baton at a server that have done something in the last seconds."""
    question = ("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'baton' AND query = 'ROLLBACK' "
                f"AND state_change > clock_timestamp() - interval '{since} seconds'")
    done = subprocess.run([tool("psql"), "-At", address, "-c", question], capture_output=True, text=True, check=True)
    return int(done.stdout)


def company(name: str) -> dict:
    return {**COMPANY, "name_en": name, "short_name": name}


def pairs(nodes: list[Running], token: str, count: int) -> tuple[int, list[float]]:
    """Written at one server, read at the other with the place that the answer named."""
    stale, times = 0, []
    writers = [Client(node.port, token) for node in nodes]
    for number in range(count):
        here, there = writers[number % 2], writers[(number + 1) % 2]
        made = here.call("POST", "/api/v1/company", company(f"Pair {number} {time.time_ns()}"))
        assert made and made.status == 201, made and made.text[:300]
        started = time.monotonic()
        seen = there.call("GET", "/api/v1/company/" + made.json["id"], headers={"Baton-Position": made.headers["baton-position"]})
        times.append(time.monotonic() - started)
        stale += seen is None or seen.status != 200
    return stale, sorted(times)


def main() -> int:
    options = arguments(__doc__, cycles=400, delay=("150ms", "by which the standby lags"))
    report = Report("standby")
    with PostgresServer(wal_level="replica", max_wal_senders="5") as server:
        database = server.make_database()
        name = database.rsplit("/", 1)[1]
        with House(database) as house:
            house.prepare()
            standby = Standby(server, options.delay)
            try:
                house.settings["database_replica"] = standby.address(name)
                nodes = [Running(house, [], {}) for _ in range(2)]
                house.servers = nodes
                token = nodes[0].token()
                time.sleep(1)
                stale, times = pairs(nodes, token, options.cycles)
                report.claim("What was acknowledged is seen at the other server", stale == 0,
                             f"{options.cycles} pairs, {stale} stale, p50 {times[len(times) // 2] * 1000:.1f} ms", pairs=options.cycles, stale=stale)
                standby.catch_up()
                reader, started = Client(nodes[1].port, token), time.monotonic()
                for _ in range(200):
                    reader.get("/api/v1/company?limit=5")
                since = time.monotonic() - started
                primary, copy = at_work(database, since), at_work(standby.address(name), since)
                report.claim("In quiet the standby answers", copy > 0,
                             f"200 questions: {copy} sessions at work there, {primary} here")
                standby.stop()
                answers = [reader.call("GET", "/api/v1/company?limit=5") for _ in range(50)]
                report.claim("With the standby gone the primary answers",
                             all(answer and answer.status == 200 for answer in answers), f"{len(answers)} questions")
                for node in nodes:
                    node.stop()
            finally:
                standby.stop()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
