"""A stalled order makes noise: the leg's holder and those above are told, and see it on the board."""

from __future__ import annotations

import time
from urllib.parse import quote

from playwright.sync_api import expect

from main_job import field
from runner import test
from visit import House


def call(house: House, method: str, path: str, login: str, body: dict | None = None, version: str | None = None) -> dict:
    headers = {"If-Match": version} if version else {}
    answer = house.server.call(method, "/api/v1" + path, body, token=house.server.token(login), headers=headers)
    assert answer.status < 300, f"{method} {path}: {answer.status} {answer.text[:300]}"
    return answer.json


def rows(house: House, object_: str, expression: str, fields: str, login: str) -> list[dict]:
    found = call(house, "GET", f"/{object_}?limit=20&fields={fields}&filter={quote(expression)}", login)["data"]
    assert found, f"no {object_} with {expression}"
    return found


def limit(house: House, value: str, unit: str, clock: str) -> None:
    """Sets the company's limit of the review."""
    rule = rows(house, "sla_rule", 'step = "contract.review"', "id,version,limit_value", "owner")[0]
    call(house, "PATCH", f"/sla_rule/{rule['id']}", "owner",
         {"limit_value": value, "limit_unit": unit, "clock": clock}, version=str(rule["version"]))


def add(house: House) -> None:
    @test("A review that nobody does is told to its merchandiser, then to the manager, and stands red on the board")
    def _() -> None:
        # The limit of the day is over at once: what would happen tomorrow evening happens now.
        limit(house, "0", "h", "calendar")
        try:
            pi = rows(house, "pi", 'status IN ("sent", "confirmed", "deposit_received")', "id,company,owner", "sales")[0]
            people = rows(house, "user", 'login = "merchandiser"', "id,name", "sales")[0]
            made = call(house, "POST", "/order", "sales", {
                "pi": pi["id"], "company": field(pi, "company"), "merchandiser": people["id"],
                "confirmed_etd": "2030-03-01",
            })
            number = field(made, "no")
            with house.visitor(phone=False) as visitor:
                visitor.sign_in("merchandiser")
                line = visitor.page.locator("main").get_by_text("“评审”已超时").filter(has_text=number)
                for _ in range(30):
                    visitor.open("/notices")
                    if line.count():
                        break
                    time.sleep(1)
                expect(line.first).to_be_visible()
                visitor.open("/relay/order")
                row = visitor.page.locator(f"main :text('{number}')").first
                expect(row).to_be_visible()
            with house.visitor(phone=False) as visitor:
                visitor.sign_in("manager")
                visitor.open("/notices")
                expect(visitor.page.locator("main").get_by_text("“评审”超时未交").filter(has_text=number).first).to_be_visible()
        finally:
            limit(house, "1", "wd", "work")
