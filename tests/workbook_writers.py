"""Workbooks as several programs write them: openpyxl, xlsxwriter, and by hand.

By hand they are written as Excel and LibreOffice do, with the liberties that the format allows
and programs take.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

__all__ = ["LIBERTIES", "WRITERS", "Cell", "Page", "at", "by_hand"]


@dataclass(slots=True)
class Cell:
    """What stands in a cell.

    Attributes:
        value: Also what a formula last came to, or an error.
        struck: Whether the cell is struck through; `also` is struck text behind its own.
        formula: Without its sign; it has no result where there is no value.
    """

    value: str | float | date | None = None
    form: str = "General"
    struck: bool = False
    also: str = ""
    formula: str = ""
    comment: str = ""


@dataclass(slots=True)
class Page:
    """A sheet: cells by row and column from 1, and how they are laid out."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    stray: tuple[int, int] | None = None

    def put(self, row: int, values: Iterable[object]) -> None:
        for column, value in enumerate(values, start=1):
            if value is not None:
                self.cells[row, column] = value if isinstance(value, Cell) else Cell(value)


def at(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def is_error(value: object) -> bool:
    return isinstance(value, str) and value.startswith("#")


# -- writers -------------------------------------------------------------------------------------


def with_openpyxl(path: Path, pages: list[Page]) -> None:
    book = Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        sheet.sheet_state = "hidden" if page.hidden else "visible"
        for (row, column), given in page.cells.items():
            cell = sheet.cell(row, column)
            cell.value = f"={given.formula}" if given.formula else given.value
            if given.also:
                struck = TextBlock(InlineFont(strike=True), given.also)
                cell.value = CellRichText(str(given.value), struck)
            cell.number_format = given.form
            if given.struck:
                cell.font = Font(strike=True)
            if given.comment:
                cell.comment = Comment(f"담당자:\n{given.comment}", "담당자")
        for area in page.merged:
            sheet.merge_cells(None, *area)
        for row in page.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for column in page.hidden_columns:
            sheet.column_dimensions[get_column_letter(column)].hidden = True
        if page.stray:
            sheet.cell(*page.stray).fill = PatternFill("solid", "FFFF00")
    book.save(path)


def with_xlsxwriter(path: Path, pages: list[Page]) -> None:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False})
    for page in pages:
        sheet = book.add_worksheet(page.name)
        if page.hidden:
            sheet.hide()
        else:
            sheet.activate()  # what is active is never hidden
            sheet.set_first_sheet()
        for r1, c1, r2, c2 in page.merged:
            sheet.merge_range(r1 - 1, c1 - 1, r2 - 1, c2 - 1, None)
        for (row, column), given in page.cells.items():
            _put(book, sheet, (row - 1, column - 1), given)
        for row in page.hidden_rows:
            sheet.set_row(row - 1, None, None, {"hidden": True, "level": 1})
        for column in page.hidden_columns:
            sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
        if page.stray:  # it goes through every row up to there
            sheet.write_blank(2000, page.stray[1] - 1, None, book.add_format({"bold": True}))
    book.close()


def _put(book: Any, sheet: Any, place: tuple[int, int], given: Cell) -> None:
    form = book.add_format({"num_format": given.form, "font_strikeout": given.struck})
    if given.formula:
        result = serial(given.value) if given.value is not None else 0  # as it does by itself
        sheet.write_formula(*place, f"={given.formula}", form, result)
    elif is_error(given.value):
        sheet.write_formula(*place, "=NA()", form, given.value)
    elif given.also:
        plain, struck = (book.add_format({"font_strikeout": on}) for on in (False, True))
        sheet.write_rich_string(*place, plain, given.value, struck, given.also)
    elif isinstance(given.value, date):
        sheet.write_datetime(*place, datetime.combine(given.value, time()), form)
    else:
        sheet.write(*place, given.value, form)
    if given.comment:
        sheet.write_comment(*place, given.comment)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATED: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
LIBERTIES = (
    *("shared", "inline", "unplaced", "prefixed", "strict", "utf-16", "marked", "backslashes"),
    *("capitals", "absolute", "phonetic", "misstated", "libre", "charts", "escaped"),
)
"""What programs do differently: where texts stand, whether cells say where they stand, how
elements, parts and references are spelled, what else lies in the file."""


def by_hand(path: Path, pages: list[Page], liberties: Iterable[str] = ()) -> None:
    """Write the parts of a workbook as text, with some of `LIBERTIES`."""
    _Hand(frozenset(liberties)).write(path, pages)


class _Hand:
    def __init__(self, liberties: frozenset[str]) -> None:
        self.liberties = liberties
        self.looks: list[tuple[str, bool]] = [("General", False)]
        self.texts: list[str] = []
        self.parts: dict[str, str] = {}

    def write(self, path: Path, pages: list[Page]) -> None:
        sheets, links = [], []
        for number, page in enumerate(pages, start=1):
            state = ' state="veryHidden"' if page.hidden else ""
            sheets.append(
                f'<sheet name={quoteattr(page.name)} sheetId="{number}"{state} r:id="s{number}"/>'
            )
            links.append((f"s{number}", "worksheet", f"worksheets/sheet{number}.xml"))
            self._sheet(number, page)
        if "charts" in self.liberties:
            sheets.insert(1, '<sheet name="도표" sheetId="99" r:id="chart"/>')
            links.append(("chart", "chartsheet", "chartsheets/sheet1.xml"))
            self.parts["xl/chartsheets/sheet1.xml"] = f'<chartsheet xmlns="{MAIN}"/>'
            self.parts["xl/pivotTables/pivotTable1.xml"] = "<broken"
        links += [("st", "styles", "styles.xml"), ("sh", "sharedStrings", "sharedStrings.xml")]
        self.parts["xl/workbook.xml"] = (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{"".join(sheets)}</sheets>'
            "</workbook>"
        )
        self._relate("xl/workbook.xml", links)
        self._relate("", [("r1", "officeDocument", "xl/workbook.xml")])
        self.parts["xl/styles.xml"] = self._styles()
        texts = "".join(f"<si>{text}</si>" for text in self.texts)
        self.parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{texts}</sst>'
        self.parts["[Content_Types].xml"] = (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            for name, text in self.parts.items():
                archive.writestr(self._called(name), self._encoded(text))

    def _called(self, name: str) -> str:
        if "capitals" in self.liberties and name.startswith("xl/"):
            name = name.replace("sharedStrings", "SharedStrings").replace("sheet1", "Sheet1")
        return name.replace("/", "\\") if "backslashes" in self.liberties else name

    def _encoded(self, text: str) -> bytes:
        if "strict" in self.liberties:
            for loose, strict in STRICT.items():
                text = text.replace(loose, strict)
        if "prefixed" in self.liberties and f'xmlns="{MAIN}"' in text:
            text = text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
            text = text.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
        if "utf-16" in self.liberties:
            return f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return ("\ufeff" if "marked" in self.liberties else "").encode() + (head + text).encode()

    def _relate(self, part: str, links: list[tuple[str, str, str]]) -> None:
        folder, _, last = part.rpartition("/")
        start = f"/{folder}/" if "absolute" in self.liberties and folder else ""
        told = "".join(
            f'<Relationship Id="{key}" Type="{RELATED}/{kind}" Target="{start}{target}"/>'
            for key, kind, target in links
        )
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        name = f"{folder}/_rels/{last}.rels".lstrip("/")
        self.parts[name] = f'<Relationships xmlns="{space}">{told}</Relationships>'

    def _look(self, form: str, *, struck: bool) -> int:
        if (form, struck) not in self.looks:
            self.looks.append((form, struck))
        return self.looks.index((form, struck))

    def _styles(self) -> str:
        forms = "".join(
            f'<numFmt numFmtId="{200 + n}" formatCode={quoteattr(form)}/>'
            for n, (form, _) in enumerate(self.looks)
        )
        looks = "".join(
            f'<xf numFmtId="{200 + n}" fontId="{int(struck)}"/>'
            for n, (_, struck) in enumerate(self.looks)
        )
        return (
            f'<styleSheet xmlns="{MAIN}"><numFmts>{forms}</numFmts>'
            "<fonts><font/><font><strike/></font></fonts>"
            f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs>{looks}</cellXfs>"
            "<dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>"
        )

    def _sheet(self, number: int, page: Page) -> None:
        off = ' hidden="false"' if "libre" in self.liberties else ""
        columns = "".join(
            f'<col min="{c}" max="{c}" width="9"{_hidden(c, page.hidden_columns, off)}/>'
            for c in range(1, 12)
        )
        rows = []
        filled = {row for row, _ in page.cells}
        for row in range(1, max(filled, default=0) + 1):
            placed = "unplaced" not in self.liberties
            where = f' r="{row}"' if placed else ""
            cells = self._row(page, row)
            rows.append(f"<row{where}{_hidden(row, page.hidden_rows, off)}>{cells}</row>")
        if page.stray and "unplaced" not in self.liberties:
            row, column = page.stray
            rows.append(f'<row r="{row}"><c r="{at(row, column)}" s="0"/></row>')
        merged = "".join(f'<mergeCell ref="{at(a, b)}:{at(c, d)}"/>' for a, b, c, d in page.merged)
        size = '<dimension ref="A1"/>' if "misstated" in self.liberties else ""
        self.parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{MAIN}">{size}<cols>{columns}</cols>'
            f"<sheetData>{''.join(rows)}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"
        )
        self._comments(number, page)

    def _row(self, page: Page, row: int) -> str:
        columns = [column for r, column in page.cells if r == row]
        told = []
        for column in range(1, max(columns, default=0) + 1):
            given = page.cells.get((row, column))
            where = "" if "unplaced" in self.liberties else f' r="{at(row, column)}"'
            if given is not None:
                told.append(self._cell(given, where))
            elif not where:
                told.append("<c/>")
        return "".join(told)

    def _cell(self, given: Cell, where: str) -> str:
        head = f'<c{where} s="{self._look(given.form, struck=given.struck)}"'
        formula = f"<f>{escape(given.formula)}</f>" if given.formula else ""
        if given.value is None:
            return f"{head}>{formula}</c>"
        if is_error(given.value):
            return f'{head} t="e">{formula}<v>{given.value}</v></c>'
        if not isinstance(given.value, str):
            return f"{head}>{formula}<v>{serial(given.value)}</v></c>"
        if formula:
            return f'{head} t="str">{formula}<v>{escape(given.value)}</v></c>'
        text = self._text(given)
        if "inline" in self.liberties:
            return f'{head} t="inlineStr"><is>{text}</is></c>'
        self.texts.append(text)
        return f'{head} t="s"><v>{len(self.texts) - 1}</v></c>'

    def _text(self, given: Cell) -> str:
        shown = escape(str(given.value))
        if "escaped" in self.liberties:
            shown = shown.replace(" ", "_x000D_\n")
        text = f'<t xml:space="preserve">{shown}</t>'
        if given.also:
            text = (
                f"<r>{text}</r><r><rPr><strike/><sz val='9'/></rPr><t>{escape(given.also)}</t></r>"
            )
        if "phonetic" in self.liberties:
            text += '<rPh sb="0" eb="1"><t>발음</t></rPh><phoneticPr fontId="0"/>'
        return text

    def _comments(self, number: int, page: Page) -> None:
        said = [(place, cell.comment) for place, cell in page.cells.items() if cell.comment]
        if not said:
            return
        told = "".join(
            f'<comment ref="{at(*place)}" authorId="0"><text><r><rPr><b/></rPr><t>담당자:</t></r>'
            f"<r><t>\n{escape(text)}</t></r></text></comment>"
            for place, text in said
        )
        self.parts[f"xl/comments{number}.xml"] = (
            f'<comments xmlns="{MAIN}"><authors><author>담당자</author></authors>'
            f"<commentList>{told}</commentList></comments>"
        )
        links = [("c1", "comments", f"../comments{number}.xml")]
        absolute, self.liberties = self.liberties, self.liberties - {"absolute"}
        self._relate(f"xl/worksheets/sheet{number}.xml", links)
        self.liberties = absolute


def _hidden(number: int, among: set[int], otherwise: str) -> str:
    return ' hidden="1"' if number in among else otherwise


def serial(value: str | float | date) -> str | float:
    """A day as spreadsheets count it."""
    return (value - date(1899, 12, 30)).days if isinstance(value, date) else value


WRITERS: dict[str, Callable[[Path, list[Page]], None]] = {
    "openpyxl": with_openpyxl,
    "xlsxwriter": with_xlsxwriter,
    "by hand": by_hand,
}
