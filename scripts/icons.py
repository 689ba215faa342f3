#!/usr/bin/env python3
"""Draws the mark of the house as PNG, for home screens: `icons.py` writes the files, `icons.py --check` compares them."""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "Sources" / "Web" / "Assets" / "static"
# As icon.svg: a field of 20 × 20, strokes with round ends (from, to, width, colour).
GROUND = (0x17, 0x1C, 0x2B)
STROKES = [
    ((2.5, 14.0), (7.7, 14.0), 2.0, (0x93, 0xA8, 0xFF)),
    ((12.3, 6.0), (17.5, 6.0), 2.0, (0x93, 0xA8, 0xFF)),
    ((6.8, 13.2), (13.2, 6.8), 4.0, (0xE8, 0x59, 0x0C)),
]
# name: pixels, how much of the field the mark takes, radius of the corners (20 is the field's side).
ICONS = {
    "icon-192.png": (192, 1.0, 5.0),
    "icon-512.png": (512, 1.0, 5.0),
    # A launcher cuts these to its own shape: the mark stays within the safe circle, the ground fills the square.
    "icon-mask-512.png": (512, 0.72, 0.0),
    "icon-touch.png": (180, 0.86, 0.0),
}


def distance(x: float, y: float, start: tuple[float, float], end: tuple[float, float]) -> float:
    """From a point to a line segment."""
    (ax, ay), (bx, by) = start, end
    dx, dy = bx - ax, by - ay
    along = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
    return ((x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2) ** 0.5


def corner(x: float, y: float, radius: float) -> float:
    """How far a point lies outside of the rounded field; negative inside."""
    inner = 10 - radius
    dx, dy = max(abs(x - 10) - inner, 0.0), max(abs(y - 10) - inner, 0.0)
    return (dx * dx + dy * dy) ** 0.5 - radius if radius else -1.0


def covered(gap: float, unit: float) -> int:
    """256ths of a pixel that a shape covers whose edge is `gap` away; `unit` is the side of the pixel."""
    return round(256 * max(0.0, min(1.0, 0.5 - gap / unit)))


def pixel(x: float, y: float, scale: float, radius: float, unit: float) -> bytes:
    mark_x, mark_y = 10 + (x - 10) / scale, 10 + (y - 10) / scale
    colour = GROUND
    for start, end, width, ink in STROKES:
        share = covered((distance(mark_x, mark_y, start, end) - width / 2) * scale, unit)
        colour = tuple((old * (256 - share) + new * share) // 256 for old, new in zip(colour, ink))
    return bytes((*colour, min(255, covered(corner(x, y, radius), unit))))


def drawn(size: int, scale: float, radius: float) -> bytes:
    unit = 20 / size
    rows = b"".join(
        b"\0" + b"".join(pixel((column + 0.5) * unit, (row + 0.5) * unit, scale, radius, unit) for column in range(size))
        for row in range(size))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(kind, body) for kind, body in (
            (b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")))


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def pixels(png: bytes) -> bytes:
    """What is drawn, whatever the compression made of it."""
    place, body = 8, b""
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place:place + 8])
        body += png[place + 8:place + 8 + length] if kind == b"IDAT" else b""
        place += 12 + length
    return zlib.decompress(body)


def main() -> int:
    wrong = []
    for name, shape in ICONS.items():
        path, png = FOLDER / name, drawn(*shape)
        if "--check" in sys.argv:
            if not path.exists() or pixels(path.read_bytes()) != pixels(png):
                wrong.append(name)
        else:
            path.write_bytes(png)
    if wrong:
        print("drawn otherwise by scripts/icons.py: " + ", ".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
