"""The door, in both languages."""

from __future__ import annotations

from playwright.sync_api import expect

from runner import test
from server import Server
from visit import House


def add(house: House) -> None:
    @test("A person signs in in Chinese and out again")
    def in_chinese() -> None:
        with house.visitor(language="zh") as visitor:
            page = visitor.page
            visitor.open("/")
            page.wait_for_url("**/sign-in**")
            expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
            visitor.check_accessible()
            visitor.screenshot("sign-in-zh")
            form = page.locator("form#sign-in")
            form.get_by_label("账号").fill("sales")
            form.get_by_label("密码").fill("baton-demo")
            form.get_by_role("button", name="登录").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("我的今天")
            visitor.open_account_menu()
            page.get_by_role("button", name="退出登录").click()
            page.wait_for_url("**/sign-in**")
            visitor.open("/o/company")
            page.wait_for_url("**/sign-in**")

    @test("A person signs in in English")
    def in_english() -> None:
        with house.visitor(language="en") as visitor:
            visitor.open("/sign-in")
            expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
            expect(visitor.page.locator("form#sign-in").get_by_role("button", name="Sign in")).to_be_visible()
            visitor.check_accessible()
            visitor.sign_in("sales")
            expect(visitor.page.get_by_role("heading", level=1)).to_have_text("My day")

    @test("A wrong password is refused without saying which of the two was wrong")
    def wrong_password() -> None:
        with house.visitor() as visitor:
            visitor.expects("status of 4")
            texts = []
            for login in ("sales", "nobody-here"):
                visitor.open("/sign-in")
                form = visitor.page.locator("form#sign-in")
                form.locator("[name=login]").fill(login)
                form.locator("[name=password]").fill("wrong-password")
                form.locator("button[type=submit]").click()
                note = visitor.page.locator("main .note").first
                expect(note).to_be_visible()
                texts.append(note.inner_text())
            assert texts[0] == texts[1], texts

    @test("One of the demo people enters by one click")
    def demo_person() -> None:
        with house.visitor(phone=True) as visitor:
            visitor.open("/sign-in")
            visitor.page.locator("section.demo button[value=manager]").click()
            expect(visitor.page.get_by_role("banner")).to_contain_text("我的今天")
            visitor.check_width()

    @test("An empty house asks for its owner first")
    def first_run() -> None:
        with Server("browser-empty", demo=False) as server, house.visitor(server=server) as visitor:
            page = visitor.page
            visitor.open("/")
            page.wait_for_url("**/first-run**")
            visitor.screenshot("first-run")
            visitor.check_accessible()
            form = page.locator("form").filter(has=page.locator("input[type=password]")).first
            for name, value in {"login": "chen", "name": "陈芳", "password": "correct horse 1"}.items():
                control = form.locator(f"[name={name}]")
                if control.count():
                    control.fill(value)
            again = form.locator("input[type=password]").nth(1)
            if again.count():
                again.fill("correct horse 1")
            form.locator("button[type=submit]").last.click()
            expect(page.get_by_role("heading", level=1)).to_have_text("开始使用")
            visitor.check_accessible()
            page.get_by_role("link", name="公司资料").click()
            page.locator("[name=name_zh]").fill("宁波一号贸易有限公司")
            page.locator("[name=name_en]").fill("Ningbo One Trading Co., Ltd.")
            page.get_by_role("button", name="保存，下一步").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("币种和汇率")
            page.get_by_label("USD").fill("7.1")
            page.get_by_role("button", name="保存，下一步").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("部门和区域")
            page.get_by_role("link", name="跳过").click()
            page.locator("#paste").fill("王敏, min, min@example.com, 业务")
            page.get_by_role("button", name="读取名单").click()
            expect(page.get_by_text("1 人都可以建")).to_be_visible()
            visitor.check_accessible()
            page.get_by_role("button", name="建账号，给一次性密码").click()
            expect(page.locator(".su-k")).to_have_count(1)
            visitor.open("/")
            expect(page.get_by_text("还有 1 步")).to_be_visible()
            answer = server.call("POST", "/api/v1/session", {"login": "sales", "password": "baton-demo"})
            assert answer.status in (401, 422), "a demo login works in an empty house"
