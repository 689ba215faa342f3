"""The mail account set on its page, tried against a real mail server; its password is shown nowhere."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Callable

from leaving import Place, Session, sign_in, until
from post_office import ACCOUNT, SECRET, MailServer
from runner import test
from server import Server

WRONG = "battery staple 77"


def sets(session: Session, mail: MailServer, password: str) -> str:
    page = session.get("/settings/mail")
    return session.press(page, "/settings/mail", {
        "host": "localhost", "port": str(mail.port), "protection": "starttls", "user": ACCOUNT, "sender": ACCOUNT,
        "sender_name": "接力贸易", "password": password})


def tries(session: Session, to: str) -> tuple[int, str]:
    try:
        return 200, session.press(session.get("/settings/mail"), "/settings/mail/test", {"to": to})
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()


def seen(place: Place, server: Server, session: Session, token: str) -> list[str]:
    """Everything that whoever looks after the house can read of it."""
    texts = [session.get(path) for path in (
        "/settings", "/settings/mail", "/settings/deliveries", "/settings/audit", "/settings/backup", "/settings/people")]
    for path in ("/api/v1/events?after=0&limit=500", "/api/v1/definitions", "/api/v1/me", "/api/openapi.json", "/metrics"):
        answer = server.call("GET", path, token=token)
        texts.append(answer.text + str(answer.headers))
    return texts + [place.run(server.data, "config"), place.run(server.data, "deliveries"), server.log.read_text(errors="replace")]


def tried(house: Callable[[], Place]) -> None:
    place = house()
    with MailServer(place.authority, "starttls") as mail, \
            place.serve("mail-page", {"mail_ca": str(place.authority.file)}) as server:
        session, token = Session(server), sign_in(server)
        answers = [sets(session, mail, WRONG)]
        status, page = tries(session, "new@example.com")
        answers.append(page)
        assert status == 422 and "账号或密码被服务器拒绝" in page, page[-2000:]
        assert not mail.mails and mail.logins == ["refused"], mail.logins
        answers.append(sets(session, mail, SECRET))
        status, page = tries(session, "new@example.com")
        answers.append(page)
        assert status == 200, page[-2000:]
        until("the test mail", 10, lambda: mail.mails)
        assert str(mail.mails[0]["To"]) == "new@example.com" and mail.encrypted == [True], mail.mails[0].as_string()
        assert "接力贸易" in str(mail.mails[0]["From"]) and "邮件账号设对了" in mail.mails[0].get_body(("plain",)).get_content()
        # With nothing typed the password stays, and still goes to this server alone.
        answers.append(sets(session, mail, ""))
        assert tries(session, "again@example.com")[0] == 200 and mail.logins[-1] == ACCOUNT
        backup = session.get("/settings/backup")
        answers.append(session.press(backup, "/settings/backup", {}))
        for text in answers + seen(place, server, session, token):
            for secret in (SECRET, WRONG, SECRET.replace(" ", "+"), WRONG.replace(" ", "+")):
                assert secret not in text, "the password is shown: " + text[max(0, text.find(secret) - 200):][:300]


def add(house: Callable[[], Place]) -> None:
    test("The mail account of the page: a refused and a good password at a real server, and it is shown nowhere")(
        lambda: tried(house))
