#!/usr/bin/env python3
"""Fills the disk under load: writes are refused as such, reads go on, nothing acknowledged is lost, and with room again
writing resumes by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from house import Client, House, arguments, need_program, refuse
from load import Write, acknowledged, compare, gather, load, report, settle

MEGABYTE = 1 << 20
RESUME_LIMIT = 5.0


class SmallDisk:
    """A file system of its own on a file; on a machine without loop devices one in memory of fixed size."""

    def __init__(self, folder: Path, megabytes: int):
        if os.geteuid() != 0:
            refuse("a small file system has to be mounted: run this as root.")
        self.place = folder / "disk"
        self.place.mkdir()
        image = folder / "disk.image"
        try:
            with image.open("wb") as file:
                file.truncate(megabytes * MEGABYTE)
            subprocess.run([need_program("mkfs.ext4", "e2fsprogs"), "-q", "-m", "0", str(image)], check=True, capture_output=True)
            subprocess.run(["mount", "-o", "loop", str(image), str(self.place)], check=True, capture_output=True)
            self.kind = "ext4"
        except subprocess.CalledProcessError:
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(self.place)], check=True)
            self.kind = "tmpfs"
        self.filler = self.place / "filler"

    def free(self) -> int:
        state = os.statvfs(self.place)
        return state.f_bavail * state.f_bsize

    def fill_up_to(self, left: int) -> None:
        with self.filler.open("ab") as file:
            size = max(0, self.free() - left)
            os.posix_fallocate(file.fileno(), file.tell(), size) if size else None

    def make_room(self) -> None:
        self.filler.unlink()

    def end(self) -> None:
        subprocess.run(["umount", str(self.place)], check=True)


def fill(house: House, server, token: str, disk: SmallDisk, options, cycle: int, wrong: list[str]) -> tuple[list[Write], float]:  # noqa: ANN001
    """One time: full under load for some seconds, then room again. Gives the writes and how long until one was taken."""
    assert disk.free() > 8 * MEGABYTE, "the data has grown over the small disk: give it more with --size"
    disk.fill_up_to(left=3 * MEGABYTE)
    writers = load(server.port, token, options.writers, options.seed * 1000 + cycle, text="carton " * 900)
    reader = Client(server.port, token)
    until = time.monotonic() + 60
    refusals = 0
    while refusals < options.refusals and time.monotonic() < until:
        time.sleep(0.05)
        refusals = sum(1 for writer in writers for write in list(writer.writes) if write.status in (503, 507))
        answer = reader.call("GET", "/api/v1/company?limit=20")
        if not answer or answer.status != 200:
            wrong.append(f"a read was answered {answer and (answer.status, answer.text[:200])} while the disk was full")
    if refusals < options.refusals:
        wrong.append(f"only {refusals} refusals within 60 s: the disk did not fill")
    disk.make_room()
    began = time.monotonic()
    counts = [len(writer.writes) for writer in writers]
    resumed = float("inf")
    while time.monotonic() - began < 2 * RESUME_LIMIT:
        if any(write.is_done for writer, count in zip(writers, counts) for write in list(writer.writes)[count + 1:]):
            resumed = time.monotonic() - began
            break
        time.sleep(0.01)
    if resumed > RESUME_LIMIT:
        wrong.append(f"writing did not resume within {RESUME_LIMIT:.0f} s")
    time.sleep(0.3)
    return gather(writers), resumed


def main() -> int:
    options = arguments(__doc__, cycles=3, size=(64, "megabytes of the disk"), refusals=(60, "to be met each time"))
    if options.database:
        refuse("a database server keeps its own disk: fill that one.")
    writes: list[Write] = []
    wrong: list[str] = []
    resumed: list[float] = []
    started = time.monotonic()
    with House() as house:
        disk = SmallDisk(house.scratch, options.size)
        try:
            house.data = disk.place / "data"
            house.prepare()
            server = house.serve()
            token = server.token()
            for cycle in range(options.cycles):
                fresh, seconds = fill(house, server, token, disk, options, cycle, wrong)
                writes += fresh
                resumed.append(seconds)
            answers = Counter(f"{write.status} {write.code}".strip() for write in writes if not write.is_done)
            client = Client(server.port, token, patience=120)
            settle(client, writes)
            wrong += compare(client, writes)
            wrong += [f"{count} writes were answered {answer}" for answer, count in answers.items()
                      if answer not in ("507 disk_full", "503 unavailable", "503 outcome_unknown")]
            server.stop()
            house.verify()
        finally:
            for server in house.servers:
                server.kill()
            disk.end()
    told = ", ".join(f"{count} times {answer}" for answer, count in sorted(answers.items()))
    return report(f"disk full ({disk.kind}, {options.size} MB): {options.cycles} times under load, {acknowledged(writes)} writes acknowledged, "
                  f"{told}; {len(wrong)} lost or wrong, reads stayed 200, writing resumed after {max(resumed):.2f} s at most; "
                  f"{time.monotonic() - started:.0f} s, seed {options.seed}", wrong)


if __name__ == "__main__":
    sys.exit(main())
