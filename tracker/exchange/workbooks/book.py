"""What a workbook says of all its sheets: their names, its texts and its styles."""

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from db.model.text import clean
from tracker.exchange.grids.file_reading import no_file
from tracker.exchange.workbooks.number_formats import BUILT_IN
from tracker.exchange.workbooks.package import Package, Packed, Related
from tracker.exchange.workbooks.xml_elements import (
    DAMAGED,
    Runs,
    decode,
    is_on,
    runs_of,
)

__all__ = ["Book", "Page", "Style", "count_pages", "open_book"]

_SECTIONS = ("numFmts", "fonts", "cellStyleXfs", "cellXfs", "dxfs")  # of the styles
_MOST_STYLES = 2**16  # spreadsheet programs refuse a file with more


class Style(NamedTuple):
    """How a cell looks, as far as that says what it means."""

    form: str = "General"
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of cells: its name, its part, and whether a person sees it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Book:
    """A workbook.

    Attributes:
        pages: The sheets of cells, in their order; charts and macros are none.
        texts: What cells refer to by number.
        styles: The same, of how they look.
        mac: Whether days count from 1904.
        stale: Whether the results of formulas are to be computed when it is opened, so
            that a stored nought may be none.
    """

    package: Package
    pages: list[Page] = field(default_factory=list)
    texts: list[str | Runs] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    mac: bool = False
    stale: bool = False


def open_book(packed: Packed) -> Book:
    """Read everything of a workbook but its sheets.

    Raises:
        RefusedError: It is no workbook, or a part is damaged.
    """
    book, related = _listed(packed)
    package = book.package
    texts = _named(package, related, "sharedstrings", "sharedstrings.xml")
    if texts:
        book.texts += map(runs_of, package.elements(texts, {"si"}))
    looks = _named(package, related, "styles", "styles.xml")
    if looks:
        book.styles = _styles(package, looks)
    return book


def count_pages(packed: Packed, *, hidden: bool = False) -> int:
    """How many sheets of cells a person sees in a workbook; with `hidden`, all of them.

    Raises:
        RefusedError: It is no workbook, or a part is damaged.
    """
    book, _ = _listed(packed)
    return sum(hidden or not page.hidden for page in book.pages)


def _listed(packed: Packed) -> tuple[Book, Related]:
    """A workbook of which no more was read than which sheets it has."""
    package = Package(packed)
    main = _main(package)
    related = package.related(main)
    book = Book(package)
    pages: dict[tuple[str, bool], Page] = {}  # a part is read once, however many names it has
    number = 0
    for element in package.elements(main, {"sheet", "workbookPr", "calcPr"}):
        if element.tag == "workbookPr":
            book.mac = is_on(element.get("date1904"))
        elif element.tag == "calcPr":
            book.stale = is_on(element.get("fullCalcOnLoad"))
        else:
            number += 1
            page = _page(package, related, element, number)
            if page is not None:
                pages.setdefault((page.part, page.hidden), page)
    book.pages += pages.values()
    return book, related


def _page(package: Package, related: Related, sheet: Element, number: int) -> Page | None:
    """A sheet of cells; None where it is something else."""
    prefixed = (v for k, v in sheet.items() if k.rpartition(":")[1:] == (":", "id"))
    reference = next(prefixed, "")
    if related.by_id and not reference:
        return None  # a module of macros, which has no part
    part = _part(package, related, reference, number)
    if related.kinds.get(part, "worksheet") != "worksheet":
        return None
    state = (sheet.get("state") or "").strip().lower()
    return Page(clean(decode(sheet.get("name", ""))), part, state not in {"", "visible"})


def _main(package: Package) -> str:
    root = package.related("")
    for name in root.by_kind.get("officedocument", {}):
        if name in package:
            return name
    for name in package.ending("workbook.xml"):
        return name
    raise no_file(package.path, "no XLSX file")


def _part(package: Package, related: Related, reference: str, number: int) -> str:
    """The part of a sheet; by its number where the workbook does not say."""
    part = related.by_id.get(reference, "")
    if part in package:
        return part
    usual = package.ending(f"worksheets/sheet{number}.xml")
    return usual[0] if usual else part


def _named(package: Package, related: Related, kind: str, end: str) -> str | None:
    for name in [*related.by_kind.get(kind, {}), *package.ending(f"/{end}")]:
        if name in package:
            return name
    return None


def _styles(package: Package, part: str) -> list[Style]:
    """How cells look: the formats of their numbers, and whether their fonts are struck through."""
    forms: dict[int, str] = {}
    fonts: list[bool] = []
    styles: list[Style] = []
    section = ""
    for element in package.elements(part, {"numFmt", "font", "xf"}, _SECTIONS):
        if element.tag in _SECTIONS:
            section = element.tag
        elif (section, element.tag) == ("numFmts", "numFmt"):
            forms[_int(element.get("numFmtId"))] = decode(element.get("formatCode", ""))
        elif (section, element.tag) == ("fonts", "font"):
            strike = element.find("strike")
            fonts.append(strike is not None and is_on(strike.get("val"), missing=True))
        elif (section, element.tag) == ("cellXfs", "xf"):
            if len(styles) == _MOST_STYLES:
                raise no_file(package.path, DAMAGED)
            form, font = _int(element.get("numFmtId")), _int(element.get("fontId"))
            shown = forms.get(form) or BUILT_IN.get(form, "General")
            styles.append(Style(shown, font < len(fonts) and fonts[font]))
    return styles


def _int(text: str | None) -> int:
    return int(text) if text and text.strip().isdecimal() else 0
