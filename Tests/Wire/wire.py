"""Raw requests: bytes out, answer in, and the rules that every answer keeps."""

from __future__ import annotations

import json
import re
import socket
import time
from dataclasses import dataclass, field

# What an answer must never show: words of the database, of the language, of our files.
FORBIDDEN = re.compile(
    r"sqlite|\bSELECT\b|\bINSERT\b|\bFROM o_|\bo_(?:company|inquiry|quotation|order)\b|\bf_[a-z]+\b|GRDB|Hummingbird|"
    r"\bNIO[A-Z]\w+|\bSwift\.|\.swift\b|Optional\(|fatalError|Sources/|Traceback|StoreError|Rejection\(",
    re.IGNORECASE)


@dataclass
class WireAnswer:
    """What came back, and whether the server closed the connection afterwards."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    closed: bool = False
    seconds: float = 0

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def code(self) -> str:
        """The error code of a problem document, empty when there is none."""
        try:
            return json.loads(self.body).get("code", "")
        except (ValueError, AttributeError):
            return ""


def request(method: str, path: str, headers: dict[str, str] | list[tuple[str, str]] | None = None,
            body: bytes = b"", host: str | None = "127.0.0.1") -> bytes:
    """The bytes of a well-formed request, apart from what the caller makes wrong."""
    pairs = list(headers.items()) if isinstance(headers, dict) else list(headers or [])
    if host is not None:
        pairs.insert(0, ("Host", host))
    if body and not any(name.lower() in ("content-length", "transfer-encoding") for name, _ in pairs):
        pairs.append(("Content-Length", str(len(body))))
    head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in pairs) + "\r\n"
    return head.encode("utf-8", "surrogateescape") + body


def send(port: int, data: bytes, limit: float = 10, patience: float = 0.7) -> WireAnswer:
    """Sends the bytes, reads one answer, then waits `patience` seconds to see whether the server closes."""
    answer = WireAnswer()
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=limit) as connection:
        try:
            connection.sendall(data)
        except OSError:
            pass  # the server may refuse and close before it has read everything; its answer still counts
        read_answer(connection, answer, limit)
        answer.seconds = time.monotonic() - started
        answer.closed = answer.closed or is_closed(connection, patience)
    return answer


def read_answer(connection: socket.socket, answer: WireAnswer, limit: float) -> None:
    deadline = time.monotonic() + limit
    received = b""
    while b"\r\n\r\n" not in received:
        piece = receive(connection, deadline)
        if not piece:
            answer.closed = piece == b""
            return
        received += piece
    head, _, rest = received.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    answer.status = int(lines[0].split()[1])
    answer.headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    length = answer.headers.get("content-length")
    while length is None or len(rest) < int(length):
        if length is None and (rest.endswith(b"0\r\n\r\n") or answer.status == 204):
            break
        piece = receive(connection, deadline)
        if not piece:
            answer.closed = piece == b""
            break
        rest += piece
    answer.body = rest


def receive(connection: socket.socket, deadline: float) -> bytes | None:
    """Bytes, b"" when the other side has closed, nil when nothing came in time."""
    connection.settimeout(max(0.01, deadline - time.monotonic()))
    try:
        return connection.recv(65_536)
    except TimeoutError:
        return None
    except OSError:
        return b""


def is_closed(connection: socket.socket, patience: float) -> bool:
    return receive(connection, time.monotonic() + patience) == b""


def check_manners(answer: WireAnswer, name: str) -> None:
    """No server error, and nothing of our insides in the answer."""
    assert answer.status < 500, f"{name}: {answer.status} {answer.text[:400]}"
    # The number of the request is random letters, which now and then look like a word.
    shown = "\n".join([answer.text, *answer.headers.values()]).replace(answer.headers.get("x-request-id") or "\n", "")
    found = FORBIDDEN.search(shown)
    assert not found, f"{name}: the answer shows {found.group(0)!r}: {shown[max(0, found.start() - 80):found.end() + 80]}"
