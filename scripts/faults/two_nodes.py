#!/usr/bin/env python3
"""Two servers at one database: sessions hold on both, live pages of both hear everything once, in order and at once, and
what one did for all the other takes over when it is killed."""

from __future__ import annotations

import asyncio
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field

from house import SECRET, Client, House, Running, arguments
from lab.report import Report
from load import COMPANY
from test_server import PostgresServer, tool

STREAMS_OF_ONE = 28  # windows of one person


@dataclass
class Window:
    """One live page: the events it was told, with the time of each."""

    node: Running
    token: str
    heard: list[tuple[int, float]] = field(default_factory=list)
    problem: str = ""

    async def open(self, ready: asyncio.Semaphore) -> None:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.node.port)
            writer.write((f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{self.node.port}\r\nAuthorization: Bearer {self.token}\r\n"
                          "Accept: text/event-stream\r\n\r\n").encode())
            await writer.drain()
            status = await reader.readline()
            if b" 200 " not in status:
                self.problem = status.decode().strip()
                return
            while line := await reader.readline():
                if line.startswith(b"retry:"):
                    ready.release()
                if line.startswith(b"id: "):
                    self.heard.append((int(line[4:]), time.monotonic()))
        except (OSError, asyncio.IncompleteReadError) as error:
            self.problem = str(error)


def people(house: House, nodes: list[Running], count: int) -> list[str]:
    """Tokens of as many accounts."""
    tokens = []
    for number in range(count):
        login = f"window{number}"
        house.run("user", "add", login, "--roles", "general_manager", stdin=SECRET + "\n")
        node = nodes[number % len(nodes)]
        answer = Client(node.port).call("POST", "/api/v1/session", {"login": login, "password": SECRET})
        assert answer and answer.status in (200, 201), answer and answer.text
        tokens.append(answer.json["token"])
    return tokens


async def listen(nodes: list[Running], tokens: list[str], windows: int, events: int, rate: float, token: str):
    """Opens the windows, writes on both nodes in turn, and gives the windows and when each record was acknowledged."""
    ready = asyncio.Semaphore(0)
    opened = [Window(nodes[number % len(nodes)], tokens[number // STREAMS_OF_ONE]) for number in range(windows)]
    tasks = [asyncio.create_task(window.open(ready)) for window in opened]
    deadline = time.monotonic() + 120
    for _ in range(windows):
        await asyncio.wait_for(ready.acquire(), timeout=max(1.0, deadline - time.monotonic()))
    await asyncio.sleep(1)
    clients = [Client(node.port, token) for node in nodes]
    acknowledged: list[float] = []
    for number in range(events):
        body = {**COMPANY, "name_en": f"Live {number}", "short_name": f"Live {number}"}
        answer = await asyncio.to_thread(clients[number % len(clients)].call, "POST", "/api/v1/company", body)
        assert answer and answer.status == 201, answer and answer.text
        acknowledged.append(time.monotonic())
        await asyncio.sleep(1 / rate)
    await asyncio.sleep(3)
    for task in tasks:
        task.cancel()
    return opened, acknowledged


def check_live(report: Report, house: House, nodes: list[Running], options, token: str) -> None:  # noqa: ANN001
    tokens = people(house, nodes, -(-options.windows // STREAMS_OF_ONE))
    client = Client(nodes[0].port, token)
    before = last_event(client)
    windows, acknowledged = asyncio.run(listen(nodes, tokens, options.windows, options.events, options.rate, token))
    wanted = [entry["sequence"] for entry in events_after(client, before) if entry["kind"] == "created" and entry["object"] == "company"]
    everything = [entry["sequence"] for entry in events_after(client, before)]
    at = dict(zip(wanted, acknowledged))
    problems = [window.problem for window in windows if window.problem]
    missed = doubled = disordered = 0
    delays: list[float] = []
    for window in windows:
        numbers = [number for number, _ in window.heard]
        missed += len(set(everything) - set(numbers))
        doubled += len(numbers) - len(set(numbers))
        disordered += numbers != sorted(numbers)
        delays += [when - at[number] for number, when in window.heard if number in at]
    report.claim(f"{len(windows)} windows stay open", not problems, "; ".join(problems[:3]))
    report.claim("Every window hears every event once and in order", missed + doubled + disordered == 0 and len(wanted) == options.events,
                 f"{len(everything)} events to each, {missed} missed, {doubled} doubled, {disordered} windows out of order")
    delays.sort()
    if delays:
        middle, late, latest = statistics.median(delays), delays[int(len(delays) * 0.99)], delays[-1]
        report.claim("Within a second after its commit was acknowledged", latest < 1,
                     f"median {middle * 1000:.0f} ms, 99 % {late * 1000:.0f} ms, most {latest * 1000:.0f} ms of {len(delays)}",
                     median=middle, p99=late, most=latest)


def events_after(client: Client, sequence: int) -> list[dict]:
    found: list[dict] = []
    while True:
        page = client.get(f"/api/v1/events?after={sequence}&limit=200")
        if not page["data"]:
            return found
        found += page["data"]
        sequence = page["data"][-1]["sequence"]


def last_event(client: Client) -> int:
    page = events_after(client, 0)
    return page[-1]["sequence"] if page else 0


def check_sessions(report: Report, nodes: list[Running]) -> str:
    token = nodes[0].token()
    there = Client(nodes[1].port, token)
    report.claim("Who signed in at one node is known at the other", (there.call("GET", "/api/v1/me") or there.call("GET", "/api/v1/company?limit=1")).status == 200)
    stale = 0
    here = Client(nodes[0].port, token)
    for number in range(50):
        made = here.call("POST", "/api/v1/company", {**COMPANY, "name_en": f"Both {number}", "short_name": f"Both {number}"})
        seen = there.call("GET", "/api/v1/company/" + made.json["id"])
        stale += seen is None or seen.status != 200
    report.claim("What one node acknowledged the other shows at once", stale == 0, f"50 written and read, {stale} not there")
    ended = nodes[0].token()
    Client(nodes[0].port, ended).call("DELETE", "/api/v1/session")
    answer = Client(nodes[1].port, ended).call("GET", "/api/v1/company?limit=1")
    report.claim("Who signed out at one node is out at the other", answer is not None and answer.status == 401)
    return token


def check_quiet(report: Report, server: PostgresServer | None) -> None:
    """Servers that hear each other must not keep each other awake."""
    if server is None:
        return
    def written() -> int:
        done = subprocess.run([tool("psql"), "-At", server.address("postgres"), "-c", "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"],
                              capture_output=True, text=True, check=True)
        return int(done.stdout)
    time.sleep(3)
    before = written()
    time.sleep(10)
    grown = written() - before
    report.claim("Nothing is written while nobody works", grown < 20_000, f"{grown} bytes of log in 10 s")


def check_takeover(report: Report, house: House, nodes: list[Running], token: str) -> None:
    """Imports are the work of one node; when it is killed, the other goes on with what waits."""
    def send(node: Running, name: str, rows: int) -> str:
        text = "short_name,name_en,roles,country,source\n" + "".join(
            f"{name} {number},{name} {number} Ltd,customer,DE,fair\n" for number in range(rows))
        answer = Client(node.port, token).call(
            "POST", f"/api/v1/import/company?name={name}.csv", text.encode(), {"Content-Type": "text/csv"})
        assert answer and answer.status == 202, answer and (answer.status, answer.text[:300])
        return answer.headers["location"]

    first = send(nodes[1], "Early", 50)
    wait_for(Client(nodes[0].port, token), first, {"done"}, 60)
    report.claim("A file sent to either node is brought in", True)
    nodes[0].kill()
    killed = time.monotonic()
    second = send(nodes[1], "Later", 50)
    state = wait_for(Client(nodes[1].port, token), second, {"done"}, 60)
    report.claim("With a node killed the other brings in what waits", state == "done", f"{time.monotonic() - killed:.1f} s after the kill")


def wait_for(client: Client, path: str, states: set[str], seconds: float) -> str:
    deadline = time.monotonic() + seconds
    state = ""
    while time.monotonic() < deadline:
        answer = client.call("GET", path)
        state = answer.json.get("state", answer.json.get("phase", "")) if answer and answer.status == 200 else str(answer and answer.status)
        if state in states:
            return state
        time.sleep(0.2)
    raise AssertionError(f"{path} is {state} after {seconds} s")


def main() -> int:
    options = arguments(__doc__, cycles=1, windows=(200, "live pages over both nodes"), events=(60, "records written meanwhile"),
                        rate=(10.0, "of them a second"))
    report = Report("two nodes")
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 8192) if most > 0 else 8192, most))
    with PostgresServer(max_connections="300") as server, House(options.database or server.make_database()) as house:
        house.prepare()
        nodes = [Running(house, [], {}) for _ in range(2)]
        house.servers = nodes
        token = check_sessions(report, nodes)
        check_live(report, house, nodes, options, token)
        check_quiet(report, None if options.database else server)
        check_takeover(report, house, nodes, token)
        nodes[1].stop()
        house.verify()
        report.claim("The log is sound", True)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
