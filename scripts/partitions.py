#!/usr/bin/env python3
"""Measures what partitions would change for the event log and for a large object, on a PostgreSQL server of its own.

  partitions.py [--events 10000000] [--rows 5000000] [--seconds 5] [--only events|rows] [--forms plain,months,ranges,years]

The event log has the product's columns and indexes, over 36 months: as one table, in months by `at`, in 36 equal ranges of its
sequence, in 3. The object has the columns, the indexes and the questions of a follow-up, in 8 regions of different sizes: as one
table and a partition for each region. The server does not sync, so that the work of the tables is seen and not the disk's.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "faults"))
from test_server import PostgresServer, tool  # noqa: E402

MONTHS = 36
MONTH = 2_630_000_000  # milliseconds
START = 1_700_000_000_000
TEXT = 'text COLLATE "C"'
EVENT = f"""(sequence bigint NOT NULL, at bigint NOT NULL, actor bytea, actor_name {TEXT} NOT NULL, on_behalf_of bytea,
    origin {TEXT} NOT NULL, command bytea NOT NULL, object {TEXT} NOT NULL, record bytea NOT NULL, parent bytea,
    kind {TEXT} NOT NULL, changes {TEXT} NOT NULL, reason {TEXT}, model_version bigint NOT NULL)"""
NAMES = "sequence, at, actor, actor_name, on_behalf_of, origin, command, object, record, parent, kind, changes, reason, model_version"
ROW = f"""(id bytea NOT NULL, version bigint NOT NULL, created_at bigint NOT NULL, created_by bytea, updated_at bigint NOT NULL,
    updated_by bytea, deleted_at bigint, owner bytea, department bytea, region bytea NOT NULL, f_target bytea,
    f_target_object {TEXT}, f_company bytea, f_contact bytea, f_kind {TEXT}, f_at bigint, f_by bytea, f_summary {TEXT},
    f_result {TEXT}, f_next_at bigint, f_next_task bytea, f_minutes bigint, f_offline_id {TEXT}, f_geo {TEXT})"""
ORDER = "updated_at NULLS FIRST, id NULLS FIRST"
ROW_INDEXES = [f"({column} NULLS FIRST, {ORDER}){live}" for column, live in (
    ("department", " WHERE deleted_at IS NULL"), ("owner", " WHERE deleted_at IS NULL"), ("region", " WHERE deleted_at IS NULL"),
    ("f_by", ""), ("f_company", ""), ("f_contact", ""), ("f_next_task", ""), ("f_target", ""))] + [
    f"({column} NULLS FIRST, id NULLS FIRST) WHERE deleted_at IS NULL" for column in ("f_at", "f_next_at", "updated_at")]


def key(number: str) -> str:
    return f"decode(md5(({number})::text), 'hex')"


class Bench:
    def __init__(self, server: PostgresServer, seconds: float):
        self.address = server.address("postgres")
        self.seconds = seconds
        self.scratch = tempfile.TemporaryDirectory(prefix="baton-partitions-")  # gone with this

    def sql(self, text: str) -> tuple[float, str]:
        """Seconds, and what it said."""
        started = time.monotonic()
        done = subprocess.run([tool("psql"), "-qAt", "-v", "ON_ERROR_STOP=1", self.address], input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return time.monotonic() - started, done.stdout.strip()

    def each(self, text: str, **numbers: tuple[int, int]) -> float:
        """Milliseconds of a statement by one client, prepared; the better of two runs."""
        path = Path(self.scratch.name) / "script.sql"
        path.write_text("".join(f"\\set {name} random({least}, {most})\n" for name, (least, most) in numbers.items()) + text + ";\n")
        best = float("inf")
        for _ in range(2):
            done = subprocess.run([tool("pgbench"), "-n", "-M", "prepared", "-T", str(max(1, round(self.seconds))), "-f", str(path), self.address],
                                  capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr[-2000:]
            best = min(best, float(re.search(r"latency average = ([\d.]+) ms", done.stdout)[1]))
        return best

    def size(self, name: str) -> str:
        """Table and indexes in gigabytes."""
        question = f"""SELECT round(sum(pg_table_size(relid)) / 1e9, 2) || ' + ' || round(sum(pg_indexes_size(relid)) / 1e9, 2)
            FROM pg_partition_tree('{name}')"""
        found = self.sql(question)[1]
        return found or self.sql(f"SELECT round(pg_table_size('{name}') / 1e9, 2) || ' + ' || round(pg_indexes_size('{name}') / 1e9, 2)")[1]


def events(bench: Bench, count: int, forms: list[str]) -> None:
    records = max(1, count // 10)
    for name, by, unique, parts in (("plain", "", "sequence", 0), ("months", "at", "sequence, at", MONTHS), ("ranges", "sequence", "sequence", MONTHS),
                                    ("years", "sequence", "sequence", MONTHS // 12)):
        if name not in forms:
            continue
        table, width = "event_" + name, count // max(1, parts) + 1
        bench.sql(f"CREATE TABLE {table} {EVENT}" + (f" PARTITION BY RANGE ({by})" if by else ""))
        for part in range(parts + 1) if by else []:
            unit, first = (MONTH, START) if by == "at" else (width, 0)
            end = str(first + (part + 1) * unit) if part < parts else "MAXVALUE"
            bench.sql(f"CREATE TABLE {table}_{part} PARTITION OF {table} FOR VALUES FROM ({first + part * unit}) TO ({end})")
        # Ten events of a record, spread over all the time.
        load = bench.sql(f"""INSERT INTO {table} SELECT n, {START} + n * {MONTHS * MONTH // count}, {key('n % 300')}, 'Somebody ' || n % 300, NULL,
            'page', {key('-n')}, 'followup', {key(f'n % {records}')}, NULL, CASE WHEN n <= {records} THEN 'created' ELSE 'updated' END,
            '[{{"field":"next_note","before":"' || md5(n::text) || '","after":"' || md5((n + 1)::text) || '"}},{{"field":"probability","before":"0.05","after":"0.20"}}]',
            NULL, 7 FROM generate_series(1::bigint, {count}) AS n""")[0]
        index = bench.sql(f"""ALTER TABLE {table} ADD PRIMARY KEY ({unique}); CREATE INDEX ON {table} (record, sequence);
            CREATE INDEX ON {table} (parent, sequence) WHERE parent IS NOT NULL; CREATE INDEX ON {table} (actor, sequence) WHERE actor IS NOT NULL""")[0]
        first_vacuum = bench.sql(f"VACUUM (ANALYZE) {table}")[0]
        bench.sql(f"CREATE TABLE head_{name} (id bigint PRIMARY KEY, sequence bigint); INSERT INTO head_{name} VALUES (1, {count}); CHECKPOINT")
        timeline = (f"SELECT {NAMES} FROM {table} WHERE sequence IN (SELECT sequence FROM (SELECT sequence FROM {table} WHERE record = {{0}} ORDER BY sequence DESC "
                    f"LIMIT 30) AS a UNION SELECT sequence FROM (SELECT sequence FROM {table} WHERE parent = {{0}} ORDER BY sequence DESC LIMIT 30) AS b) "
                    "ORDER BY sequence DESC LIMIT 30").format(key("(:n)::bigint"))
        found = {
            "append, ms": bench.each(f"WITH h AS (UPDATE head_{name} SET sequence = sequence + 1 WHERE id = 1 RETURNING sequence) INSERT INTO {table} "
                                     f"SELECT sequence, {START} + sequence * {MONTHS * MONTH // count}, {key('sequence % 300')}, 'Somebody', NULL, 'page', {key('-sequence')}, 'followup', "
                                     f"{key('(:n)::bigint')}, NULL, 'updated', repeat('0123456789', 18), NULL, 7 FROM h", n=(1, records)),
            "timeline of a record, ms": bench.each(timeline, n=(1, records)),
            "newest 200 after a number, ms": bench.each(f"SELECT {NAMES} FROM {table} WHERE sequence > :n ORDER BY sequence LIMIT 200", n=(count - 400, count - 200)),
            "block of 1000 to seal, ms": bench.each(f"SELECT {NAMES} FROM {table} WHERE sequence >= :n::bigint AND sequence <= :n::bigint + 999 ORDER BY sequence", n=(1, count - 2000)),
            "newest 30 of an actor, ms": bench.each(f"SELECT {NAMES} FROM {table} WHERE actor = {key('(:n)::bigint')} ORDER BY sequence DESC LIMIT 30", n=(1, 299)),
        }
        old = f"at < {START + 12 * MONTH}" if by != "sequence" else f"sequence < {parts // 3 * width}"
        whole = bench.sql(f"SELECT count(*), max(sequence) FROM {table}")[0]
        size = bench.size(table)
        vacuum = bench.sql(f"VACUUM {table}")[0]
        copied = bench.sql(f"COPY (SELECT * FROM {table} WHERE {old} ORDER BY sequence) TO '/dev/null'")[0]
        dropped = bench.sql("; ".join(f"DROP TABLE {table}_{part}" for part in range(parts // 3)) if by else f"DELETE FROM {table} WHERE {old}")[0]
        after = 0 if by else bench.sql(f"VACUUM {table}")[0]
        print(f"event log, {name}: {count} rows, {size} GB; load {load:.0f} s, indexes {index:.0f} s, first vacuum {first_vacuum:.1f} s, "
              f"vacuum after the appends {vacuum:.1f} s, count of all {whole:.1f} s, a year copied {copied:.1f} s, a year dropped {dropped:.1f} s and vacuum {after:.1f} s")
        print("    " + ", ".join(f"{label} {value:.3f}" for label, value in found.items()), flush=True)
        bench.sql(f"DROP TABLE {table}")


def rows(bench: Bench, count: int) -> None:
    # The first region has almost half of all, the last one two in a hundred.
    region = "CASE WHEN n % 100 < 45 THEN 0 WHEN n % 100 < 65 THEN 1 WHEN n % 100 < 77 THEN 2 WHEN n % 100 < 85 THEN 3 " \
             "WHEN n % 100 < 91 THEN 4 WHEN n % 100 < 95 THEN 5 WHEN n % 100 < 98 THEN 6 ELSE 7 END"
    for name in ("plain", "regions"):
        table, parted = "row_" + name, name == "regions"
        bench.sql(f"CREATE TABLE {table} {ROW}" + (" PARTITION BY LIST (region)" if parted else ""))
        for part in range(8) if parted else []:
            value = bench.sql(f"SELECT {key(str(part))}")[1]
            bench.sql(f"CREATE TABLE {table}_{part} PARTITION OF {table} FOR VALUES IN ('{value}')")
        load = bench.sql(f"""INSERT INTO {table} SELECT {key('n')}, 1, {START} + n, NULL, {START} + n * 1000 + n % 977, NULL, NULL, {key('n % 2000')}, {key('n % 100')},
            {key(region)}, {key('n % 200000')}, 'company', {key('n % 200000')}, NULL, 'call', {START} + n * 1000, {key('n % 2000')}, repeat(md5(n::text), 4), NULL,
            CASE WHEN n % 10 = 0 THEN {START} + n * 1000 END, NULL, 15, NULL, NULL FROM generate_series(1::bigint, {count}) AS n""")[0]
        index = bench.sql(f"ALTER TABLE {table} ADD PRIMARY KEY ({'id, region' if parted else 'id'});"
                          + ";".join(f"CREATE INDEX ON {table} {columns}" for columns in ROW_INDEXES))[0]
        vacuum = bench.sql(f"VACUUM (ANALYZE) {table}; CHECKPOINT")[0]
        page = "deleted_at IS NULL AND {0} ORDER BY updated_at DESC NULLS LAST, id DESC NULLS LAST LIMIT 50"
        ask = f"SELECT * FROM {table} WHERE " + page
        any_row = (1, count)
        print(f"object, {name}: {count} rows, {bench.size(table)} GB; load {load:.0f} s, indexes {index:.0f} s, vacuum {vacuum:.1f} s")
        print("    " + ", ".join(f"{label}, ms {value:.3f}" for label, value in {
            "by id": bench.each(f"SELECT * FROM {table} WHERE id = {key('(:n)::bigint')}", n=any_row),
            "by id and region": bench.each(f"SELECT * FROM {table} WHERE id = {key('(:n)::bigint')} AND region = {key(region.replace('n %', '(:n)::bigint %'))}", n=any_row),
            "list of all": bench.each(ask.format("TRUE")),
            "list, own": bench.each(ask.format(f"owner = {key('(:n)::bigint')}"), n=(1, 1999)),
            "list, department": bench.each(ask.format(f"department IN ({key('(:n)::bigint')})"), n=(1, 99)),
            "list, large region": bench.each(ask.format(f"region IN ({key('0')})")),
            "list, small region": bench.each(ask.format(f"region IN ({key('7')})")),
            "of a company": bench.each(ask.format(f"f_company = {key('(:n)::bigint')}"), n=(1, 200000)),
            "count of a small region": bench.each(f"SELECT count(*) FROM {table} WHERE region = {key('7')} AND deleted_at IS NULL"),
            "create": bench.each(f"INSERT INTO {table} (id, version, created_at, updated_at, owner, department, region, f_company, f_kind, f_at, f_by, f_summary) VALUES "
                                 f"(decode(md5(random()::text || clock_timestamp()::text), 'hex'), 1, {START}, {START} + :n, {key('(:n)::bigint % 2000')}, {key('(:n)::bigint % 100')}, "
                                 f"{key('(:n)::bigint % 8')}, {key('(:n)::bigint % 200000')}, 'call', :n, {key('(:n)::bigint % 2000')}, repeat('summary ', 12))", n=any_row),
            "change": bench.each(f"UPDATE {table} SET version = version + 1, updated_at = {START} + :m WHERE id = {key('(:n)::bigint')}", n=any_row, m=any_row),
        }.items()), flush=True)
        bench.sql(f"DROP TABLE {table}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--only", choices=["events", "rows"])
    parser.add_argument("--forms", default="plain,months,ranges,years", help="of the event log")
    options = parser.parse_args()
    with PostgresServer(shared_buffers="2GB", fsync="off", synchronous_commit="off", full_page_writes="off", autovacuum="off", max_wal_size="8GB",
                        maintenance_work_mem="1GB") as server:
        bench = Bench(server, options.seconds)
        if options.only != "rows":
            events(bench, options.events, options.forms.split(","))
        if options.only != "events":
            rows(bench, options.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
