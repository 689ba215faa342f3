"""The page of a record: facts changed in their place, their history, the way through the list it was opened from."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from runner import test
from visit import House, Visitor


def customer(visitor: Visitor, place: int) -> Page:
    """One of the seller's own whose facts are filled in, opened from the list."""
    visitor.sign_in("sales")
    visitor.open("/o/company?view=mine&filter=NOT(ISBLANK(city))%20AND%20NOT(ISBLANK(website))")
    visitor.page.locator("#rows tr[data-id] a.rt").nth(place).click()
    expect(visitor.page.locator("aside.facts")).to_be_visible()
    return visitor.page


def rewrite(page: Page, field: str, text: str) -> None:
    page.locator(f"[data-fact={field}]").hover()
    page.locator(f"[data-fact={field}] a.f-e").click()
    editor = page.locator(f"[data-fact={field}] form.fe input:not([type=hidden])").first
    expect(editor).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def add(house: House) -> None:
    @test("A fact is changed in its place, tells what it was before, and ten seconds lead back")
    def fact() -> None:
        with house.visitor() as visitor:
            page = customer(visitor, 5)
            value = page.locator("[data-fact=city] dd")
            before = value.inner_text()
            rewrite(page, "city", "Lübeck")
            expect(value).to_have_text("Lübeck")
            expect(page.locator("section.id-h .meta")).to_contain_text("Lübeck")
            page.locator("#toasts .toast button").last.click()
            expect(value).to_have_text(before)
            value.click(position={"x": 4, "y": 6})
            page.locator("form.fe .fe-k button").click()
            expect(page.locator(".fh li").first).to_contain_text("Lübeck")
            visitor.check_accessible()
            page.keyboard.press("Escape")
            expect(page.locator("form.fe")).to_have_count(0)
            expect(value).to_have_text(before)

    @test("A refused fact says why below it and keeps what was typed")
    def refused() -> None:
        with house.visitor() as visitor:
            page = customer(visitor, 6)
            rewrite(page, "website", "not a website at all")
            expect(page.locator("[data-fact=website] .err")).to_contain_text("https://")
            expect(page.locator("[data-fact=website] form.fe input").first).to_have_value("not a website at all")
            visitor.check_accessible()

    @test("Two who change one fact see each other's value and choose")
    def conflict() -> None:
        with house.visitor() as first, house.visitor() as second:
            page = customer(first, 7)
            url = page.url
            page.locator("[data-fact=city] dd:not(.prs-f)").click(position={"x": 4, "y": 6})
            expect(page.locator("form.fe")).to_be_visible()
            second.sign_in("owner")
            second.page.goto(url)
            rewrite(second.page, "city", "Theirs")
            expect(second.page.locator("[data-fact=city] dd:not(.prs-f)")).to_have_text("Theirs")
            page.keyboard.press("Control+A")
            page.keyboard.type("Mine")
            page.keyboard.press("Enter")
            note = page.locator("[data-fact=city] .err")
            expect(note).to_contain_text("Theirs")
            note.locator("button").first.click()
            expect(page.locator("[data-fact=city] dd:not(.prs-f)")).to_have_text("Mine")
            # Who only looks is shown it without asking.
            expect(second.page.locator("[data-fact=city] dd:not(.prs-f)")).to_have_text("Mine", timeout=15000)

    @test("J and K lead through the list from which a record was opened, and the crumb back to it as it was")
    def neighbours() -> None:
        with house.visitor() as visitor:
            page = customer(visitor, 3)
            url = page.url
            title = page.locator("section.id-h h1").inner_text()
            expect(page.locator(".id-a a[data-key=j]")).to_be_visible()
            page.keyboard.press("j")
            expect(page.locator("section.id-h h1")).not_to_have_text(title)
            expect(page.locator(".id-a a[data-key=k]")).to_be_visible()
            page.keyboard.press("k")
            page.wait_for_url(url)
            expect(page.locator("header.bar a[href*='view=mine']").first).to_be_attached()

    @test("On a phone facts are changed under the thumb")
    def phone() -> None:
        with house.visitor(phone=True) as visitor:
            page = customer(visitor, 8)
            link = page.locator("[data-fact=city] a.f-e")
            box = link.bounding_box()
            assert box and box["width"] >= 44 and box["height"] >= 44, box
            link.tap()
            editor = page.locator("[data-fact=city] form.fe input").first
            editor.fill("Kiel")
            page.locator("form.fe .fe-b button[type=submit]").tap()
            expect(page.locator("[data-fact=city] dd")).to_have_text("Kiel")
            visitor.check_accessible()
