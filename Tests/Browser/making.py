"""Making a record from anywhere: the short form, what may be the same, a card that fills it."""

from __future__ import annotations

import re
import uuid

from playwright.sync_api import Locator, expect

from runner import test
from visit import House, Visitor

CARD = """Best regards
{name}
Head of Purchasing
{company} GmbH
Hafenweg 12
20457 Hamburg, Germany
Phone: +49 40 123 {digits}
{mail}
"""


def short_form(visitor: Visitor, words: str) -> Locator:
    """Opens a short form by the key, or by the plus of the phone."""
    page = visitor.page
    if visitor.is_phone:
        page.locator("header.bar a[data-do=make]").click()
    else:
        page.keyboard.press("c")
    palette = page.locator("dialog.pal[open]")
    box = palette.get_by_role("combobox")
    box.fill(words)
    box.press("Enter")
    dialog = page.locator("dialog.quick-d[open]")
    expect(dialog).to_be_visible()
    return dialog


def fill_company(dialog: Locator, name: str) -> None:
    dialog.locator("[name=name_en]").fill(name)
    dialog.locator("input[name=roles][value=customer]").check()
    dialog.locator("[name=country]").select_option("DE")


def add(house: House) -> None:
    for width in ("desktop", "phone"):
        @test(f"A customer is made from the day, and its namesake is noticed while one types, on a {width}")
        def from_the_day(width: str = width) -> None:
            with house.visitor(phone=width == "phone") as visitor:
                visitor.sign_in("sales")
                page = visitor.page
                name = "Abendstern " + uuid.uuid4().hex[:6]
                dialog = short_form(visitor, "xjkh")
                fill_company(dialog, name + " GmbH")
                visitor.check_accessible()
                visitor.check_width()
                dialog.get_by_role("button", name="创建", exact=True).click()
                expect(dialog).to_be_hidden()
                expect(page.locator("#toasts")).to_contain_text(name)
                dialog = short_form(visitor, "xjkh")
                expect(dialog.locator("[name=name_en]")).to_have_value("")
                fill_company(dialog, name.upper() + " KG")
                same = dialog.locator("#quick-same a")
                expect(same.first).to_contain_text(name)
                visitor.check_accessible()
                visitor.screenshot(f"{width}-quick-same")
                dialog.get_by_role("button", name=re.compile("创建并打开")).click()
                answer = dialog.locator("input[name=accept_duplicate]")
                expect(answer).to_be_visible()
                answer.check()
                dialog.get_by_role("button", name=re.compile("创建并打开")).click()
                page.wait_for_url(re.compile(r"/o/company/[0-9a-f-]{36}"))

    @test("A mail signature fills a contact; its unknown company is made first, with the address")
    def from_a_card() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("sales")
            page = visitor.page
            word = "Kranich" + uuid.uuid4().hex[:6]
            text = CARD.format(name="Greta Lindner", company=word, digits="4567", mail=f"greta@{word.lower()}.de")
            dialog = short_form(visitor, "contact")
            dialog.locator("details.quick-p summary").click()
            dialog.locator("[name=card]").fill(text)
            dialog.locator(".quick-p button[type=submit]").click()
            expect(dialog.locator("[name=name]")).to_have_value("Greta Lindner")
            expect(dialog.locator("[name=email]")).to_have_value(f"greta@{word.lower()}.de")
            dialog.locator("a[data-do=quick]").click()
            company = page.locator("dialog.quick-d[open]", has=page.locator("[name=name_en]"))
            expect(company.locator("[name=name_en]")).to_have_value(word + " GmbH")
            expect(company.locator("[name=country]")).to_have_value("DE")
            expect(company).to_contain_text("Hamburg")
            company.locator("input[name=roles][value=customer]").check()
            company.get_by_role("button", name="创建", exact=True).click()
            expect(page.locator("#toasts")).to_contain_text(word)
            # What was read from the card is still there.
            dialog = short_form(visitor, "contact")
            expect(dialog.locator("[name=name]")).to_have_value("Greta Lindner")
            dialog.locator("details.quick-p summary").click()
            dialog.locator("[name=card]").fill(text)
            dialog.locator(".quick-p button[type=submit]").click()
            expect(dialog.locator("[data-field=company] input[role=combobox]")).to_have_value(re.compile(word))
            dialog.get_by_role("button", name=re.compile("创建并打开")).click()
            page.wait_for_url(re.compile(r"/o/contact/[0-9a-f-]{36}"))
            assert visitor.heading() == "Greta Lindner"

    @test("However soon Enter or Tab follows the words, what is picked is what they mean: in a form, a cell and a note")
    def fast_typist() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("owner")
            page = visitor.page
            visitor.open("/o/contact/new")
            picker = page.locator("[data-field=company] input[role=combobox]")
            found = page.evaluate("""async () => {
              const { items } = await (await fetch(document.querySelector("[data-field=company] bt-combobox").dataset.source)).json();
              return items.map(item => [item.title, item.id]);
            }""")
            (first, _), (second, second_id), (third, third_id) = found[:3]
            held = page.locator("input[type=hidden][name=company]")
            picker.click()
            picker.fill(first)
            expect(page.locator("ul.cb [role=option]").first).to_contain_text(first)
            picker.fill(second)
            picker.press("Enter")
            expect(held).to_have_value(second_id)
            picker.fill(third)
            picker.press("Tab")
            expect(held).to_have_value(third_id)
            # Picked by the pointer while the last letters are still looked for: the list stays closed.
            picker.click()
            option = page.locator("ul.cb [role=option]").nth(2)
            expect(option).to_be_visible()
            picker.press("End")
            page.keyboard.type("x")
            option.dispatch_event("pointerdown")
            page.wait_for_timeout(500)
            expect(page.locator("ul.cb")).to_be_hidden()
            page.locator("main form [name=name]").fill("Sent Early")
            picker.fill(first)
            picker.press("Control+Enter")
            page.wait_for_url(re.compile(r"/o/contact/[0-9a-f-]{36}"))
            expect(page.locator("[data-fact=company] dd")).to_contain_text(first)

            visitor.open("/o/contact?view=all")
            place = page.evaluate("[...document.querySelectorAll('thead th')].findIndex(head => head.dataset.c === 'company')")
            cell = page.locator("#rows tr[data-id]").first.locator(f":scope > :nth-child({place + 1})")
            chosen = first if first not in cell.inner_text() else second
            cell.click(position={"x": 3, "y": 8})  # beside its link
            page.keyboard.press("Enter")
            box = page.locator("form.ced input[role=combobox]")
            box.fill(chosen)
            box.press("Tab")
            expect(cell).to_contain_text(chosen)
            expect(page.locator("#toasts")).to_contain_text("已保存")

            visitor.open("/o/company?view=all")
            page.locator("#rows a.rt").first.click()
            page.wait_for_url(re.compile(r"/o/company/[0-9a-f-]{36}"))
            note = page.locator("textarea[name=summary]")
            note.fill("")
            note.press_sequentially("@z")
            expect(page.locator("#mention-cb li").first).to_be_visible()
            note.press_sequentially("jq")
            note.press("Enter")
            expect(note).to_have_value("@周佳琪 ")

    @test("Without scripts the plus leads to a page of the same form")
    def without_scripts() -> None:
        with house.visitor(scripts=False) as visitor:
            visitor.sign_in("sales")
            page = visitor.page
            page.locator("header.bar a[data-do=make]").click()
            page.wait_for_url(re.compile("/quick$"))
            visitor.open("/quick/company")
            form = page.locator("main form.quick-f")
            fill_company(form, "Papierlos " + uuid.uuid4().hex[:6])
            form.get_by_role("button", name=re.compile("创建并打开")).click()
            page.wait_for_url(re.compile(r"/o/company/[0-9a-f-]{36}"))
