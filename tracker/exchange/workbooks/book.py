"""What a workbook says of all its sheets: their names, its texts and its styles."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from db.model.text import clean
from tracker.exchange.grids.file_reading import no_file
from tracker.exchange.workbooks.archive import Packed
from tracker.exchange.workbooks.number_formats import BUILT_IN
from tracker.exchange.workbooks.package import Package, Related
from tracker.exchange.workbooks.xml_events import (
    DAMAGED,
    Handler,
    Runs,
    Text,
    attribute,
    decode,
    is_on,
)

__all__ = ["Book", "Page", "Style", "count_pages", "open_book"]

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
        package.read(texts, _SharedTexts(book.texts))
    looks = _named(package, related, "styles", "styles.xml")
    if looks:
        styles = _Styles(package.path)
        package.read(looks, styles)
        book.styles = styles.made()
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
    found = _Workbook()
    package.read(main, found)
    related = package.related(main)
    book = Book(package, mac=found.mac, stale=found.stale)
    pages: dict[tuple[str, bool], Page] = {}  # a part is read once, however many names it has
    for number, (name, reference, state) in enumerate(found.sheets, start=1):
        if related.by_id and not reference:
            continue  # a module of macros, which has no part
        part = _part(package, related, reference, number)
        if related.kinds.get(part, "worksheet") == "worksheet":
            page = Page(clean(decode(name)), part, state not in {"", "visible"})
            pages.setdefault((page.part, page.hidden), page)
    book.pages += pages.values()
    return book, related


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


class _Workbook(Handler):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.mac = self.stale = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            state = (attributes.get("state") or "").strip().lower()
            reference = attribute({k: v for k, v in attributes.items() if ":" in k}, "id") or ""
            self.sheets.append((attributes.get("name", ""), reference, state))
        elif name == "workbookPr":
            self.mac = is_on(attributes.get("date1904"))
        elif name == "calcPr":
            self.stale = is_on(attributes.get("fullCalcOnLoad"))


class _SharedTexts(Handler):
    def __init__(self, texts: list[str | Runs]) -> None:
        self._texts = texts
        self._text: Text | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._text = Text()
        elif self._text is not None:
            self._text.start(name, attributes)

    def end(self, name: str) -> None:
        if self._text is None:
            return
        if name == "si":
            self._texts.append(self._text.taken())
            self._text = None
        else:
            self._text.end(name)

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.data(text)


class _Styles(Handler):
    """The formats of numbers, whether fonts are struck through, and what cells have of both."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._within: list[str] = []
        self._forms: dict[int, str] = {}
        self._fonts: list[bool] = []
        self._cells: list[tuple[int, int]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        section = self._within[1:2]
        self._within.append(name)
        if section == ["numFmts"] and name == "numFmt":
            self._forms[_int(attributes.get("numFmtId"))] = decode(attributes.get("formatCode", ""))
        elif section == ["fonts"] and name == "font":
            self._fonts.append(False)
        elif section == ["fonts"] and name == "strike" and self._fonts:
            self._fonts[-1] = is_on(attributes.get("val"), missing=True)
        elif section == ["cellXfs"] and name == "xf":
            if len(self._cells) == _MOST_STYLES:
                raise no_file(self._path, DAMAGED)
            form, font = attributes.get("numFmtId"), attributes.get("fontId")
            self._cells.append((_int(form), _int(font)))

    def end(self, name: str) -> None:
        del name
        self._within.pop()

    def made(self) -> list[Style]:
        return [
            Style(
                self._forms.get(form) or BUILT_IN.get(form, "General"),
                font < len(self._fonts) and self._fonts[font],
            )
            for form, font in self._cells
        ]


def _int(text: str | None) -> int:
    return int(text) if text and text.strip().isdecimal() else 0
