"""The whole site: three etcd members, two database machines, HAProxy and pgbouncer, from the templates of deploy/."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
sys.path.insert(0, str(ROOT / "deploy"))

import render  # noqa: E402: it stands with the templates

from . import programs  # noqa: E402
from .libpq import Connection, PGError  # noqa: E402
from .network import NETWORK, OWN, Network  # noqa: E402
from .node import Node  # noqa: E402
from .processes import (  # noqa: E402
    PATIENCE, LabError, Program, as_account, free_ports, own, say, wait_until)


class Lab:
    """Use as a context manager. With `network`, every machine has an address and a cable of its own."""

    def __init__(self, keep: bool = False, network: bool = False, webs: int = 0):
        programs.check()
        self.patroni = programs.patroni()
        self.keep = keep
        self.folder = Path(tempfile.mkdtemp(prefix="baton-lab-"))
        self.folder.chmod(0o755)
        own(self.folder)
        self.archive = self.folder / "wal"
        self.network = Network(["m1", "m2", "m3"]) if network else None
        self.site = self._plan(webs)
        namespaces = ["m1", "m2", "m3"] if network else [None, None, None]
        self.etcd = [self._etcd_member(member, space) for member, space in zip(self.site.members, namespaces)]
        self.nodes = [Node(self.site, place, space, self.patroni) for place, space in zip(self.site.databases, namespaces)]
        self.machine = dict(zip((node.name for node in self.nodes), namespaces))
        self.haproxy = Program("haproxy", ["haproxy", "-f", str(self.folder / "haproxy.cfg")],
                               self.folder / "haproxy.log")
        self.pgbouncer = Program("pgbouncer", ["pgbouncer", str(self.folder / "pgbouncer.ini")],
                                 self.folder / "pgbouncer.log")

    def __enter__(self) -> "Lab":
        try:
            self.up()
        except BaseException:
            self.down()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.down()

    # The plan

    def _plan(self, webs: int) -> render.Site:
        ports = iter(free_ports(24 + webs))
        at = (lambda machine: self.network.addresses[machine]) if self.network else (lambda _: "127.0.0.1")
        folder = self.folder
        members = [render.Member(f"e{n}", at(f"m{n}"), str(folder / f"e{n}"), next(ports), next(ports))
                   for n in (1, 2, 3)]
        databases = [render.Database(f"db{n}", at(f"m{n}"), str(folder / f"db{n}"), str(folder / f"db{n}"),
                                     next(ports), next(ports)) for n in (1, 2)]
        return render.Site(
            members, databases, [render.Web(f"web{n + 1}", "127.0.0.1", next(ports)) for n in range(webs)],
            {name: secrets.token_hex(12) for name in ("superuser", "replication", "rewind", "rest", "database")},
            network=NETWORK if self.network else "127.0.0.1/32", bin=str(programs.BIN), archive=str(self.archive),
            scripts=str(folder / "ops"), shared_buffers="64MB", watchdog="off", proxy_user="", primary_port=next(ports),
            replica_port=next(ports), pool_port=next(ports), pool_folder=str(folder), sockets=str(folder),
            pool_sockets=str(folder), web_bind=f"127.0.0.1:{next(ports)}", stats_port=next(ports))

    def _etcd_member(self, member: render.Member, namespace: str | None) -> Program:
        return Program(member.name, ["etcd", "--config-file", str(self.folder / f"{member.name}.yml")],
                       self.folder / f"{member.name}.log", namespace)

    # Up and down

    def up(self) -> None:
        started = time.monotonic()
        self._write_files()
        for program in self.etcd:
            program.start()
        wait_until("majority of etcd", self._etcd_ready, 60)
        self.nodes[0].start()
        wait_until("first database machine leads", lambda: self._lives(self.nodes[0]) and self.nodes[0].leads, 120)
        self.nodes[1].start()
        for program in (self.haproxy, self.pgbouncer):
            program.start()
        self.wait_whole(120)
        self._make_database()
        wait_until("pgbouncer lends a session", lambda: self.may_write(self.address(port=self.site.pool_port)), 30)
        say(f"laboratory in {self.folder} stands after {time.monotonic() - started:.0f} s")

    def _write_files(self) -> None:
        shutil.copytree(ROOT / "scripts" / "ops", self.folder / "ops")
        self.archive.mkdir(mode=0o700)
        own(self.archive)
        files = {f"{member.name}.yml": render.etcd(self.site, member) for member in self.site.members}
        files |= {"haproxy.cfg": render.haproxy(self.site), "pgbouncer.ini": render.pgbouncer(self.site),
                  "userlist.txt": render.userlist(self.site)}
        for name, text in files.items():
            path = self.folder / name
            path.touch(mode=0o600)
            path.write_text(text)
            own(path)
        for node in self.nodes:
            node.prepare()

    def _lives(self, node: Node) -> bool:
        node.program.must_live()
        return True

    def _etcd_ready(self) -> bool:
        for program in self.etcd:
            program.must_live()
        return all(self.etcd_healthy(member) for member in self.site.members)

    def etcd_healthy(self, member: render.Member) -> bool:
        try:
            with urllib.request.urlopen(f"http://{member.address}:{member.client_port}/health", timeout=3) as answer:
                return b'"true"' in answer.read()
        except OSError:
            return False

    def etcd_leader(self) -> int:
        """Which member leads, as an index."""
        return wait_until("a leader of etcd", lambda: [n for n in range(len(self.etcd)) if self._leads_etcd(n)], 20)[0]

    def _leads_etcd(self, number: int) -> bool:
        try:
            state = self._etcd_status(number)
        except OSError:
            return False
        return state["leader"] == state["header"]["member_id"]

    def _etcd_status(self, number: int) -> dict:
        member = self.site.members[number]
        request = urllib.request.Request(
            f"http://{member.address}:{member.client_port}/v3/maintenance/status", data=b"{}", method="POST")
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer)

    def move_etcd_leader(self, number: int) -> None:
        """Lets this member lead."""
        if self.etcd_leader() != number:
            target = int(self._etcd_status(number)["header"]["member_id"])
            self._etcdctl(self.etcd_leader(), "move-leader", f"{target:x}")
            wait_until("the new leader of etcd", lambda: self._leads_etcd(number), 20)

    def _etcdctl(self, number: int, *words: str) -> None:
        member = self.site.members[number]
        done = subprocess.run(
            ["etcdctl", "--endpoints", f"{member.address}:{member.client_port}", *words], capture_output=True, text=True,
            timeout=30, check=False, env={"PATH": programs.PATH, "ETCDCTL_API": "3"})
        if done.returncode != 0:
            raise LabError(f"etcdctl {' '.join(words)}: {done.stderr.strip()}")

    def _make_database(self) -> None:
        script = render.database_sql(self.site)
        connection = Connection(self.address("superuser", database="postgres"), 15)
        try:
            for statement in "".join(line for line in script.splitlines(True) if not line.startswith("--")).split(";"):
                if statement.strip():
                    connection.ask(statement, 60)
        finally:
            connection.close()

    def down(self) -> None:
        """Ends everything in order, whatever state it is in, and removes the folder."""
        if self.network:
            for machine in self.network.addresses:
                self.network.plug(machine)
        self.pgbouncer.stop(5)
        self.haproxy.stop(5)
        for program in self.etcd:
            if program.alive:
                program.release()
        # The standby first, so that the leader's last commits need not wait for it.
        for node in sorted(self.nodes, key=lambda node: node.leads):
            node.stop()
        for program in self.etcd:
            program.stop()
        if self.keep:
            say(f"kept: {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    # Addresses

    def address(self, account: str = "database", node: Node | None = None, port: int | None = None,
                database: str | None = None) -> str:
        """libpq's words for a session: through HAProxy to the primary, or straight to one node."""
        user = {"database": self.site.database_user, "superuser": "postgres"}[account]
        host, target = ((node.place.address, node.place.port) if node
                        else (self.site.database_address, port or self.site.primary_port))
        return (f"host={host} port={target} user={user} password={self.site.passwords[account]} "
                f"dbname={database or self.site.database} application_name=lab connect_timeout=5")

    @property
    def url(self) -> str:
        """The database as Baton's setting names it."""
        site = self.site
        return (f"postgresql://{site.database_user}:{site.passwords['database']}@{site.database_address}:"
                f"{site.primary_port}/{site.database}")

    # State

    def leader(self, seconds: float = 90) -> Node:
        return wait_until("a leader", lambda: next((node for node in self.nodes if node.leads), None), seconds)

    def other(self, node: Node) -> Node:
        return next(each for each in self.nodes if each is not node)

    def is_whole(self) -> bool:
        """One leader; commits wait for its standby, and etcd knows that this standby may follow it."""
        for program in (self.haproxy, self.pgbouncer):
            program.must_live()
        leaders = [node for node in self.nodes if node.leads]
        if len(leaders) != 1:
            return False
        streams = leaders[0].state.get("replication") or []
        return (any(each.get("sync_state") == "sync" and each.get("state") == "streaming" for each in streams)
                and any(each.get("role") == "sync_standby" for each in leaders[0].cluster) and self.answers())

    def answers(self) -> bool:
        """Whether the primary's address takes a session that may write."""
        return self.may_write(self.address("superuser", database="postgres"))

    @staticmethod
    def may_write(address: str) -> bool:
        try:
            connection = Connection(address, 5)
        except PGError:
            return False
        try:
            return connection.ask("SELECT pg_is_in_recovery()", 5) == [["f"]]
        except PGError:
            return False
        finally:
            connection.close()

    def wait_whole(self, seconds: float = 120) -> None:
        wait_until("one leader with a synchronous standby", self.is_whole, seconds, 0.3)

    def settle(self, seconds: float) -> None:
        """Waits until the site is whole and stays so for more than a round of Patroni."""
        deadline = time.monotonic() + seconds * PATIENCE
        since = time.monotonic()
        while time.monotonic() - since < 7:
            if not self.is_whole():
                self.wait_whole(max(1.0, (deadline - time.monotonic()) / PATIENCE))
                since = time.monotonic()
            time.sleep(0.5)

    def heal(self, seconds: float = 60) -> list[str]:
        """Waits until the site is whole again. A node that can't come back by itself is fetched anew and named."""
        try:
            self.settle(seconds)
            return []
        except LabError:
            leader = self.leader()
            lost = self.other(leader)
            say(f"{lost.name} does not come back by itself: {lost.state.get('state', 'no answer')}; fetched anew")
            self.patronictl("reinit", self.site.cluster, lost.name, "--force")
            self.settle(seconds * 3)
            return [lost.name]

    def forget_cluster(self) -> None:
        """Takes the cluster out of etcd, so that the first machine to start begins it again with its own data."""
        self._etcdctl(0, "del", "--prefix", f"/service/{self.site.cluster}/")

    def patronictl(self, *words: str) -> str:
        node = self.nodes[0]
        done = subprocess.run(as_account([str(self.patroni / "patronictl"), "-c", str(node.folder / "patroni.yml"), *words]),
                              capture_output=True, text=True, timeout=120, check=False, cwd=self.folder,
                              env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.folder)})
        if done.returncode != 0:
            raise LabError(f"patronictl {' '.join(words)}: {done.stderr.strip()[-500:]}")
        return done.stdout
