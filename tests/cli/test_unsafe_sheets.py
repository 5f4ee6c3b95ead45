"""Spreadsheets that are not what they seem change nothing, and are refused before they unpack."""

import os
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import sheets
from openpyxl import Workbook

from db.model.errors import RefusedError
from tracker.exchange.grids import file_reading
from tracker.exchange.workbooks import book, package, workbook, xml_elements
from tracker.exchange.workbooks.package import Package


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "own.db"))


def packed(path, parts, source):
    """The parts of a sound workbook with some of them replaced or added."""
    with ZipFile(source) as sound, ZipFile(path, "w", ZIP_DEFLATED) as made:
        for info in sound.infolist():
            if info.filename not in parts:
                made.writestr(info, sound.read(info))
        for name, data in parts.items():
            made.writestr(name, data)
    return path


@pytest.fixture
def sound(tmp_path):
    return sheets.plain(tmp_path / "sound.xlsx")


def refused(tracker, path, why, lines=1):
    ran = tracker("import", path)
    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err
    assert len(ran.err.splitlines()) == lines
    assert "Traceback" not in ran.err
    assert not (path.parent / "own.db").exists()


def test_a_bomb_is_refused_before_it_is_unpacked(tracker, tmp_path, sound, monkeypatch):
    monkeypatch.setattr(package, "_SMALL", 1000)
    bomb = packed(tmp_path / "b.xlsx", {"xl/media/zeros.bin": b"\0" * 5_000_000}, sound)
    assert bomb.stat().st_size < 50_000
    refused(tracker, bomb, "스프레드시트로 받지 않습니다")


def test_what_unpacks_to_too_much_is_refused(tracker, tmp_path, sound, monkeypatch):
    monkeypatch.setattr(package, "MOST_UNPACKED", 10_000)
    refused(tracker, sound, "스프레드시트로 받지 않습니다")


def test_a_file_that_is_too_large_is_refused(tracker, tmp_path, sound, monkeypatch):
    monkeypatch.setattr(file_reading.read_bytes, "__defaults__", (1000,))
    refused(tracker, sound, "1,000바이트보다 큽니다")


def test_too_many_cells_are_refused(tracker, sound, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_CELLS", 20)
    refused(tracker, sound, "칸이 20개보다 많습니다")


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "evil",
    [
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>',
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "h"><!ENTITY b "&a;&a;">]><sst>&b;</sst>',
    ],
)
def test_entities_are_refused(tracker, tmp_path, sound, evil, code):
    path = packed(tmp_path / "e.xlsx", {"xl/sharedStrings.xml": evil.encode(code)}, sound)
    refused(tracker, path, "XML 엔티티")


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0old", b"hello", b"\0" * 4096]
)
def test_what_is_no_workbook_is_refused(tracker, tmp_path, data):
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    refused(tracker, path, "x.xlsx")


def test_a_workbook_with_a_damaged_part_is_refused(tracker, tmp_path, sound):
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        path = packed(tmp_path / "d.xlsx", {part: b"<broken"}, sound)
        refused(tracker, path, "d.xlsx")


def test_parts_that_nest_deeper_than_any_writer_nests_are_refused(tracker, tmp_path, sound):
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
        deep = packed(tmp_path / "d.xlsx", {part: b"<a>" * 300 + b"</a>" * 300}, sound)
        refused(tracker, deep, "손상되었습니다")


def test_a_cell_with_more_inside_than_any_writer_puts_there_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(xml_elements, "_MOST_INSIDE", 1000)

    def read(number):
        cell = b"<c>" + b"<x/>" * number + b"</c>"
        part = BytesIO(b"<row>" + cell + cell + b"</row>")
        return list(xml_elements.elements(tmp_path / "x.xlsx", part, {"c"}))

    assert len(read(999)) == 2
    with pytest.raises(RefusedError, match="damaged"):
        read(1000)


def test_more_styles_than_any_program_takes_are_refused(tracker, tmp_path, sound, monkeypatch):
    monkeypatch.setattr(book, "_MOST_STYLES", 1000)
    for number, code in ((1000, 0), (1001, 2)):
        styles = f"<styleSheet><cellXfs>{'<xf/>' * number}</cellXfs></styleSheet>".encode()
        path = packed(tmp_path / "s.xlsx", {"xl/styles.xml": styles}, sound)
        assert tracker("import", path, "--skip-unread", "--dry-run").code == code


def test_a_part_is_read_once_however_often_it_is_referred_to(tmp_path, sound, monkeypatch):
    with ZipFile(sound) as whole:
        listed = whole.read("xl/workbook.xml").decode()
        references = whole.read("xl/_rels/workbook.xml.rels").decode()
    sheet, relation = (
        re.search(rf"<{name}\b[^>]*/>", text)[0]
        for name, text in (("sheet", listed), ("Relationship", references))
    )
    parts = {
        "xl/workbook.xml": listed.replace(sheet, sheet * 9),
        "xl/_rels/workbook.xml.rels": references.replace(relation, relation * 9),
        "xl/worksheets/_rels/sheet1.xml.rels": "<Relationships>"
        + '<Relationship Id="r" Type="x/comments" Target="notes.xml"/>' * 9
        + "</Relationships>",
        "xl/worksheets/notes.xml": "<comments/>",
    }
    path = packed(tmp_path / "t.xlsx", {name: text.encode() for name, text in parts.items()}, sound)
    read = []
    opened = Package.opened

    def noted(package, name):
        read.append(name)
        return opened(package, name)

    monkeypatch.setattr(Package, "opened", noted)
    grids, _ = workbook.read_xlsx(package.open_safely(path))
    assert len(grids) == 1
    assert "xl/worksheets/notes.xml" in read
    assert len(read) == len(set(read))


def test_any_byte_of_a_workbook_may_be_wrong(tracker, tmp_path, sound):
    data = sound.read_bytes()
    for place in range(0, len(data), max(len(data) // 60, 1)):
        path = tmp_path / "f.xlsx"
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        ran = tracker("import", path, "--dry-run")
        assert ran.code in {0, 2}
        assert "Traceback" not in ran.err


def test_a_formula_is_never_computed_and_never_passed_over(tracker, tmp_path):
    """Whoever wrote the file did not store what it comes to: a date is missing there."""
    book = Workbook()
    book.active.append(["시설명", "준공"])
    book.active.append(["가람관", '=WEBSERVICE("http://x/")'])
    path = tmp_path / "f.xlsx"
    book.save(path)
    refused(tracker, path, "f.xlsx: 2행 준공: 값이 저장되지 않은 수식입니다", lines=2)


def test_control_characters_in_cells_do_not_come_through(tracker, tmp_path):
    path = tmp_path / "c.csv"
    path.write_text("시설명,준공\n가\x1b[2J람\u202e관,2027.1\n", "utf-8")
    tracker("import", path)
    assert tracker("list", "--json").json["items"][0]["facility_name"] == "가람관"


def test_an_open_quote_in_csv_is_refused(tracker, tmp_path):
    path = tmp_path / "q.csv"
    path.write_text('시설명,준공\n"가람관,2027.1\n', "utf-8")
    refused(tracker, path, "q.csv")


WORKSHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "{before}<sheetData>{rows}</sheetData></worksheet>"
)
FAR = {
    "one cell in the last corner": '<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
    "a merged sheet": '<row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>',
    "a row of no sheet": '<row r="1"/><row r="999999999999"/>',
    "a cell of no sheet": '<row r="1"><c r="A999999999999"><v>1</v></c></row>',
}


@pytest.mark.parametrize("name", FAR)
@pytest.mark.timeout(60)
def test_few_bytes_that_stand_for_many_cells_are_refused(tracker, tmp_path, sound, name):
    sheet = WORKSHEET.format(before="", rows=FAR[name])
    far = packed(tmp_path / "f.xlsx", {"xl/worksheets/sheet1.xml": sheet}, sound)
    refused(tracker, far, "빈 행과 열을 지우세요")


@pytest.mark.timeout(60)
def test_a_size_that_a_sheet_claims_is_not_believed(tracker, tmp_path, sound):
    claim = '<dimension ref="A1:XFD1048576"/>'
    with ZipFile(sound) as whole:
        sheet = whole.read("xl/worksheets/sheet1.xml").decode()
    head, _, rest = sheet.partition("<dimension")
    claimed = head + claim + rest.partition("/>")[2]
    assert claim in claimed
    path = packed(tmp_path / "c.xlsx", {"xl/worksheets/sheet1.xml": claimed}, sound)
    assert tracker("import", path).code == 0


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "facts"])
@pytest.mark.timeout(60)
def test_devices_are_not_read(tracker, tmp_path, ending):
    device = tmp_path / f"device.{ending}"
    device.symlink_to("/dev/zero")
    refused(tracker, device, "보통 파일이 아닙니다")


@pytest.mark.timeout(60)
def test_a_document_that_is_read_twice_does_not_come_through_a_pipe(tracker, tmp_path):
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    refused(tracker, pipe, "보통 파일이 아닙니다")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "facts"])
def test_a_file_of_a_gigabyte_is_not_read_whole(tracker, tmp_path, ending):
    large = tmp_path / f"large.{ending}"
    with large.open("wb") as file:
        file.truncate(2**30)
    refused(tracker, large, "")
