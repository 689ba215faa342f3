"""Bad behaviour that takes more than one request to show."""

from __future__ import annotations

import gzip
import json
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from server import PASSWORD, Server
from wire import WireAnswer, check_manners, read_answer, request, send


def slow_visitor(server: Server) -> None:
    """One byte a second is cut off with 408 within 30 s, and others are served meanwhile."""
    answer = WireAnswer()
    waits: list[float] = []
    started = time.monotonic()

    def trickle() -> None:
        with socket.create_connection(("127.0.0.1", server.port), timeout=40) as connection:
            head = b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: " + b"a" * 60
            try:
                for byte in head:
                    connection.sendall(bytes([byte]))
                    connection.settimeout(1)
                    try:
                        if connection.recv(1, socket.MSG_PEEK):
                            break
                        break  # closed
                    except TimeoutError:
                        continue
            except OSError:
                pass
            read_answer(connection, answer, 5)

    visitor = threading.Thread(target=trickle)
    visitor.start()
    while visitor.is_alive() and time.monotonic() - started < 45:
        begun = time.monotonic()
        assert server.is_healthy(), "another visitor was not served"
        waits.append(time.monotonic() - begun)
        time.sleep(0.5)
    visitor.join(timeout=10)
    assert answer.status == 408, f"expected 408, got {answer.status}"
    assert time.monotonic() - started <= 31, "it took more than 30 s"
    assert max(waits) < 2, f"another visitor waited {max(waits):.1f} s"


def bomb_keeps_memory(server: Server) -> None:
    """Fifty large compressed bodies leave the memory where it was."""
    from bad_inputs import Stage, gzip_bomb

    stage = Stage(server.port, server.token("sales"), "", 0)
    before = server.resident_megabytes()
    for _ in range(50):
        check_manners(send(server.port, gzip_bomb(stage), patience=0.01), "bomb")
    grown = server.resident_megabytes() - before
    assert grown < 64, f"memory grew by {grown:.0f} MB"


def stale_and_fresh(server: Server, stage) -> None:  # noqa: ANN001
    """The right version is taken, the same version a second time is stale, and nothing else changed."""
    token = stage.token
    fresh = server.call("GET", f"/api/v1/company/{stage.company}", token=token).json
    version = str(fresh["version"])
    first = server.call("PATCH", f"/api/v1/company/{stage.company}", {"city": "Bremen"}, token, {"If-Match": f'"{version}"'})
    assert first.status == 200, first.text[:300]
    second = server.call("PATCH", f"/api/v1/company/{stage.company}", {"city": "Kiel"}, token, {"If-Match": f'"{version}"'})
    assert second.status == 412, second.status
    after = server.call("GET", f"/api/v1/company/{stage.company}", token=token).json
    assert json.dumps(after).count("Bremen") >= 1 and "Kiel" not in json.dumps(after)


def system_fields_stay(server: Server, stage) -> None:  # noqa: ANN001
    """A refused write leaves the record as it was."""
    path = f"/api/v1/company/{stage.company}"
    before = server.call("GET", path, token=stage.token).json
    for name, value in {"owner": before["id"], "created_at": "2001-01-01T00:00:00Z", "version": 99, "status": "active"}.items():
        answer = server.call("PATCH", path, {"city": "Rome", name: value}, stage.token, {"If-Match": f'"{before["version"]}"'})
        assert answer.status == 422, f"{name}: {answer.status} {answer.text[:200]}"
    assert server.call("GET", path, token=stage.token).json == before


def hidden_is_unknown(server: Server) -> None:
    """A field outside one's rights can't be told from a field that doesn't exist, wherever it is named."""
    token = server.token("documents")
    for pattern in ("filter={}%20%3E%201", "sort={}", "sort=-{}", "fields=id,{}", "filter=COUNT({})%3E0"):
        answers = []
        for field in ("purchase_price", "purchase_prixe"):
            answer = server.call("GET", "/api/v1/product?" + pattern.format(field), token=token)
            shown = re.sub(r'"request"\s*:\s*"[^"]*"', "", answer.text.replace(field, "FIELD"))
            answers.append((answer.status, shown))
        assert answers[0] == answers[1], f"{pattern}: {answers[0]} differs from {answers[1]}"
        assert answers[0][0] == 422, f"{pattern}: {answers[0]}"
    grouped = []
    for field in ("purchase_price", "purchase_prixe"):
        body = {"object": "product", "group": [field], "measures": [{"function": "count"}]}
        answer = server.call("POST", "/api/v1/query", body, token)
        grouped.append((answer.status, answer.text.replace(field, "FIELD")))
    assert grouped[0] == grouped[1], f"{grouped[0]} differs from {grouped[1]}"
    assert grouped[0][0] == 422, grouped[0]


def expensive_filter_is_fast(server: Server) -> None:
    """Ten thousand alternatives are refused before they cost anything."""
    token = server.token("sales")
    body = {"object": "company", "filter": " OR ".join(['name_en = "a"'] * 10_000), "measures": [{"function": "count"}]}
    started = time.monotonic()
    answer = server.call("POST", "/api/v1/query", body, token)
    seconds = time.monotonic() - started
    assert answer.status == 422, f"{answer.status} {answer.text[:200]}"
    assert seconds < 3, f"it took {seconds:.1f} s"


def form_without_token(server: Server) -> None:
    """A form posted with a session but without the page's own token is refused."""
    signed = server.call("POST", "/api/v1/session", {"login": "sales", "password": PASSWORD})
    token = signed.json["token"]
    for name in ("baton", "baton_session", "session"):
        cookie = f"{name}={token}"
        data = request("POST", "/o/company/new", {
            "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Origin": "https://evil.example"},
            b"name_en=Evil&country=DE")
        answer = send(server.port, data)
        check_manners(answer, "form without token")
        assert answer.status in (303, 302, 401, 403), f"{answer.status}"
        if answer.status in (302, 303):
            assert "sign-in" in answer.headers.get("location", "") or "login" in answer.headers.get("location", "")
    found = server.call("GET", "/api/v1/company?filter=" + quote('name_en = "Evil"'), token=token)
    assert found.json["data"] == [], "the form was taken"


def cookie_without_token(server: Server, cookie: str) -> None:
    """The API takes no write by cookie alone."""
    data = request("POST", "/api/v1/company", {"Cookie": cookie, "Content-Type": "application/json"}, b'{"name_en":"Evil"}')
    answer = send(server.port, data)
    check_manners(answer, "cookie without token")
    assert answer.status == 403, answer.status


def text_survives(server: Server, stage) -> None:  # noqa: ANN001
    """Letters of every kind come back as they were sent."""
    for name in ("\u202eevil\u202c Ltd", "שלום Ltd", "👩‍👩‍👧 Toys", "𠮷野家", "İstanbul ßtraße", "<img src=x onerror=alert(1)>", "O'Neil \"& Co\""):
        body = {"name_en": name, "short_name": name[:20] + " s", "roles": ["customer"], "country": "TR", "source": "fair"}
        made = server.call("POST", "/api/v1/company", body, stage.token)
        assert made.status == 201, f"{name!r}: {made.status} {made.text[:200]}"
        seen = server.call("GET", f"/api/v1/company/{made.json['id']}?fields=name_en", token=stage.token)
        assert name in json.dumps(seen.json, ensure_ascii=False).replace('\\"', '"'), f"{name!r}: {seen.text[:200]}"


def same_key_once(server: Server, stage) -> None:  # noqa: ANN001
    """The same key makes one record however often it is sent, and keys of other people don't meet."""
    body = {"name_en": "Once Only Ltd", "short_name": "Once Only", "roles": ["customer"], "country": "FR", "source": "fair"}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: server.call(
            "POST", "/api/v1/company", body, stage.token, {"Idempotency-Key": "wire-once"}), range(8)))
    statuses = sorted(answer.status for answer in answers)
    assert set(statuses) <= {200, 201, 409}, statuses
    made = {answer.json["id"] for answer in answers if answer.status in (200, 201)}
    assert len(made) == 1, f"{len(made)} records"
    again = server.call("POST", "/api/v1/company", body, stage.token, {"Idempotency-Key": "wire-once"})
    assert again.status in (200, 201) and again.json["id"] in made, again.text[:200]
    other = server.call("POST", "/api/v1/company", {**body, "name_en": "Changed Ltd"}, stage.token, {"Idempotency-Key": "wire-once"})
    assert other.status in (409, 422), f"another body under the same key: {other.status}"
    stranger = server.call("POST", "/api/v1/company", {**body, "name_en": "Other Person Ltd", "short_name": "Other Person"},
                           server.token("sales2"), {"Idempotency-Key": "wire-once"})
    assert stranger.status == 201 and stranger.json["id"] not in made, stranger.text[:200]


def lock_out_of_others(server: Server) -> None:
    """A hundred wrong passwords from elsewhere slow the guesser down and don't lock the owner of the account out."""
    statuses = []
    for number in range(60):
        answer = server.call("POST", "/api/v1/session", {"login": "finance", "password": f"wrong-{number}"})
        assert answer.status in (401, 422, 429), answer.status
        statuses.append(answer.status)
        if statuses.count(429) >= 3:
            break
    assert 429 in statuses, "guessing was never slowed down"


def packed_says_the_same(server: Server, stage) -> None:  # noqa: ANN001: a Stage
    """The same bytes with and without, for an answer of the API, a page and a file; a short one is left alone."""
    bearer = {"Authorization": f"Bearer {stage.token}"}
    page = server.call("GET", "/sign-in")
    sheet = re.search(r'href="(/a/frame\.[0-9a-f]+\.css)"', page.text)
    assert sheet, page.text[:500]
    for path, headers in (("/api/v1/company?limit=40", bearer), ("/sign-in", {}), (sheet.group(1), {})):
        plain = server.call("GET", path, headers=headers)
        packed = server.call("GET", path, headers={**headers, "Accept-Encoding": "gzip"})
        assert "content-encoding" not in plain.headers, plain.headers
        assert packed.headers.get("content-encoding") == "gzip", f"{path}: {packed.headers}"
        assert packed.headers.get("vary", "").lower() == "accept-encoding" == plain.headers["vary"].lower(), packed.headers
        assert gzip.decompress(packed.body) == plain.body and len(packed.body) < len(plain.body) / 2, path
    short = server.call("GET", "/health", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in short.headers, short.headers
