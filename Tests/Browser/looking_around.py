"""Reading: my day, lists, the 360° page, both languages."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from pages import Guide
from runner import test
from visit import House

def first_record(house: House, object_: str, login: str, query: str = "") -> str:
    """Id of some record this person may see."""
    token = house.server.token(login)
    answer = house.server.call("GET", f"/api/v1/{object_}?limit=1{query}", token=token)
    assert answer.status == 200 and answer.json["data"], f"{object_}: {answer.status} {answer.text[:200]}"
    return answer.json["data"][0]["id"]


def add(house: House) -> None:
    @test("My day shows what is due, and each item leads to its record")
    def my_day() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("sales")
            page = visitor.page
            for title in ("轮到我", "今天要跟进", "等别人"):
                expect(page.get_by_role("heading", name=title)).to_be_visible()
            items = page.locator("main li.it")
            assert items.count() > 0, "the demo salesperson has nothing to do"
            visitor.screenshot("my-day")
            visitor.check_accessible()
            items.first.locator("a.rt").click()
            # A record, or the board with its panel open.
            page.wait_for_url(re.compile(r"/(o|relay)/\w+(/|\?.*open=)[0-9a-f-]{36}"))

    @test("Two Chinese characters find customers, and one opens with everything around it")
    def find_customer() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            page = visitor.page
            name = chinese_name(house)
            visitor.open("/o/company")
            rows = page.locator("#rows tr[data-id]")
            expect(rows.first).to_be_visible()
            visitor.screenshot("list")
            visitor.check_accessible()
            box = page.get_by_role("searchbox").first
            box.fill(name[:2])
            box.press("Enter")
            page.wait_for_url(re.compile("q="))
            expect(rows.first).to_be_visible()
            assert rows.count() <= 50
            found = rows.locator("a.rt").first
            title = found.inner_text().strip()
            found.click()
            page.wait_for_url(re.compile(r"/o/company/[0-9a-f-]{36}"))
            assert visitor.heading() == title, f"{visitor.heading()} instead of {title}"
            visitor.screenshot("company")
            visitor.check_accessible()
            visitor.open("/o/company/" + Guide(house.server).record("company", "owner"))
            expect(page.locator(".prog .ord").first).to_be_visible()

    @test("The language switch changes the page and is remembered")
    def switch_language() -> None:
        with house.visitor(language="zh") as visitor:
            visitor.sign_in("sales2")
            visitor.speak("en")
            expect(visitor.page.get_by_role("heading", level=1)).to_have_text("My day")
            visitor.open("/o/company")
            expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
            visitor.speak("zh")
            expect(visitor.page.locator("html")).to_have_attribute("lang", "zh-CN")

    @test("A filter, an order and the next page are in the address")
    def filter_and_sort() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            page = visitor.page
            visitor.open("/o/company")
            page.locator("thead th a").first.click()
            page.wait_for_url(re.compile("sort="))
            more = page.locator("a[data-more]")
            if more.count():
                before = page.locator("#rows tr[data-id]").count()
                more.click()
                page.wait_for_function(
                    "before => document.querySelectorAll('#rows tr[data-id]').length > before || location.search.includes('cursor')", arg=before)

    @test("A record outside one's rights looks like one that doesn't exist")
    def unseen() -> None:
        with house.visitor() as visitor:
            visitor.expects("status of 404")
            record = first_record(house, "user", "owner")
            visitor.sign_in("production")
            texts = []
            for path in (f"/o/quotation/{first_record(house, 'quotation', 'owner')}", f"/o/quotation/{record}"):
                answer = visitor.page.goto(path)
                assert answer is not None and answer.status == 404, f"{path}: {answer and answer.status}"
                text = visitor.page.locator("main").inner_text()
                texts.append(re.sub(r"404 · \w+", "404", text))  # the number of the request
            assert texts[0] == texts[1], texts

    @test("A wrong form says what is wrong beside the field and keeps what was typed")
    def wrong_form() -> None:
        with house.visitor() as visitor:
            visitor.expects("status of 422")
            visitor.sign_in("sales")
            page = visitor.page
            visitor.open("/o/company/new")
            page.locator("[name=city]").fill("Bremen")
            page.locator("div.save button.p").click()
            field = page.locator("div.fd.err").first
            expect(field.locator(".fd-e")).to_be_visible()
            expect(page.locator("[name=city]")).to_have_value("Bremen")
            visitor.check_accessible()


def chinese_name(house: House) -> str:
    """A Chinese name of some company of the demo."""
    token = house.server.token("owner")
    answer = house.server.call("GET", "/api/v1/company?limit=50&filter=NOT(ISBLANK(name_zh))&fields=id,name_zh", token=token)
    assert answer.status == 200 and answer.json["data"], answer.text[:300]
    text = re.findall(r"[\u4e00-\u9fff]{2,}", answer.text)
    assert text, "no company has a Chinese name"
    return text[0]
