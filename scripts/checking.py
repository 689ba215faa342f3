"""How the checks of the project tell what they found."""

from __future__ import annotations


def report(checks: dict[str, list[str]]) -> int:
    """Prints a line for each check with its problems below it, and the count; gives the exit code."""
    for name, problems in checks.items():
        print("✓" if not problems else "✗", name)
        for problem in problems:
            print("   ", problem)
    failed = sum(1 for problems in checks.values() if problems)
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0
