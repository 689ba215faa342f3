"""Getting anywhere by a few letters: the palette on desktop and phone."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Route, expect

from runner import test
from visit import House, Visitor


def palette(visitor: Visitor):  # noqa: ANN201
    """Opens the palette as people do: by keys, or by the button of the phone."""
    if visitor.is_phone:
        visitor.page.locator("header.bar a.only-m[data-do=palette]").click()
    else:
        visitor.page.keyboard.press("Control+k")
    dialog = visitor.page.locator("dialog.pal[open]")
    expect(dialog).to_be_visible()
    return dialog


def slowly(route: Route) -> None:
    """A module that is long on its way."""
    time.sleep(1.2)
    route.continue_()


def add(house: House) -> None:
    for width in ("desktop", "phone"):
        @test(f"A list opens by the initials of its name, on a {width}")
        def by_sound(width: str = width) -> None:
            with house.visitor(phone=width == "phone") as visitor:
                visitor.sign_in("sales")
                page = visitor.page
                dialog = palette(visitor)
                box = dialog.get_by_role("combobox")
                expect(dialog.get_by_role("option").first).to_be_visible()
                visitor.check_accessible()
                visitor.screenshot(f"{width}-palette")
                box.fill("dingdan")
                expect(dialog.get_by_role("option").first).to_contain_text("订单")
                expect(dialog.get_by_role("status")).to_contain_text("项")
                visitor.check_width()
                box.press("ArrowDown")
                chosen = box.get_attribute("aria-activedescendant")
                expect(page.locator(f"#{chosen}")).to_have_attribute("aria-selected", "true")
                box.press("ArrowUp")
                # Enter means what was typed, also before it is found.
                box.fill("shezhi")
                box.press("Enter")
                page.wait_for_url(re.compile("/settings$"))

    @test("What was looked at last stands first in the palette, and what this page offers can be done from it")
    def lately() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("sales")
            page = visitor.page
            visitor.open("/o/company")
            first = page.locator("#rows a.rt").first
            name = first.inner_text().strip()
            first.click()
            page.wait_for_url(re.compile(r"/o/company/[0-9a-f-]{36}"))
            visitor.ready()
            visitor.open("/o/order")
            dialog = palette(visitor)
            expect(dialog.locator("[data-group=recent] [role=option]").first).to_contain_text(name)
            dialog.get_by_role("combobox").press("Enter")
            page.wait_for_url(re.compile(r"/o/company/[0-9a-f-]{36}"))
            dialog = palette(visitor)
            expect(dialog.locator("[data-group=page] [role=option]").first).to_be_visible()
            dialog.get_by_role("combobox").fill("bj")
            page.keyboard.press("Escape")
            expect(dialog).to_be_hidden()

    @test("Keys pressed while a page is still coming are not lost")
    def early() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("sales")
            page = visitor.page
            page.route("**/palette.*.js", slowly)
            page.goto("/o/company", wait_until="commit")
            page.wait_for_timeout(600)
            page.keyboard.press("Control+k")
            expect(page.locator("dialog.pal[open]")).to_be_visible()
            page.goto("/o/company", wait_until="commit")
            page.wait_for_timeout(600)
            page.keyboard.type("gr")
            page.wait_for_url(re.compile("/relay"))

    @test("Enter means the words in the field, also when the answer to the words before comes in between")
    def late_answer() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("sales")
            page = visitor.page
            # The words come with the answer to the empty field, Enter before the pause after which they are asked for.
            page.evaluate("""() => {
              const fetched = window.fetch;
              window.fetch = async (url, options) => {
                const answer = await fetched(url, options), text = await answer.text();
                if (String(url).includes("/palette") && !/[?&]q=[^&]/.test(url)) setTimeout(() => {
                  const box = document.querySelector("dialog.pal[open] input");
                  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
                }, 40);
                const box = document.querySelector("dialog.pal[open] input");
                if (box && !box.value) { box.value = "shezhi"; box.dispatchEvent(new InputEvent("input", { bubbles: true })); }
                return new Response(text, { status: answer.status, headers: answer.headers });
              };
            }""")
            palette(visitor)
            page.wait_for_url(re.compile("/settings$"))

    @test("An input method's Enter chooses nothing in the palette")
    def composing() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("sales")
            page = visitor.page
            dialog = palette(visitor)
            box = dialog.get_by_role("combobox")
            box.fill("客户")
            expect(dialog.get_by_role("option").first).to_be_visible()
            before = page.url
            box.evaluate(
                "box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))")
            expect(dialog).to_be_visible()
            assert page.url == before

    @test("Space looks at what a search found, and the record's page leads on to the next find")
    def look_and_walk() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("sales")
            page = visitor.page
            visitor.open("/search?q=Ltd")
            page.locator(".srch [data-search]").focus()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Space")
            expect(page.locator(".peek h2").first).to_be_visible()
            page.keyboard.press("Escape")
            expect(page.locator(".peek")).to_have_count(0)
            first = page.locator(".hits a[href^='/o/company/']").first
            was = first.get_attribute("href")
            first.click()
            page.wait_for_url("**" + was)
            page.locator("a.walk").last.click()
            page.wait_for_url(lambda url: not url.endswith(was))
            expect(page.locator("a.walk").first).to_have_attribute("href", was)

    @test("Without scripts the search page finds lists and records")
    def without_scripts() -> None:
        with house.visitor(scripts=False) as visitor:
            visitor.sign_in("sales")
            visitor.open("/search?q=dingdan")
            visitor.page.locator("main").get_by_role("link", name=re.compile("^订单")).first.click()
            visitor.page.wait_for_url(re.compile("/o/order$"))
