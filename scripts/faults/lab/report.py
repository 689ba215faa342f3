"""One line for each claim, figures for machines, one closing line."""

from __future__ import annotations

import json
from pathlib import Path


class Report:
    def __init__(self, name: str):
        self.name = name
        self.figures: list[dict] = []
        self.passed = self.failed = 0

    def claim(self, sentence: str, holds: bool, detail: str = "", **figures: object) -> None:
        """Says whether something holds, and remembers its figures."""
        self.passed += holds
        self.failed += not holds
        print(f"{'✓' if holds else '✗'} {sentence}{': ' + detail if detail else ''}", flush=True)
        self.figures.append({"claim": sentence, "holds": holds, "detail": detail, **figures})

    def close(self, file: str | None = None) -> int:
        if file:
            Path(file).write_text(json.dumps({"name": self.name, "claims": self.figures}, indent=1) + "\n")
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed or not self.passed else 0
