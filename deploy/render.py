#!/usr/bin/env python3
"""Fills the templates of this folder for a site: render.py SITE.toml FOLDER makes one folder for each machine.

The laboratory (scripts/faults/ha_lab.py) starts exactly what this module writes, with other addresses and folders.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent / "templates"


@dataclass
class Member:
    """One etcd member."""

    name: str
    address: str
    folder: str = "/var/lib/etcd/baton"
    client_port: int = 2379
    peer_port: int = 2380


@dataclass
class Database:
    """One machine with PostgreSQL under Patroni."""

    name: str
    address: str
    folder: str = "/var/lib/postgresql/baton"
    sockets: str = "/var/run/postgresql"
    port: int = 5432
    rest_port: int = 8008


@dataclass
class Web:
    """One Baton process."""

    name: str
    address: str
    port: int = 8080


@dataclass
class Site:
    """Everything the templates need. Passwords are plain here: the site file and what is made of it are secrets."""

    members: list[Member]
    databases: list[Database]
    webs: list[Web]
    passwords: dict[str, str]
    cluster: str = "baton"
    database: str = "baton"
    database_user: str = "baton"
    # Who may connect to PostgreSQL, as CIDR.
    network: str = "127.0.0.1/32"
    bin: str = "/usr/lib/postgresql/15/bin"
    archive: str = "/var/backups/baton/wal"
    scripts: str = "/opt/baton/scripts/ops"
    wal_keep: str = "1GB"
    shared_buffers: str = "1GB"
    connections: int = 200
    watchdog: str = "automatic"
    # HAProxy and pgbouncer stand beside each Baton, so the addresses of the database are of that machine alone.
    database_address: str = "127.0.0.1"
    primary_port: int = 5000
    replica_port: int = 5001
    pool_address: str = "127.0.0.1"
    pool_port: int = 6432
    pool_folder: str = "/etc/pgbouncer"
    sockets: str = "/run/haproxy"
    pool_sockets: str = "/var/run/postgresql"
    web_bind: str = "*:80"
    # Whom HAProxy becomes after it has bound its ports; empty when it is not started by root.
    proxy_user: str = "haproxy"
    stats_address: str = "127.0.0.1"
    stats_port: int = 8404


def fill(template: str, values: dict[str, object]) -> str:
    """The template with every @name@ replaced; a name without a value is an error."""
    text = (TEMPLATES / template).read_text()

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise KeyError(f"{template}: nothing is known of @{match[1]}@")
        return str(values[match[1]])

    return re.sub(r"@([a-z_]+)@", value, text)


def etcd(site: Site, member: Member) -> str:
    members = ",".join(f"{each.name}=http://{each.address}:{each.peer_port}" for each in site.members)
    return fill("etcd.yml", {**vars(site), **vars(member), "members": members})


def patroni(site: Site, node: Database) -> str:
    passwords = {f"{name}_password": text for name, text in site.passwords.items()}
    return fill("patroni.yml", {
        **vars(site), **passwords, **vars(node),
        "etcd_hosts": ",".join(f"{each.address}:{each.client_port}" for each in site.members),
        "archive_command": f"{site.scripts}/wal_archive.sh {site.archive} %p %f",
        "restore_command": f"{site.scripts}/wal_fetch.sh {site.archive} %f %p",
    })


def haproxy(site: Site) -> str:
    postgres = "\n".join(
        f"    server {each.name} {each.address}:{each.port} check port {each.rest_port}" for each in site.databases)
    webs = "\n".join(f"    server {each.name} {each.address}:{each.port} check" for each in site.webs)
    account = f"    user {site.proxy_user}\n    group {site.proxy_user}" if site.proxy_user else ""
    return fill("haproxy.cfg", {**vars(site), "proxy_account": account, "postgres_servers": postgres,
                                "web_servers": webs})


def pgbouncer(site: Site) -> str:
    return fill("pgbouncer.ini", {**vars(site), "folder": site.pool_folder, "sockets": site.pool_sockets})


def userlist(site: Site) -> str:
    return fill("userlist.txt", {**vars(site), "database_password": site.passwords["database"]})


def database_sql(site: Site) -> str:
    return fill("database.sql", {**vars(site), "database_password": site.passwords["database"]})


def baton(site: Site, web: Web) -> str:
    """The settings of a Baton node."""
    url = (f"postgresql://{site.database_user}:{site.passwords['database']}@{site.database_address}:"
           f"{site.primary_port}/{site.database}")
    return fill("baton.conf", {**vars(site), **vars(web), "url": url})


def read(path: Path) -> Site:
    """The site of a file like site.example.toml."""
    import tomllib  # Python 3.11

    known = tomllib.loads(path.read_text())
    parts = {"members": Member, "databases": Database, "webs": Web}
    lists = {name: [kind(**each) for each in known.pop(name)] for name, kind in parts.items()}
    return Site(**lists, **known)


def write(site: Site, out: Path) -> list[Path]:
    """One folder for each machine, named by its address; files only for their owner."""
    made: dict[Path, str] = {out / "database.sql": database_sql(site)}
    for member in site.members:
        made[out / member.address / "etcd.yml"] = etcd(site, member)
    for node in site.databases:
        made[out / node.address / "patroni.yml"] = patroni(site, node)
    for web in site.webs:
        for name, text in {"haproxy.cfg": haproxy(site), "pgbouncer.ini": pgbouncer(site),
                           "userlist.txt": userlist(site), f"{web.name}.conf": baton(site, web)}.items():
            made[out / web.address / name] = text
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(text)
    return list(made)


def main() -> int:
    if len(sys.argv) != 3:
        print("usage: deploy/render.py SITE.toml FOLDER", file=sys.stderr)
        return 2
    site = read(Path(sys.argv[1]))
    if any(password.startswith("change-me") for password in site.passwords.values()):
        print("The site still has the passwords of the example.", file=sys.stderr)
        return 2
    for path in write(site, Path(sys.argv[2])):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
