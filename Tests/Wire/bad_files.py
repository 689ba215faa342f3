"""The table of bad files: what is imported, and what must come of it. Nothing here may write a wrong record."""

from __future__ import annotations

import io
import json
import time
import zipfile
from dataclasses import dataclass
from typing import Callable
from urllib.parse import quote

from bad_inputs import Stage
from server import Server
from wire import WireAnswer, check_manners, request, send

HEAD = "英文名称,简称,身份,国家,来源\n"


def row(number: int, mark: str) -> str:
    return f"File Customer {mark} {number} Ltd,{mark} {number},customer,DE,fair\n"


SHEET = ('<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
         "{dimension}<sheetData>{rows}</sheetData></worksheet>")
BOOK = ('<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>{extra}</workbook>')
RELATIONS = ('<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
             '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
             'Target="worksheets/sheet1.xml"/>{extra}</Relationships>')
TYPES = ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/></Types>')
ROOT_RELATIONS = RELATIONS.replace("relationships/worksheet", "relationships/officeDocument").replace("worksheets/sheet1.xml", "xl/workbook.xml")


def cells(*texts: str) -> str:
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) + "</row>"


GOOD_ROWS = cells("英文名称", "简称", "身份", "国家", "来源")


def workbook(sheet: bytes, extra: dict[str, bytes] | None = None, book: str = "", relations: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT_RELATIONS.format(extra=""))
        archive.writestr("xl/workbook.xml", BOOK.format(extra=book))
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(extra=relations))
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def sheet(rows: str, dimension: str = "") -> bytes:
    return SHEET.format(rows=rows, dimension=dimension).encode()


def zip_bomb() -> bytes:
    """A sheet of 1.2 GB in about 1 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT_RELATIONS.format(extra=""))
        archive.writestr("xl/workbook.xml", BOOK.format(extra=""))
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(extra=""))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            block = b" " * 16_000_000
            part.write(SHEET.split("{")[0].encode() + b"<sheetData>")
            for _ in range(75):
                part.write(block)
    return out.getvalue()


def laughs() -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    return workbook(f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><worksheet><sheetData><row><c t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>'.encode())


def outside_entity() -> bytes:
    return workbook(b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row>'
                    b'<c t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>')


def outside_link() -> bytes:
    link = '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" Target="http://127.0.0.1:9/steal" TargetMode="External"/>'
    formula = '<row><c t="str"><f>cmd|\'/c calc\'!A1</f><v>Linked Ltd</v></c>' + "".join(
        f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("Linked file", "customer", "DE", "fair")) + "</row>"
    return workbook(sheet(GOOD_ROWS + formula), relations=link)


@dataclass(frozen=True)
class BadFile:
    """A file, its name, the statuses that are right, and how many records it may make at most."""

    id: str
    sentence: str
    name: str
    data: Callable[[], bytes]
    statuses: tuple[int, ...]
    creates: int = 0
    flags: int | None = None
    seconds: float = 20


FILES = [
    BadFile("28", "A workbook that unpacks to more than a gigabyte is refused at once", "bomb.xlsx", zip_bomb, (413, 422), seconds=3),
    BadFile("28b", "A workbook inside a workbook is no table", "nested.xlsx", lambda: workbook(workbook(sheet(GOOD_ROWS))), (422,)),
    BadFile("29", "A declared size of ten million rows costs nothing", "wide.xlsx", lambda: workbook(sheet(
        GOOD_ROWS + cells("Dimension Ltd", "Dimension file", "customer", "DE", "fair"), '<dimension ref="A1:XFD10000000"/>')), (200, 422), creates=1),
    BadFile("31", "A link to elsewhere and a command in a formula are text", "link.xlsx", outside_link, (200, 422), creates=1),
    BadFile("34", "A quotation mark that is never closed is refused with its line", "open.csv", lambda: (
        HEAD + '"Open Ltd,Open file,customer,DE,fair\n' + row(1, "open")).encode(), (200, 422), creates=0),
    BadFile("34b", "Mixed line endings and a byte order mark are read", "mixed.csv", lambda: "\ufeff".encode() + (
        HEAD.replace("\n", "\r\n") + row(1, "mixed") + row(2, "mixed").replace("\n", "\r")).encode(), (200,), creates=2),
    BadFile("34c", "UTF-16 is read", "utf16.csv", lambda: (HEAD + row(1, "wide")).encode("utf-16"), (200,), creates=1),
    BadFile("34d", "GBK is read", "gbk.csv", lambda: (HEAD + "广东照明 Ltd,粤明 file,customer,CN,fair\n").encode("gbk"), (200,), creates=1),
    BadFile("34e", "Bytes of no encoding are refused or flagged", "noise.csv", lambda: HEAD.encode() + b"\xff\xfe\x00\x81\x8d,x\n", (200, 422)),
    BadFile("35", "A single line of 50 MB is refused", "line.csv", lambda: HEAD.encode() + b"a" * 50_000_000, (413, 422), seconds=60),
    BadFile("37", "One bad row among many is flagged, the counts add up", "one.csv", lambda: (
        HEAD + "".join(row(number, "many") for number in range(300)) + "Bad Ltd,bad file,customer,Atlantis,fair\n").encode(), (200,), creates=300, flags=1),
    BadFile("40", "A picture with a table's name is no table", "photo.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 500, (422,)),
    BadFile("40b", "An old workbook is refused with advice", "old.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, (422,)),
    BadFile("43", "An empty file is refused", "empty.csv", lambda: b"", (400, 422)),
    BadFile("52", "Entities that multiply are refused at once", "laughs.xlsx", laughs, (422,), seconds=2),
    BadFile("53", "An entity from elsewhere is refused and not read", "outside.xlsx", outside_entity, (422,)),
    BadFile("55", "A hundred thousand elements deep is refused", "deep.xlsx", lambda: workbook(
        b"<worksheet><sheetData>" + b"<row>" * 100_000 + b"</row>" * 100_000 + b"</sheetData></worksheet>"), (200, 422)),
    BadFile("56", "A truncated workbook is refused", "cut.xlsx", lambda: workbook(sheet(GOOD_ROWS))[:-40], (422,)),
    BadFile("57", "A row with too many cells is flagged, never shifted", "shifted.csv", lambda: (
        HEAD + "Shift, Inc Ltd,shift file,customer,DE,fair\n").encode(), (200, 422), creates=0),
]


def upload(stage: Stage, name: str, data: bytes, query: str = "", limit: float = 60) -> WireAnswer:
    path = f"/api/v1/import/company?name={quote(name)}&wait=60{query}"
    return send(stage.port, request("POST", path, {
        "Authorization": "Bearer " + stage.token, "Content-Type": "application/octet-stream", "Content-Length": str(len(data))}, data),
        limit=limit, patience=0.01)


def companies(server: Server) -> int:
    answer = server.call("GET", "/api/v1/company/count?exact=true", token=server.token("owner"))
    assert answer.status == 200, answer.text[:200]
    return answer.json["count"]


def check_file(file: BadFile, server: Server, stage: Stage) -> None:
    data = file.data()
    before, memory, started = companies(server), server.resident_megabytes(), time.monotonic()
    answer = upload(stage, file.name, data)
    seconds = time.monotonic() - started
    check_manners(answer, file.sentence)
    assert answer.status in file.statuses, f"{answer.status} instead of {file.statuses}: {answer.text[:300]}"
    assert seconds < file.seconds, f"it took {seconds:.1f} s"
    grown = server.resident_megabytes() - memory
    assert grown < 64 + len(data) / 1_000_000 * 3, f"memory grew by {grown:.0f} MB"
    made = companies(server) - before
    assert made == (file.creates if answer.status == 200 else 0), f"{made} records: {answer.text[:300]}"
    if answer.status == 200:
        report = json.loads(answer.body)
        assert report["rows"] == sum(report[name] for name in ("created", "updated", "unchanged", "flagged")), report
        assert report["created"] == made, report
        assert file.flags is None or report["flagged"] == file.flags, report
    assert "root:" not in answer.text, "a file of the machine was read"
    assert server.is_healthy(), "the server is gone"


def twice(server: Server, stage: Stage) -> None:
    """The same file a second time makes nothing."""
    data = (HEAD + "".join(row(number, "twice") for number in range(20))).encode()
    first = json.loads(upload(stage, "twice.csv", data).body)
    second = json.loads(upload(stage, "twice.csv", data).body)
    assert first["created"] == 20 and second["created"] == 0, (first, second)
    assert second["flagged"] + second["unchanged"] == 20, second


def undone(server: Server, stage: Stage) -> None:
    """A batch is taken back as a whole."""
    before = companies(server)
    data = (HEAD + "".join(row(number, "undo") for number in range(5))).encode()
    report = json.loads(upload(stage, "undo.csv", data).body)
    assert report["created"] == 5, report
    answer = server.call("POST", f"/api/v1/import/batches/{report['batch']}/undo?wait=60", {}, stage.token)
    assert answer.status == 200 and answer.json["state"] == "undone", f"{answer.status} {answer.text[:200]}"
    assert companies(server) == before


def mended(server: Server, stage: Stage) -> None:
    """A row that was held back comes in alone, as it was put right; unreadable rows change nothing."""
    before = companies(server)
    data = (HEAD + row(1, "mend") + "Shift, Inc Ltd,shift mend,customer,DE,fair\n").encode()
    report = json.loads(upload(stage, "mend.csv", data).body)
    assert report["created"] == 1 and report["flagged"] == 1, report
    path = f"/api/v1/import/batches/{report['batch']}/mend?wait=60"
    line = str(report["errors"][0]["line"])
    for wrong in ({"rows": {"x": ["a"]}}, {"rows": [1]}, {"rows": {line: [1, {}]}}, {"row": {}}, {}):
        answer = server.call("POST", path, wrong, stage.token)
        assert answer.status == 422, f"{wrong}: {answer.status} {answer.text[:200]}"
    assert companies(server) == before + 1
    right = {"rows": {line: ["Shift Inc Ltd", "shift mend", "customer", "DE", "fair"]}}
    answer = server.call("POST", path, right, stage.token)
    assert answer.status == 200 and answer.json["created"] == 1, f"{answer.status} {answer.text[:300]}"
    assert answer.json["batch"] != report["batch"] and companies(server) == before + 2


def tried_only(server: Server, stage: Stage) -> None:
    """A dry run tells the same counts and writes nothing."""
    before = companies(server)
    data = (HEAD + "".join(row(number, "dry") for number in range(5))).encode()
    report = json.loads(upload(stage, "dry.csv", data, "&dry_run=true").body)
    assert report["created"] == 5 and companies(server) == before, report


def odd_names(server: Server, stage: Stage) -> None:
    """A file's name is only a name, whatever it holds."""
    for name in ("../../etc/passwd", "a\r\nSet-Cookie: x=1.csv", "\u202egnp.csv", "CON", "x" * 300 + ".csv", "a\0b.csv"):
        answer = upload(stage, name, (HEAD + "Name Ltd,name file,customer,Atlantis,fair\n").encode(), "&dry_run=true")
        check_manners(answer, repr(name))
        assert answer.status in (200, 400, 422), f"{name!r}: {answer.status}"
        assert "x=1" not in answer.headers.get("set-cookie", ""), "a header was made from a name"


def uploads(server: Server) -> set[str]:
    """Files that wait, or that hold rows to hand back."""
    folder = server.data / "uploads"
    return {path.name for path in folder.rglob("*") if path.is_file()} if folder.exists() else set()


def aborted(server: Server, stage: Stage) -> None:
    """An upload that breaks off leaves nothing."""
    import socket

    before, kept = companies(server), uploads(server)
    head = request("POST", "/api/v1/import/company?name=cut.csv", {
        "Authorization": "Bearer " + stage.token, "Content-Length": "1000000"})
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(head + (HEAD + row(1, "cut")).encode())
        time.sleep(0.3)
    time.sleep(0.7)
    assert companies(server) == before
    assert uploads(server) == kept, "a file was left behind"


def in_background(server: Server, stage: Stage) -> None:
    """A start is answered at once with the batch; it is watched, handed back row by row, and done."""
    data = (HEAD + "".join(row(number, "back") for number in range(40)) + "Bad Ltd,bad back,customer,Atlantis,fair\n").encode()
    for unreadable in ("%7B", "%5B%5D", "%7B%22a%22%3A1%7D"):
        refused = upload(stage, "map.csv", data, "&map=" + unreadable)
        assert refused.status == 422 and "bad_mapping" in refused.text, f"{refused.status} {refused.text[:200]}"
    start = send(stage.port, request("POST", "/api/v1/import/company?name=back.csv", {
        "Authorization": "Bearer " + stage.token, "Content-Type": "application/octet-stream",
        "Content-Length": str(len(data))}, data))
    assert start.status == 202, f"{start.status} {start.text[:200]}"
    place = start.headers["location"]
    for _ in range(600):
        state = server.call("GET", place, token=stage.token)
        assert state.status == 200, f"{state.status} {state.text[:200]}"
        if state.json["state"] not in ("waiting", "running"):
            break
        time.sleep(0.1)
    assert state.json["state"] == "done" and state.json["total"] == 41, state.text[:300]
    assert (state.json["created"], state.json["flagged"]) == (40, 1), state.text[:300]
    flagged = server.call("GET", place + "/flagged?language=zh", token=stage.token)
    assert flagged.status == 200 and "Bad Ltd" in flagged.text and "未导入原因" in flagged.text, flagged.text[:300]
    book = server.call("GET", place + "/flagged?format=xlsx", token=stage.token)
    assert book.status == 200 and book.body[:2] == b"PK", book.status
    stranger = server.token("sales2")
    assert server.call("GET", place, token=stranger).status == 404
    assert server.call("GET", place + "/flagged", token=stranger).status == 404
    assert server.call("POST", place + "/undo", {}, stranger).status in (403, 404)
    assert server.call("POST", place + "/cancel", {}, stage.token).status == 409
    assert server.call("POST", place + "/resume", {}, stage.token).status == 409
