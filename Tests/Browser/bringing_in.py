"""Writing without the main job's comfort: importing a file, and forms in a browser without scripts."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import expect

from runner import test
from visit import House

# Three customers as a Chinese spreadsheet saves them: GBK, a quoted line break, one row that can't be read safely.
CUSTOMERS = (
    "英文名称,简称,身份,国家,来源,城市\r\n"
    "Nordlicht Leuchten GmbH,Nordlicht 导入,customer,DE,fair,\"Bremen\nHafen\"\r\n"
    "Lumières du Sud SARL,Lumieres 导入,customer,FR,fair,Lyon\r\n"
    "Broken Row Ltd,Broken 导入,customer,Atlantis,fair,Nowhere\r\n"
).replace("è", "e").encode("gbk")


def found(house: House, name: str) -> int:
    token = house.server.token("owner")
    answer = house.server.call("GET", "/api/v1/company?filter=" + quote(f'short_name = "{name}"'), token=token)
    assert answer.status == 200, answer.text[:200]
    return len(answer.json["data"])


def add(house: House) -> None:
    @test("A Chinese spreadsheet is imported by the page; the row that can't be read is flagged")
    def import_file() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            page = visitor.page
            visitor.open("/import/company")
            visitor.check_accessible()
            page.locator("#file").set_input_files({"name": "客户.csv", "mimeType": "text/csv", "buffer": CUSTOMERS})
            expect(page.locator("table.raw")).to_contain_text("英文名称")
            visitor.screenshot("import-preview")
            page.get_by_role("button", name="下一步").click()
            expect(page.locator("table.map")).to_be_visible()
            visitor.screenshot("import-map")
            page.locator("form.card button[type=submit]").last.click()
            expect(page.locator("dl.tally")).to_be_visible()
            assert found(house, "Nordlicht 导入") == 0, "the check wrote something"
            wrong = page.locator("table.mend input[aria-invalid=true]").first
            expect(wrong).to_be_visible()
            visitor.check_accessible()
            visitor.screenshot("import-check")
            page.locator("form.card button[type=submit]").last.click()
            expect(page.locator("h2", has_text="导入完成")).to_be_visible()
            visitor.screenshot("import-done")
        assert found(house, "Nordlicht 导入") == 1 and found(house, "Lumieres 导入") == 1
        assert found(house, "Broken 导入") == 0

    @test("Without scripts a person signs in, searches, creates and edits")
    def without_scripts() -> None:
        with house.visitor(scripts=False) as visitor:
            visitor.sign_in("sales")
            page = visitor.page
            visitor.open("/o/company/new")
            for name, value in {"short_name": "No Script Ltd", "name_en": "No Script Limited", "city": "Leeds"}.items():
                page.locator(f"[name={name}]").first.fill(value)
            page.locator("[name=roles][value=customer]").check()
            page.locator("select[name=country]").select_option("GB")
            page.locator("select[name=source]").select_option("fair")
            page.locator("div.save button.p").click()
            page.wait_for_url(re.compile(r"/o/company/[0-9a-f-]{36}$"))
            visitor.open(page.url.replace(house.server.address, "") + "/edit")
            page.locator("[name=city]").first.fill("York")
            page.locator("div.save button.p").click()
            page.wait_for_url(re.compile(r"/o/company/[0-9a-f-]{36}$"))
            assert "York" in page.locator("main").inner_text()
            visitor.open("/o/company?q=No+Script")
            assert page.locator("#rows tr[data-id]").count() >= 1
        assert found(house, "No Script Ltd") == 1
