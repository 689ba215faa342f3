#!/usr/bin/env python3
"""Finds what the code offers and the documents don't tell: commands, options, settings, functions, field types,
error codes. Also finds links between documents that lead nowhere."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from checking import report

ROOT = Path(__file__).resolve().parent.parent
# Codes that never reach a user of the API.
INTERNAL_CODES = {"code", "statement", "failed", "database_mismatch", "no_pass", "unknown_kind"}


def sources(*folders: str) -> str:
    files = [file for folder in folders for file in sorted((ROOT / "Sources" / folder).rglob("*.swift"))]
    return "\n".join(file.read_text() for file in files)


def document(name: str) -> str:
    path = ROOT / name
    return path.read_text() if path.exists() else ""


def words(pattern: str, text: str) -> set[str]:
    return set(re.findall(pattern, text))


def kebab(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"-\1", name).lower()


def options(text: str) -> set[str]:
    """Long names of the command line's options and flags."""
    found = words(r'customLong\("([\w-]+)"\)', text)
    for attribute, name in re.findall(r"@(?:Option|Flag)(\([^\n]*?\))?\s+var\s+(\w+)", text):
        if "customLong" not in attribute:
            found.add(kebab(name))
    return {"--" + name for name in found}


def commands(text: str) -> set[str]:
    listed = re.search(r"struct Baton\b.*?subcommands:\s*\[(.*?)\]", text, re.DOTALL)
    names = re.findall(r"(\w+)\.self", listed[1]) if listed else []
    found = set()
    for name in names:
        body = re.search(rf"struct {name}\b.*?(?=\nstruct |\Z)", text, re.DOTALL)
        own = re.search(r'commandName:\s*"([\w-]+)"', body[0].split("func run")[0]) if body else None
        found.add("baton " + (own[1] if own else kebab(name)))
    return found


def functions(text: str) -> set[str]:
    listed = re.search(r"private static let others = \[(.*?)\]", text, re.DOTALL)
    found = set(re.findall(r'^\s+"([A-Z]+)": \(\.', text, re.MULTILINE))
    found |= set(re.findall(r'"([A-Z]+)"', listed[1])) if listed else set()
    found |= words(r'ExternalFunction\(\s*name: "([A-Z]+)"', sources("Kernel", "baton"))
    return found


def error_codes(text: str) -> set[str]:
    """Codes of rejections and problems, however they are written: named, by place, or beside an HTTP status."""
    text = re.sub(r'Fault\(\s*code: "\w+"', "", text)
    found = words(r'code: "([a-z][a-z_]+)"', text)
    found |= words(r'FlowProblem\(\s*[^,"]+,\s*"([a-z][a-z_]+)"', text)
    found |= words(r'\.cell\((?:[^()]|\([^()]*\))*?"([a-z][a-z_]+)",\s*"[^"]*[\u4e00-\u9fff]', text)
    found |= words(r'\(\s*\d{3}, "([a-z][a-z_]+)"', text)
    return found - INTERNAL_CODES


def expression_codes() -> set[str]:
    """What a filter can be refused with."""
    text = sources("Expressions")
    return words(r'(?:code: |Diagnostic\(\s*)"([a-z][a-z_]+)"', text)


def file_codes() -> set[str]:
    return words(r'case \.\w+: "([a-z_]+)"', document("Sources/Documents/Tables/TableError.swift"))


def broken_links() -> list[str]:
    problems = []
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", file.read_text()):
            if "://" not in target and not (file.parent / target).exists():
                problems.append(f"{file.relative_to(ROOT)} links to {target}, which is not there")
    return problems


def missing(names: set[str], text: str, where: str) -> list[str]:
    return [f"{name} is not in {where}" for name in sorted(names)
            if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)]


def main() -> int:
    program = sources("baton")
    operations, api = document("docs/operations.md"), document("docs/api.md")
    settings = set(re.findall(r'^\s+\("(\w+)", "', document("Sources/baton/Settings.swift"), re.MULTILINE))
    types = set(re.findall(r'^\s+case "(\w+)"', document("Sources/Definitions/Building/TypeReader.swift"), re.MULTILINE))
    figures = words(r'"((?:baton|process)_[a-z_]+)"', sources("Web/Server", "Kernel/Live"))
    checks = {
        "Every command is documented": missing(commands(program), operations, "docs/operations.md"),
        "Every option is documented": missing(options(program), operations, "docs/operations.md"),
        "Every setting is documented": missing(settings, operations, "docs/operations.md"),
        "Every figure is documented": missing(figures - {"baton_session", "baton_position", "baton_flash"}, operations, "docs/operations.md"),
        "Every function of expressions is documented": missing(functions(sources("Expressions")), document("docs/expressions.md"), "docs/expressions.md"),
        "Every field type is documented": missing(types, document("docs/packs.md"), "docs/packs.md"),
        "Every error code is documented": missing(error_codes(sources("Kernel", "Web", "Flow", "Access")), api, "docs/api.md"),
        "Every reason why an expression is refused is documented": missing(expression_codes(), document("docs/expressions.md"), "docs/expressions.md"),
        "Every reason why a file can't be read is documented": missing(file_codes(), api, "docs/api.md"),
        "Every link leads somewhere": broken_links(),
    }
    return report(checks)


if __name__ == "__main__":
    sys.exit(main())
