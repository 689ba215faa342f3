#!/usr/bin/env python3
"""Measures every page in Chromium and takes its pictures, with the built program and the demo company.

    scripts/pages.py                    a table of weight, requests, server and paint times, shift and elements
    scripts/pages.py --screens          pictures of every page into docs/screens: both languages, both sizes, light and dark
    scripts/pages.py --large DIR        how fast a list of a large firm answers the hand (DIR as `baton bench` made it)

BATON_BINARY names the program; without it the debug build is taken.
"""

from __future__ import annotations

import argparse
import base64
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "Tests" / "Kit"), str(ROOT / "Tests" / "Browser")]

from pages import PLACES, Guide, Place  # noqa: E402
from server import Server, binary  # noqa: E402
from visit import House, Visitor  # noqa: E402

LARGE_PASSWORD = "Nordlicht-2611-Kai"
SCREENS = ROOT / "docs" / "screens"
MODES = [(phone, dark, language) for language in ("zh", "en") for phone in (False, True) for dark in (False, True)]

# Observed from the start of each page: the largest paint, what shifts, and how long the hand waits for an answer.
WATCH = """
window.seen = { paint: 0, shift: 0, waits: [] };
new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.paint = entry.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (entry.interactionId) seen.waits.push(entry.duration); })
  .observe({ type: "event", durationThreshold: 16, buffered: true });
"""
FIGURES = """() => new Promise((resolve) => setTimeout(() => {
  const page = performance.getEntriesByType("navigation")[0];
  const all = [page, ...performance.getEntriesByType("resource")];
  resolve({
    requests: all.length, bytes: all.reduce((sum, entry) => sum + entry.transferSize, 0), own: page.transferSize,
    server: page.responseStart - page.requestStart, paint: seen.paint, shift: seen.shift,
    nodes: document.getElementsByTagName("*").length,
  });
}, 300))"""


def signed_in(house: House, login: str, **options: object):  # noqa: ANN201: cookies
    with house.visitor(**options) as visitor:
        visitor.sign_in(login)
        return visitor.context.cookies()


def measure(house: House, guide: Guide, rounds: int) -> None:
    """Cold for the weight, then warm for the times: the middle of several visits."""
    cookies = {login: signed_in(house, login) for login in {place.login for place in PLACES}}
    print("| page | KB cold | requests | KB again | server ms | largest paint ms | shift | elements |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    # The first is what a browser needs for a line of text: the reference for all others.
    for name, login, address in [("(health)", None, "/health")] + [(place.name, place.login, guide.address(place)) for place in PLACES]:
        with house.visitor() as visitor:
            if login:
                visitor.context.add_cookies(cookies[login])
            visitor.page.add_init_script(WATCH)
            visits = []
            for _ in range(rounds + 1):
                visitor.open(address)
                visits.append(visitor.page.evaluate(FIGURES))
        cold, warm = visits[0], visits[1:]
        middle = {key: statistics.median(visit[key] for visit in warm) for key in cold}
        print(f"| {name} | {cold['bytes'] / 1000:.0f} | {cold['requests']} | {middle['bytes'] / 1000:.1f} "
              f"| {middle['server']:.0f} | {middle['paint']:.0f} | {max(visit['shift'] for visit in visits):.3f} "
              f"| {middle['nodes']:.0f} |", flush=True)


def screens(house: House, guide: Guide, only: str) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    for phone, dark, language in MODES:
        mode = f"{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}-{language}"
        for login in sorted({place.login for place in PLACES}):
            with house.visitor(phone=phone, dark=dark, language=language) as visitor:
                visitor.sign_in(login)
                for place in PLACES:
                    if place.login != login or only not in place.name:
                        continue
                    visitor.open(guide.address(place))
                    picture(visitor, place, mode)
        print(mode, flush=True)


def picture(visitor: Visitor, place: Place, mode: str) -> None:
    """WebP, one pixel for each of the layout: pictures of every page in eight modes have to stay small."""
    visitor.page.wait_for_timeout(250)
    size = visitor.page.viewport_size
    session = visitor.context.new_cdp_session(visitor.page)
    shot = session.send("Page.captureScreenshot", {
        "format": "webp", "quality": 50, "clip": {"x": 0, "y": 0, **size, "scale": 1}})
    (SCREENS / f"{place.name}-{mode}.webp").write_bytes(base64.b64decode(shot["data"]))
    session.detach()


def large(folder: Path) -> None:
    """A list of 100,000 records under the hand: the longest waits of each kind, at a processor four times slower."""
    login = "pages-owner"
    subprocess.run(
        [str(binary()), "user", "add", login, "--data", str(folder), "--roles", "general_manager"],
        input=LARGE_PASSWORD, text=True, check=False, capture_output=True, cwd=ROOT)
    house = House(Server("large", data=folder, demo=False))
    try:
        print("| at | list: address to paint ms, server ms | list: pressed link to paint ms | keys J, X | open a cell | type a filter | scroll in | longest wait ms |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|")
        for phone in (False, True):
            with house.visitor(phone=phone) as visitor:
                hands_on(visitor, login)
    finally:
        house.close()


def press_link(visitor: Visitor) -> float:
    """From the end of a press of 90 ms, as a hand makes it, to the largest paint."""
    page = visitor.page
    visitor.open("/o/inquiry")
    page.locator(".rail a[href='/o/company']").hover()
    page.mouse.down()
    page.wait_for_timeout(90)
    page.mouse.up()
    page.wait_for_url("**/o/company")
    visitor.ready()
    return page.evaluate(FIGURES)["paint"]


def hands_on(visitor: Visitor, login: str) -> None:
    page = visitor.page
    page.add_init_script(WATCH)
    visitor.sign_in(login, LARGE_PASSWORD)
    visitor.open("/o/inquiry")
    clicks = []
    for _ in range(5):
        visitor.open("/o/inquiry")
        visitor.open("/o/company")
        found = page.evaluate(FIGURES)
        clicks.append((found["paint"], found["server"]))
    paint, server = (statistics.median(part) for part in zip(*clicks, strict=True))
    pressed = statistics.median(press_link(visitor) for _ in range(5)) if not visitor.is_phone else None
    session = visitor.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    waits: dict[str, float] = {}

    def watch(name: str, act) -> None:  # noqa: ANN001
        page.evaluate("seen.waits.length = 0")
        act()
        page.wait_for_timeout(500)
        waits[name] = max(page.evaluate("seen.waits"), default=16)

    def keys() -> None:
        for key in "jjjxjxk":
            page.keyboard.press(key)
            page.wait_for_timeout(60)

    def cell() -> None:
        page.keyboard.press("F2")
        page.wait_for_timeout(200)
        page.keyboard.press("Enter")
        page.wait_for_timeout(600)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")

    def scroll() -> None:
        for _ in range(6):
            page.mouse.wheel(0, 4000)
            page.wait_for_timeout(250)
        page.locator("#rows tr[data-id]").last.click(position={"x": 8, "y": 8}, no_wait_after=True, trial=True)

    def type_filter() -> None:
        box = page.get_by_role("searchbox").first
        box.click()
        box.press_sequentially("light", delay=60)

    if not visitor.is_phone:
        watch("keys", keys)
        watch("cell", cell)
    watch("filter", type_filter)
    watch("scroll", scroll)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    cells = [f"{waits[name]:.0f}" if name in waits else "–" for name in ("keys", "cell", "filter", "scroll")]
    print(f"| {'390×844' if visitor.is_phone else '1440×900'} | {paint:.0f}, {server:.0f} | {'–' if pressed is None else f'{pressed:.0f}'} | " + " | ".join(cells)
          + f" | {max(waits.values()):.0f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--screens", action="store_true")
    parser.add_argument("--only", default="", help="pages whose name has this")
    parser.add_argument("--large", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if options.large:
        return large(options.large)
    house = House()
    try:
        guide = Guide(house.server)
        if options.screens:
            screens(house, guide, options.only)
        else:
            measure(house, guide, options.rounds)
    finally:
        house.close()
    return None


if __name__ == "__main__":
    main()
