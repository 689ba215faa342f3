"""A hand-over of work that is killed in its midst: it goes on where it was, and nothing moves twice."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import Callable

from leaving import Place, sign_in, until
from runner import test
from server import Server

COUNT = 420


def prepare(server: Server, token: str) -> tuple[str, str]:
    """The one account with many customers, and a colleague without any; their ids."""
    made = server.call("POST", "/api/v1/user", {"login": "wang", "name": "WANG", "roles": ["sales"]}, token)
    assert made.status == 201, made.text[:500]
    people = [server.call("GET", "/api/v1/me", token=token).json["id"], made.json["id"]]
    for start in range(0, COUNT, 70):
        items = [{"op": "create", "values": {
            "name_en": f"Firm {number:04} Handels", "short_name": f"F{number:04}", "roles": ["customer"], "country": "DE",
            "source": "other"}} for number in range(start, start + 70)]
        made = server.call("POST", "/api/v1/company/bulk", {"items": items, "quiet": True}, token)
        assert made.status in (200, 201), made.text[:800]
    return people[0], people[1]


def standing(server: Server, token: str, place: str) -> dict:
    answer = server.call("GET", place, token=token)
    assert answer.status == 200, answer.text[:300]
    return answer.json


def moved(server: Server, token: str, place: str) -> int:
    return sum(group["counts"].get("done", 0) for group in standing(server, token, place)["groups"])


def killed(house: Callable[[], Place]) -> None:
    place = house()
    with place.serve("hand-over", {}) as server:
        token = sign_in(server)
        leaver, taker = prepare(server, token)
        made = server.call("POST", "/api/v1/hand-overs", {"person": leaver, "usual": taker}, token)
        assert made.status == 201 and made.json["total"] == COUNT, made.text[:500]
        path = "/api/v1/hand-overs/" + made.json["id"]
        assert server.call("POST", path + "/start", token=token).status == 200
        until("the first portion", 30, lambda: moved(server, token, path))
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait(timeout=30)
        kept = Path(tempfile.mkdtemp(prefix="baton-killed-", dir=place.data.parent)) / "data"
        shutil.copytree(server.data, kept)
    with place.serve("hand-over-again", {}, data=kept) as server:
        begun = moved(server, token, path)
        assert 0 < begun, "what was moved is gone"
        until("the rest", 60, lambda: standing(server, token, path)["state"] == "done")
        assert moved(server, token, path) == COUNT
        for owner, count in ((taker, COUNT), (leaver, 0)):
            figures = server.call(
                "POST", "/api/v1/query",
                {"object": "company", "filter": f'owner = "{owner}"', "measures": [{"function": "count"}]}, token)
            assert figures.status == 200 and figures.text.count(str(count)) >= 1, figures.text[:300]
        told = assigned(server, token)
        assert len(told) == COUNT and len(set(told)) == COUNT, f"{len(told)} moves of {len(set(told))} records"
        verified = place.run(server.data, "verify")
        assert "sound" in verified or "ok" in verified.lower() or "可信" in verified, verified


def assigned(server: Server, token: str) -> list[str]:
    """The records of every assignment in the log."""
    out, after = [], 0
    while True:
        page = server.call("GET", f"/api/v1/events?after={after}&limit=500&object=company", token=token)
        assert page.status == 200, page.text[:300]
        events = page.json["data"]
        if not events:
            return out
        out += [event["record"] for event in events if event["kind"] == "action:assign"]
        after = events[-1]["sequence"]


def add(house: Callable[[], Place]) -> None:
    test("A hand-over that is killed in its midst goes on where it was, and moves nothing twice")(lambda: killed(house))
