"""A small HTTP client for many connections in one thread."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass


@dataclass
class Said:
    """An answer; status 0 when none came whole."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def json(self):  # noqa: ANN201: any JSON value
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """Of a refusal; empty when there is none."""
        try:
            return self.json.get("code", "") if self.status >= 400 else ""
        except (ValueError, AttributeError):
            return ""


class Wire:
    """One connection to one node, kept open; it is opened again when the node closed it."""

    def __init__(self, port: int, token: str = "", patience: float = 60):
        self.port, self.token, self.patience = port, token, patience
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def call(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> Said:
        started = time.monotonic()
        try:
            status, got, text = await asyncio.wait_for(self._call(method, path, body, headers or {}), self.patience)
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.TimeoutError):
            self.close()
            status, got, text = 0, {}, b""
        return Said(status, got, text, time.monotonic() - started)

    async def _call(self, method: str, path: str, body: object, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        if data and not isinstance(body, bytes):
            headers = {"Content-Type": "application/json", **headers}
        if self._ends and self._ends[0].at_eof():
            self.close()  # nobody had used it for a while
        if self._ends is None:
            self._ends = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        reader, writer = self._ends
        writer.write(self.head(method, path, headers, len(data)) + data)
        await writer.drain()
        status, got = await read_head(reader)
        if "chunked" in got.get("transfer-encoding", ""):
            text = await read_chunks(reader)
        else:
            text = await reader.readexactly(int(got.get("content-length", "0")))
        if got.get("connection", "") == "close":
            self.close()
        return status, got, text

    def head(self, method: str, path: str, headers: dict[str, str], length: int = 0) -> bytes:
        """The first lines of a request; pages know who asks by the cookie, programs by the bearer's token."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if self.token:
            lines.append(f"Authorization: Bearer {self.token}" if path.startswith("/api/") else f"Cookie: baton_session={self.token}")
        if method != "GET":
            lines.append(f"Content-Length: {length}")
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def close(self) -> None:
        if self._ends:
            self._ends[1].close()
        self._ends = None


async def read_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    first = await reader.readline()
    if not first:
        raise ConnectionResetError
    headers: dict[str, str] = {}
    while (line := (await reader.readline()).decode("latin-1").strip()):
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return int(first.split()[1]), headers


async def read_chunks(reader: asyncio.StreamReader) -> bytes:
    parts: list[bytes] = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)


class LiveEnd(Exception):
    """The server ended a live stream."""


class LiveWindow:
    """A live page: the numbers of the events that it was told, and how often the stream broke off and was opened again.

    As a browser does, it says after a break what it had last.
    """

    def __init__(self, port: int, token: str):
        self.port, self.token = port, token
        self.heard: list[int] = []
        self.breaks = 0
        self.problem = ""

    async def run(self) -> None:
        while not self.problem:
            try:
                await self._listen()
            except (OSError, LiveEnd, ValueError, IndexError, asyncio.IncompleteReadError):
                self.breaks += 1
                await asyncio.sleep(0.5)

    async def _listen(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            last = {"Last-Event-ID": str(self.heard[-1])} if self.heard else {}
            writer.write(Wire(self.port, self.token).head("GET", "/live", {"Accept": "text/event-stream", **last}))
            await writer.drain()
            status, _ = await read_head(reader)
            if status in (401, 403, 404, 429):
                self.problem = f"status {status}"
            if status != 200:
                raise LiveEnd
            while line := await reader.readline():
                if line.startswith(b"id: "):
                    self.heard.append(int(line[4:]))
            raise LiveEnd
        finally:
            writer.close()
