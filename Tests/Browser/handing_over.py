"""Work of one person goes to another, is accepted, and comes back."""

from __future__ import annotations

import re
import uuid

from playwright.sync_api import expect

from merging import customer
from runner import test
from visit import House


def person(visitor, name: str) -> str:
    """Makes a colleague in sales by the API of the page's own session; gives their id."""
    return visitor.page.evaluate(
        """async name => {
          const made = await fetch("/api/v1/user", {method: "POST", headers: {
            "content-type": "application/json", "x-csrf-token": document.body.dataset.csrf},
            body: JSON.stringify({name, login: name.toLowerCase(), roles: ["sales"]})});
          return (await made.json()).id;
        }""",
        name)


def add(house: House) -> None:
    @test("What somebody holds is planned, looked at, handed over, listed for signature and taken back")
    def hand_over() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            page = visitor.page
            mark = uuid.uuid4().hex[:6]
            giver, taker = person(visitor, "Geber" + mark), person(visitor, "Nehmer" + mark)
            firm = customer(visitor, "Uebergabe " + mark)
            visitor.page.evaluate(
                """async ([firm, owner]) => {
                  await fetch("/api/v1" + firm.slice(2) + "/actions/assign", {method: "POST", headers: {
                    "content-type": "application/json", "x-csrf-token": document.body.dataset.csrf},
                    body: JSON.stringify({owner})});
                }""",
                [firm, giver])
            visitor.open("/settings/hand-over?person=" + giver)
            visitor.check_accessible()
            visitor.check_width()
            page.locator("select[name=to]").evaluate("(list, id) => { list.value = id; }", taker)
            page.get_by_role("button", name="下一步：看谁得到什么").click()
            page.wait_for_url(re.compile(r"/settings/hand-over/[0-9a-f-]{36}$"))
            plan = page.url
            expect(page.get_by_role("link", name="Uebergabe " + mark)).to_be_visible()
            visitor.check_accessible()
            visitor.check_width()
            page.get_by_role("button", name="交接 1 项").click()
            expect(page.get_by_role("button", name=re.compile("撤销交接"))).to_be_visible(timeout=15000)
            page.get_by_role("link", name="交接清单").click()
            page.wait_for_url(re.compile("/list$"))
            expect(page.locator("main")).to_contain_text("签字")
            visitor.check_accessible()
            page.goto(plan)
            page.get_by_role("button", name=re.compile("撤销交接")).click()
            expect(page.locator("main")).to_contain_text("已退回 1 项", timeout=15000)
