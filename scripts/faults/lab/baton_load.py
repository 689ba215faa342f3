"""Load through Baton itself: two nodes on the site's primary address, companies by the API with idempotency keys."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from house import Client
from load import Write, compare

from .cluster import ROOT, Lab
from .libpq import Connection
from .load import Refused, Unanswered, Writers, count_keys
from .processes import PATIENCE, LabError, Program, as_account, own, wait_until

PASSWORD = "laboratory-0815"
# Answers after which the same key must be sent again: nobody can tell yet what became of it.
AGAIN = {408, 409, 429, 500, 502, 503, 504, 507}
# Where a node finds what belongs to the project, whatever folder it stands in.
ENVIRONMENT = {"BATON_PACKS": str(ROOT / "Packs"), "BATON_REFERENCE": str(ROOT / "reference"),
               "BATON_ASSETS": str(ROOT / "Sources" / "Web" / "Assets" / "static")}


def binary() -> Path:
    named = os.environ.get("BATON_BINARY")
    for path in [Path(named)] if named else [ROOT / ".build/release/baton", ROOT / ".build/debug/baton"]:
        if path.exists():
            return path.resolve()
    raise LabError("The program is missing: build it first, or name it in BATON_BINARY.")


class BatonLoad:
    """Use as a context manager: the nodes end with it."""

    name = "Baton"

    def __init__(self, lab: Lab):
        self._lab = lab
        self.addresses = [f"http://{web.address}:{web.port}" for web in lab.site.webs]
        self.nodes = [self._node(web.name, f"{web.address}:{web.port}") for web in lab.site.webs]
        # A third way in: HAProxy in front of both.
        self.doors = [*self.addresses, f"http://{lab.site.web_bind}"]
        self.token = ""
        self._numbers = itertools.count()

    def _node(self, name: str, listen: str) -> Program:
        folder = self._lab.folder / name
        folder.mkdir(mode=0o700)
        own(folder)
        log = self._lab.folder / f"{name}.log"
        return Program(
            name, [str(binary()), "serve", "--data", str(folder), "--database", self._lab.url, "--listen", listen],
            log, environment=ENVIRONMENT | {"HOME": str(folder)})

    def __enter__(self) -> "BatonLoad":
        self.prepare()
        return self

    def __exit__(self, *_: object) -> None:
        for node in self.nodes:
            node.stop()

    def prepare(self) -> None:
        for node, address in zip(self.nodes, self.addresses):
            node.start()
            wait_until(f"health of {node.name}", lambda node=node, address=address: self._healthy(node, address), 240)
        status, answer = call(self.addresses[0], "POST", "/api/v1/owner",
                              {"login": "owner", "name": "Owner", "password": PASSWORD})
        if status not in (200, 201):
            raise LabError(f"the first account: {status} {answer}")
        self.token = answer["token"]

    def _healthy(self, node: Program, address: str) -> bool:
        node.must_live()
        try:
            return call(address, "GET", "/health", seconds=5)[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def session(self) -> "BatonSession":
        return BatonSession(self, next(self._numbers))

    def stored(self, prefix: str) -> Counter[str]:
        """Reads every company back, page by page, as a client does."""
        found: Counter[str] = Counter()
        cursor = ""
        while True:
            path = "/api/v1/company?fields=name_en&limit=500" + (f"&cursor={quote(cursor)}" if cursor else "")
            status, answer = call(self.addresses[0], "GET", path, token=self.token, seconds=60)
            if status != 200:
                raise LabError(f"the list of companies: {status} {answer}")
            found.update(each["name_en"] for each in answer["data"] if each["name_en"].startswith(prefix))
            cursor = answer.get("next") or ""
            if not cursor:
                return found

    def held(self, address: str, prefix: str) -> Counter[str]:
        connection = Connection(address, 15)
        try:
            column = connection.ask("SELECT quote_ident(column_name) FROM information_schema.columns "
                                    "WHERE table_name = 'o_company' AND column_name LIKE '%name_en'")[0][0]
        finally:
            connection.close()
        return count_keys(address, "o_company", column, prefix)

    def compare(self, writers: Writers) -> list[str]:
        """Rows against events, as after a kill of a single node: what is wrong, one line each."""
        ledger, port = writers.ledger, int(self.addresses[0].rpartition(":")[2])
        writes = [Write("company", "POST", "", {}, {}, [key], status=201 if key in ledger.acknowledged else 0)
                  for key in ledger.tried]
        return compare(Client(port, self.token, 60), writes)

    def hears(self, seconds: float = 15) -> float | None:
        """How long it takes until a write at the first node arrives in the live stream of the second, in seconds."""
        host, _, port = self.addresses[1].rpartition("/")[2].partition(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=seconds * PATIENCE)
        try:
            connection.request("GET", "/live", headers={"Authorization": "Bearer " + self.token})
            stream = connection.getresponse()
            stream.readline()
            asked = time.monotonic()
            status, made = call(self.addresses[0], "POST", "/api/v1/company",
                                {"name_en": f"heard {asked}", "roles": ["customer"], "country": "DE", "source": "fair"},
                                self.token)
            while status in (200, 201) and (line := stream.readline()):
                if made["id"].encode() in line:
                    return time.monotonic() - asked
        except (OSError, http.client.HTTPException):
            pass  # nothing came in time: that is the answer
        finally:
            connection.close()
        return None

    def verify(self) -> str:
        """What `baton verify` says of the database; LabError when it is not sound."""
        done = subprocess.run(
            as_account([str(binary()), "verify", "--database", self._lab.url]), capture_output=True, text=True, check=False,
            timeout=600, cwd=self._lab.folder, env={"PATH": os.environ["PATH"], **ENVIRONMENT})
        if done.returncode != 0:
            raise LabError(f"baton verify: {(done.stdout + done.stderr)[-800:]}")
        return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "ok"


class BatonSession:
    """A writer that goes to the other node after trouble, with the same key."""

    def __init__(self, load: BatonLoad, number: int):
        self._load, self._at = load, number

    def write(self, key: str) -> str:
        address = self._load.doors[self._at % len(self._load.doors)]
        body = {"name_en": key, "roles": ["customer"], "country": "DE", "source": "fair"}
        try:
            status, answer = call(address, "POST", "/api/v1/company", body, self._load.token, {"Idempotency-Key": key},
                                  seconds=30 * PATIENCE)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._at += 1
            raise Unanswered(repr(error)) from error
        if status in (200, 201):
            return address
        self._at += 1
        raise (Unanswered if status in AGAIN else Refused)(f"{status} {json.dumps(answer, ensure_ascii=False)[:300]}")

    def close(self) -> None:
        """Nothing is held between two requests."""


def call(address: str, method: str, path: str, body: object = None, token: str = "",
         headers: dict[str, str] | None = None, seconds: float = 30) -> tuple[int, dict]:
    """One request; any status is an answer."""
    sent = {"Content-Type": "application/json", **(headers or {})}
    if token:
        sent["Authorization"] = "Bearer " + token
    request = urllib.request.Request(
        address + path, data=None if body is None else json.dumps(body).encode(), headers=sent, method=method)
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as answer:
        return answer.code, json.loads(answer.read() or b"{}")
