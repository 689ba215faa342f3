"""The site as an app of a phone's home screen: what is kept, what is not, and what other programs share with it."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from runner import test
from visit import House, Visitor

KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys()) kept[name] = (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
  return kept;
}"""
OLD = """async () => { const cache = await caches.open("baton-before"); await cache.put("/a/app.old.css", new Response("x")); }"""
# What a phone does with a share: a form of parts, sent as a page of its own.
SHARE = """([text, name]) => {
  const form = document.createElement("form");
  form.method = "post"; form.enctype = "multipart/form-data"; form.action = "/share";
  const words = Object.assign(document.createElement("textarea"), { name: "text", value: text });
  const file = Object.assign(document.createElement("input"), { name: "file", type: "file" });
  const bytes = new DataTransfer();
  bytes.items.add(new File([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 1])], name, { type: "image/png" }));
  file.files = bytes.files;
  form.append(words, file); document.body.append(form); form.submit();
}"""


# Answers whether the worker answers for this page; "no worker" when none has come within ten seconds.
READY = """async () => {
  const late = new Promise((done) => setTimeout(() => done(null), 10000));
  const registration = await Promise.race([navigator.serviceWorker.ready, late]);
  if (!registration) return "no worker";
  for (let tries = 0; tries < 50 && registration.active.state !== "activated"; tries += 1) await new Promise((done) => setTimeout(done, 100));
  return navigator.serviceWorker.controller ? "ready" : registration.active.state;
}"""


def is_ready(visitor: Visitor) -> None:
    """The worker answers for this page. It claims the pages that stand when it is activated; one whose answer was on
    its way at that moment has it from its next load on."""
    state = visitor.page.evaluate(READY)
    if state == "activated":
        visitor.page.reload()
        state = visitor.page.evaluate(READY)
    assert state == "ready", state


def add(house: House) -> None:
    @test("On the home screen: the manifest is sound, pages are drawn from the phone, records are not kept, sign-out clears")
    def installed() -> None:
        with house.visitor(phone=True, app=True) as visitor:
            page = visitor.page
            visitor.open("/offline")
            page.evaluate(OLD)
            visitor.sign_in("sales")
            is_ready(visitor)
            protocol = visitor.context.new_cdp_session(page)
            manifest = protocol.send("Page.getAppManifest")
            assert not manifest["errors"], manifest["errors"]
            assert json.loads(manifest["data"])["share_target"]["action"] == "/share"
            missing = [error["errorId"] for error in protocol.send("Page.getInstallabilityErrors")["installabilityErrors"]]
            assert set(missing) <= {"in-incognito"}, missing  # every context of the tests is a private window

            visitor.open("/o/company")
            kept = page.evaluate(KEPT)
            assert len(kept) == 1 and "baton-before" not in kept, list(kept)
            paths = next(iter(kept.values()))
            assert all(path.startswith("/a/") or path == "/offline" for path in paths), paths

            visitor.expects("ERR_INTERNET_DISCONNECTED")
            visitor.context.set_offline(True)
            visitor.open("/o/order")
            expect(page.locator("h1")).to_have_text("没有连上接力")
            visitor.check_accessible()
            visitor.check_width()
            visitor.context.set_offline(False)
            page.evaluate("dispatchEvent(new Event('online'))")
            expect(page.locator("#rows")).to_be_visible()

            visitor.open_account_menu()
            page.locator("header.bar details.me form[action='/sign-out'] button").click()
            page.wait_for_url("**/sign-in")
            assert page.evaluate("localStorage.length") == 0

    @test("A picture that the phone shares goes to the record that is chosen; a text becomes a contact")
    def shared() -> None:
        with house.visitor(phone=True, app=True) as visitor:
            page = visitor.page
            visitor.sign_in("sales")
            is_ready(visitor)
            page.evaluate(SHARE, ["Greta Holm\nHolm Lighting GmbH\ngreta@holm.example", "slip.png"])
            page.wait_for_url("**/share?*")
            expect(page.locator("main")).to_contain_text("slip.png")
            expect(page.locator(".share-t")).to_contain_text("greta@holm.example")
            page.locator(".share .q input[name=q]").fill("LED")
            page.keyboard.press("Enter")
            expect(page.locator(".share-p").first).to_be_visible()
            visitor.check_accessible()
            visitor.check_width()
            page.go_back()
            visitor.press("新建联系人")
            expect(page.locator("[name=email]").first).to_have_value("greta@holm.example")
