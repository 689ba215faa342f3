"""Which load a fault script drives."""

from __future__ import annotations

import contextlib
from typing import Iterator

from .cluster import Lab
from .load import Load, SQLLoad


@contextlib.contextmanager
def make_load(kind: str, lab: Lab) -> Iterator[Load]:
    """`sql` writes rows through HAProxy."""
    load = SQLLoad(lab.address())
    load.prepare()
    yield load
