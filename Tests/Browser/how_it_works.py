"""How the house works: settings, working calendars, rules, limits, processes."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from runner import test
from visit import House


def add(house: House) -> None:
    @test("A setting is found while one types, and by the address without scripts")
    def find() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            page = visitor.page
            visitor.open("/settings")
            page.get_by_role("searchbox").last.fill("日历")
            expect(page.locator(".set-e:visible")).to_have_count(1)
        with house.visitor(scripts=False) as visitor:
            visitor.sign_in("owner")
            visitor.open("/settings?q=calendar")
            expect(visitor.page.locator(".set-e")).to_have_count(1)

    @test("A colleague gets an account with a one-time password, chooses their own and is at work")
    def account() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("admin")
            page = visitor.page
            visitor.open("/settings/people/new")
            page.get_by_label("姓名").fill("新同事")
            page.get_by_label("登录名").fill("newcomer")
            page.get_by_label("业务", exact=True).check()
            page.get_by_role("button", name="建账号").click()
            password = page.locator("#secret").inner_text()
            visitor.check_accessible()
        with house.visitor() as visitor:
            page = visitor.page
            visitor.sign_in("newcomer", password)
            expect(page.get_by_role("heading", name="设定自己的密码")).to_be_visible()
            visitor.check_accessible()
            page.get_by_label("新密码").fill("tea in the garden")
            page.get_by_role("button", name="设定并进入").click()
            expect(page.locator("nav.rail")).to_be_visible()

    @test("A calendar is made, what it moves is seen, a day is closed, and a region works by it")
    def calendar() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("admin")
            page = visitor.page
            visitor.open("/settings/calendars")
            page.get_by_role("link", name="新建日历").or_(page.get_by_role("button", name="新建日历")).first.click()
            dialog = page.locator("#new-calendar")
            dialog.get_by_label("名称").fill("宁波工厂")
            dialog.get_by_role("button", name="新建日历").click()
            page.wait_for_url(re.compile(r"/settings/calendars/[0-9a-f-]{36}"))
            form = page.locator("#set form")
            form.get_by_label("上班时段").fill("08:00-12:00 13:00-17:00")
            form.get_by_label("从 1").fill("2026-12-31")
            form.get_by_label("名称 1").fill("年终盘点")
            form.get_by_role("button", name="先看影响").click()
            expect(page.locator("#moves")).to_be_visible()
            page.locator("#set form").get_by_role("button", name="保存", exact=True).click()
            expect(page.locator(".toast")).to_contain_text("已保存")
            # The year is the demo company's own; the closed day stands in it.
            visitor.open(re.sub(r"#.*", "", page.url) + "?year=2026")
            expect(page.locator(".yr td.ownClosed")).to_have_count(1)
            page.locator("#who .cks label").first.click()
            page.get_by_role("button", name="让这些区域用它").click()
            expect(page.locator("#who .pz li").first).to_be_visible()
            visitor.check_accessible()
            visitor.screenshot("calendar-own")

    @test("A calendar that never opens is refused at the field, and what was typed stays")
    def never_opens() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("admin")
            page = visitor.page
            visitor.open("/settings/calendars")
            page.locator(".hw-n a", has_text="宁波工厂").click()
            form = page.locator("#set form")
            form.get_by_label("上班时段").fill("18:00-09:00")
            visitor.expects("422")
            form.get_by_role("button", name="保存", exact=True).click()
            expect(page.locator("#set [data-field=hours] .fd-e")).to_contain_text("时段写成")
            expect(page.locator("#set form").get_by_label("上班时段")).to_have_value("18:00-09:00")

    @test("A process is drawn; a leg on the drawing leads to its line in the table")
    def process() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            page = visitor.page
            visitor.open("/settings/processes")
            expect(page.locator(".pm svg [data-node]").first).to_be_visible()
            page.locator(".pm [data-node=order_release] a").click()
            page.wait_for_url(re.compile("#leg-order_release"))
            expect(page.locator("#leg-order_release")).to_be_visible()
