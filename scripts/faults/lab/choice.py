"""Which load a fault script drives."""

from __future__ import annotations

import contextlib
from typing import Iterator

from .baton_load import BatonLoad
from .cluster import Lab
from .load import Load, SQLLoad

KINDS = ["sql", "baton"]


def webs(kind: str) -> int:
    """How many Baton nodes the laboratory plans for it."""
    return 2 if kind == "baton" else 0


@contextlib.contextmanager
def make_load(kind: str, lab: Lab) -> Iterator[Load]:
    """`sql` writes rows through HAProxy, `baton` companies through two Baton nodes behind it."""
    if kind == "baton":
        with BatonLoad(lab) as load:
            yield load
    else:
        load = SQLLoad(lab.address(), lab.address("superuser", database=lab.site.database))
        load.prepare()
        yield load
