#!/usr/bin/env python3
"""Bad input over raw sockets: every row of the table against one running server."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent / "Kit")]

import bad_files as files  # noqa: E402
import handing_over  # noqa: E402
import leaving  # noqa: E402
import mail_page  # noqa: E402
import many_requests as many  # noqa: E402
import tls  # noqa: E402
from bad_inputs import GOOD_COMPANY, ROWS, BadInput, Stage  # noqa: E402
from runner import run, test  # noqa: E402
from server import PASSWORD, POSTGRES, Server, demo_data  # noqa: E402
from wire import check_manners, request, send  # noqa: E402


def make_stage(server: Server) -> Stage:
    token = server.token("sales")
    made = server.call("POST", "/api/v1/company", {**GOOD_COMPANY, "name_en": "Stage GmbH", "short_name": "Stage"}, token)
    assert made.status == 201, f"{made.status} {made.text[:500]}"
    return Stage(server.port, token, made.json["id"], made.json["version"])


def add_row(row: BadInput, server: Server, stage: Stage) -> None:
    @test(f"{row.id}: {row.sentence}")
    def check() -> None:
        answer = send(server.port, row.bytes(stage), limit=15, patience=2 if row.closes else 0.01)
        check_manners(answer, row.sentence)
        assert answer.status in row.statuses, f"{answer.status} instead of {row.statuses}: {answer.text[:300]}"
        if row.closes:
            assert answer.closed, "the connection stayed open"
        if row.then:
            row.then(stage, answer)
        assert server.is_healthy(), f"the server is gone:\n{server.tail()}"


def session_cookie(server: Server) -> str | None:
    """Signs in through the page, as a browser does, and returns the cookie."""
    import re

    page = send(server.port, request("GET", "/sign-in"))
    cookies = "; ".join(value.split(";")[0] for name, value in page.headers.items() if name == "set-cookie")
    hidden = "".join(f"&{name}={value}" for name, value in re.findall(
        r'type="?hidden"?[^>]*name="?([\w-]+)"?[^>]*value="?([^">\s]*)', page.text))
    form = f"login=sales&password={PASSWORD}{hidden}".encode()
    answer = send(server.port, request(
        "POST", "/sign-in", {"Content-Type": "application/x-www-form-urlencoded", **({"Cookie": cookies} if cookies else {})}, form))
    return answer.headers.get("set-cookie", "").split(";")[0] or None


def add_rest(server: Server, stage: Stage) -> None:
    for sentence, body in {
        "20: The version seen decides": lambda: many.stale_and_fresh(server, stage),
        "13: A refused write changes nothing": lambda: many.system_fields_stay(server, stage),
        "22: Ten thousand alternatives cost nothing": lambda: many.expensive_filter_is_fast(server),
        "23: A hidden field looks like an unknown one": lambda: many.hidden_is_unknown(server),
        "25: A form without the page's token is refused": lambda: many.form_without_token(server),
        "25: A cookie alone writes nothing": lambda: many.cookie_without_token(server, needed_cookie(server)),
        "67: Letters of every kind survive": lambda: many.text_survives(server, stage),
        "86: The same key makes one record": lambda: many.same_key_once(server, stage),
        "7: Bombs leave the memory alone": lambda: many.bomb_keeps_memory(server),
        "101: Guessing passwords is slowed down": lambda: many.lock_out_of_others(server),
        "An answer is packed for who can read it, and says the same": lambda: many.packed_says_the_same(server, stage),
        "5: A visitor of one byte a second is cut off": lambda: many.slow_visitor(server),
    }.items():
        test(sentence)(body)

    for sentence, body in {
        "38: The same file twice makes nothing twice": lambda: files.twice(server, stage),
        "39: A batch is taken back as a whole": lambda: files.undone(server, stage),
        "39: A row that was put right comes in alone": lambda: files.mended(server, stage),
        "36: A dry run writes nothing": lambda: files.tried_only(server, stage),
        "40: A file's name is only a name": lambda: files.odd_names(server, stage),
        "43: An upload that breaks off leaves nothing": lambda: files.aborted(server, stage),
        "37: A start is answered at once; the batch is watched, and its flagged rows come back": lambda: files.in_background(server, stage),
    }.items():
        test(sentence)(body)

    @test("The log shows no fault")
    def no_faults() -> None:
        text = server.log.read_text(errors="replace")
        assert " fault" not in text and "Fatal error" not in text, server.tail(60)


def needed_cookie(server: Server) -> str:
    cookie = session_cookie(server)
    assert cookie, "signing in through the page gave no cookie"
    return cookie


def main() -> int:
    with Server("wire", data=demo_data()) as server:
        stage = make_stage(server)
        for row in ROWS:
            add_row(row, server, stage)
        for file in files.FILES:
            test(f"{file.id}: {file.sentence}")(partial(files.check_file, file, server, stage))
        add_rest(server, stage)
        if POSTGRES is None:
            # Their servers keep what they know in a file, whichever engine this run is on.
            house = leaving.add()
            mail_page.add(house)
            handing_over.add(house)
            tls.add()
        return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
