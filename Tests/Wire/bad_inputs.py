"""The table of bad inputs: what arrives, and which answers are right.

Each row has a short id, a sentence, a function from the stage to the bytes to send, and the statuses that are
right. `closes` asks that the server ends the connection after its answer; `then` looks further. Rows that need
more than one request stand in `many_requests.py`.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import Callable
from urllib.parse import quote

from wire import WireAnswer, request


@dataclass(frozen=True)
class Stage:
    """What rows need of the running server: its port, who is signed in, a record to attack."""

    port: int
    token: str
    company: str
    version: int

    def api(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> bytes:
        sent = {"Authorization": "Bearer " + self.token}
        if body:
            sent["Content-Type"] = "application/json"
        return request(method, "/api/v1" + path, {**sent, **(headers or {})}, body)


@dataclass(frozen=True)
class BadInput:
    id: str
    sentence: str
    bytes: Callable[[Stage], bytes]
    statuses: tuple[int, ...]
    closes: bool = False
    then: Callable[[Stage, WireAnswer], None] | None = None


GOOD_COMPANY = {"name_en": "Wire Test GmbH", "short_name": "Wire Test", "roles": ["customer"], "country": "DE", "source": "fair"}


def company(**changes: object) -> bytes:
    return json.dumps({**GOOD_COMPANY, **changes}, ensure_ascii=False).encode()


def create(body: bytes, headers: dict[str, str] | None = None) -> Callable[[Stage], bytes]:
    return lambda stage: stage.api("POST", "/company", body, headers)


def listing(query: str) -> Callable[[Stage], bytes]:
    return lambda stage: stage.api("GET", "/company?" + query)


def filtered(expression: str) -> Callable[[Stage], bytes]:
    return listing("filter=" + quote(expression))


def signed(token: str) -> Callable[[Stage], bytes]:
    return lambda stage: request("GET", "/api/v1/company", {"Authorization": "Bearer " + token})


def no_origin_allowed(stage: Stage, answer: WireAnswer) -> None:
    assert "access-control-allow-origin" not in answer.headers, answer.headers


def gzip_bomb(stage: Stage) -> bytes:
    return stage.api("POST", "/company", gzip.compress(b" " * 50_000_000, 9), {"Content-Encoding": "gzip"})


JWT_WITHOUT_SIGNATURE = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJvd25lciIsImlhdCI6NDEwMjQ0NDgwMH0."
JWT_WRONG_KEY = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJvd25lciJ9.6mS7nG5v0b0wVZJ3k5bJ1cV4qF4yM8n0d2mP4x0Zk1A"

FRAMING = [
    BadInput("1", "Both a length and chunks are refused and the connection ends", lambda s: request(
        "POST", "/api/v1/session", [("Content-Type", "application/json"), ("Content-Length", "4"), ("Transfer-Encoding", "chunked")],
        b"0\r\n\r\n"), (400,), closes=True),
    BadInput("2", "Two different lengths are refused", lambda s: request(
        "POST", "/api/v1/session", [("Content-Type", "application/json"), ("Content-Length", "2"), ("Content-Length", "3")],
        b"{}"), (400,), closes=True),
    BadInput("2b", "A negative length is refused", lambda s: request(
        "POST", "/api/v1/session", {"Content-Length": "-5"}), (400,), closes=True),
    BadInput("2c", "A length that is no number is refused", lambda s: request(
        "POST", "/api/v1/session", {"Content-Length": "1e3"}), (400,), closes=True),
    BadInput("3", "A request without Host is refused", lambda s: request("GET", "/health", host=None), (400,)),
    BadInput("3b", "A line that is no request is refused", lambda s: b"HELLO\r\n\r\n", (400,), closes=True),
    BadInput("4", "A header of 200 KB is refused", lambda s: request(
        "GET", "/health", {"X-Long": "a" * 200_000}), (431,), closes=True),
    BadInput("4b", "An address of 20 KB is refused", lambda s: request("GET", "/o/company?q=" + "a" * 20_000), (414, 431)),
    BadInput("6", "A path that climbs out of the assets finds nothing", lambda s: request(
        "GET", "/a/..%2f..%2fPackage.swift"), (400, 404)),
    BadInput("6b", "A percent sign without digits is refused", lambda s: request("GET", "/o/%zz"), (400, 404)),
    BadInput("6c", "A NUL in the address is refused", lambda s: request("GET", "/o/company%00"), (400, 404, 303, 302)),
    BadInput("7", "A compressed bomb is not unpacked", gzip_bomb, (413, 415)),
    BadInput("9", "A body over the limit is refused", lambda s: s.api(
        "POST", "/company", b'{"name_en":"' + b"a" * 6_000_000 + b'"}'), (413,)),
    BadInput("19", "TRACE is refused", lambda s: request("TRACE", "/"), (405,)),
    BadInput("19b", "A method of no standard is refused", lambda s: request("BREW", "/api/v1/company"), (400, 405)),
    BadInput("19c", "A method in a header changes nothing", lambda s: s.api(
        "POST", f"/company/{s.company}", b"{}", {"X-HTTP-Method-Override": "DELETE"}), (405,)),
    BadInput("19d", "CONNECT is refused", lambda s: request("CONNECT", "example.org:443"), (400, 405)),
]

JSON_BODIES = [
    BadInput("8", "A body of another type is refused", lambda s: s.api(
        "POST", "/company", company(), {"Content-Type": "text/plain"}), (415,)),
    BadInput("8b", "A form sent to the API is refused", lambda s: s.api(
        "POST", "/company", b"name_en=x", {"Content-Type": "application/x-www-form-urlencoded"}), (415,)),
    BadInput("10", "A hundred thousand nested lists are refused", create(b"[" * 100_000 + b"]" * 100_000), (400,)),
    BadInput("10b", "A hundred thousand nested objects are refused", create(b'{"a":' * 100_000 + b"1" + b"}" * 100_000), (400,)),
    BadInput("11", "A property given twice is refused", create(b'{"name_en":"A","name_en":"B"}'), (400,)),
    BadInput("11b", "A property given twice by an escape is refused", create(b'{"name_en":"A","name\\u005fen":"B"}'), (400,)),
    BadInput("12", "Text after the body is refused", create(company() + b"x"), (400,)),
    BadInput("12b", "A truncated body is refused", create(company()[:-2]), (400,)),
    BadInput("12c", "A list instead of an object is refused", create(b"[]"), (400, 422)),
    BadInput("12d", "Words that are no JSON are refused", create(b'{"name_en":NaN}'), (400,)),
    BadInput("12e", "A comma too many is refused", create(b'{"name_en":"A",}'), (400,)),
    BadInput("17", "Bytes that are no UTF-8 are refused", create(b'{"name_en":"\xff\xfe"}'), (400,)),
    BadInput("17b", "An overlong form is refused", create(b'{"name_en":"\xc0\xaf"}'), (400,)),
    BadInput("17c", "Half of a surrogate pair is refused", create(b'{"name_en":"\\ud800"}'), (400,)),
    BadInput("17d", "A raw control character in a text is refused", create(b'{"name_en":"a\x01b"}'), (400,)),
]

FIELDS = [
    *[BadInput(f"13 {name}", f"The system field {name} can't be set", create(company(**{name: value})), (422,))
      for name, value in {
          "id": "01890000-0000-7000-8000-000000000000", "version": 9, "created_by": "x", "created_at": "2020-01-01T00:00:00Z",
          "updated_at": "2020-01-01T00:00:00Z", "deleted_at": "2020-01-01T00:00:00Z", "status": "active"}.items()],
    BadInput("14", "__proto__ is an unknown field", create(company(**{"__proto__": {"admin": True}})), (422,)),
    BadInput("14b", "constructor is an unknown field", create(company(constructor={"prototype": {}})), (422,)),
    BadInput("15", "A field nobody defined is refused", create(company(no_such_field=1)), (422,)),
    BadInput("15b", "A name made of SQL is an unknown field", create(company(**{"a\"; DROP TABLE x; --": 1})), (422,)),
    BadInput("16", "2^63 is refused or kept exactly", create(company(credit_limit=2**63)), (422,)),
    BadInput("16b", "A number of a thousand digits is refused", create(b'{"name_en":"A","credit_limit":' + b"9" * 1000 + b"}"), (400, 422)),
    BadInput("16c", "A huge exponent is refused", create(b'{"name_en":"A","credit_limit":1e999999}'), (400, 422)),
    BadInput("18", "A list where a text belongs is refused", create(company(name_en=["a"])), (422,)),
    BadInput("18b", "An object where a text belongs is refused", create(company(name_en={"a": 1})), (422,)),
    BadInput("18c", "A code that isn't in the list is refused", create(company(country="ZZ9")), (422,)),
    BadInput("18d", "A text over its length is refused", create(company(postcode="1" * 21)), (422,)),
    BadInput("18e", "A link to nothing is refused", create(company(payment_term="01890000-0000-7000-8000-000000000000")), (422,)),
    BadInput("18f", "A missing required field is refused", create(b'{"name_zh":"\xe7\x94\xb2"}'), (422,)),
    BadInput("65", "A NUL in a text is refused", create(company(name_en="a\0b")), (422,)),
    BadInput("68", "A text of a hundred thousand combining marks is refused", create(company(name_en="e" + "\u0301" * 100_000)), (422,)),
    BadInput("79", "More decimals than the field has are refused or rounded by rule, never a fault", create(
        company(name_en="Decimals Ltd", short_name="Decimals", credit_limit="0.123456789")), (201, 422)),
    BadInput("83", "An amount with a grouping comma is refused", create(company(credit_limit="1,234.56")), (422,)),
    BadInput("83b", "Full-width digits are no number", create(company(credit_limit="１２３")), (422,)),
]

QUERIES = [
    BadInput("22", "A filter of ten thousand alternatives is refused", filtered(" OR ".join(['name_en = "a"'] * 10_000)[:15_000]), (422, 414)),
    BadInput("22b", "A filter nested a hundred deep is refused or answered", filtered("(" * 100 + "TRUE" + ")" * 100), (200, 422)),
    BadInput("22c", "A filter nested five thousand deep is refused", filtered("(" * 5_000 + "TRUE" + ")" * 5_000), (422, 414)),
    BadInput("22d", "A filter that doesn't parse is refused", filtered('name_en = = "a'), (422,)),
    BadInput("22e", "A filter that yields no truth value is refused", filtered("1 + 1"), (422,)),
    BadInput("22f", "SQL in a filter is no expression", filtered("1=1; DROP TABLE company --"), (422,)),
    BadInput("22g", "A quote in a filter text is only a quote", filtered('name_en = "\' OR 1=1 --"'), (200,)),
    BadInput("22h", "Sorting by what doesn't exist is refused", listing("sort=no_such_field"), (422,)),
    BadInput("22i", "A field that doesn't exist is refused", listing("fields=id,no_such_field"), (422,)),
    BadInput("22j", "A cursor of our own making is refused", listing("cursor=AAAA"), (400, 422)),
    BadInput("24", "A page of a million rows is cut to the limit or refused", listing("limit=1000000"), (200, 422)),
    BadInput("24b", "A limit that is no number is answered", listing("limit=abc"), (200, 400, 422)),
    BadInput("24c", "A negative limit is answered", listing("limit=-1"), (200, 400, 422)),
    BadInput("24d", "A search for wildcards finds no wildcard", listing("q=" + quote("%_*\"'")), (200,)),
    BadInput("24e", "An object that doesn't exist is not found", lambda s: s.api("GET", "/no_such_object"), (404,)),
    BadInput("24f", "A record id that is none is not found", lambda s: s.api("GET", "/company/not-an-id"), (404,)),
    BadInput("24g", "An action that doesn't exist is not found", lambda s: s.api(
        "POST", f"/company/{s.company}/actions/explode", b"{}"), (404, 422)),
]

VISITORS = [
    BadInput("20", "An edit without the version seen is refused", lambda s: s.api(
        "PATCH", f"/company/{s.company}", b'{"city":"Bremen"}'), (428,)),
    BadInput("20b", "An edit of an older version is refused", lambda s: s.api(
        "PATCH", f"/company/{s.company}", b'{"city":"Bremen"}', {"If-Match": '"0"'}), (412,)),
    BadInput("20c", "A version that is no number is refused", lambda s: s.api(
        "PATCH", f"/company/{s.company}", b'{"city":"Bremen"}', {"If-Match": '"x"'}), (400, 412)),
    BadInput("25", "Another origin is not allowed", lambda s: s.api("GET", "/company", headers={"Origin": "https://evil.example"}),
             (200, 403), then=no_origin_allowed),
    BadInput("25b", "A preflight of another origin is not allowed", lambda s: request(
        "OPTIONS", "/api/v1/company", {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}),
        (204, 403, 404, 405), then=no_origin_allowed),
    BadInput("26", "A request without a token is refused", lambda s: request("GET", "/api/v1/company"), (401,)),
    BadInput("26b", "A made-up token is refused", signed("x" * 43), (401,)),
    BadInput("26c", "A token that names no algorithm is refused", signed(JWT_WITHOUT_SIGNATURE), (401,)),
    BadInput("26d", "A token of another key is refused", signed(JWT_WRONG_KEY), (401,)),
    BadInput("26e", "A token of 10 KB is refused", signed("a" * 10_000), (401, 431)),
    BadInput("26f", "Another scheme is refused", lambda s: request(
        "GET", "/api/v1/company", {"Authorization": "Basic b3duZXI6YmF0b24tZGVtbw=="}), (401,)),
    BadInput("26g", "A wrong password is refused", lambda s: request(
        "POST", "/api/v1/session", {"Content-Type": "application/json"}, b'{"login":"sales","password":"wrong-password"}'), (401, 422)),
    BadInput("26h", "A login that doesn't exist gets the same refusal", lambda s: request(
        "POST", "/api/v1/session", {"Content-Type": "application/json"}, b'{"login":"nobody-here","password":"wrong-password"}'), (401, 422)),
]

ROWS = FRAMING + JSON_BODIES + FIELDS + QUERIES + VISITORS
