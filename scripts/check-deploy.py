#!/usr/bin/env python3
"""Checks deploy/: the templates fill, alerts and dashboard name figures that there are, and what HAProxy, Prometheus and
systemd say of their files, as far as these are installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
sys.path.insert(0, str(DEPLOY))

import render  # noqa: E402: it stands with the templates
from checking import report  # noqa: E402


def said(*words: str) -> list[str]:
    """What a program complains about; nothing when it is content or not installed."""
    program = shutil.which(words[0], path="/usr/sbin:/usr/bin:/sbin:/bin")
    if not program:
        return []
    done = subprocess.run([program, *words[1:]], capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]


def templates(folder: Path) -> list[str]:
    """Every file of the example site, without a name that was not filled; HAProxy reads its own."""
    try:
        site = render.read(DEPLOY / "site.example.toml")
    except ModuleNotFoundError:
        return []  # a Python before 3.11 does not read TOML
    problems: list[str] = []
    for path in render.write(site, folder):
        if path.stat().st_mode & 0o077:
            problems.append(f"{path.name} is open to others")
        if re.search(r"(?<!baton)@[a-z_]+@", path.read_text()):
            problems.append(f"{path.name} has a name that was not filled")
        if path.name == "haproxy.cfg":
            problems += said("haproxy", "-c", "-q", "-f", str(path))
    return problems


def figures() -> list[str]:
    """Names of Baton's figures in alerts and dashboard that nobody gives."""
    sources = [*(ROOT / "Sources" / "Web").rglob("*.swift"), *(ROOT / "Sources" / "Kernel" / "Live").rglob("*.swift"), *(ROOT / "scripts" / "ops").glob("*.sh")]
    given = {name for path in sources for name in re.findall(r"baton_[a-z_]+", path.read_text())}
    used = (DEPLOY / "prometheus" / "alerts.yml").read_text() + (DEPLOY / "grafana" / "baton.json").read_text()
    names = {re.sub(r"_(bucket|sum|count)$", "", name) for name in re.findall(r"\bbaton_[a-z_]+", used)}
    return [f"nobody gives {name}" for name in sorted(names) if name not in given]


def dashboard() -> list[str]:
    panels = json.loads((DEPLOY / "grafana" / "baton.json").read_text())["panels"]
    ids = [panel["id"] for panel in panels]
    return [] if len(set(ids)) == len(ids) and all(panel["targets"] for panel in panels) else ["panels without id or figure"]


def units(folder: Path) -> list[str]:
    """systemd's word on the units; that the programs are not installed here is no problem."""
    copy = folder / "units"
    shutil.copytree(DEPLOY / "systemd", copy)
    named = [str(path) for path in copy.glob("baton*") if path.name != "baton@.service"]
    instance = copy / "baton@web1.service"
    shutil.copyfile(copy / "baton@.service", instance)
    problems = said("systemd-analyze", "verify", *named, str(instance))
    return [line for line in problems if "baton" in line and "is not executable" not in line]


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checks = {
            "The templates fill for the example site": templates(folder / "site"),
            "Alerts and dashboard name figures that there are": figures(),
            "The dashboard is whole": dashboard(),
            "Prometheus reads the alerts": said("promtool", "check", "rules", str(DEPLOY / "prometheus" / "alerts.yml")),
            "The alerts fire when they should": said("promtool", "test", "rules", str(DEPLOY / "prometheus" / "alerts_test.yml")),
            "systemd reads the units": units(folder),
        }
    return report(checks)


if __name__ == "__main__":
    sys.exit(main())
