"""The main job on a phone in Chinese: a customer from a spreadsheet; their inquiry becomes a quotation, its second
version, a PI and an order."""

from __future__ import annotations

import datetime
import re

from playwright.sync_api import expect

from runner import test
from visit import House, Visitor

NEXT_WEEK = (datetime.date.today() + datetime.timedelta(days=7)).isoformat()


# The salesperson's own list as a Chinese spreadsheet saves it.
CUSTOMER = "Ostsee Leuchten"
LIST = (
    "英文名称,简称,身份,国家,来源,币种,付款方式,城市,地址\r\n"
    f"Ostsee Leuchten Handels GmbH,{CUSTOMER},customer,DE,fair,USD,TT30_70COPY,Rostock,Am Strande 12\r\n"
).encode("gbk")


class Goods:
    """A product of the demo company with a healthy margin, for the imported customer."""

    def __init__(self, house: House):
        self.token = house.server.token("sales")
        products = self.rows(house, "product", "list_price > 0 AND purchase_price > 0", "id,sku,name_en,list_price,cost_current,moq,pcs_carton")
        self.customer = CUSTOMER
        self.product = next(
            product for product in products if float(field(product, "list_price")) * 7 * 0.82 > float(field(product, "cost_current")))
        self.sku = field(self.product, "sku")
        self.price = field(self.product, "list_price")

    def rows(self, house: House, object_: str, expression: str, fields: str) -> list[dict]:
        from urllib.parse import quote

        answer = house.server.call("GET", f"/api/v1/{object_}?limit=50&fields={fields}&filter={quote(expression)}", token=self.token)
        assert answer.status == 200 and answer.json["data"], f"{object_}: {answer.status} {answer.text[:300]}"
        return answer.json["data"]


def field(record: dict, name: str) -> str:
    """A field of an API record, wherever the record keeps its fields."""
    value = record.get(name, record.get("fields", {}).get(name) if isinstance(record.get("fields"), dict) else None)
    return str(value["amount"] if isinstance(value, dict) and "amount" in value else value)


def record_of(visitor: Visitor, object_: str) -> str:
    """Waits for the page of a record of this object and returns its path."""
    visitor.page.wait_for_url(re.compile(rf"/o/{object_}/[0-9a-f-]{{36}}"))
    found = re.search(rf"/o/{object_}/[0-9a-f-]{{36}}", visitor.page.url)
    assert found
    return found.group(0)


def save(visitor: Visitor) -> None:
    visitor.page.locator("div.save button.p").click()


def bring_in_customer(visitor: Visitor) -> None:
    """Imports the list by the pages and waits until it is done. Choosing the file sends it; nothing is pressed for that."""
    page = visitor.page
    visitor.open("/import/company")
    page.locator("#file").set_input_files({"name": "我的客户.csv", "mimeType": "text/csv", "buffer": LIST})
    expect(page.locator("table.raw")).to_be_visible()
    visitor.check_width()
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("table.map")).to_be_visible()
    visitor.check_width()
    page.locator("form.card button[type=submit]").last.click()
    expect(page.locator("dl.tally")).to_be_visible()
    page.locator("form.card button[type=submit]").last.click()
    expect(page.locator("h2", has_text="导入完成")).to_be_visible()
    visitor.screenshot("phone-import-done")


def make_inquiry(visitor: Visitor, goods: Goods) -> str:
    page = visitor.page
    visitor.open("/o/inquiry/new")
    page.locator("[name=source]").first.select_option("fair")
    visitor.pick(page.locator('[name="company.q"]'), goods.customer)
    visitor.press("加一行")
    line = page.locator("bt-lines tbody tr").last
    visitor.pick(line.locator('[name$="product.q"]'), goods.sku)
    line.locator('[name$=".qty"]').fill("100")
    save(visitor)
    return record_of(visitor, "inquiry")


def qualify(visitor: Visitor) -> None:
    for action in ("已首次回复", "判定合格"):
        visitor.press(action)
        visitor.answer_dialog(action, {"下步日期": NEXT_WEEK})
        expect(visitor.page.locator("main h1").first).to_be_visible()


def fill_prices(visitor: Visitor, goods: Goods) -> None:
    """Opens the sheet of the quotation when it isn't open yet, sets rate and price, and sees the sums follow."""
    page = visitor.page
    if page.locator("form.quote").count() == 0:
        visitor.press("编辑")
    page.wait_for_selector("form.quote")
    page.locator("[name=fx_rate]").fill("7.1")
    line = page.locator("bt-lines tbody tr").first
    price = line.locator('[name$=".price"]')
    sums = page.locator("[data-sums]")
    before = sums.inner_text()
    price.fill(goods.price)
    price.press("Tab")
    expect(sums).not_to_have_text(before, timeout=10_000)
    visitor.check_width()
    visitor.screenshot("phone-quotation-sheet", full=True)
    save(visitor)
    page.wait_for_selector("form.quote", state="detached")


def approve_and_send(visitor: Visitor) -> None:
    visitor.press("本人权限内批准")
    visitor.press("发给客户")


def check_quotation_pdf(visitor: Visitor, path: str, goods: Goods) -> None:
    printed = visitor.download_pdf(path + "/document.pdf?download=1")
    assert "报价" in printed.text and "QUOTATION" in printed.text.upper(), printed.text[:400]
    assert "V2" in printed.text, "the version is not on the PDF"
    assert goods.sku in printed.text, f"{goods.sku} is not on the PDF"
    printed.check_fonts()
    printed.keep("quotation")


def check_invoice_pdf(visitor: Visitor, path: str, goods: Goods) -> None:
    printed = visitor.download_pdf(path + "/document.pdf?download=1")
    assert "PROFORMA" in printed.text.upper() and goods.sku in printed.text, printed.text[:400]
    assert re.search(r"PI\d{4}-\d{4}", printed.text), "no PI number"
    assert "SAY" in printed.text.upper(), "no amount in words"
    printed.check_fonts()
    printed.keep("pi")


def pick_bank(visitor: Visitor) -> None:
    dialog = visitor.page.get_by_role("dialog").locator("visible=true").first
    box = dialog.locator('[name="bank.q"]')
    if box.count() and not dialog.locator('input[type=hidden][name="bank"]').first.input_value():
        box.click()
        visitor.page.get_by_role("option").locator("visible=true").first.click()
    visitor.press("发给客户", dialog)


def add(house: House) -> None:
    @test("On a phone, in Chinese: an imported customer's inquiry becomes a quotation, its second version, a PI and an order")
    def main_job() -> None:
        goods = Goods(house)
        with house.visitor(phone=True) as visitor:
            page = visitor.page
            visitor.sign_in("sales")
            bring_in_customer(visitor)
            make_inquiry(visitor, goods)
            visitor.screenshot("phone-inquiry")
            qualify(visitor)
            visitor.press("生成报价")
            record_of(visitor, "quotation")
            fill_prices(visitor, goods)
            first = record_of(visitor, "quotation")
            approve_and_send(visitor)
            visitor.press("新版本")
            visitor.answer_dialog("新版本", {"改版说明": "客户要求加印标志"})
            page.wait_for_url(lambda url: first not in url)
            second = record_of(visitor, "quotation")
            approve_and_send(visitor)
            check_quotation_pdf(visitor, second, goods)
            visitor.press("客户接受")
            visitor.press("生成 PI")
            invoice = record_of(visitor, "pi")
            visitor.press("发给客户")
            pick_bank(visitor)
            check_invoice_pdf(visitor, invoice, goods)
            visitor.press("生成订单")
            record_of(visitor, "order")
            assert re.search(r"SO\d{9}", page.locator("main").inner_text()), "no order number"
            visitor.check_width()
            visitor.check_accessible()
            visitor.screenshot("phone-order")

            visitor.open(first)
            expect(page.locator("main")).to_contain_text("已被新版取代")
