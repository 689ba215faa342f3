"""Mail servers with their own certificates, and a program that hears webhooks, on the loopback."""

from __future__ import annotations

import email
import email.policy
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from server import free_port

ACCOUNT = "baton@example.com"
SECRET = "correct horse battery 42"


class Authority:
    """A certificate authority of this run alone, and one certificate for localhost."""

    def __init__(self, folder: Path):
        self.file = folder / "ca.pem"
        key, request, certificate, names = (folder / name for name in ("server.key", "server.csr", "server.pem", "names"))
        names.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        for command in (
            ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(folder / "ca.key"), "-out", str(self.file),
             "-days", "2", "-subj", "/CN=Test authority"],
            ["req", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(request), "-subj", "/CN=localhost"],
            ["x509", "-req", "-in", str(request), "-CA", str(self.file), "-CAkey", str(folder / "ca.key"),
             "-CAcreateserial", "-out", str(certificate), "-days", "2", "-extfile", str(names)],
        ):
            subprocess.run(["openssl", *command], check=True, capture_output=True)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)


class MailServer:
    """Takes mail from who signs in; `way` is `starttls`, `tls` or `plain`."""

    def __init__(self, authority: Authority, way: str, login: bool = True):
        self.mails: list[email.message.EmailMessage] = []
        self.logins: list[str] = []
        self.encrypted: list[bool] = []
        self._way = way
        self.port = free_port()
        options: dict = {"hostname": "127.0.0.1", "port": self.port}
        if login:
            options |= {"authenticator": self._sign_in, "auth_required": True, "auth_require_tls": way == "starttls"}
        if way == "starttls":
            options |= {"tls_context": authority.context, "require_starttls": True}
        if way == "tls":
            options |= {"ssl_context": authority.context}
        self._controller = Controller(self, **options)
        self._controller.start()

    def __enter__(self) -> "MailServer":
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        return f"{'smtps' if self._way == 'tls' else 'smtp'}://localhost:{self.port}"

    def _sign_in(self, _server, _session, _envelope, _mechanism, data) -> AuthResult:  # noqa: ANN001
        assert isinstance(data, LoginPassword)
        good = data.login == ACCOUNT.encode() and data.password == SECRET.encode()
        self.logins.append(data.login.decode() if good else "refused")
        return AuthResult(success=good, handled=False)

    async def handle_DATA(self, _server, session, envelope):  # noqa: ANN001, N802: the library's name
        self.encrypted.append(self._way == "tls" or session.ssl is not None)
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


class Ear:
    """Hears webhooks; `answers` are the statuses of the next ones, 204 when there are no more."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # noqa: N802: the library's name
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                ear.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(ear.answers.pop(0) if ear.answers else 204)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self) -> "Ear":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
