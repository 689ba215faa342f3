#!/usr/bin/env python3
"""Fails when the compiler warned about our own code.

A build repeats no warning for a file it did not compile again, so the warnings are kept in .build/warnings.json
until the file changes. Type-checking times depend on the machine and are shown only.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEMORY = ROOT / ".build" / "warnings.json"
WARNING = re.compile(r"^(?P<file>/[^:]+\.swift):(?P<place>\d+:\d+): warning: (?P<text>.*)$")


def main() -> int:
    found: dict[str, float] = {}
    for line in Path(sys.argv[1]).read_text(errors="replace").splitlines():
        match = WARNING.match(line)
        if not match or not Path(match["file"]).is_relative_to(ROOT):
            continue
        file = Path(match["file"]).relative_to(ROOT)
        if file.parts[0] in ("Sources", "Tests", "Package.swift") and file_time(file):
            found[f"{file}:{match['place']}: {match['text']}"] = file_time(file)
    remembered = json.loads(MEMORY.read_text()) if MEMORY.exists() else {}
    for text, time in remembered.items():
        if file_time(Path(text.split(":")[0])) == time:
            found.setdefault(text, time)
    MEMORY.write_text(json.dumps(found, indent=1))
    slow = [text for text in found if "to type-check (limit" in text]
    print(*slow, sep="\n")
    warnings = sorted(set(found) - set(slow))
    print(*warnings, sep="\n")
    return 1 if warnings else 0


def file_time(file: Path) -> float:
    """Modification time, 0 for a file that is gone."""
    path = ROOT / file
    return path.stat().st_mtime if path.exists() else 0


if __name__ == "__main__":
    sys.exit(main())
