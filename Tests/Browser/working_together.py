"""Writing at a record and working on it together: the composer, who else is here, a choice for what two people changed."""

from __future__ import annotations

from playwright.sync_api import expect

from living_record import customer
from runner import test
from visit import House


def add(house: House) -> None:
    @test("A call is written with a colleague named by pinyin and the next day; the draft stays until it was sent")
    def compose() -> None:
        with house.visitor() as visitor:
            page = customer(visitor, 2)
            page.keyboard.press("f")
            note = page.locator("textarea[name=summary]")
            expect(note).to_be_focused()
            page.locator(".c-k label:has([value=call])").click()
            expect(page.locator(".composer [name=minutes]")).to_be_visible()
            page.locator(".composer [name=minutes]").fill("12")
            note.press_sequentially("Agreed on colour and quantity, @zjq")
            expect(page.locator("#mention-cb li").first).to_contain_text("周佳琪")
            page.keyboard.press("Enter")
            expect(note).to_have_value("Agreed on colour and quantity, @周佳琪 ")
            page.locator(".nxd summary").click()
            page.locator(".nxd [data-days='3']").click()
            expect(page.locator(".nxd")).to_have_class("menu nxd set")
            visitor.check_accessible()
            page.reload()
            expect(note).to_have_value("Agreed on colour and quantity, @周佳琪 ")
            note.focus()
            page.keyboard.press("Control+Enter")
            expect(page.locator("#toasts")).to_contain_text("已记下")
            first = page.locator("#timeline .ev").first
            expect(first).to_contain_text("12 分钟")
            expect(page.locator("textarea[name=summary]")).to_have_value("")

    @test("Who else looks at a record and what they change is shown, and ends when they leave")
    def presence() -> None:
        with house.visitor() as first, house.visitor(dark=True) as second:
            page = customer(first, 3)
            second.sign_in("owner")
            second.page.goto(page.url)
            expect(page.locator(".prs .av")).to_have_count(1)
            second.page.locator("[data-fact=city] dd").click(position={"x": 4, "y": 6})
            expect(page.locator("[data-fact=city] .prs-f")).to_be_visible()
            first.check_accessible()
            second.page.keyboard.press("Escape")
            expect(page.locator(".prs-f")).to_have_count(0)
            second.open("/")
            expect(page.locator(".prs .av")).to_have_count(0)

    @test("Two who edit the same form choose field by field; what only one changed is kept without asking")
    def conflict() -> None:
        with house.visitor(dark=True) as first, house.visitor() as second:
            page = customer(first, 4)
            url = page.url
            page.goto(url + "/edit")
            second.sign_in("owner")
            second.page.goto(url + "/edit")
            second.page.locator("[name=city]").fill("Theirs")
            second.page.keyboard.press("Control+Enter")
            second.page.wait_for_url(url)
            page.locator("[name=city]").fill("Mine")
            page.locator("[name=address]").fill("Kept 1")
            first.expects("409")
            page.keyboard.press("Control+Enter")
            expect(page.locator(".cfl fieldset")).to_have_count(1)
            expect(page.locator(".cfl")).to_contain_text("Theirs")
            first.check_accessible()
            page.locator(".cfl [value=theirs]").check()
            page.locator("form#form .save button[type=submit]").last.click()
            page.wait_for_url(url)
            expect(page.locator("[data-fact=city] dd")).to_have_text("Theirs")
            expect(page.locator("[data-fact=address] dd")).to_contain_text("Kept 1")
