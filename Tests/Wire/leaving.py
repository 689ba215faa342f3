"""What leaves the house: mail over TLS with an account, webhooks with signature and key; and rules that programs ask for."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Callable

from post_office import ACCOUNT, SECRET, Authority, Ear, MailServer
from runner import test
from server import ROOT, Server, binary, end_with_parent

LOGIN, PASSWORD = "boss", "seven ships in the harbour"
RULES = """rules:
  - id: hook_out
    label: {zh: 告诉外部, en: Tell outside}
    on: created
    if: priority = "P1"
    then: [{webhook: {url: note, title: title}}]
  - id: mail_out
    label: {zh: 发邮件, en: Mail}
    on: created
    if: priority = "P2"
    then: [{mail: {to: '"desk@example.com"', subject: title, body: note}}]
  - id: from_outside
    label: {zh: 外部触发, en: From outside}
    on: webhook
    if: status = "open"
    then: [{create: {object: task, set: {title: 'CONCAT("Asked: ", title)', assignee: assignee, due: due}}}]
"""


class Place:
    """A small company whose tasks have rules, on a disk of its own; each server works on a copy of it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="baton-leaving-")
        root = Path(self._folder.name)
        self.packs, self.data = root / "Packs", root / "data"
        shutil.copytree(ROOT / "Packs", self.packs)
        task = self.packs / "base" / "objects" / "task.yaml"
        task.write_text(task.read_text().replace("\nviews:\n", "\n" + RULES + "views:\n", 1))
        self.authority = Authority(root)
        self.run(self.data, "user", "add", LOGIN, "--roles", "general_manager,admin", stdin=PASSWORD + "\n")

    def run(self, data: Path, *words: str, stdin: str = "") -> str:
        done = subprocess.run(
            [str(binary()), *words, "--data", str(data)], cwd=ROOT, input=stdin, capture_output=True, text=True,
            env={**os.environ, "BATON_PACKS": str(self.packs)}, timeout=300, preexec_fn=end_with_parent, check=False)
        assert done.returncode == 0, done.stdout[-1500:] + done.stderr[-1500:]
        return done.stdout

    def serve(self, name: str, settings: dict[str, str], data: Path | None = None) -> Server:
        environment = {"BATON_" + key.upper(): value for key, value in settings.items()}
        return Server(name, data=data or self.data, demo=False, embedded=True,
                      environment={"BATON_PACKS": str(self.packs), "BATON_DELIVERY_TIMEOUT": "10", **environment})

    def mail(self, server: MailServer, **more: str) -> dict[str, str]:
        return {"mail_server": server.url, "mail_from": ACCOUNT, "mail_user": ACCOUNT, "mail_password": SECRET,
                "mail_ca": str(self.authority.file), **more}


def until(what: str, seconds: float, holds: Callable[[], object]) -> object:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = holds()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} s: {what}")


def sign_in(server: Server) -> str:
    answer = server.call("POST", "/api/v1/session", {"login": LOGIN, "password": PASSWORD})
    assert answer.status in (200, 201), f"{answer.status} {answer.text[:300]}"
    return answer.json["token"]


def add_task(server: Server, token: str, **fields: str) -> dict:
    body = {"title": "t", "due": "2030-01-01T00:00:00Z", **fields}
    made = server.call("POST", "/api/v1/task", body, token)
    assert made.status == 201, f"{made.status} {made.text[:300]}"
    return made.json


class Session:
    """Somebody at the pages."""

    def __init__(self, server: Server):
        self.server = server
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        page = self.get("/sign-in")
        hidden = re.findall(r'type="?hidden"?[^>]*name="?([\w-]+)"?[^>]*value="?([^">\s]*)', page)
        self.post("/sign-in", {**dict(hidden), "login": LOGIN, "password": PASSWORD})

    def get(self, path: str) -> str:
        return self._opener.open(self.server.address + path, timeout=30).read().decode()

    def post(self, path: str, fields: dict[str, str]) -> str:
        data = urllib.parse.urlencode(fields).encode()
        return self._opener.open(self.server.address + path, data, timeout=30).read().decode()

    def press(self, page: str, path: str, fields: dict[str, str]) -> str:
        token = re.search(r'data-csrf="?([^">\s]+)', page)
        assert token, "no token in the page"
        return self.post(path, {**fields, "csrf": token.group(1)})


def keeps_secret(server: Server, *texts: str) -> None:
    for text in (server.log.read_text(errors="replace"), *texts):
        assert SECRET not in text and "correct horse" not in text, "the password is shown"


# --- mail


def sends(place: Place, way: str) -> None:
    with MailServer(place.authority, way) as mail, place.serve("mail-" + way, place.mail(mail)) as server:
        add_task(server, sign_in(server), title="货已装船 shipped", note="三个柜", priority="P2")
        until("the mail", 20, lambda: mail.mails)
        assert mail.logins == [ACCOUNT] and mail.encrypted == [True]
        assert str(mail.mails[0]["Subject"]) == "货已装船 shipped" and str(mail.mails[0]["To"]) == "desk@example.com"
        assert "三个柜" in mail.mails[0].get_body(("plain",)).get_content()
        keeps_secret(server)


def fails(place: Place, mail: MailServer, settings: dict[str, str], english: str, chinese: str) -> Path:
    """Nothing goes out, the reason is told at the page and the command, and the mail waits; a copy of the data."""
    with place.serve("mail-fails", settings) as server:
        add_task(server, sign_in(server), title="urgent", note="n", priority="P2")
        listed = until("the reason", 20, lambda: _reason(place, server, english))
        page = Session(server).get("/settings/deliveries")
        assert chinese in page, page[-3000:]
        assert not mail.mails, "it was sent"
        keeps_secret(server, page, str(listed))
        kept = Path(tempfile.mkdtemp(prefix="baton-kept-", dir=place.data.parent)) / "data"
        server.process.terminate()
        server.process.wait(timeout=30)
        shutil.copytree(server.data, kept)
        return kept


def _reason(place: Place, server: Server, english: str) -> str | None:
    listed = place.run(server.data, "deliveries")
    return listed if english in listed and "mail  待送 waiting 1" in listed else None


def wrong_password(place: Place) -> None:
    with MailServer(place.authority, "starttls") as mail:
        kept = fails(place, mail, place.mail(mail, mail_password="correct horse staple"), "refused the account", "账号或密码被服务器拒绝")
        # The password is put right: what waited goes out, once.
        with place.serve("mail-mended", place.mail(mail), data=kept) as server:
            until("the mail that waited", 40, lambda: mail.mails)
            time.sleep(2.5)
            assert len(mail.mails) == 1 and mail.logins[-1] == ACCOUNT
            keeps_secret(server)


def wrong_certificate(place: Place) -> None:
    for way in ("starttls", "tls"):
        with MailServer(place.authority, way) as mail:
            fails(place, mail, place.mail(mail, mail_ca=""), "certificate is not trusted", "证书不可信")


def without_protection(place: Place) -> None:
    with MailServer(place.authority, "starttls") as mail:
        fails(place, mail, place.mail(mail, mail_protection="none", mail_user=""), "wants encryption", "要求加密")
    with MailServer(place.authority, "plain", login=False) as mail:
        fails(place, mail, place.mail(mail), "offers no encrypted connection", "不提供加密连接")


# --- webhooks


def signed_and_repeated(place: Place) -> None:
    with Ear() as ear, place.serve("hooks", {"webhook_private": "true", "webhook_secret": "s3cret"}) as server:
        ear.answers = [503]
        token = sign_in(server)
        made = add_task(server, token, title="订单", note=f"http://127.0.0.1:{ear.port}/in", priority="P1")
        until("the second attempt", 40, lambda: len(ear.heard) >= 2)
        for headers, body in ear.heard:
            parts = dict(part.split("=", 1) for part in headers["baton-signature"].split(","))
            wanted = hmac.new(b"s3cret", parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
            assert hmac.compare_digest(parts["v1"], wanted), "the signature is wrong"
            assert abs(int(parts["t"]) - time.time()) < 120, "the signature is not fresh"
            assert json.loads(body)["title"] == "订单" and json.loads(body)["record"] == made["id"]
        # Whoever keeps the keys that came takes it once, and an old signature stays old.
        assert len({headers["idempotency-key"] for headers, _ in ear.heard}) == 1
        assert ear.heard[0][0]["baton-signature"] != ear.heard[1][0]["baton-signature"]
        until("rest", 15, lambda: "waiting 0" in place.run(server.data, "deliveries"))
        assert len(ear.heard) == 2


def given_up_and_again(place: Place) -> None:
    with Ear() as ear, place.serve("hooks-dead", {"webhook_private": "true"}) as server:
        ear.answers = [410]
        add_task(server, sign_in(server), title="gone", note=f"http://127.0.0.1:{ear.port}/", priority="P1")
        until("the dead letter", 20, lambda: "given up 1" in place.run(server.data, "deliveries"))
        figures = urllib.request.urlopen(server.address + "/metrics", timeout=10).read().decode()
        assert re.search(r"^baton_deliveries_dead 1$", figures, re.M), figures
        session = Session(server)
        page = session.get("/settings/deliveries")
        assert "对方回答 410" in page and "再试一次" in page
        number = re.search(r'name="?id"?[^>]*value="?(\d+)', page)
        assert number
        session.press(page, "/settings/deliveries/again", {"id": number.group(1)})
        until("it once more", 20, lambda: len(ear.heard) == 2)
        assert ear.heard[0][0]["idempotency-key"] == ear.heard[1][0]["idempotency-key"]
        until("nothing dead", 10, lambda: "没有放弃的投递" in session.get("/settings/deliveries"))


def inside_is_refused(place: Place) -> None:
    with Ear() as ear, place.serve("hooks-private", {}) as server:
        token = sign_in(server)
        for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0"):
            add_task(server, token, title=host, note=f"http://{host}:{ear.port}/", priority="P1")
        until("four dead letters", 30, lambda: "given up 4" in place.run(server.data, "deliveries"))
        assert not ear.heard, "an address inside was reached"
        assert "不允许" in Session(server).get("/settings/deliveries")


# --- rules that programs ask for


def asked_from_outside(place: Place) -> None:
    with place.serve("rules", {}) as server:
        token = sign_in(server)
        task = add_task(server, token, title="Ring")["id"]
        path = f"/api/v1/task/{task}/rules/from_outside"

        def runs() -> list[dict]:
            return server.call("GET", "/api/v1/rule-runs?limit=100&record=" + task, token=token).json["data"]

        assert server.call("POST", path).status == 401
        assert server.call("POST", path, token=token[:-2] + "zz").status == 401
        assert server.call("POST", path, token="").status == 401
        assert runs() == []
        assert server.call("POST", path + "x", token=token).status == 404
        assert server.call("POST", path + "?by=hand", token=token).status == 404, "it is no rule for hands"
        assert server.call("GET", path, token=token).status == 404
        once = server.call("POST", path, token=token, headers={"Idempotency-Key": "call-1"})
        again = server.call("POST", path, token=token, headers={"Idempotency-Key": "call-1"})
        assert (once.status, again.status) == (200, 200) and once.json == again.json, again.text
        assert [run["result"] for run in runs()] == ["done"]
        titles = [row["title"] for row in server.call("GET", "/api/v1/task?fields=title", token=token).json["data"]]
        assert titles.count("Asked: Ring") == 1
        assert server.call("POST", path, token=token, headers={"Idempotency-Key": "call-2"}).status == 200
        assert len(runs()) == 2
        done = server.call("POST", f"/api/v1/task/{task}/actions/done", {}, token)
        assert done.status == 200, done.text
        closed = server.call("POST", path, token=token)
        assert closed.status == 409 and closed.json["code"] == "condition_not_met", closed.text


def add() -> Callable[[], Place]:
    """The tests of this file, on one small company, which is returned for others."""
    made: list[Place] = []

    def place() -> Place:
        if not made:
            made.append(Place())
        return made[0]

    for sentence, body in {
        "Mail goes out over STARTTLS to who asks for an account": lambda: sends(place(), "starttls"),
        "Mail goes out over implicit TLS to who asks for an account": lambda: sends(place(), "tls"),
        "Mail with a wrong password waits and says why, and goes out once it is put right": lambda: wrong_password(place()),
        "Mail to a server with a strange certificate waits and says why": lambda: wrong_certificate(place()),
        "Mail without encryption, or to a server without it, waits and says why": lambda: without_protection(place()),
        "Webhooks are signed, fresh, and repeated with the same key": lambda: signed_and_repeated(place()),
        "Webhooks that are refused for good can be sent again with the same key": lambda: given_up_and_again(place()),
        "Webhooks never reach addresses inside unless a setting says so": lambda: inside_is_refused(place()),
        "Rules asked for by a program: token, key and condition": lambda: asked_from_outside(place()),
    }.items():
        test(sentence)(body)
    return place
