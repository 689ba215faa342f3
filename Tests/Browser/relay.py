"""The relay: who holds the baton, the panel beside the board, hand-overs, two people at once."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from runner import test
from visit import House

LOGINS = ["merchandiser", "merchandiser2", "finance", "purchasing", "production", "qc", "logistics", "documents"]


def batons(house: House, login: str) -> list[dict]:
    answer = house.server.call("GET", "/api/v1/relay", token=house.server.token(login))
    assert answer.status == 200, f"{login}: {answer.status} {answer.text[:200]}"
    return [leg for leg in answer.json["data"] if leg["object"] == "order" and leg["mine"]]


def held(house: House, offered: bool) -> tuple[str, dict]:
    """Somebody with an order's baton that is offered to them, or in their hands."""
    for login in LOGINS:
        try:
            mine = batons(house, login)
        except AssertionError:
            continue  # a demo without this person
        for leg in mine:
            if leg["offered"] == offered:
                return login, leg
    raise AssertionError("nobody in the demo company has such a baton")


def standing(house: House, login: str, leg: dict) -> dict:
    return house.server.call("GET", f"/api/v1/relay/order/{leg['id']}", token=house.server.token(login)).json


def add(house: House) -> None:
    for width in ("desktop", "phone"):
        for dark in (False, True):
            name = f"{width}, {'dark' if dark else 'light'}"

            @test(f"The relay board is accessible and fits: {name}")
            def board(phone: bool = width == "phone", dark: bool = dark, name: str = name) -> None:
                with house.visitor(phone=phone, dark=dark) as visitor:
                    visitor.sign_in("owner")
                    page = visitor.page
                    for view in ("lanes", "board", "time", "list"):
                        visitor.open(f"/relay/order?view={view}")
                        visitor.check_width()
                        visitor.check_accessible()
                        visitor.screenshot(f"relay-{view}-" + re.sub(r"\W+", "-", name))
                    visitor.open("/relay/order")
                    page.locator("#relay a.rt").first.click()
                    panel = page.locator("#panel")
                    expect(panel).to_be_visible()
                    page.wait_for_url(re.compile("open="))
                    visitor.check_width()
                    visitor.check_accessible()
                    visitor.screenshot("relay-panel-" + re.sub(r"\W+", "-", name))
                    if phone:
                        expect(page.locator("#board")).to_be_hidden()

    @test("The board is used by keyboard alone: rows, panel, back")
    def keyboard() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            page = visitor.page
            visitor.open("/relay/order")
            page.keyboard.press("j")
            page.keyboard.press("j")
            second = page.locator("#relay tbody tr[data-id]").nth(1)
            expect(second).to_have_class(re.compile(r"\bat\b"))
            title = second.locator("a.rt").inner_text()
            assert second.bounding_box()["height"] < 90, "the mark leaves the row as high as it was"
            page.keyboard.press("Space")
            expect(page.locator(".peek h2").first).to_contain_text(title)
            page.keyboard.press("Escape")
            expect(page.locator(".peek")).to_have_count(0)
            page.keyboard.press("Enter")
            expect(page.locator("#panel h2").first).to_have_text(re.compile("^" + re.escape(title)))
            page.keyboard.press("Escape")
            expect(page.locator("#panel")).to_have_count(0)
            page.go_back()
            expect(page.locator("#panel")).to_be_visible()

    @test("The rows of a long board come and go as one scrolls, down to the last and back, and it stays light")
    def long_board() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            page = visitor.page
            visitor.open("/relay/order")
            rows, whole = page.locator("#relay tbody tr[data-id]"), page.locator("[data-whole]")
            first, every = rows.count(), int(re.search(r"\d+", whole.inner_text())[0])
            assert first < every, (first, every)
            drawn = "() => [...document.querySelectorAll('#relay tbody tr[data-id]')].map(row => row.dataset.id)"
            order, most = page.evaluate(drawn), 0
            top = order[0]
            for _ in range(every * 2):
                page.evaluate("() => document.querySelector('.rb-x').scrollBy(0, 600)")
                page.wait_for_timeout(40)
                order += [row for row in page.evaluate(drawn) if row not in order]
                most = max(most, page.evaluate("document.getElementsByTagName('*').length"))
                if len(order) >= every and not whole.is_visible():
                    break
            assert len(set(order)) == every, (len(set(order)), every)
            assert most < 3_000, most
            page.locator("#relay tbody tr[data-id]").last.locator("a.rt").focus()
            page.keyboard.press("j")
            page.keyboard.press("k")
            expect(page.locator("#relay tbody tr.cur a.rt")).to_be_focused()
            for _ in range(every * 2):
                page.evaluate("() => document.querySelector('.rb-x').scrollBy(0, -600)")
                page.wait_for_timeout(30)
                if page.evaluate("document.querySelector('.rb-x').scrollTop") == 0:
                    break
            expect(page.locator(f"#relay tr[data-id='{top}']")).to_be_in_viewport()

    @test("A baton is accepted from the panel, and who looks at the same board sees it at once")
    def accepted() -> None:
        login, leg = held(house, offered=True)
        with house.visitor() as taker, house.visitor() as watcher:
            watcher.sign_in("owner")
            watcher.open(f"/relay/order?open={leg['id']}")
            expect(watcher.page.locator("#panel .tag.baton").first).to_be_visible()
            taker.sign_in(login)
            taker.open(f"/relay/order?open={leg['id']}")
            taker.press("接棒", taker.page.locator("#panel .ft"))
            expect(taker.page.locator(".toast")).to_contain_text("已接棒")
            expect(watcher.page.locator("#panel .sla + progress + .tag.baton")).to_have_count(0)
            expect(watcher.page.locator("#panel .hs")).to_be_visible()
            assert not standing(house, login, leg)["now"]["offered"]

    @test("A pause says why, and without scripts the same forms work")
    def without_scripts() -> None:
        login, leg = held(house, offered=False)
        with house.visitor(scripts=False) as visitor:
            visitor.sign_in(login)
            page = visitor.page
            visitor.open(f"/relay/order?open={leg['id']}#do-pause")
            dialog = page.locator("#do-pause")
            expect(dialog).to_be_visible()
            dialog.locator("[name=reason]").fill("等客户确认唛头")
            dialog.locator("button[type=submit]").click()
            expect(page.locator("#panel .sla")).to_contain_text("等客户确认唛头")
            page.locator("#panel details.menu summary").click()
            page.get_by_role("button", name="恢复走表").click()
            expect(page.locator("#panel .sla")).not_to_contain_text("等客户确认唛头")

    @test("What is missing goes along with a date: the hand-over is made, and what is owed stands in the next leg")
    def conditional() -> None:
        for login in LOGINS:
            for leg in batons(house, login):
                if leg["offered"]:
                    continue
                now = standing(house, login, leg)
                missing = [item for item in now["deliverables"] if item["required"] and not item["done"]]
                ways = [way for way in now["exits"] if way["next_leg"] and not way["obstacle"] and not way["input"]]
                if missing and ways:
                    return hand_over(house, login, leg, missing, ways)
        print("    no baton in the demo company lacks a required deliverable; the Swift tests show the form")

    @test("A card that is dropped on the next column is handed over, or the panel asks for what is missing")
    def dropped() -> None:
        for login in LOGINS:
            for leg in batons(house, login):
                now = standing(house, login, leg)
                ways = [way for way in now["exits"] if way["next_leg"] and not way["obstacle"]]
                if not leg["offered"] and ways:
                    return drop(house, login, leg, ways[0]["next_leg"])
        raise AssertionError("nobody in the demo company could hand a baton on")

    @test("A hand-over begins with H on a row; Escape leaves the row where it was")
    def by_key() -> None:
        login, leg = held(house, offered=False)
        with house.visitor() as visitor:
            visitor.sign_in(login)
            page = visitor.page
            visitor.open("/relay/order?slice=mine&view=list")
            page.keyboard.press("j")
            page.keyboard.press("h")
            expect(page.locator("#panel")).to_be_visible()
            page.wait_for_timeout(300)
            if page.locator("dialog[open]").count():
                visitor.check_accessible()
                page.keyboard.press("Escape")
                expect(page.locator("dialog[open]")).to_have_count(0)
            page.keyboard.press("Escape")
            expect(page.locator("#panel")).to_have_count(0)

    @test("A stand-in is set in two clicks")
    def stand_in() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("sales2")
            page = visitor.page
            visitor.open_account_menu()
            page.get_by_role("link", name="我的代理").click()
            visitor.check_accessible()
            visitor.screenshot("absence")
            field = page.locator("#abs-to")
            field.click()
            expect(page.get_by_role("option").first).to_be_visible()
            visitor.check_accessible()
            field.fill("wrt")
            expect(page.get_by_role("option").first).to_contain_text("王若彤")
            field.press("Enter")
            expect(page.locator("#abs-to-n")).to_contain_text("在手")
            page.get_by_role("button", name=re.compile("^下周")).click()
            expect(page.locator("main li.it b")).to_contain_text("代你")
            page.get_by_role("button", name="取消").click()
            expect(page.locator("main li.it")).to_have_count(0)

    @test("The whole way of an order is on one page")
    def way() -> None:
        login, leg = held(house, offered=False)
        for phone in (False, True):
            with house.visitor(phone=phone) as visitor:
                visitor.sign_in("owner")
                visitor.open(f"/relay/order/{leg['id']}")
                expect(visitor.page.locator(".way .c").first).to_be_visible()
                visitor.check_width()
                visitor.check_accessible()
                visitor.screenshot("relay-way-" + ("phone" if phone else "desktop"))


def hand_over(house: House, login: str, leg: dict, missing: list[dict], ways: list[dict]) -> None:
    with house.visitor() as visitor:
        visitor.sign_in(login)
        page = visitor.page
        visitor.open(f"/relay/order?open={leg['id']}")
        expect(page.locator("#panel .ft button[aria-disabled=true]")).to_be_visible()
        page.locator(f"#panel a[data-dialog='do-{ways[0]['action']}']").first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog.locator("input[type=datetime-local]")).to_have_count(len(missing))
        visitor.check_accessible()
        visitor.screenshot("relay-hand-over")
        dialog.locator("button[type=submit]").click()
        expect(page.locator(".toast")).to_contain_text("已交棒")
        expect(page.locator("#panel .ow li")).to_have_count(len(missing))


def drop(house: House, login: str, leg: dict, label) -> None:
    with house.visitor() as visitor, house.visitor() as watcher:
        watcher.sign_in("owner")
        watcher.open("/relay/order?view=board&q=" + leg["title"])
        visitor.sign_in(login)
        page = visitor.page
        visitor.open("/relay/order?view=board&q=" + leg["title"])
        card = page.locator(f".kd[data-id='{leg['id']}']")
        name = label if isinstance(label, str) else label["zh"]
        column = page.locator(f".kc[data-name='{name}']")
        start = card.evaluate("card => card.closest('[data-leg]').dataset.leg")
        column.scroll_into_view_if_needed()
        card.drag_to(column)
        dialog = page.locator("dialog[open]")
        expect(dialog.or_(page.locator(".toast")).first).to_be_visible()
        if dialog.count():
            expect(page.locator(f".kd[data-id='{leg['id']}']")).to_have_count(1)
            dialog.locator("button[type=submit]").click()
        expect(page.locator(".toast").first).to_contain_text("已交棒")
        moved = watcher.page.locator(f".kd[data-id='{leg['id']}']")
        expect(moved).to_have_count(1)
        watcher.page.wait_for_function(
            "([id, leg]) => document.querySelector(`.kd[data-id='${id}']`)?.closest('[data-leg]').dataset.leg !== leg",
            arg=[leg["id"], start])
