"""Rebuilds files as a power cut could have left them, from a trace of what a program asked of the system.

What was made durable by fsync or fdatasync is there. Of what was written since, any part may be there, torn at sectors of
512 bytes. A name that was made or removed counts once its folder was made durable; before, any first part of such changes
may have come about, as in a file system with a journal.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
CALLS = "openat,pwrite64,write,writev,sendto,sendmsg,ftruncate,fallocate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2"


def tracing(strace: str, output: Path) -> list[str]:
    """The command line that goes before the traced program."""
    return [strace, "-f", "-y", "-xx", "-s", "1100000", "-qq", "--seccomp-bpf", "-e", "trace=" + CALLS, "-e", "signal=none",
            "-o", str(output)]


@dataclass
class Call:
    """One call; `started` and `ended` are places in the trace."""

    name: str
    arguments: str
    result: str
    started: int
    ended: int


LINE = re.compile(r"^(\d+) +(.*)$")
WHOLE = re.compile(r"^(\w+)\((.*)\) += (-?\w+)(.*)$")
BEGUN = re.compile(r"^(\w+)\((.*) <unfinished \.\.\.>$")
RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>(.*)\) += (-?\w+)(.*)$")
ESCAPED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
DESCRIPTOR = re.compile(r"^-?\w+<((?:\\x[0-9a-f]{2}|[^>\\])*)>")


def plain(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def calls(path: Path, base: int) -> list[Call]:
    """The calls of a trace in the order in which they ended."""
    found: list[Call] = []
    open_calls: dict[str, tuple[str, str, int]] = {}
    with path.open("r", errors="replace") as lines:
        for number, line in enumerate(lines):
            place = base + number
            match = LINE.match(line)
            if not match:
                continue
            thread, rest = match.groups()
            if whole := WHOLE.match(rest):
                found.append(Call(whole[1], whole[2], whole[3], place, place))
            elif begun := BEGUN.match(rest):
                open_calls[thread] = (begun[1], begun[2], place)
            elif (resumed := RESUMED.match(rest)) and thread in open_calls:
                name, head, started = open_calls.pop(thread)
                found.append(Call(name, head + resumed[2], resumed[3], started, place))
    return found


@dataclass
class File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, str, int, bytes]] = field(default_factory=list)  # place, kind, offset, bytes

    def sync(self, before: int) -> None:
        """Makes durable what was written before that place of the trace."""
        later = []
        for change in self.pending:
            if change[0] < before:
                apply(self.durable, change[1], change[2], change[3])
            else:
                later.append(change)
        self.pending = later

    def image(self, dice: random.Random) -> bytes:
        content = bytearray(self.durable)
        for _, kind, offset, data in self.pending:
            if kind == "size":
                if dice.random() < 0.5:
                    apply(content, kind, offset, data)
                continue
            fate = dice.random()
            if fate < 0.35:
                continue  # not yet on the disk
            if fate < 0.7:
                apply(content, kind, offset, data)
                continue
            for start, end in sectors(offset, len(data)):
                if dice.random() < 0.5:
                    apply(content, kind, offset + start, data[start:end])
        return bytes(content)


def apply(content: bytearray, kind: str, offset: int, data: bytes) -> None:
    if kind == "size":
        if len(content) > offset:
            del content[offset:]
        else:
            content.extend(bytes(offset - len(content)))
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset:offset + len(data)] = data


def sectors(offset: int, length: int):  # noqa: ANN201: pairs of places within the written bytes
    start = 0
    while start < length:
        end = min(length, start + SECTOR - (offset + start) % SECTOR)
        yield start, end
        start = end


class Disk:
    """The files of one folder, as they are on the way of a trace."""

    def __init__(self, folder: Path, believes_syncs: bool = True, ignored: tuple[str, ...] = ("-shm",)):
        self.folder = str(folder)
        self.believes_syncs = believes_syncs
        self.ignored = ignored
        self.names: dict[str, File] = {}
        self.durable_names: dict[str, File] = {}
        self.pending_names: list[tuple[str, str, File | None]] = []  # folder, path, file

    def take(self, call: Call) -> bool:
        """Follows a call; true when it changed something here."""
        if call.result.startswith("-1"):
            return False
        act = getattr(self, "_" + call.name, None)
        return bool(act and act(call))

    def image(self, dice: random.Random) -> dict[str, bytes]:
        """Name within the folder → content after a cut at this moment."""
        names = dict(self.durable_names)
        for _, path, file in self.pending_names[:dice.randint(0, len(self.pending_names))]:
            put(names, path, file)
        return {path[len(self.folder) + 1:]: file.image(dice) for path, file in names.items()}

    def _own(self, path: str) -> str | None:
        return path if path.startswith(self.folder + "/") and not path.endswith(self.ignored) else None

    def _target(self, call: Call) -> str | None:
        match = DESCRIPTOR.match(call.arguments)
        return self._own(name_of(match[1])) if match else None

    def _name(self, path: str, file: File | None, folder: str = "") -> bool:
        put(self.names, path, file)
        self.pending_names.append((folder or path.rsplit("/", 1)[0], path, file))
        return True

    def _openat(self, call: Call) -> bool:
        texts = ESCAPED.findall(call.arguments)
        path = self._own(plain(texts[0]).decode()) if texts else None
        if not path or "O_DIRECTORY" in call.arguments:
            return False
        changed = False
        if path not in self.names and "O_CREAT" in call.arguments:
            changed = self._name(path, File())
        if "O_TRUNC" in call.arguments and path in self.names:
            self.names[path].pending.append((call.ended, "size", 0, b""))
            changed = True
        return changed

    def _pwrite64(self, call: Call) -> bool:
        path = self._target(call)
        if not path or path not in self.names:
            return False
        data = plain(ESCAPED.search(call.arguments[call.arguments.index(", "):])[1])
        assert len(data) >= int(call.result), f"the trace of a write to {path} is not whole"
        offset = int(call.arguments.rsplit(", ", 1)[1])
        self.names[path].pending.append((call.ended, "data", offset, data[:int(call.result)]))
        return True

    def _ftruncate(self, call: Call) -> bool:
        path = self._target(call)
        if not path or path not in self.names:
            return False
        self.names[path].pending.append((call.ended, "size", int(call.arguments.rsplit(", ", 1)[1]), b""))
        return True

    def _fsync(self, call: Call) -> bool:
        match = DESCRIPTOR.match(call.arguments)
        path = name_of(match[1]) if match else ""
        if not self.believes_syncs:
            return path == self.folder or path in self.names
        if path == self.folder or path.startswith(self.folder + "/") and path not in self.names:
            for folder, name, file in self.pending_names:
                if folder == path:
                    put(self.durable_names, name, file)
            self.pending_names = [change for change in self.pending_names if change[0] != path]
            return True
        if path in self.names:
            self.names[path].sync(call.started)
            return True
        return False

    _fdatasync = _fsync

    def _unlink(self, call: Call) -> bool:
        texts = ESCAPED.findall(call.arguments)
        path = self._own(plain(texts[-1]).decode()) if texts else None
        return bool(path and path in self.names and self._name(path, None))

    _unlinkat = _unlink

    def _rename(self, call: Call) -> bool:
        old, new = [plain(text).decode() for text in ESCAPED.findall(call.arguments)][-2:]
        if not self._own(old):
            return False
        folder = new.rsplit("/", 1)[0]
        moved = [name for name in self.names if name == old or name.startswith(old + "/")]
        for name in moved:
            file = self.names[name]
            self._name(name, None, folder)
            self._name(new + name[len(old):], file, folder)
        return bool(moved)

    _renameat = _renameat2 = _rename


def put(names: dict[str, File], path: str, file: File | None) -> None:
    if file is None:
        names.pop(path, None)
    else:
        names[path] = file


def name_of(text: str) -> str:
    return plain(text).decode() if text.startswith("\\x") else text


class Sent:
    """What a program has said to the outside, by connection: where the acknowledgements are read."""

    def __init__(self, pattern: bytes):
        self.pattern = re.compile(pattern)
        self.rest: dict[str, bytes] = {}

    def take(self, call: Call) -> list[tuple[bytes, ...]]:
        if call.name not in ("write", "writev", "sendto", "sendmsg") or call.result.startswith("-1"):
            return []
        match = DESCRIPTOR.match(call.arguments)
        if not match or not name_of(match[1]).startswith(("socket:", "pipe:", "TCP:")):
            return []
        where = match[0]
        data = b"".join(plain(text) for text in ESCAPED.findall(call.arguments[match.end():]))
        buffer = self.rest.get(where, b"") + data[:max(0, int(call.result))]
        found = [item.groups() for item in self.pattern.finditer(buffer)]
        last = max((item.end() for item in self.pattern.finditer(buffer)), default=0)
        self.rest[where] = buffer[last:][-4096:]
        return found
