#!/usr/bin/env python3
"""The pages in Chromium, against the demo company. Arguments choose tests by a part of their sentence; without any, the
walk through every page, which is as long as half of the rest, goes on beside it with a server of its own."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent / "Kit")]

import bringing_in  # noqa: E402
import bringing_workflows  # noqa: E402
import every_page  # noqa: E402
import files  # noqa: E402
import finding  # noqa: E402
import how_it_works  # noqa: E402
import list_views  # noqa: E402
import live_windows  # noqa: E402
import living_list  # noqa: E402
import living_record  # noqa: E402
import looking_around  # noqa: E402
import main_job  # noqa: E402
import making  # noqa: E402
import handing_over  # noqa: E402
import merging  # noqa: E402
import phone_app  # noqa: E402
import relay  # noqa: E402
import signing_in  # noqa: E402
import stalled_order  # noqa: E402
import working_together  # noqa: E402
from runner import Beside, run  # noqa: E402
from server import demo_data  # noqa: E402
from visit import House  # noqa: E402


def main() -> int:
    wanted = sys.argv[1:]
    demo_data()
    walk = None if wanted else Beside([every_page.WALK])
    house = House(name="browser-walk" if wanted == [every_page.WALK] else "browser")
    try:
        scenes = (
            signing_in, looking_around, finding, making, merging, handing_over, living_list, list_views, living_record, working_together,
            bringing_in, main_job, relay, every_page, how_it_works, bringing_workflows, stalled_order, live_windows,
            files, phone_app)
        for scenarios in scenes:
            scenarios.add(house)
        return run(wanted, walk, elsewhere=(every_page.WALK,) if walk else ())
    finally:
        house.close()


if __name__ == "__main__":
    sys.exit(main())
