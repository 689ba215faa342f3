#!/usr/bin/env python3
"""Builds the reference tables under reference/ from what is installed and from our own facts.

    countries.csv, currencies.csv, languages.csv   Debian iso-codes + Resources/*_facts.csv
    time_zones.csv                                 tzdata (zone.tab)
    holidays.csv                                   PyPI holidays (pinned) + Resources/holidays-own.csv

Every table starts with the columns code, zh, en (holidays: country, day, kind, name). A table whose source is missing
is left out with a word about it, the others are built; the product falls back to the committed facts. Running it again
does nothing when everything stands. `--check` only looks, and its exit code tells; `--force` builds anew.
"""

from __future__ import annotations

import argparse
import csv
import gettext
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FACTS = ROOT / "Resources"
ISO_CODES = Path("/usr/share/iso-codes/json")
LOCALES = "/usr/share/locale"
ZONES = Path("/usr/share/zoneinfo")
YEARS = range(2024, 2029)

WHEELS = {
    "holidays==0.109": "7d39c910167116d41fa6aae18d5e72b4541700cdd37743d799c83db3419201b0",
    "python-dateutil==2.9.0.post0": "a8b2bc7bffae282281c8140a97d3aa9c14da0b136dfe83f850eea9a5f7470427",
    "six==1.17.0": "4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274",
}
# Below this Python the pinned package does not install.
HOLIDAYS_PYTHON = (3, 11)

HOLIDAY_COUNTRIES = (
    "AE AO AR AT AU BD BE BG BH BR CA CH CI CL CN CO CR CY CZ DE DK DO DZ EC EE EG ES ET FI FR GB GH GR GT HK HR HU ID "
    "IE IL IN IS IT JO JP KE KH KR KW KZ LK LT LU LV MA MM MO MT MU MX MY NG NL NO NP NZ OM PA PE PH PK PL PT QA RO RS "
    "RU SA SE SG SI SK SN TH TN TR TW TZ US UZ VN ZA"
).split()
# Countries whose holidays differ by region count those of the region that trades most.
MAIN_SUBDIVISION = {"AU": "NSW", "CA": "ON", "CH": "ZH", "GB": "ENG"}

Row = list[str]


def facts(name: str) -> list[dict[str, str]]:
    with open(FACTS / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def iso(name: str) -> list[dict[str, str]]:
    file = ISO_CODES / f"iso_{name}.json"
    return json.loads(file.read_text(encoding="utf-8"))[name]


def chinese(domain: str):
    """A function from an English name to its Chinese one; the name itself where there is none."""
    return gettext.translation(domain, LOCALES, ["zh_CN"], fallback=True).gettext


def countries() -> tuple[Row, list[Row]]:
    codes = {entry["alpha_2"]: entry for entry in iso("3166-1")}
    rows = []
    for fact in facts("country_facts.csv"):
        entry = codes.pop(fact["code"])
        rows.append([fact["code"], fact["zh"], fact["en"], entry["alpha_3"], entry["numeric"], fact["dial"],
                     fact["currency"], fact["region"], fact["language"], fact["zone"], fact["weekend"]])
    for code in sorted(codes):
        print(f"    iso-codes has {code}, our facts don't")
    return "code zh en alpha3 numeric dial currency region language zone weekend".split(), rows


def currencies() -> tuple[Row, list[Row]]:
    numbers = {entry["alpha_3"]: entry["numeric"] for entry in iso("4217")}
    rows = [[fact["code"], fact["zh"], fact["en"], numbers.get(fact["code"], ""), fact["minor_digits"]]
            for fact in facts("currency_facts.csv")]
    return "code zh en numeric minor_digits".split(), rows


def languages() -> tuple[Row, list[Row]]:
    own = {fact["code"]: fact for fact in facts("language_facts.csv")}
    translate = chinese("iso_639-2")
    rows = []
    for entry in iso("639-2"):
        code = entry.get("alpha_2")
        if code is None:
            continue
        name = entry["name"]
        # The list names several words of one language: "Spanish; Castilian".
        zh, en = translate(name).split(";")[0].split("；")[0].strip(), name.split(";")[0].strip()
        fact = own.get(code, {"zh": zh, "en": en})
        rows.append([code, fact["zh"], fact["en"], entry["alpha_3"]])
    return "code zh en alpha3".split(), sorted(rows)


def time_zones() -> tuple[Row, list[Row]]:
    names = {fact["code"]: fact for fact in facts("country_facts.csv")}
    rows = []
    for line in (ZONES / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        country, _, zone = line.split("\t")[:3]
        if country not in names:
            continue
        city = zone.rsplit("/", 1)[-1].replace("_", " ")
        rows.append([zone, f"{names[country]['zh']} {city}", f"{names[country]['en']}, {city}", country])
    return "code zh en country".split(), sorted(rows)


def own_holidays() -> dict[tuple[str, str], tuple[str, str]]:
    return {(row["country"], row["day"]): (row["kind"], row["name"]) for row in facts("holidays-own.csv")}


def holidays(wheels: Path) -> tuple[Row, list[Row]]:
    """The package's days off, with our own rows on top: those hold the official notices of China."""
    package = load_package(wheels)
    table: dict[tuple[str, str], tuple[str, str]] = {}
    localized = package.list_localized_countries(include_aliases=False)
    for number, country in enumerate(HOLIDAY_COUNTRIES, 1):
        spoken = localized.get(country, [])
        language = next((code for code in ("zh_CN", "en_US") if code in spoken), None)
        calendar = package.country_holidays(
            country, subdiv=MAIN_SUBDIVISION.get(country), years=YEARS, language=language)
        made_up = {day for day in calendar.weekend_workdays if day.year in YEARS}
        noticed = {day.year for day in made_up}
        for day, name in calendar.items():
            if day.year not in YEARS:
                continue
            # China's days off are fixed by a yearly notice; before it comes they are a guess, as lunar ones are.
            is_guess = "(estimated)" in name or (country == "CN" and day.year not in noticed)
            table[country, day.isoformat()] = ("E" if is_guess else "H", name)
        for day in made_up:
            table[country, day.isoformat()] = ("W", "调休上班" if country == "CN" else "make-up working day")
        if number % 20 == 0:
            print(f"    {number} of {len(HOLIDAY_COUNTRIES)} countries")
    own = own_holidays()
    settled = {(country, day[:4]) for (country, day), (kind, _) in own.items() if country == "CN" and kind != "E"}
    table = {key: row for key, row in table.items() if (key[0], key[1][:4]) not in settled}
    for key, row in own.items():
        if (key[0], key[1][:4]) in settled or key not in table:
            table[key] = row
    rows = [[country, day, kind, name] for (country, day), (kind, name) in sorted(table.items())]
    return "country day kind name".split(), rows


def load_package(wheels: Path):
    """The pinned package, out of wheels whose digests are checked; nothing is installed into the system."""
    if sys.version_info < HOLIDAYS_PYTHON:
        raise MissingSource(f"the pinned holidays package needs Python {'.'.join(map(str, HOLIDAYS_PYTHON))}")
    # The digests name the folder, so that a changed pin never meets an old copy.
    folder = wheels / hashlib.sha256("".join(WHEELS.values()).encode()).hexdigest()[:12]
    if not (folder / "complete").is_file():
        fetch(folder)
    sys.path.insert(0, str(folder))
    import holidays as package  # noqa: PLC0415

    return package


def fetch(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        download = Path(name)
        requirements = download / "requirements.txt"
        requirements.write_text("".join(f"{wheel} --hash=sha256:{digest}\n" for wheel, digest in WHEELS.items()))
        command = [*pip(folder.parent), "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes",
                   "--retries", "2", "--dest", str(download), "--requirement", str(requirements)]
        if subprocess.run(command, check=False).returncode != 0:
            raise MissingSource("the holidays package could not be downloaded")
        folder.mkdir(parents=True, exist_ok=True)
        for wheel in download.glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(folder)
    (folder / "complete").touch()


def pip(folder: Path) -> list[str]:
    """The pip at hand; a small environment of our own when this Python has none, as on Debian."""
    own = [sys.executable, "-m", "pip"]
    if subprocess.run([*own, "--version"], capture_output=True, check=False).returncode == 0:
        return own
    venv = folder / "venv"
    if not (venv / "bin" / "pip").exists():
        if subprocess.run([sys.executable, "-m", "venv", str(venv)], check=False).returncode != 0:
            raise MissingSource("this Python has neither pip nor venv")
    return [str(venv / "bin" / "python"), "-m", "pip"]


class MissingSource(Exception):
    """A table can't be built on this machine; the message says what it lacks."""


def write(target: Path, head: Row, rows: Iterable[Row]) -> int:
    """Writes the table beside its place and moves it there, so that no reader meets half a table."""
    rows = list(rows)
    part = target.with_suffix(".part")
    with open(part, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
    part.replace(target)
    return len(rows)


def fingerprint() -> str:
    """Changes when this script or one of our own tables does."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(FACTS.glob("*.csv")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def build(target: Path, wheels: Path) -> list[str]:
    """Builds every table; returns the names of those that could not be built."""
    target.mkdir(parents=True, exist_ok=True)
    tables = {
        "countries": (countries, ISO_CODES), "currencies": (currencies, ISO_CODES),
        "languages": (languages, ISO_CODES), "time_zones": (time_zones, ZONES / "zone.tab"),
        "holidays": (lambda: holidays(wheels), None),
    }
    missing = []
    for name, (make, source) in tables.items():
        try:
            if source is not None and not source.exists():
                raise MissingSource(f"{source} is missing (Debian packages iso-codes, tzdata)")
            count = write(target / f"{name}.csv", *make())
            print(f"{name}.csv  {count} rows")
        except MissingSource as problem:
            missing.append(name)
            print(f"{name}.csv  left out: {problem}", file=sys.stderr)
    return missing


def main() -> int:
    parser = argparse.ArgumentParser(description="Builds the reference tables from installed packages.")
    parser.add_argument("--target", type=Path, default=ROOT / "reference", help="folder of the tables")
    parser.add_argument("--wheels", type=Path, default=ROOT / ".build" / "reference-wheels",
                        help="folder for the pinned packages")
    parser.add_argument("--check", action="store_true", help="only tell whether everything stands")
    parser.add_argument("--force", action="store_true", help="build although everything stands")
    arguments = parser.parse_args()
    stamp = arguments.target / "complete"
    current = fingerprint()
    if not arguments.force and stamp.is_file() and stamp.read_text() == current:
        return 0
    if arguments.check:
        return 1
    missing = build(arguments.target, arguments.wheels)
    if missing:
        stamp.unlink(missing_ok=True)
        return 1
    stamp.write_text(current)
    return 0


if __name__ == "__main__":
    sys.exit(main())
