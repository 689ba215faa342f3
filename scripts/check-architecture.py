#!/usr/bin/env python3
"""Compares the table of rooms in ARCHITECTURE.md with Package.swift and with the imports of every source file."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from checking import report

ROOT = Path(__file__).resolve().parent.parent
# Modules that come with the toolchain. The rooms named in PURE may use only those of the language itself.
LANGUAGE = {"Swift", "Synchronization"}
PLATFORM = {"Foundation", "FoundationEssentials", "Glibc", "Darwin", "Dispatch", "os"}
PURE = {"Values", "Expressions", "Access", "Flow"}
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public |package |internal |fileprivate |private )?import\s+"
    r"(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)", re.MULTILINE)


def table(text: str) -> dict[str, set[str]]:
    """Room → what it may import, from the table under the heading Rooms."""
    section = text.split("\n## Rooms\n", 1)[1].split("\n## ", 1)[0]
    rooms: dict[str, set[str]] = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and re.fullmatch(r"`\w+`", cells[0]):
            allowed = set() if cells[2] == "–" else {name.strip() for name in cells[2].split(",")}
            rooms[cells[0].strip("`")] = allowed
    return rooms


def package() -> dict[str, set[str]]:
    with tempfile.TemporaryDirectory() as scratch:  # a folder of its own doesn't wait for a build that is running
        command = ["swift", "package", "--scratch-path", scratch, "dump-package"]
        dump = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    rooms: dict[str, set[str]] = {}
    for target in json.loads(dump.stdout)["targets"]:
        if target["type"] in ("regular", "executable") and not target["name"].endswith("Fuzzer") \
                and not target.get("path", "").startswith("Tests/"):
            rooms[target["name"]] = {next(iter(dependency.values()))[0] for dependency in target["dependencies"]}
    return rooms


def compare(documented: dict[str, set[str]], built: dict[str, set[str]]) -> list[str]:
    problems = [f"{room}: in Package.swift, not in ARCHITECTURE.md" for room in sorted(set(built) - set(documented))]
    problems += [f"{room}: in ARCHITECTURE.md, not in Package.swift" for room in sorted(set(documented) - set(built))]
    for room in sorted(set(built) & set(documented)):
        for name in sorted(built[room] - documented[room]):
            problems.append(f"{room} may import {name} by Package.swift, not by ARCHITECTURE.md")
        for name in sorted(documented[room] - built[room]):
            problems.append(f"{room} may import {name} by ARCHITECTURE.md, not by Package.swift")
    return problems


def foreign_imports(room: str, allowed: set[str]) -> list[str]:
    problems = []
    for file in sorted((ROOT / "Sources" / room).rglob("*.swift")):
        for module in IMPORT.findall(file.read_text()):
            if module in LANGUAGE or (module in PLATFORM and room not in PURE):
                continue
            if module not in allowed:
                problems.append(f"{file.relative_to(ROOT)}: imports {module}, which {room} may not")
    return problems


def main() -> int:
    documented, built = table((ROOT / "ARCHITECTURE.md").read_text()), package()
    checks = {"the table agrees with Package.swift": compare(documented, built)}
    for room, allowed in documented.items():
        checks[f"{room} imports only what it may"] = foreign_imports(room, allowed)
    return report(checks)


if __name__ == "__main__":
    sys.exit(main())
