"""A person at a browser: signs in, reads, types. Whatever the browser complains of fails the test."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

import axe_playwright_python
from playwright.sync_api import Browser, Locator, Page, Playwright, expect, sync_playwright

from server import PASSWORD, ROOT, Server, demo_data

SCREENSHOTS = ROOT / ".build" / "screenshots"
AXE_SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FAULTS = """async only => {
  const { violations } = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  // A target that a bar or a message covers in part where the page happens to stand is measured again in the middle.
  for (const violation of violations.filter(({ id }) => id === "target-size")) {
    const still = [];
    for (const node of violation.nodes) {
      document.querySelector(node.target[0])?.scrollIntoView({ block: "center", behavior: "instant" });
      const again = await axe.run({ include: [node.target] }, { runOnly: { type: "rule", values: ["target-size"] } });
      still.push(...again.violations.flatMap(({ nodes }) => nodes));
    }
    violation.nodes = still;
  }
  return violations.filter(({ nodes }) => nodes.length);
}"""

expect.set_options(timeout=20_000)  # a debug program on a busy machine

DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True,
}


class Visitor:
    """One browser context with one page."""

    def __init__(self, browser: Browser, server: Server, phone: bool, language: str, dark: bool,
                 scripts: bool, app: bool = False):
        self.server = server
        self.language = language
        self.is_phone = phone
        self.scripts = scripts
        self.context = browser.new_context(
            **(PHONE if phone else DESKTOP), locale="zh-CN" if language == "zh" else "en-GB", timezone_id="Asia/Shanghai",
            color_scheme="dark" if dark else "light", accept_downloads=True,
            base_url=server.address, java_script_enabled=scripts, service_workers="allow" if app else "block")
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self._expected: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("response", self._response)

    def _console(self, message) -> None:  # noqa: ANN001
        if message.type == "error":
            self.complaints.append(f"console: {message.text}")

    def _response(self, response) -> None:  # noqa: ANN001
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    def expects(self, text: str) -> None:
        """A complaint with this text is part of the test, such as the 422 of a wrong form."""
        self._expected.append(text)

    def unexpected(self) -> list[str]:
        return [complaint for complaint in self.complaints if not any(text in complaint for text in self._expected)]

    # Going about

    def open(self, path: str) -> None:
        self.page.goto(path, wait_until="load")
        self.ready()

    def ready(self) -> None:
        """Waits until the page's modules have run: they begin once the page has been painted."""
        if self.scripts:
            self.page.evaluate("async () => { for (const one of document.querySelectorAll('script[type=module]')) await import(one.src) }")

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """Signs in by the form; leaves the visitor on the first page, in the visitor's language."""
        self.open("/sign-in")
        form = self.page.locator("form#sign-in")
        form.locator("[name=login]").fill(login)
        form.locator("[name=password]").fill(password)
        form.locator("button[type=submit]").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        self.speak(self.language)

    def speak(self, language: str) -> None:
        """Switches the language when the page has another one."""
        wanted = "zh-CN" if language == "zh" else "en"
        if self.page.locator("html").get_attribute("lang") != wanted:
            self.open_account_menu()
            self.page.locator(f"form.prefs button[name=language][value={language}]").first.click()
            expect(self.page.locator("html")).to_have_attribute("lang", wanted)

    def open_account_menu(self) -> None:
        menu = self.page.locator("header.bar details.me")
        if not menu.evaluate("menu => menu.open"):
            menu.locator("summary").click()

    def press(self, name: str, within: Locator | None = None) -> None:
        """Presses the visible button or link with this name, in the record's menu when it stands nowhere else."""
        scope = within or self.page.locator("main")
        pattern = re.compile("^" + re.escape(name))
        found = scope.get_by_role("button", name=pattern).or_(scope.get_by_role("link", name=pattern))
        shown = found.locator("visible=true")
        if shown.count() == 0:
            for menu in scope.locator("details.menu:not([open]) > summary").locator("visible=true").all():
                menu.click()
                if shown.count():
                    break
        assert shown.count(), f"no button “{name}”; there are: {self.names(scope)}"
        refusal = shown.first.get_attribute("aria-disabled")
        assert refusal != "true", f"“{name}” is refused: {shown.first.get_attribute('title')}"
        shown.first.click()

    def names(self, scope: Locator) -> list[str]:
        """The buttons and links in sight, for messages of failed tests."""
        return [text.strip()[:40] for text in scope.locator("button, a.btn, details.menu a").all_inner_texts() if text.strip()]

    def fill(self, label: str, value: str, within: Locator | None = None) -> None:
        scope = within or self.page.locator("main")
        control = scope.get_by_label(re.compile("^" + re.escape(label))).locator("visible=true").first
        if control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)

    def pick(self, control: Locator, text: str) -> None:
        """Chooses a record in a picker by typing a part of its name."""
        control.click()
        control.fill("")
        control.press_sequentially(text, delay=20)
        option = self.page.get_by_role("option").filter(has_text=text).locator("visible=true").first
        option.click()

    def answer_dialog(self, name: str, fills: dict[str, str]) -> None:
        """Fills the open dialog and presses its button of this name."""
        dialog = self.page.get_by_role("dialog").locator("visible=true").first
        expect(dialog).to_be_visible()
        for label, value in fills.items():
            self.fill(label, value, dialog)
        self.press(name, dialog)

    def heading(self) -> str:
        return self.page.locator("main h1").first.inner_text().strip()

    # Looking closely

    def screenshot(self, name: str, full: bool = False) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_timeout(250)  # transitions end
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=full)

    def accessibility_faults(self, rules: list[str] | None = None) -> list[str]:
        """What axe finds on the page, by its tags of WCAG or by single rules."""
        self.page.evaluate(AXE_SCRIPT)
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
        result = self.page.evaluate(FAULTS, only)
        return [
            f"{violation['id']}: {violation['help']} at {violation['nodes'][0]['target']} ({len(violation['nodes'])} places): "
            + violation["nodes"][0].get("failureSummary", "")
            for violation in result
        ]

    def check_accessible(self) -> None:
        found = self.accessibility_faults()
        assert not found, f"{self.page.url}: " + "; ".join(found)

    def check_width(self) -> None:
        over = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 1, f"{self.page.url} scrolls sideways by {over} px"

    def download_pdf(self, path: str) -> "Printed":
        """Fetches a document as the download link does."""
        answer = self.context.request.get(path)
        assert answer.status == 200, f"{path}: {answer.status} {answer.text()[:200]}"
        assert answer.headers["content-type"].startswith("application/pdf"), answer.headers["content-type"]
        assert "attachment" in answer.headers.get("content-disposition", ""), "the download has no file name"
        return Printed(answer.body())


class Printed:
    """A PDF, read by other people's tools."""

    def __init__(self, data: bytes):
        assert data.startswith(b"%PDF-"), data[:20]
        self._folder = tempfile.TemporaryDirectory()
        self.file = Path(self._folder.name) / "document.pdf"
        self.file.write_bytes(data)
        self.text = self._run("pdftotext", "-layout", str(self.file), "-")

    def _run(self, *command: str) -> str:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def check_fonts(self) -> None:
        """Every font is embedded, as a subset."""
        rows = self._run("pdffonts", str(self.file)).splitlines()[2:]
        assert rows, "no fonts at all"
        for row in rows:
            flags = re.search(r"\b(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", row)
            assert flags and flags[1] == "yes" and flags[2] == "yes", row

    def keep(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self._run("pdftoppm", "-png", "-r", "60", str(self.file), str(SCREENSHOTS / name))


class House:
    """The browser and the servers of one run."""

    def __init__(self, server: Server | None = None, name: str = "browser") -> None:
        path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if path is None:
            raise SystemExit("no Chromium on this machine")
        self._playwright: Playwright = sync_playwright().start()
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        self.browser = self._playwright.chromium.launch(executable_path=path, args=options)
        self.server = server or Server(name, data=demo_data())

    def close(self) -> None:
        self.browser.close()
        self._playwright.stop()
        self.server.stop()

    @contextmanager
    def visitor(self, phone: bool = False, language: str = "zh", dark: bool = False, scripts: bool = True,
                server: Server | None = None, app: bool = False) -> Iterator[Visitor]:
        """`app` lets the service worker in, which the other scenes do without."""
        visitor = Visitor(self.browser, server or self.server, phone, language, dark, scripts, app)
        try:
            yield visitor
        except Exception:
            visitor.screenshot("failed")
            print(f"    at {visitor.page.url}; picture in {SCREENSHOTS / 'failed.png'}; {visitor.complaints}")
            raise
        finally:
            visitor.context.close()
        assert not visitor.unexpected(), f"the browser complained: {visitor.unexpected()}"
