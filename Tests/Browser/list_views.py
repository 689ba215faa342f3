"""Lists kept as views, their columns and groups, and the same records as a board, a calendar, a timeline and cards."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from runner import test
from visit import House, Visitor

BOARD = "/o/inquiry?view=all&as=board&by=stage"


def board(visitor: Visitor) -> Page:
    visitor.sign_in("owner")
    visitor.open(BOARD)
    expect(visitor.page.locator(".kc").first).to_be_visible()
    return visitor.page


def lane(page: Page, code: str) -> Locator:
    return page.locator(f"[data-lane='{code}']")


def drop(page: Page, card: Locator, target: Locator) -> None:
    """Takes the card by the mouse and lets it go over the lane."""
    target.scroll_into_view_if_needed()
    start, end = card.bounding_box(), target.bounding_box()
    assert start and end
    page.mouse.move(start["x"] + 60, start["y"] + start["height"] - 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 80, start["y"] + start["height"] - 8, steps=3)
    page.mouse.move(end["x"] + 80, end["y"] + 80, steps=8)
    page.mouse.up()


def add(house: House) -> None:
    @test("Conditions are kept as a view, found again as a tab, opened first, changed as a draft and removed")
    def kept_view() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            visitor.open('/o/inquiry?view=all&filter=' + 'stage%20%3D%20%22quoting%22')
            page = visitor.page
            bar = page.locator(".vbar")
            expect(bar).to_contain_text("仅我可见")
            bar.get_by_text("存为视图").click()
            bar.get_by_label("视图名字").fill("正在报价")
            visitor.check_accessible()
            bar.get_by_role("button", name="保存").click()
            tab = page.locator("main").get_by_role("link", name="正在报价", exact=True)
            expect(tab).to_have_attribute("aria-current", re.compile("page|true"))
            expect(page.locator(".vbar")).to_have_count(0)
            visitor.press("以后先打开这个视图")
            visitor.open("/o/inquiry")
            expect(tab).to_have_attribute("aria-current", re.compile("page|true"))
            page.locator("thead a", has_text="预计金额").click()
            expect(page.locator(".vbar")).to_contain_text("更新“正在报价”")
            page.locator(".vbar").get_by_role("button", name="更新“正在报价”").click()
            expect(page.locator(".vbar")).to_have_count(0)
            visitor.press("删除这个视图")
            expect(tab).to_have_count(0)

    @test("A column made wider by keys is as wide for its reader at the next visit, and for nobody else")
    def widths() -> None:
        with house.visitor() as visitor, house.visitor() as other:
            visitor.sign_in("owner")
            visitor.open("/o/inquiry?view=all")
            page = visitor.page
            grip = page.locator("thead th[data-c=company] .rz")
            grip.focus()
            with page.expect_response(lambda response: response.url.endswith("/views")):
                for _ in range(4):
                    page.keyboard.press("ArrowRight")
            wide = int(grip.get_attribute("aria-valuenow") or 0)
            page.reload()
            expect(page.locator("col[width]")).to_have_attribute("width", str(wide))
            other.sign_in("sales")
            other.open("/o/inquiry?view=all")
            expect(other.page.locator("col[width]")).to_have_count(0)
            page.locator("summary[title=列]").click()
            page.get_by_role("button", name="恢复原样").click()
            expect(page.locator("col[width]")).to_have_count(0)

    @test("Columns change their order by buttons, and the first stays in sight when one scrolls aside")
    def columns() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            visitor.open("/o/inquiry?view=open&columns=no,company,source,stage,value_est,owner,received_at,country,probability,next_action,next_note,updated_at,campaign")
            page = visitor.page
            first = page.locator("#rows tr[data-id] th").first
            left = first.bounding_box()
            page.locator(".tw").evaluate("frame => frame.scrollBy(600, 0)")
            assert left and abs((first.bounding_box() or left)["x"] - left["x"]) < 1
            visitor.open("/o/inquiry?view=open")
            page.locator("summary[title=列]").click()
            page.get_by_role("button", name="前移：阶段").click()
            page.locator("form.cols").get_by_role("button", name="应用").click()
            expect(page.locator("[data-list]")).to_have_attribute("data-columns", re.compile("^no,company,stage"))
            page.locator("summary[title=列]").click()
            page.get_by_role("button", name="恢复原样").click()
            expect(page.locator("[data-list]")).to_have_attribute("data-columns", re.compile("^no,company,source"))

    @test("A list is seen before its menus and its last rows are built, and comes while its link is pressed")
    def seen_soon() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            visitor.open("/o/company?view=all")
            page = visitor.page
            expect(page.locator("#rows tr[data-id]").last).to_be_visible()
            assert page.locator("form[data-filter], form.cols").count() == 0, "menus are built before they open"
            page.locator(".fb > summary").click()
            expect(page.get_by_label("字段", exact=True)).to_be_visible()
            expect(page.locator("#fb-o option").first).to_have_text("是")
            link = page.locator(".vw a:not([aria-current])").first
            link.hover()
            page.mouse.down()
            page.wait_for_timeout(400)
            page.mouse.up()
            page.wait_for_url(lambda url: "view=all" not in url)
            visitor.ready()
            came = page.evaluate("performance.getEntriesByType('navigation')[0].deliveryType")
            assert came == "navigational-prefetch", came

    @test("A list in groups tells how many and how much; the figures of a whole list stand under its columns")
    def groups() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            visitor.open("/o/inquiry?view=all&group=stage")
            head = visitor.page.locator("tr.grp").first
            expect(head).to_contain_text("预计金额")
            visitor.check_accessible()
            visitor.screenshot("list-groups")
            visitor.open("/o/inquiry?view=all")
            visitor.page.locator("a[data-count]").click()
            expect(visitor.page.locator("tfoot")).to_contain_text("合计")
            visitor.check_accessible()

    @test("A card dropped on another lane is there at once, asks what the stage asks, and a cancelled one goes back")
    def dropped() -> None:
        with house.visitor() as visitor:
            page = board(visitor)
            card = lane(page, "new").locator(".kc").first
            key = card.get_attribute("data-id")
            drop(page, card, lane(page, "contacted"))
            moved = lane(page, "contacted").locator(f".kc[data-id='{key}']")
            expect(moved).to_have_count(1)
            dialog = page.get_by_role("dialog")
            expect(dialog).to_contain_text("下步日期")
            visitor.check_accessible()
            page.keyboard.press("Escape")
            expect(lane(page, "new").locator(f".kc[data-id='{key}']")).to_have_count(1)
            drop(page, lane(page, "new").locator(f".kc[data-id='{key}']"), lane(page, "contacted"))
            dialog.locator("input[type=date]").fill("2027-01-15")
            dialog.get_by_role("button", name="已首次回复").click()
            expect(page.locator("#toasts")).to_contain_text("已到 已联系")
            page.reload()
            expect(moved).to_have_count(1)

    @test("A card is moved to the end of the road by keys alone, and the reason is asked")
    def moved_by_keys() -> None:
        with house.visitor() as visitor:
            page = board(visitor)
            page.keyboard.press("j")
            page.keyboard.press("ArrowRight")
            card = lane(page, "contacted").locator(".kc.cur")
            expect(card).to_have_count(1)
            key = card.get_attribute("data-id")
            page.keyboard.press("m")
            lose = card.locator("[data-to=lost]")
            expect(lose).to_be_visible()
            lose.focus()
            page.keyboard.press("Enter")
            dialog = page.get_by_role("dialog")
            expect(dialog).to_contain_text("原因")
            dialog.get_by_role("combobox").first.focus()
            page.keyboard.press("ArrowDown")
            expect(dialog.locator("[role=option]").first).to_be_visible()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
            dialog.locator("button[type=submit]").press("Enter")
            expect(page.locator("#kb-said")).to_contain_text("已到 丢单")
            expect(lane(page, "lost").locator(f".kc[data-id='{key}']")).to_have_count(1)

    looks = {"board": BOARD, "calendar": "/o/inquiry?view=all&as=calendar", "timeline": "/o/order?view=all&as=timeline",
             "gallery": "/o/company?view=all&as=gallery"}
    for phone, dark, language in ((False, False, "zh"), (False, True, "en"), (True, False, "en"), (True, True, "zh")):
        kind = f"{'phone' if phone else 'desktop'}, {'dark' if dark else 'light'}, {language}"

        @test(f"Records as a board, a calendar, a timeline and cards fit the screen and are accessible: {kind}")
        def shown(phone: bool = phone, dark: bool = dark, language: str = language) -> None:
            with house.visitor(phone=phone, dark=dark, language=language) as visitor:
                visitor.sign_in("owner")
                for name, path in looks.items():
                    visitor.open(path)
                    expect(visitor.page.locator(".list.look")).to_be_visible()
                    visitor.check_width()
                    visitor.check_accessible()
                    visitor.screenshot(f"list-{name}-{'phone' if phone else 'desktop'}{'-dark' if dark else ''}")
