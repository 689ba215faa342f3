#!/usr/bin/env python3
"""Mail while the server is killed: every reminder reaches a real mail server at least once, and what comes twice has the
same Message-ID. The mail server is slow and turns some away."""

from __future__ import annotations

import base64
import collections
import datetime as dt
import email
import email.policy
import random
import sys
import threading
import time

from house import LOGIN, Client, House, arguments, free_port

try:
    from aiosmtpd.controller import Controller
except ImportError:
    raise SystemExit("✗ aiosmtpd is missing: it is in Tests/requirements.txt.") from None

ADDRESS = "lin@example.com"


class MailServer:
    """Takes mail on the loopback; `answers` 451 now and then."""

    def __init__(self, seed: int, turns_away: float):
        self.mails: list[email.message.EmailMessage] = []
        self.turned_away = 0
        self._dice = random.Random(seed)
        self._share = turns_away
        self._lock = threading.Lock()
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    async def handle_DATA(self, _server, _session, envelope):  # noqa: ANN001, N802: the library's name
        import asyncio

        await asyncio.sleep(0.05)
        with self._lock:
            if self._dice.random() < self._share:
                self.turned_away += 1
                return "451 Try again"
            assert envelope.rcpt_tos == [ADDRESS], envelope.rcpt_tos
            self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    def taken(self) -> list[email.message.EmailMessage]:
        with self._lock:
            return list(self.mails)

    def stop(self) -> None:
        self._controller.stop()


def settle_in(client: Client) -> None:
    """An address for the account, and quiet hours that are not now."""
    me = client.get(f"/api/v1/user?filter=login%20%3D%20%22{LOGIN}%22")["data"][0]
    hour = (dt.datetime.now(dt.timezone.utc) + dt.timedelta(hours=8 + 6)).hour
    quiet = f"{hour:02}:00-{(hour + 1) % 24:02}:00"
    answer = client.call("PATCH", f"/api/v1/user/{me['id']}", {"email": ADDRESS, "quiet_hours": quiet},
                         {"If-Match": f"\"{me['version']}\""})
    assert answer and answer.status == 200, answer and answer.text


def add_tasks(client: Client, count: int, seconds: float) -> set[str]:
    """Tasks that are due soon; their titles."""
    titles = set()
    for number in range(count):
        due = dt.datetime.now(dt.timezone.utc) + dt.timedelta(seconds=seconds)
        title = f"交单 {number:03}"
        answer = client.call("POST", "/api/v1/task", {"title": title, "due": due.strftime("%Y-%m-%dT%H:%M:%SZ")})
        assert answer and answer.status == 201, answer and answer.text
        titles.add(title)
    return titles


def told(mails: list[email.message.EmailMessage], titles: set[str]) -> dict[str, set[str]]:
    """Title → the Message-IDs of the mails about it; also proves that every mail is sound."""
    found: dict[str, set[str]] = collections.defaultdict(set)
    for mail in mails:
        subject, plain = str(mail["Subject"]), mail.get_body(("plain",))
        title = next((title for title in titles if subject.endswith(title)), None)
        assert title, f"a subject that nobody wrote: {subject}"
        assert plain and title in plain.get_content() and mail.get_body(("html",)), subject
        assert mail["Auto-Submitted"] == "auto-generated" and mail["Date"] and mail["From"], subject
        assert base64.b64decode(plain.get_payload()), subject
        found[title].add(str(mail["Message-ID"]))
    return found


def main() -> int:
    options = arguments(__doc__, 4, tasks=(60, "reminders"), turns_away=(0.1, "share of mail that is turned away at first"),
                        limit=(150.0, "seconds until all must have arrived"))
    server = MailServer(options.seed, options.turns_away)
    settings = {"mail_server": f"smtp://127.0.0.1:{server.port}", "mail_protection": "none", "mail_from": "baton@example.com",
                "public_url": "https://baton.example", "delivery_timeout": "2"}
    dice = random.Random(options.seed)
    with House(options.database, settings=settings) as house:
        house.prepare()
        running = house.serve()
        client = Client(running.port, running.token())
        settle_in(client)
        titles = add_tasks(client, options.tasks, 4)
        kills, started = 0, time.monotonic()
        while time.monotonic() - started < options.limit:
            found = told(server.taken(), titles)
            if len(found) == len(titles) and kills >= options.cycles:
                break
            # Killed while mail is on its way: some has gone out that is not noted as gone.
            share = len(found) / len(titles)
            if kills < options.cycles and share >= kills / options.cycles and (found or time.monotonic() - started > 6):
                time.sleep(dice.random() * 0.3)
                running.kill()
                kills += 1
                running = house.serve()
            time.sleep(0.05)
        time.sleep(3)
        mails = server.taken()
        found = told(mails, titles)
        running.stop()
        state = house.run("deliveries")
    server.stop()
    lost = titles - set(found)
    several = {title: ids for title, ids in found.items() if len(ids) > 1}
    failed = [f"never mailed: {sorted(lost)[:5]}"] if lost else []
    failed += [f"one reminder under several names: {several}"] if several else []
    failed += [f"a name for several reminders: {len(found)} and {len(set().union(*found.values()))}"] \
        if found and len(set().union(*found.values())) != len(found) else []
    failed += [] if "given up 0" in state else [state]
    print(f"{len(titles)} reminders, {kills} kills, {server.turned_away} turned away: {len(mails)} mails taken, "
          f"{len(mails) - len(found)} of them again, {len(lost)} lost")
    for line in failed:
        print("✗ " + line)
    print(f"{0 if failed else 1} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
