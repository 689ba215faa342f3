"""Live pages: one connection for a browser, nothing missed when it is cut or when its window closes."""

from __future__ import annotations

import re
import socket
import threading
import time

from playwright.sync_api import Page, expect

from runner import test
from server import Server, free_port
from visit import House, Visitor


class Wire:
    """Stands between browser and server, counts the live streams and can cut them."""

    def __init__(self, server: Server):
        self.port = free_port()
        self._to = server.port
        self._open: dict[socket.socket, tuple[socket.socket, bytes]] = {}
        self._lock = threading.Lock()
        self.is_down = False
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            first = client.recv(65536)
            if self.is_down or not first:
                return
            # One request for each connection: what a stream is stays visible.
            head = re.sub(rb"(?i)\r\nconnection: [^\r]*", b"", first).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)
            with socket.create_connection(("127.0.0.1", self._to)) as server:
                with self._lock:
                    self._open[client] = (server, first.split(b"\r\n")[0])
                server.sendall(head)
                up = threading.Thread(target=self._pump, args=(client, server), daemon=True)
                up.start()
                self._pump(server, client)
        except OSError:
            pass
        finally:
            with self._lock:
                self._open.pop(client, None)
            client.close()

    @staticmethod
    def _pump(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass
        try:
            target.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def streams(self) -> int:
        with self._lock:
            return sum(b"GET /live" in line for _, line in self._open.values())

    def cut(self) -> None:
        """Ends what is open and refuses what comes, until `mend`."""
        self.is_down = True
        with self._lock:
            pairs = list(self._open.items())
        for client, (server, _) in pairs:
            for end in (client, server):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def mend(self) -> None:
        self.is_down = False

    def close(self) -> None:
        self._listener.close()


def add_task(house: House, title: str) -> None:
    token = house.server.token("sales")
    answer = house.server.call("POST", "/api/v1/task", {"title": title, "due": "2031-01-01T00:00:00Z"}, token=token)
    assert answer.status == 201, answer.text[:300]


def streams(wire: Wire, wanted: int) -> None:
    for _ in range(100):
        if wire.streams() == wanted:
            return
        time.sleep(0.1)
    raise AssertionError(f"{wire.streams()} live streams instead of {wanted}")


def heard(page: Page) -> None:
    expect(page.locator("button.fresh")).to_be_visible()
    page.reload()
    expect(page.locator("button.fresh")).to_have_count(0)


def add(house: House) -> None:
    @test("Two windows share one live connection, miss nothing while it is cut, and one goes on when the other closes")
    def _() -> None:
        wire = Wire(house.server)
        try:
            with house.visitor(phone=False) as visitor:
                two_windows(house, visitor, wire)
        finally:
            wire.close()


def two_windows(house: House, visitor: Visitor, wire: Wire) -> None:
    # What is cut is meant to be; the browser complains of it.
    for text in ("ERR_", "Failed to load resource", "live"):
        visitor.expects(text)
    base = f"http://127.0.0.1:{wire.port}"
    visitor.sign_in("sales")
    first = visitor.page
    first.goto(base + "/o/task?view=open")
    streams(wire, 1)
    second = visitor.context.new_page()
    second.goto(base + "/o/task?view=all")
    time.sleep(1)
    streams(wire, 1)
    add_task(house, "For both windows")
    first.bring_to_front()
    heard(first)
    second.bring_to_front()
    heard(second)
    streams(wire, 1)
    # The connection is cut; what is written meanwhile comes afterwards.
    wire.cut()
    streams(wire, 0)
    add_task(house, "While the line was cut")
    time.sleep(1)
    wire.mend()
    second.bring_to_front()
    heard(second)
    streams(wire, 1)
    # The window that listened is gone: the other one goes on where it was.
    first.close()
    streams(wire, 1)
    add_task(house, "After the first window")
    heard(second)
    # Away and back: what was missed is offered at once.
    second.goto("about:blank")
    streams(wire, 0)
