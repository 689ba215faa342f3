"""What holds on every page: accessible in both sizes and both appearances, no page wider than the screen, nothing that jumps,
nothing too large."""

from __future__ import annotations

from itertools import groupby

from pages import PLACES, Guide
from runner import test
from visit import DESKTOP, PHONE, House, Visitor

# Cold, everything that the first page of a list takes: bytes over the wire. The design's aim is 120,000.
FIRST_LOAD = 150_000
MOST_NODES = 3_000
MOST_SHIFT = 0.1
WALK = "Every page is accessible in light and dark, fits desktop and phone, stands still and stays small"

SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})"""
# Colours and sizes have changed: transitions of a millisecond are over.
SETTLED = "() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(resolve)), 60))"
# Figures of strips without a definition beside them.
UNEXPLAINED = """() => [
  ...[...document.querySelectorAll(".kpi dt:not(:has(.ex))")].map((name) => name.textContent.trim()),
  ...[...document.querySelectorAll(".st:not(:has(.ex-i)), .rb-h .kpi:not(dl):not(:has(.ex-i))")].map((strip) => strip.textContent.trim()),
  ...[...document.querySelectorAll(".grp .t2:not([title]), .kb-l > header .t2:not([title])")].map((sum) => sum.textContent.trim()),
]"""
WEIGHT = """() => {
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return { requests: all.length, bytes: all.reduce((sum, entry) => sum + entry.transferSize, 0) };
}"""


def add(house: House) -> None:
    @test(WALK)
    def every_page() -> None:
        guide = Guide(house.server)
        faults: list[str] = []
        for login, places in groupby(sorted(PLACES, key=lambda place: place.login), key=lambda place: place.login):
            with house.visitor() as visitor:
                visitor.sign_in(login)
                # Colours change at once, not by and by.
                visitor.page.emulate_media(reduced_motion="reduce")
                for place in places:
                    answer = visitor.page.goto(guide.address(place), wait_until="load")
                    if answer is None or answer.status != 200:
                        faults.append(f"{place.name}: {answer and answer.status}")
                        continue
                    faults += [f"{place.name}: {fault}" for fault in look_at(visitor)]
        assert not faults, "\n    ".join([f"{len(faults)} faults:", *faults])

    @test("The first list in a fresh browser takes less than 150 KB over the wire")
    def first_load() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            cookies = visitor.context.cookies()
        with house.visitor() as visitor:
            visitor.context.add_cookies(cookies)
            visitor.open("/o/company")
            weight = visitor.page.evaluate(WEIGHT)
            print(f"    {weight['requests']} requests, {weight['bytes']:,} bytes")
            assert weight["requests"] > 5, weight
            assert weight["bytes"] < FIRST_LOAD, weight


def look_at(visitor: Visitor) -> list[str]:
    """Faults of the page at hand in both sizes and both appearances; it is loaded once."""
    page = visitor.page
    faults: list[str] = []
    shift = page.evaluate(SHIFT)
    if shift >= MOST_SHIFT:
        faults.append(f"moves by {shift:.3f}")
    faults += [f"the figure “{name}” says not how it is counted" for name in page.evaluate(UNEXPLAINED)]
    nodes = page.evaluate("document.getElementsByTagName('*').length")
    if nodes > MOST_NODES:
        faults.append(f"{nodes} elements")
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size["viewport"])
        page.evaluate(SETTLED)
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 1:
            faults.append(f"{over} px too wide at {size['viewport']['width']}")
        faults += visitor.accessibility_faults()
        page.emulate_media(color_scheme="dark")
        page.evaluate(SETTLED)
        faults += [f"dark: {fault}" for fault in visitor.accessibility_faults(["color-contrast"])]
        page.emulate_media(color_scheme="light")
        page.evaluate(SETTLED)
    page.set_viewport_size(DESKTOP["viewport"])
    return faults
