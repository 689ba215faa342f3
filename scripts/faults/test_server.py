"""A PostgreSQL server of the scripts' own: on a free port of the loopback, in a temporary folder, syncing every commit."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path

from house import free_port, refuse


def tool(name: str) -> str:
    """The newest installed program of the server."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    path = str(found[-1]) if found else shutil.which(name)
    if not path:
        refuse(f"{name} is missing: install the package postgresql.")
    return path


def unprivileged(*command: str) -> list[str]:
    """The server refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


class PostgresServer:
    """Use as a context manager: server and data are gone afterwards."""

    def __init__(self, **settings: str):
        self.folder = Path(tempfile.mkdtemp(prefix="baton-postgres-"))
        self.settings = {"listen_addresses": "127.0.0.1", "max_connections": "200", "shared_buffers": "256MB", **settings}
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        atexit.register(self.end)
        self.port = free_port()
        self._run(tool("initdb"), "--pgdata=data", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8",
                  "--auth=trust", "--data-checksums")
        self.start()

    def start(self) -> None:
        options = f"-p {self.port} -k '{self.folder}' " + " ".join(f"-c {name}={value}" for name, value in self.settings.items())
        self._run(tool("pg_ctl"), "--pgdata=data", "--log=server.log", "--wait", "--timeout=60", f"--options={options}", "start")

    def stop(self, mode: str = "immediate") -> None:
        """`immediate` is what a crash leaves: the next start recovers."""
        self._run(tool("pg_ctl"), "--pgdata=data", f"--mode={mode}", "stop")

    def _run(self, *command: str) -> None:
        # The server keeps what it inherits open, so its output goes to a file.
        with (self.folder / "tools.log").open("ab") as log:
            done = subprocess.run(unprivileged(*command), cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)
        if done.returncode != 0:
            refuse(f"{command[0]}: " + (self.folder / "tools.log").read_text(errors="replace")[-1500:])

    def address(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def make_database(self) -> str:
        name = "f_" + uuid.uuid4().hex[:12]
        subprocess.run([tool("psql"), "--quiet", self.address("postgres"), "--command", f"CREATE DATABASE {name}"], check=True)
        return self.address(name)

    def end(self) -> None:
        atexit.unregister(self.end)
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "PostgresServer":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
