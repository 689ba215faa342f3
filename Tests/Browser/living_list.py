"""Lists: cells edited in place, undone, pasted; many changed at once; a look beside; endless rows."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, Route, expect

from runner import test
from visit import House, Visitor


def column(page: Page, field: str) -> int:
    return page.evaluate("field => [...document.querySelectorAll('thead th')].findIndex(head => head.dataset.c === field)", field)


def cell(page: Page, row: int, field: str) -> Locator:
    return page.locator("#rows tr[data-id]").nth(row).locator(f":scope > :nth-child({column(page, field) + 1})")


def companies(visitor: Visitor, login: str = "owner") -> Page:
    visitor.sign_in(login)
    visitor.open("/o/company?view=all&sort=-updated_at")
    expect(visitor.page.locator("#rows tr[data-id]").first).to_be_visible()
    return visitor.page


def compose(page: Page, steps: list[str], text: str) -> None:
    """Types as a Chinese input method does."""
    session = page.context.new_cdp_session(page)
    for step in steps:
        session.send("Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)})
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Process"})
    session.send("Input.insertText", {"text": text})


def add(house: House) -> None:
    @test("A cell is typed over, saved at once and undone by Ctrl+Z")
    def edit_and_undo() -> None:
        with house.visitor() as visitor:
            page = companies(visitor)
            target = cell(page, 3, "name_en") if column(page, "name_en") > 0 else cell(page, 3, "city")
            before = target.inner_text()
            target.click()
            page.keyboard.type("Typed over")
            page.keyboard.press("Enter")
            expect(target).to_have_text("Typed over")
            expect(page.locator("#toasts")).to_contain_text("已保存")
            visitor.check_accessible()
            page.keyboard.press("Control+z")
            expect(target).to_have_text(before)

    @test("An input method writes into a cell, and its Enter is not ours")
    def composing() -> None:
        with house.visitor() as visitor:
            page = companies(visitor)
            field = "name_en" if column(page, "name_en") > 0 else "city"
            target = cell(page, 4, field)
            before = target.inner_text()
            target.click()
            compose(page, ["n", "ni", "ning", "ningbo"], "宁波")
            expect(page.locator(".catch.on")).to_have_value("宁波")
            page.wait_for_timeout(60)
            page.keyboard.press("Enter")
            expect(target).to_have_text("宁波")
            page.keyboard.press("Control+z")
            expect(target).to_have_text(before)

    @test("A block from a spreadsheet is looked at, written where it fits, and undone")
    def paste() -> None:
        with house.visitor() as visitor:
            visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
            page = companies(visitor)
            field = "country"
            before = [cell(page, row, field).inner_text() for row in (1, 2)]
            page.evaluate("navigator.clipboard.writeText('日本\\n没有这个国家')")
            cell(page, 1, field).click()
            page.keyboard.press("Control+v")
            dialog = page.get_by_role("dialog")
            expect(dialog).to_contain_text("1 条不能写入")
            visitor.check_accessible()
            visitor.screenshot("list-paste")
            page.keyboard.press("Enter")
            expect(cell(page, 1, field)).to_have_text("日本")
            expect(cell(page, 2, field)).to_have_text(before[1])
            expect(page.locator("#rows .catch")).to_be_focused()
            page.keyboard.press("Control+z")
            expect(cell(page, 1, field)).to_have_text(before[0])

    @test("Whoever changes the same cell second is shown the first, and chooses")
    def conflict() -> None:
        with house.visitor() as visitor, house.visitor() as other:
            page, theirs = companies(visitor), companies(other, "admin")
            field = "name_en" if column(page, "name_en") > 0 else "city"
            row = page.locator("#rows tr[data-id]").nth(6)
            key = row.get_attribute("data-id")
            cell(page, 6, field).click()
            page.keyboard.press("F2")
            expect(page.locator(".ced input.in")).to_be_focused()
            theirs.locator(f"tr[data-id='{key}'] > :nth-child({column(theirs, field) + 1})").click()
            theirs.keyboard.type("Theirs")
            theirs.keyboard.press("Enter")
            expect(theirs.locator("#toasts")).to_contain_text("已保存")
            page.locator(".ced input.in").fill("Mine")
            page.keyboard.press("Enter")
            expect(page.get_by_role("alert")).to_contain_text("Theirs")
            page.get_by_role("button", name="用我的 Mine").click()
            expect(cell(page, 6, field)).to_have_text("Mine")

    @test("Many records are changed at once after a look, and all come back")
    def many() -> None:
        with house.visitor() as visitor:
            page = companies(visitor)
            for row in (0, 2):
                page.locator("#rows tr[data-id]").nth(row).locator("input[name=id]").check()
            page.locator("#rows tr[data-id]").nth(5).locator("input[name=id]").click(modifiers=["Shift"])
            expect(page.locator("#bulk-n")).to_have_text("已选 5 条")
            page.locator("[data-do=bulk-edit]").click()
            page.locator("#be-f").select_option("city")
            page.locator(".be-v input.in").fill("Testville")
            page.get_by_role("button", name="预览").click()
            expect(page.get_by_role("dialog")).to_contain_text("5 条可以写入")
            visitor.check_accessible()
            expect(page.get_by_role("button", name="写入 5 条")).to_be_focused()
            page.get_by_role("button", name="写入 5 条").click()
            expect(page.locator("#toasts")).to_contain_text("已改 5 条")
            page.keyboard.press("Control+z")
            expect(page.locator("#toasts")).to_contain_text("已撤销")

    @test("What a change of many had written when its page was left is undone by the next page")
    def broken_off() -> None:
        with house.visitor() as visitor:
            page = companies(visitor)
            page.locator("[data-all]").check()
            page.locator("#bulk-all").click()
            expect(page.locator("#bulk-all")).to_be_hidden()
            page.locator("[data-do=bulk-edit]").click()
            page.locator("#be-f").select_option("city")
            page.locator(".be-v input.in").fill("Halfway")
            page.get_by_role("button", name="预览").click()
            write = page.get_by_role("dialog").get_by_role("button", name="写入")
            expect(write).to_be_visible()
            sent: list[str] = []

            def only_the_first(route: Route) -> None:
                sent.append(route.request.url)
                if len(sent) == 1:
                    route.continue_()

            page.route("**/cells", only_the_first)
            write.click()
            expect(page.locator(".be-p")).to_contain_text("正在写入 100 /")
            page.on("dialog", lambda question: question.accept())
            page.reload()
            page.unroute("**/cells")
            expect(page.locator("#toasts")).to_contain_text("里写入了 100 条")
            page.locator("#toasts").get_by_role("button", name="撤销").click()
            expect(page.locator("#toasts")).to_contain_text("已撤销")

    @test("Space looks at a record beside the list, and J takes the look along")
    def peek() -> None:
        with house.visitor() as visitor:
            page = companies(visitor)
            page.keyboard.press("j")
            page.keyboard.press("Space")
            expect(page.locator(".peek h2").first).to_be_visible()
            first = page.locator(".peek h2").first.inner_text()
            visitor.check_accessible()
            page.keyboard.press("j")
            expect(page.locator(".peek h2").first).not_to_have_text(first)
            page.keyboard.press("Escape")
            expect(page.locator(".peek")).to_have_count(0)

    for width in ("desktop", "phone"):
        @test(f"A long list comes in as one scrolls and stays light, on a {width}")
        def endless(width: str = width) -> None:
            with house.visitor(phone=width == "phone") as visitor:
                visitor.sign_in("owner")
                visitor.open("/o/followup")
                page = visitor.page
                expect(page.locator("#rows tr[data-id]").first).to_be_visible()
                first = page.locator("#rows tr[data-id]").first.get_attribute("data-id")
                page.evaluate("""() => { window.shift = 0; new PerformanceObserver((list) => {
                    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
                }).observe({ type: "layout-shift" }); }""")
                scroll = "by => { const frame = document.querySelector('.tw'); (frame.scrollHeight > frame.clientHeight + 9 ? frame : document.scrollingElement).scrollBy(0, by); }"
                for _ in range(24):
                    page.evaluate(scroll, 2400)
                    page.wait_for_timeout(60)
                page.wait_for_function("Number(document.querySelector('#range').textContent.split('–')[1].replace(/,/g, '')) > 350")
                assert page.locator("#rows tr[data-id]").count() <= 300
                visitor.check_width()
                for _ in range(40):
                    page.evaluate(scroll, -9000)
                    page.wait_for_timeout(30)
                expect(page.locator(f"tr[data-id='{first}']")).to_be_visible()
                # On the phone the foot of the page gives way to rows that come.
                if width == "desktop":
                    assert page.evaluate("window.shift") < 0.1, "rows that come and go move what one looks at"
