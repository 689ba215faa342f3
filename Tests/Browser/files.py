"""Files at a record: dropped, pasted, looked at, kept by versions."""

from __future__ import annotations

from playwright.sync_api import expect

from runner import test
from visit import House

# A picture of one pixel.
PIXEL = ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
HELD = """([kind, files]) => {
  const held = new DataTransfer();
  for (const [name, base64, more] of files) {
    const bytes = Uint8Array.from(atob(base64) + more, (letter) => letter.charCodeAt(0));
    held.items.add(new File([bytes], name, { type: "image/png" }));
  }
  const target = document.querySelector(".shelf");
  if (kind === "paste") document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
  else for (const step of ["dragover", "drop"]) target.dispatchEvent(new DragEvent(step, { dataTransfer: held, bubbles: true, cancelable: true }));
}"""


def add(house: House) -> None:
    @test("Files are dropped and pasted, looked at in a panel by keys, and the same name is the next version")
    def shelf() -> None:
        with house.visitor() as visitor:
            page = visitor.page
            visitor.sign_in("qc")
            visitor.open("/o/exception")
            page.locator("#rows tr[data-id] a.rt").first.click()
            shelf = page.locator(".shelf").first
            expect(shelf.locator("[data-pick]")).to_be_visible()
            page.evaluate(HELD, ["drop", [["crack.png", PIXEL, ""], ["carton.png", PIXEL, "1"]]])
            expect(shelf.locator("> .shelf-f")).to_have_count(2)
            page.evaluate(HELD, ["drop", [["crack.png", PIXEL, "2"]]])
            expect(shelf.locator("> .shelf-v summary")).to_have_text("共 2 版")
            expect(shelf.locator("> .shelf-f")).to_have_count(2)
            # The same once more is said, not kept.
            visitor.expects("422")
            page.evaluate(HELD, ["drop", [["crack.png", PIXEL, "2"]]])
            expect(page.locator("#toasts .toast.bad")).to_contain_text("内容一样")
            page.evaluate(HELD, ["paste", [["image.png", PIXEL, "3"]]])
            expect(shelf.locator("> .shelf-f")).to_have_count(3)
            expect(shelf.locator(".shelf-n").last).to_contain_text("截图")
            visitor.check_accessible()

            shelf.locator("a[data-view=picture]").first.click()
            panel = page.locator("dialog.view-d[open]")
            expect(panel.locator("img")).to_have_js_property("naturalWidth", 1)
            first = panel.locator("h2").inner_text()
            page.keyboard.press("ArrowRight")
            expect(panel.locator("h2")).not_to_have_text(first)
            visitor.check_accessible()
            page.keyboard.press("Escape")
            expect(panel).to_have_count(0)

    @test("Without scripts a file is sent by a plain form")
    def plain() -> None:
        with house.visitor(scripts=False) as visitor:
            page = visitor.page
            visitor.open("/sign-in")
            form = page.locator("form#sign-in")
            form.locator("[name=login]").fill("qc")
            form.locator("[name=password]").fill("baton-demo")
            form.locator("button[type=submit]").click()
            visitor.open("/o/exception")
            page.locator("#rows tr[data-id] a.rt").nth(1).click()
            page.locator(".shelf input[name=file]").first.set_input_files(
                {"name": "plain.txt", "mimeType": "text/plain", "buffer": b"plain"})
            page.locator(".shelf button[type=submit]", has_text="上传").first.click()
            expect(page.locator(".shelf .shelf-n", has_text="plain.txt")).to_be_visible()
