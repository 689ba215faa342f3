"""Served over TLS: what the start script makes, and what passes through it."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from pathlib import Path

from runner import test
from server import LOGS, PASSWORD, ROOT, binary, demo_data, end_with_parent, free_port

SCRIPT = ROOT / "scripts" / "serve-tls.sh"


class Secured:
    """A Baton behind its proxy on the loopback, started as ./run --tls starts it."""

    def __init__(self, name: str, *further: str, data: Path | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="baton-secured-")
        self.data = data or Path(self._folder.name) / "data"
        if data is None:
            shutil.copytree(demo_data(), self.data)
        self.port, self.plain_port = free_port(), free_port()
        self.log = LOGS / f"{name}-tls.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(SCRIPT), "--binary", str(binary()), "--data", str(self.data), "--port", str(self.port),
                 "--plain-port", str(self.plain_port), *further, "--", "serve"],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=end_with_parent)
        self._wait()

    def __enter__(self) -> "Secured":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._folder.cleanup()

    def _wait(self) -> None:
        for _ in range(600):
            assert self.process.poll() is None, self.text()
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError(self.text())

    def text(self) -> str:
        return self.log.read_text(errors="replace")

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)

    @property
    def authority(self) -> Path:
        return self.data / "tls" / "ca.crt"

    def trust(self, *protocols: str) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(self.authority))
        context.set_alpn_protocols(list(protocols) or ["http/1.1"])
        return context

    def secure(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None,
               host: str = "localhost") -> http.client.HTTPResponse:
        connection = http.client.HTTPSConnection(host, self.port, context=self.trust(), timeout=30)
        connection.request(method, path, body, headers or {})
        return read(connection)

    def plain(self, path: str, method: str = "GET") -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=30)
        connection.request(method, path)
        return read(connection)

    def curl(self, *words: str) -> str:
        done = subprocess.run(
            ["curl", "--silent", "--show-error", "--cacert", str(self.authority), *words], capture_output=True, text=True,
            timeout=60, check=False)
        assert done.returncode in (0, 28), done.stderr
        return done.stdout

    def sign_in(self, login: str, password: str = PASSWORD, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
        form = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.secure("POST", "/sign-in", f"login={login}&password={password}", form)


def read(connection: http.client.HTTPConnection) -> http.client.HTTPResponse:
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer


def cookies_of(answer: http.client.HTTPResponse) -> list[str]:
    return answer.headers.get_all("set-cookie") or []


def children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in found.stdout.split()]


def family(pid: int) -> list[int]:
    return [one for child in children(pid) for one in (child, *family(child))]


def protocol_and_chain(house: Secured) -> None:
    for host, address in (("localhost", "127.0.0.1"), ("127.0.0.1", "127.0.0.1")):
        with socket.create_connection((address, house.port), timeout=10) as raw:
            with house.trust("h2", "http/1.1").wrap_socket(raw, server_hostname=host) as secured:
                assert secured.selected_alpn_protocol() == "h2", secured.selected_alpn_protocol()
                assert secured.version() == "TLSv1.3", secured.version()
    said = house.curl("--http2", "--write-out", "%{http_version} %{http_code}", f"https://localhost:{house.port}/health")
    assert said.endswith("2 200"), said
    with socket.create_connection(("127.0.0.1", house.port), timeout=10) as raw:
        try:
            ssl.create_default_context().wrap_socket(raw, server_hostname="localhost")
        except ssl.SSLCertVerificationError:
            return
    raise AssertionError("a device that does not know the authority took the certificate")


def only_for_here(house: Secured) -> None:
    """The authority's key, stolen, makes no certificate for a shop or a bank."""
    folder = Path(house._folder.name)
    own = house.data / "tls"
    for name, kind in (("www.example.com", "DNS"), ("203.0.113.7", "IP")):
        (folder / "x.cnf").write_text(f"basicConstraints=CA:FALSE\nsubjectAltName={kind}:{name}\n")
        for words in (
            ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "x.key"],
            ["req", "-new", "-key", "x.key", "-subj", "/O=Else", "-out", "x.csr"],
            ["x509", "-req", "-in", "x.csr", "-CA", str(own / "ca.crt"), "-CAkey", str(own / "ca.key"), "-days", "10",
             "-set_serial", "7", "-extfile", "x.cnf", "-out", "x.crt"],
        ):
            subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=True)
        seen = subprocess.run(
            ["openssl", "verify", "-CAfile", str(own / "ca.crt"), "x.crt"], cwd=folder, capture_output=True, text=True, check=False)
        assert seen.returncode != 0 and "permitted subtree violation" in seen.stdout + seen.stderr, seen.stdout + seen.stderr
    for path in (own, own / "ca.key", own / "server.pem"):
        assert path.stat().st_mode & 0o077 == 0, f"{path.name} is open to others"


def cookies(house: Secured) -> None:
    answer = house.sign_in("sales")
    assert answer.status == 303, answer.body[:300]
    said = cookies_of(answer)
    assert any(one.startswith("baton_session=") for one in said), said
    assert all("Secure" in one for one in said), said
    # Nobody is bound for good to a certificate of one's own.
    assert answer.headers.get("strict-transport-security") is None


def guesses(house: Secured) -> None:
    """What a client says of its own address does not give it another try."""
    last = 0
    for n in range(12):
        last = house.sign_in("logistics", "wrong", {"X-Forwarded-For": f"203.0.113.{n}", "Forwarded": f"for=203.0.113.{n}"}).status
    assert last == 429, last


def live(house: Secured) -> None:
    """What one makes, another's page hears of, over HTTP/2."""
    cookie = next(one.split(";")[0] for one in cookies_of(house.sign_in("sales")) if one.startswith("baton_session"))
    listening = subprocess.Popen(
        ["curl", "--silent", "--cacert", str(house.authority), "--http2", "--no-buffer", "--max-time", "20", "--cookie", cookie,
         f"https://localhost:{house.port}/live"], stdout=subprocess.PIPE, text=True, preexec_fn=end_with_parent)
    try:
        assert listening.stdout.readline().startswith("retry: 3000")
        session = house.secure("POST", "/api/v1/session", json.dumps({"login": "sales", "password": PASSWORD}), {"Content-Type": "application/json"})
        made = house.secure("POST", "/api/v1/task", json.dumps({"title": "Heard over TLS", "due": "2030-01-01T09:00:00Z"}), {
            "Content-Type": "application/json", "Authorization": "Bearer " + json.loads(session.body)["token"]})
        assert made.status == 201, made.body[:300]
        heard = ""
        for line in listening.stdout:
            heard += line
            if '"object":"task"' in line:
                return
        raise AssertionError(heard or "nothing was heard")
    finally:
        listening.kill()
        listening.wait()


def plain_only_tells(house: Secured) -> None:
    page = house.plain("/trust")
    assert page.status == 200 and b"baton-ca.crt" in page.body, page.status
    printed = re.search(r"fingerprint: (\S+)", house.text())
    assert printed and printed[1].encode() in page.body, "the page shows another fingerprint than the terminal"
    assert house.plain("/trust/ca.crt").body == house.authority.read_bytes()
    for path in ("/", "/sign-in", "/o/company", "/api/v1/company", "/live", "/health", "/metrics"):
        answer = house.plain(path)
        assert (answer.status, answer.headers["location"]) == (302, "/trust"), f"{path}: {answer.status}"
    assert house.plain("/trust", "POST").status == 403
    opened = house.plain("/open")
    assert opened.headers["location"] == f"https://127.0.0.1:{house.port}/", opened.headers["location"]


def ends_together(house: Secured) -> None:
    all_of_them = family(house.process.pid)
    assert len(all_of_them) >= 3, all_of_them
    house.stop()
    for _ in range(50):
        if not any(Path(f"/proc/{pid}").exists() for pid in all_of_them):
            break
        time.sleep(0.1)
    assert not [pid for pid in all_of_them if Path(f"/proc/{pid}").exists()]
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", house.port)) != 0


def kept_and_renewed() -> None:
    """A second start keeps what devices trust; other names bring a certificate of the same authority."""
    with Secured("kept") as house:
        own = house.data / "tls"
        first = (own / "ca.crt").read_bytes(), (own / "server.pem").read_bytes()
        house.stop()
        with Secured("kept-again", data=house.data):
            assert ((own / "ca.crt").read_bytes(), (own / "server.pem").read_bytes()) == first
        (own / "names").write_text("DNS:localhost,IP:192.168.99.99\n")
        with Secured("renewed", data=house.data) as again:
            assert (own / "ca.crt").read_bytes() == first[0]
            assert (own / "server.pem").read_bytes() != first[1]
            assert again.secure("GET", "/health").status == 200


def given_certificate() -> None:
    """One's own certificate: no authority is made, plain addresses lead to the encrypted ones."""
    with tempfile.TemporaryDirectory(prefix="baton-given-") as name:
        folder = Path(name)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
             "site.key", "-out", "site.crt", "-days", "90", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
            cwd=folder, capture_output=True, check=True)
        with Secured("given", "--cert", str(folder / "site.crt"), "--key", str(folder / "site.key")) as house:
            assert not (house.data / "tls").exists()
            context = ssl.create_default_context(cafile=str(folder / "site.crt"))
            connection = http.client.HTTPSConnection("localhost", house.port, context=context, timeout=30)
            connection.request("GET", "/sign-in")
            assert read(connection).status == 200
            there = house.plain("/o/company?q=a").headers["location"]
            assert there == f"https://127.0.0.1:{house.port}/o/company?q=a", there


def add() -> None:
    started: list[Secured] = []

    def house() -> Secured:
        if not started:
            started.append(Secured("wire"))
        return started[0]

    test("TLS: HTTP/2 is agreed on, and the chain ends at the house's own authority")(lambda: protocol_and_chain(house()))
    test("TLS: The authority signs for this machine only, and its key is closed to others")(lambda: only_for_here(house()))
    test("TLS: Cookies go over TLS only")(lambda: cookies(house()))
    test("TLS: Live pages hear through HTTP/2")(lambda: live(house()))
    test("TLS: Who names another address for himself is still the one who guesses")(lambda: guesses(house()))
    test("TLS: Without encryption one only learns how to trust it")(lambda: plain_only_tells(house()))
    test("TLS: The server and its proxy end together")(lambda: ends_together(house()))
    test("TLS: A second start keeps the authority, other addresses renew the certificate")(kept_and_renewed)
    test("TLS: A certificate of one's own is used as it is")(given_certificate)
