#!/usr/bin/env python3
"""How many customers a second Baton makes on PostgreSQL, beside pgbench running the very statements of one of them."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "faults"))

from house import Client, House, Running, arguments  # noqa: E402
from load import COMPANY  # noqa: E402
from test_server import PostgresServer, tool  # noqa: E402

STATEMENT = re.compile(r"(?:execute \S+|statement): (.*)", re.DOTALL)
PARAMETER = re.compile(r"\$(\d+) = ('(?:[^']|'')*'|NULL)")
SKIPPED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET ", "DEALLOCATE", "NOTIFY", "LISTEN")


def company(name: str) -> dict:
    return {**COMPANY, "name_en": name, "short_name": name}


def statements_of_one(server: PostgresServer, client: Client) -> list[str]:
    """The statements that wrote one customer, with their values in place, as the server's own log tells them."""
    log = server.folder / "server.log"
    client.call("POST", "/api/v1/company", company("Warm"))
    time.sleep(1)
    for words in ("ALTER SYSTEM SET log_statement = 'all'", "ALTER SYSTEM SET log_line_prefix = '~%p~'", "SELECT pg_reload_conf()"):
        subprocess.run([tool("psql"), "--quiet", server.address("postgres"), "--command", words], check=True, capture_output=True)
    time.sleep(1)
    start = log.stat().st_size
    client.call("POST", "/api/v1/company", company("Traced Lighting"))
    time.sleep(1)
    text = log.read_bytes()[start:].decode("utf-8", "replace")
    for words in ("ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()"):
        subprocess.run([tool("psql"), "--quiet", server.address("postgres"), "--command", words], check=True, capture_output=True)
    writers: dict[str, list[str]] = {}
    for entry in re.split(r"^~", text, flags=re.MULTILINE):
        process, _, rest = entry.partition("~")
        if rest.startswith("LOG:") and (found := STATEMENT.search(rest)):
            writers.setdefault(process, []).append(found[1].strip())
        elif rest.startswith("DETAIL:") and writers.get(process):
            values = dict(PARAMETER.findall(rest))
            writers[process][-1] = re.sub(r"\$(\d+)", lambda place: values.get(place[1], "NULL"), writers[process][-1])
    for lines in writers.values():
        start = next((n for n, line in enumerate(lines) if "pg_advisory_xact_lock" in line), None)
        if start is not None and any('INSERT INTO "o_company"' in line for line in lines):
            return [line for line in lines[start:] if not line.upper().startswith(SKIPPED) and "advisory" not in line]
    raise SystemExit("the log does not show the statements of a new customer")


def script_of(statements: list[str]) -> str:
    """A pgbench transaction: what must be new each time, the id, the code and the numbers, is drawn."""
    insert = next(line for line in statements if line.startswith('INSERT INTO "o_company"'))
    made = re.search(r"VALUES \('\\x([0-9a-f]{32})'", insert)[1]
    code = re.search(r"'(C\d{5,})'", insert)[1]
    fresh = "decode(lpad(to_hex(:a::bigint), 16, '0') || lpad(to_hex(:b::bigint), 16, '0'), 'hex')"
    lines = ["\\set a random(1, 9000000000000000000)", "\\set b random(1, 9000000000000000000)", "BEGIN;",
             "SELECT pg_advisory_xact_lock(1);"]
    for statement in statements:
        statement = statement.replace(f"'\\x{made}'", fresh).replace(f"'{code}'", "('C' || :a::bigint)")
        if statement.startswith('INSERT INTO "o_company"'):
            statement = statement.replace("'Traced Lighting'", "('Traced ' || :a::bigint)")
        if statement.startswith(("INSERT INTO search_document", "INSERT INTO search_index")):
            statement = re.sub(r"VALUES\s*\('\d+'", "VALUES (:a", statement)
        if statement.startswith('INSERT INTO "event"'):
            statement = re.sub(r"VALUES\s*\('\d+'", "VALUES ((SELECT sequence FROM event_head WHERE id = 1)", statement)
            # A text as long as the changes: pgbench takes what stands behind a colon for a variable.
            statement = re.sub(r"'\[\{.*\}\]'", lambda found: "'" + "c" * (len(found[0]) - 2) + "'", statement)
        lines.append(" ".join(statement.split()) + ";")
    return "\n".join(lines + ["COMMIT;"]) + "\n"


def load(port: int, token: str, clients: int, seconds: float) -> tuple[int, list[float]]:
    made: list[float] = []
    ends = time.monotonic() + seconds

    def work(number: int) -> None:
        client = Client(port, token)
        count = 0
        while time.monotonic() < ends:
            started = time.monotonic()
            answer = client.call("POST", "/api/v1/company", company(f"Load {clients} {number} {count}"))
            assert answer and answer.status == 201, answer and answer.text[:300]
            made.append(time.monotonic() - started)
            count += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(made), sorted(made)


def pgbench(server: PostgresServer, address: str, script: str, clients: int, seconds: int) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        done = subprocess.run([tool("pgbench"), "--no-vacuum", "--protocol=prepared", f"--client={clients}", f"--time={seconds}",
                               f"--file={file.name}", address], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"pgbench: {done.stderr[-1500:]}\n{script}")
    return re.search(r"tps = ([\d.]+)", done.stdout)[1]


def main() -> int:
    options = arguments(__doc__, cycles=1, seconds=(5, "of each measurement"))
    with PostgresServer() as server, House(server.make_database()) as house:
        house.prepare()
        node = Running(house, [], {})
        house.servers = [node]
        client = Client(node.port, node.token())
        statements = statements_of_one(server, client)
        script = script_of(statements)
        print(f"{len(statements)} statements write a customer")
        # pgbench comes last: the numbers that it draws leave the house no room.
        made = {clients: load(node.port, client.token, clients, options.seconds) for clients in (1, 8, 32)}
        node.stop()
        for clients, (count, times) in made.items():
            reference = float(pgbench(server, house.database, script, clients, options.seconds))
            print(f"{clients} at once: {count / options.seconds:.0f} customers a second, p50 {times[len(times) // 2] * 1000:.1f} ms, "
                  f"p99 {times[int(len(times) * 0.99)] * 1000:.1f} ms; pgbench {reference:.0f} a second, "
                  f"{count / options.seconds / reference:.2f} of it", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
