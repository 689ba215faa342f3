"""Which programs the laboratory needs and where they are. Patroni is installed into .build/venv-patroni."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from .processes import LabError, as_account, say

ROOT = Path(__file__).resolve().parent.parent.parent.parent
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
BIN = Path("/usr/lib/postgresql/15/bin")
NEEDED = {"etcd": "etcd-server", "etcdctl": "etcd-client", "haproxy": "haproxy", "pgbouncer": "pgbouncer",
          "setpriv": "util-linux", "ip": "iproute2"}
ENVIRONMENT = ROOT / ".build" / "venv-patroni"
REQUIREMENTS = ROOT / "deploy" / "patroni-requirements.txt"


def check() -> None:
    missing = [package for name, package in NEEDED.items() if not shutil.which(name, path=PATH)]
    if not (BIN / "postgres").exists():
        missing.append("postgresql-15")
    if missing:
        raise LabError("Install these packages first: " + " ".join(sorted(set(missing))))


def patroni() -> Path:
    """The folder with patroni and patronictl: that of BATON_PATRONI, or our own environment, made when missing."""
    if named := os.environ.get("BATON_PATRONI"):
        return Path(named)
    stamp = ENVIRONMENT / "requirements.stamp"
    if not stamp.exists() or stamp.read_bytes() != REQUIREMENTS.read_bytes():
        _install()
        shutil.copyfile(REQUIREMENTS, stamp)
    folder = ENVIRONMENT / "bin"
    if subprocess.run(as_account(["test", "-x", str(folder / "patroni")]), check=False).returncode != 0:
        raise LabError(f"The account of PostgreSQL can't reach {folder}: put the project where others may read it, "
                       "or name a folder with patroni in BATON_PATRONI.")
    return folder


def _install() -> None:
    say("installing Patroni into .build/venv-patroni")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    ENVIRONMENT.parent.mkdir(exist_ok=True)
    # Debian's own Python: another one may live in a home that the account of PostgreSQL can't enter.
    for words in (["/usr/bin/python3", "-m", "venv", str(ENVIRONMENT)],
                  [str(ENVIRONMENT / "bin" / "pip"), "install", "--quiet", "-r", str(REQUIREMENTS)]):
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=600)
        if done.returncode != 0:
            raise LabError(f"{' '.join(words[:3])}: {(done.stdout + done.stderr)[-1500:]}")
