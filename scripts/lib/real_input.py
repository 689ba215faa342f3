"""Brings a folder of real tables in through the API of a fresh, empty server and checks counts, sums and messages."""

from __future__ import annotations

import csv
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "real-input-0815"


def program() -> str:
    named = os.environ.get("BATON_BINARY")
    for path in [named] if named else [ROOT / ".build/release/baton", ROOT / ".build/debug/baton"]:
        if Path(path).exists():
            return str(path)
    raise SystemExit("The program is missing: build it first, or name it in BATON_BINARY.")


class House:
    """An empty server on a free port, ended with this program."""

    def __init__(self, folder: str):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.log = Path(folder) / "server.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [program(), "serve", "--data", folder + "/data", "--listen", f"127.0.0.1:{port}"], cwd=ROOT,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=lambda: ctypes.CDLL(None).prctl(1, signal.SIGTERM))
        self.token = ""

    def open(self) -> None:
        for _ in range(600):
            if self.process.poll() is not None:
                raise SystemExit("The server ended at once:\n" + self.log.read_text(errors="replace")[-2000:])
            try:
                if self.call("GET", "/health", raw=True)[0] == 200:
                    break
            except OSError:
                pass
            time.sleep(0.1)
        status, answer = self.call("POST", "/api/v1/owner", {"login": "owner", "name": "Owner", "password": PASSWORD})
        assert status in (200, 201), (status, answer)
        self.token = answer["token"]

    def close(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def call(self, method: str, path: str, body: object = None, raw: bool = False):  # noqa: ANN201: status, answer
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        headers = {"Content-Type": kind} | ({"Authorization": "Bearer " + self.token} if self.token else {})
        request = urllib.request.Request(self.address + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                status, found = answer.status, answer.read()
        except urllib.error.HTTPError as answer:
            status, found = answer.code, answer.read()
        return status, found if raw else json.loads(found)

    def bring(self, target: str, file: Path, query: str = ""):  # noqa: ANN201: status, answer
        """Starts the import and asks until it has come to its end."""
        status, answer = self.call("POST", f"/api/v1/import/{target}?name={quote(file.name)}{query}", file.read_bytes())
        columns = answer.get("columns", [])
        while answer.get("state") in ("waiting", "running"):
            time.sleep(0.05)
            status, answer = self.call("GET", "/api/v1/import/batches/" + answer["batch"])
        return status, answer | {"columns": columns}

    def orders(self) -> Decimal:
        measures = [{"id": "sum", "function": "sum", "of": "amount"}]
        status, answer = self.call(
            "POST", "/api/v1/query", {"object": "order", "group": [], "measures": measures})
        assert status == 200, answer
        return Decimal(str(answer["rows"][0][0] or 0)) if answer["rows"] else Decimal(0)


class Ledger:
    def __init__(self) -> None:
        self.passed = self.failed = 0

    def check(self, sentence: str, is_so: bool, found: object = "") -> None:
        self.passed += is_so
        self.failed += not is_so
        print(("ok      " if is_so else "FAILED  ") + sentence + (f"  [{found}]" if found != "" else ""), flush=True)


def table(file: Path) -> tuple[list[str], list[list[str]]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = [row for row in csv.reader(text) if row]
    return rows[0], rows[1:]


def tally(answer: dict) -> str:
    names = ("rows", "created", "updated", "unchanged", "flagged")
    return ", ".join(f"{answer.get(name)} {name}" for name in names) if "rows" in answer else json.dumps(answer)[:200]


def northwind(house: House, ledger: Ledger, folder: Path) -> None:
    """A row whose number of cells is not the heading's is held back, and no other; then so are the lines of the orders
    that were held back."""
    orders: set[str] = set()
    for name, target in [("customers", "company"), ("suppliers", "company"), ("products", "product"), ("orders", "order"),
                         ("order-details", "order")]:
        file = folder / f"northwind-{name}.csv"
        if not file.exists():
            continue
        heading, rows = table(file)
        shifted = sum(len(row) != len(heading) for row in rows)
        reasons = {"shifted_row"}
        if name == "orders":
            orders = {row[0] for row in rows if len(row) == len(heading)}
        if name == "order-details":
            shifted += sum(row[0] not in orders for row in rows)
            reasons = {"no_document", "held_back"}
        _, answer = house.bring(target, file)
        counts = sum(answer.get(part, 0) for part in ("created", "updated", "unchanged", "flagged"))
        ledger.check(
            f"{file.name}: exactly {shifted} of {len(rows)} rows are flagged",
            answer.get("state") == "done" and answer["rows"] == len(rows) == counts and answer["flagged"] == shifted
            and all(error["code"] in reasons for error in answer["errors"]), tally(answer))
        if shifted and "batch" in answer:
            status, text = house.call("GET", f"/api/v1/import/batches/{answer['batch']}/flagged?language=zh", raw=True)
            lines = list(csv.reader(text.decode("utf-8-sig").splitlines()))
            ledger.check(
                f"{file.name}: the flagged rows come back with line and reason",
                status == 200 and len(lines) == shifted + 1 and all(len(line) > len(heading) and line[1] for line in lines),
                len(lines) - 1)


def retail(house: House, ledger: Ledger, folder: Path) -> None:
    """The sum of a day's orders is that of quantity times price over all rows: cancellations (C…) and returns count
    negative, orders of customers without a number count, nothing is held back."""
    for file in sorted(folder.glob("online-retail-*.csv")):
        heading, rows = table(file)
        place = {name: heading.index(name) for name in ("InvoiceNo", "Quantity", "UnitPrice", "CustomerID")}
        def gross(row: list[str]) -> Decimal:
            return Decimal(row[place["Quantity"]]) * Decimal(row[place["UnitPrice"]])
        before = house.orders()
        _, answer = house.bring("order", file)
        made = house.orders() - before
        lost = {error["line"] for error in answer.get("errors", [])}
        missing = sum((gross(row) for line, row in enumerate(rows, 2) if line in lost), Decimal(0))
        credits = sum((gross(row) for row in rows if row[place["InvoiceNo"]].startswith("C")), Decimal(0))
        wanted = sum((gross(row) for row in rows), Decimal(0))
        ledger.check(
            f"{file.name}: the orders come to {wanted:,.2f}, cancellations of {credits:,.2f} included", made == wanted,
            f"{made:,.2f} in orders, {missing:,.2f} flagged")
        ledger.check(
            f"{file.name}: no row is held back, {sum(not row[place['CustomerID']] for row in rows)} without a customer included",
            answer.get("state") == "done" and answer["flagged"] == 0 and answer["rows"] == len(rows), tally(answer))
        _, again = house.bring("order", file)
        ledger.check(f"{file.name}: a second time makes nothing", again.get("created") == 0, tally(again))


def messy(house: House, ledger: Ledger, folder: Path) -> None:
    """Any table is either tried to its end or refused with a sentence in both languages; no text is garbled."""
    for file in sorted(folder.glob("messy/*")):
        started = time.monotonic()
        status, answer = house.bring("company", file, "&dry_run=true&map=" + quote('{"#1": "name_en"}'))
        seconds = time.monotonic() - started
        if "rows" in answer:
            text = json.dumps(answer, ensure_ascii=False)
            is_right = answer["state"] == "checked" and "\ufffd" not in text and "\\u0000" not in text
            found = tally(answer) + ": " + ", ".join(column["heading"] for column in answer["columns"][:4])
        else:
            message = answer.get("message") or {}
            is_right = status in (400, 413, 422) and bool(message.get("zh")) and bool(message.get("en"))
            found = f"{status} {answer.get('code')}: {message.get('en')}"
        ledger.check(f"messy/{file.name}: tried or refused in words, within 10 s", is_right and seconds < 10, found[:160])
    status, _ = house.call("GET", "/health", raw=True)
    ledger.check("the server is well after all of it", status == 200)


def main() -> int:
    folder = Path(sys.argv[1])
    ledger = Ledger()
    with tempfile.TemporaryDirectory(prefix="baton-real-") as place:
        house = House(place)
        try:
            house.open()
            northwind(house, ledger, folder)
            retail(house, ledger, folder)
            messy(house, ledger, folder)
        finally:
            house.close()
    print(f"{ledger.passed} passed, {ledger.failed} failed")
    return 1 if ledger.failed or not ledger.passed else 0


if __name__ == "__main__":
    sys.exit(main())
