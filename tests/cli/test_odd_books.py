"""Sound books that are written unusually are read; what is no workbook is called by its name."""

from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import sheets
from openpyxl import Workbook
from workbook_writers import MAIN, RELATED, Page, by_hand

ROWS = (("시설명", "준공", "비고"), ("가람관", "2027-03", "첫 줄"))


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "own.db"))


@pytest.fixture
def plain(tmp_path):
    page = Page("현황")
    for number, row in enumerate(ROWS, start=1):
        page.put(number, row)
    by_hand(tmp_path / "plain.xlsx", [page])
    return tmp_path / "plain.xlsx"


def changed(plain, path, **parts):
    """The book with some parts in place of its own, and without those that are None."""
    names = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    with ZipFile(plain) as sound, ZipFile(path, "w", ZIP_DEFLATED) as made:
        for name in sound.namelist():
            if name not in names:
                made.writestr(name, sound.read(name))
        for name, part in names.items():
            if part is not None:
                made.writestr(name, part)
    return path


def is_read(tracker, path):
    ran = tracker("import", path)
    assert (ran.code, ran.err) == (0, "")
    items = tracker("list", "--json").json["items"]
    assert [(m["facility_name"], m["forecast"]["edtf"]) for m in items] == [("가람관", "2027-03")]
    return ran


def sheet(cells, more=""):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData>{more}</worksheet>'


CELLS = (
    '<row r="1"><c r="A1" s="{s}" t="inlineStr"><is><t>시설명</t></is></c>'
    '<c r="B1" s="{s}" t="inlineStr"><is><t>준공</t></is></c></row>'
    '<row r="2"><c r="A2" s="{s}" t="inlineStr"><is><t>가람관</t></is></c>'
    '<c r="B2" s="{s}" t="inlineStr"><is><t>2027-03</t></is></c></row>'
)


def test_a_style_that_is_not_there_is_none(tracker, tmp_path, plain):
    path = changed(
        plain,
        tmp_path / "a.xlsx",
        xl__worksheets__sheet1_xml=sheet(CELLS.format(s=77)),
        xl__styles_xml=None,
        xl__sharedStrings_xml=None,
    )
    is_read(tracker, path)


def test_parts_that_are_not_needed_may_be_broken(tracker, tmp_path, plain):
    path = changed(
        plain,
        tmp_path / "a.xlsx",
        xl__pivotCache__pivotCacheDefinition1_xml="<pivotCacheDefinition",
        xl__drawings__drawing1_xml="<!DOCTYPE x><x/>",
        docProps__app_xml="",
    )
    is_read(tracker, path)


def test_the_usual_names_do_where_references_are_broken(tracker, tmp_path, plain):
    broken = {"_rels/.rels": "<", "xl/_rels/workbook.xml.rels": "<"}
    is_read(tracker, changed(plain, tmp_path / "a.xlsx", **broken))


@pytest.mark.parametrize("suffix", ["xlsm", "xltx", "xltm", "XLSX"])
def test_books_with_macros_and_templates_are_books(tracker, tmp_path, plain, suffix):
    is_read(tracker, plain.rename(tmp_path / f"a.{suffix}"))


def test_a_damaged_text_number_is_named(tracker, tmp_path, plain):
    broken = (
        '<row r="3"><c r="A3" t="inlineStr"><is><t>나래관</t></is></c>'
        '<c r="B3" t="s"><v>99</v></c></row>'
    )
    cells = CELLS.format(s=0) + broken
    path = changed(plain, tmp_path / "a.xlsx", xl__worksheets__sheet1_xml=sheet(cells))
    assert "오류 값 1칸(B3)" in is_read(tracker, path).out


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_document_type_is_refused_in_any_part_that_is_read(tracker, tmp_path, plain, name):
    with ZipFile(plain) as book:
        part = book.read(name).decode()
    evil = part.replace("<", "<!DOCTYPE x [<!ENTITY e 'x'>]><", 1) if "?>" not in part else part
    evil = evil.replace("?>", "?><!DOCTYPE x [<!ENTITY e 'x'>]>", 1)
    ran = tracker("import", changed(plain, tmp_path / "a.xlsx", **{name: evil}))
    assert (ran.code, ran.out) == (2, "")
    assert "XML 엔티티" in ran.err


THREAD = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
STAND_IN = (
    "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; "
    "however, any edits to it will get removed. Learn more: "
    "https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    자재 확인\nReply:\n    다음 주"
)


@pytest.mark.parametrize("threads", [True, False])
def test_of_a_thread_what_people_said_is_told_and_nothing_else(tracker, tmp_path, plain, threads):
    notes = (
        f'<comments xmlns="{MAIN}"><authors><author>tc={{1}}</author></authors><commentList>'
        f'<comment ref="B2" authorId="0"><text><t>{STAND_IN}</t></text></comment>'
        "</commentList></comments>"
    )
    thread = (
        f'<ThreadedComments xmlns="{THREAD}">'
        '<threadedComment ref="B2" dT="2026-11-02T01:00:00" personId="{P}" id="{2}" parentId="{1}">'
        "<text>다음 주</text></threadedComment>"
        '<threadedComment ref="B2" dT="2026-11-01T01:00:00" personId="{P}" id="{1}">'
        "<text>자재 확인</text></threadedComment></ThreadedComments>"
    )
    people = (
        f'<personList xmlns="{THREAD}"><person displayName="김주무관" id="{{P}}"/></personList>'
    )
    links = f'<Relationship Id="a" Type="{RELATED}/comments" Target="../comments1.xml"/>'
    parts = {"xl/comments1.xml": notes}
    if threads:
        kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
        links += f'<Relationship Id="b" Type="{kind}" Target="../threadedComments/t1.xml"/>'
        parts |= {"xl/threadedComments/t1.xml": thread, "xl/persons/person.xml": people}
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'<Relationships xmlns="{space}">{links}</Relationships>'
    )
    is_read(tracker, changed(plain, tmp_path / "a.xlsx", **parts))
    updates = tracker("show", "가람관", "--json").json["updates"]
    noted = [u["value"] for u in updates if u["kind"] == "note" and "준공" in u["value"]]
    by = "김주무관: " if threads else ""
    assert noted == [f"준공: {by}자재 확인 / {by}다음 주"]


# -- other files ---------------------------------------------------------------------------------


def compound(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")


def archive(tmp_path, *names):
    with ZipFile(tmp_path / "made.zip", "w") as made:
        for name in names:
            made.writestr(name, "x")
    return (tmp_path / "made.zip").read_bytes()


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "csv", "hwp"])
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (compound("Workbook"), ".xls"),
        (compound("EncryptedPackage"), "암호"),
        (compound("HwpSummaryInformation"), "한글 문서"),
        (b"%PDF-1.7\n", "PDF"),
        (b"<html><body><table>", "웹 페이지"),
        ("\ufeff<!DOCTYPE html>".encode(), "웹 페이지"),
        (("xl/workbook.bin",), ".xlsb"),
        (("mimetype", "content.xml"), ".ods"),
        (("word/document.xml",), "Word"),
        (("Index/Document.iwa",), "Numbers"),
    ],
)
def test_what_is_no_workbook_is_called_by_its_name(tracker, tmp_path, data, says, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(archive(tmp_path, *data) if isinstance(data, tuple) else data)
    ran = tracker("import", path)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert says in ran.err
    assert ".xlsx" in ran.err


def test_a_book_or_a_text_under_another_name_says_which(tracker, tmp_path):
    book = sheets.plain(tmp_path / "a.xlsx").read_bytes()
    for suffix in ("xls", "csv"):
        (tmp_path / f"b.{suffix}").write_bytes(book)
        assert "확장자를 .xlsx로" in tracker("import", tmp_path / f"b.{suffix}").err
    for suffix in ("xls", "xlsx"):
        (tmp_path / f"c.{suffix}").write_text(sheets.CSV_OF_AN_OFFICE, "utf-8")
        assert "확장자를 .csv로" in tracker("import", tmp_path / f"c.{suffix}").err


# -- text of cells -------------------------------------------------------------------------------

LINES = "시설명\t준공\t비고\r\n가람관\t2027-03\t도 협의\r\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("suffix", ["csv", "tsv", "txt"])
def test_text_of_cells_in_any_encoding(tracker, tmp_path, encoding, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(LINES.encode(encoding))
    is_read(tracker, path)


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\n시설명;준공;비고\n가람관;2027-03;가,나,다\n",
        '시설명,준공\n가람관,="2027-03"\n',
        '시설명,준공\n"가람관","=""2027-03"""\n',
        "시설명,준공\r가람관,2027-03\r",
        "\n\n시설명,준공\n\n가람관,2027-03\n",
        "시설명,준공\n가\0람관,2027-03\n",
        '시설명,준공\n"가람"관,2027-03\n',
        '시설명,준공,비고\n가람관,2027-03,"두 줄\n비고"\n',
        "시설명|준공\n가람관|2027-03\n",
        "시설명,준공\n가람관_x000D_,2027-03\n",
        "제목, 둘, 셋, 넷, 다섯\n시설명;준공\n가람관;2027-03\n",
    ],
)
def test_text_of_cells_as_programs_write_it(tracker, tmp_path, text):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode())
    is_read(tracker, path)


def test_a_stray_quote_swallows_no_row(tracker, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('시설명,준공\n"가람관,2027-03\n나래"관,2027-04\n', "utf-8")
    ran = tracker("import", path)
    assert (ran.code, ran.out) == (2, "")
    assert "2번째 줄에서 따옴표" in ran.err


@pytest.mark.parametrize(
    "stamp",
    [
        *("2027-03-02 00:00:00", "2027-03-02T00:00:00Z", "2027/3/2 0:00"),
        *("2027-03-02 오전 12:00:00", "2027-03-02T09:30:00+09:00", "2027. 3. 2. 0:00:00"),
    ],
)
def test_a_time_behind_a_day_is_left_out(tracker, tmp_path, stamp):
    path = tmp_path / "a.csv"
    path.write_text(f"시설명,준공\n가람관,{stamp}\n", "utf-8")
    tracker("import", path)
    (item,) = tracker("list", "--json").json["items"]
    assert item["forecast"]["edtf"] == "2027-03-02"


def test_a_book_that_claims_too_few_rows_is_read_whole(tracker, tmp_path):
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "plain.xlsx")
    with ZipFile(tmp_path / "plain.xlsx") as whole:
        part = whole.read("xl/worksheets/sheet1.xml").decode()
    assert 'ref="A1:C2"' in part
    path = changed(
        tmp_path / "plain.xlsx",
        tmp_path / "a.xlsx",
        xl__worksheets__sheet1_xml=part.replace('ref="A1:C2"', 'ref="A1"'),
    )
    is_read(tracker, path)
