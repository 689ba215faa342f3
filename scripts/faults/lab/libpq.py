"""PostgreSQL's own client library by ctypes, with a deadline of our own on everything: no package is needed."""

from __future__ import annotations

import ctypes
import ctypes.util
import select
import time

OK, BAD, READING, WRITING = 0, 1, 1, 2  # of ConnStatusType and PostgresPollingStatusType
POLL_FAILED, POLL_DONE = 0, 3
COMMAND_OK, TUPLES_OK = 1, 2


class PGError(Exception):
    """`unknown` when nobody can tell whether the statement took effect."""

    def __init__(self, text: str, unknown: bool, state: str = ""):
        super().__init__(text.strip())
        self.unknown, self.state = unknown, state


def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(ctypes.util.find_library("pq") or "libpq.so.5")
    text, handle, number = ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int
    for name, result, arguments in [
        ("PQconnectStart", handle, [text]), ("PQconnectPoll", number, [handle]), ("PQstatus", number, [handle]),
        ("PQsocket", number, [handle]), ("PQerrorMessage", text, [handle]), ("PQfinish", None, [handle]),
        ("PQsendQuery", number, [handle, text]), ("PQflush", number, [handle]), ("PQisBusy", number, [handle]),
        ("PQconsumeInput", number, [handle]), ("PQgetResult", handle, [handle]), ("PQclear", None, [handle]),
        ("PQresultStatus", number, [handle]), ("PQresultErrorMessage", text, [handle]),
        ("PQresultErrorField", text, [handle, number]), ("PQntuples", number, [handle]),
        ("PQnfields", number, [handle]), ("PQgetvalue", text, [handle, number, number]),
        ("PQsetnonblocking", number, [handle, number]),
        ("PQsetNoticeProcessor", handle, [handle, handle, handle]),
    ]:
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


LIBRARY = _library()
NOTICE = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p)


class Connection:
    """One session. Not for two threads at once; after an unknown outcome it is closed and of no more use."""

    def __init__(self, address: str, seconds: float):
        self.notices: list[str] = []
        self._notice = NOTICE(lambda _, text: self.notices.append(text.decode(errors="replace")))
        self._handle = LIBRARY.PQconnectStart(address.encode())
        deadline, step = time.monotonic() + seconds, WRITING
        while LIBRARY.PQstatus(self._handle) != BAD and step != POLL_DONE:
            if not self._wait(deadline, write=step == WRITING):
                self._give_up("no connection in time", unknown=False)
            step = LIBRARY.PQconnectPoll(self._handle)
            if step == POLL_FAILED:
                break
        if LIBRARY.PQstatus(self._handle) != OK:
            self._give_up(LIBRARY.PQerrorMessage(self._handle).decode(errors="replace"), unknown=False)
        LIBRARY.PQsetNoticeProcessor(self._handle, ctypes.cast(self._notice, ctypes.c_void_p), None)
        LIBRARY.PQsetnonblocking(self._handle, 1)

    def ask(self, sql: str, seconds: float = 10) -> list[list[str]]:
        """One statement by itself; its rows as texts. It is done only when the server is ready again, because a
        row may be on its way before the commit that makes it true."""
        deadline = time.monotonic() + seconds
        if not LIBRARY.PQsendQuery(self._handle, sql.encode()):
            self._give_up(LIBRARY.PQerrorMessage(self._handle).decode(errors="replace"), unknown=True)
        rows: list[list[str]] = []
        refusal: PGError | None = None
        while True:
            self._await_result(deadline)
            result = LIBRARY.PQgetResult(self._handle)
            if not result:
                break
            if LIBRARY.PQresultStatus(result) in (COMMAND_OK, TUPLES_OK):
                rows = self._rows(result)
            else:
                state = (LIBRARY.PQresultErrorField(result, ord("C")) or b"").decode()
                text = LIBRARY.PQresultErrorMessage(result).decode(errors="replace")
                # Without a code the connection broke; class 57P is a server that goes down under the statement.
                refusal = PGError(text, unknown=not state or state.startswith("57P"), state=state)
            LIBRARY.PQclear(result)
        if refusal:
            if refusal.unknown:
                self.close()
            raise refusal
        return rows

    def close(self) -> None:
        handle, self._handle = self._handle, None
        if handle:
            LIBRARY.PQfinish(handle)

    def _await_result(self, deadline: float) -> None:
        while LIBRARY.PQisBusy(self._handle):
            more = LIBRARY.PQflush(self._handle) == 1
            if not self._wait(deadline, write=more, read=True):
                # No cancel: a commit that waits for the standby would then be reported as done.
                self._give_up("no answer in time", unknown=True)
            if not LIBRARY.PQconsumeInput(self._handle):
                return

    def _wait(self, deadline: float, write: bool, read: bool | None = None) -> bool:
        number = LIBRARY.PQsocket(self._handle)
        left = deadline - time.monotonic()
        if left <= 0:
            return False
        if number < 0:
            return True
        poller = select.poll()
        reading = (not write) if read is None else read
        poller.register(number, (select.POLLOUT if write else 0) | (select.POLLIN if reading else 0))
        return bool(poller.poll(left * 1000))

    def _give_up(self, text: str, unknown: bool) -> None:
        self.close()
        raise PGError(text, unknown)

    @staticmethod
    def _rows(result: int) -> list[list[str]]:
        fields = range(LIBRARY.PQnfields(result))
        return [[LIBRARY.PQgetvalue(result, row, column).decode() for column in fields]
                for row in range(LIBRARY.PQntuples(result))]
