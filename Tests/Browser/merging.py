"""Two records of one customer become one."""

from __future__ import annotations

import re
import uuid

from playwright.sync_api import Page, expect

from runner import test
from visit import House, Visitor


def customer(visitor: Visitor, name: str, website: str = "") -> str:
    """Makes a customer by the API of the page's own session; gives its address."""
    return visitor.page.evaluate(
        """async ([name, website]) => {
          const made = await fetch("/api/v1/company", {method: "POST", headers: {
            "content-type": "application/json", "x-csrf-token": document.body.dataset.csrf},
            body: JSON.stringify({name_en: name, short_name: name, roles: ["customer"], country: "DE",
              currency: "USD", source: "fair", ...(website ? {website} : {})})});
          return "/o/company/" + (await made.json()).id;
        }""",
        [name, website])


def chosen(page: Page, field: str) -> str:
    return page.locator(f"input[name='f.{field}']:checked").get_attribute("value") or ""


def add(house: House) -> None:
    @test("Two records of one customer are set side by side and become one, and that is undone")
    def merge() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            page = visitor.page
            name = "Zaunkönig " + uuid.uuid4().hex[:6]
            keep = customer(visitor, name + " GmbH")
            gone = customer(visitor, name + " AG", "https://zaun.example")
            visitor.open(keep)
            expect(page.locator(".banners").get_by_role("link", name="对比并合并")).to_be_visible()
            visitor.open(keep + "/merge")
            visitor.pick(page.get_by_role("combobox", name="与哪一条合并"), name + " AG")
            page.get_by_role("button", name="对比并合并").click()
            page.wait_for_url(re.compile(r"/merge\?with=[0-9a-f-]{36}"))
            visitor.check_accessible()
            visitor.check_width()
            assert chosen(page, "website") == gone.rsplit("/", 1)[1]
            page.get_by_role("button", name="全用这条的值").nth(1).click()
            assert chosen(page, "short_name") == gone.rsplit("/", 1)[1]
            page.get_by_role("button", name="合并 2 条").click()
            page.wait_for_url(re.compile(keep + "$"))
            expect(page.locator("main h1")).to_contain_text(name + " AG")
            visitor.open(gone)
            page.wait_for_url(re.compile(keep + "$"))
            visitor.open(keep + "/merge")
            visitor.check_accessible()
            page.get_by_role("button", name="撤销合并").click()
            page.wait_for_url(re.compile(keep + "$"))
            expect(page.locator("main h1")).to_contain_text(name + " GmbH")
