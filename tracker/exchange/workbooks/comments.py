"""Comments on cells: notes, and the threads that newer spreadsheet programs keep beside them."""

import re
from collections.abc import Mapping

from db.model.text import clean
from tracker.exchange.workbooks.package import Package
from tracker.exchange.workbooks.sheet_xml import cell_of
from tracker.exchange.workbooks.xml_events import Handler, Text, attribute

__all__ = ["remarks_of"]

_STAND_IN = re.compile(r"^.*?fwlink/\?linkid=870924\s*", re.DOTALL)
_HEADINGS = re.compile(
    r"^[ \t]*(?:Comment|Reply|댓글|메모|의견|회신|답글|대댓글)\s*:[ \t]*$", re.MULTILINE
)
_THREADED = "tc="
_SEPARATOR = " / "

Remarks = dict[int, dict[int, str]]


def remarks_of(package: Package, part: str) -> Remarks:
    """The comments of a sheet, by row and column from 0.

    A note is told without the name of its author, which programs put in its first line. Of a
    thread every answer is told with its author; the note that programs lay in its place, for
    readers that know no threads, is not told beside it.
    """
    related = package.related(part)
    notes = _Notes()
    for name in related.by_kind.get("comments", {}):
        if name in package:
            package.read(name, notes)
    threads = _Threads()
    for name in related.by_kind.get("threadedcomment", {}):
        if name in package:
            package.read(name, threads)
    found: Remarks = {}
    told = {**notes.told(), **threads.told(_people(package) if threads.said else {})}
    for (row, column), text in told.items():
        if remark := clean(" ".join(text.split())):
            found.setdefault(row, {})[column] = remark
    return found


def _people(package: Package) -> Mapping[str, str]:
    people = _People()
    for name in package.ending(".xml"):
        if "/persons/" in name:
            package.read(name, people)
    return people.names


class _Notes(Handler):
    def __init__(self) -> None:
        self._authors: list[str] = []
        self._notes: list[tuple[tuple[int, int], str, str]] = []
        self._at: tuple[int, int] | None = None
        self._author = ""
        self._text: Text | None = None
        self._pieces: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._text is not None:
            self._text.start(name, attributes)
        elif name == "author":
            self._pieces = []
        elif name == "comment":
            self._at = cell_of(attributes.get("ref", ""))
            number = attributes.get("authorId", "")
            known = number.isdecimal() and int(number) < len(self._authors)
            self._author = self._authors[int(number)] if known else ""
        elif name == "text" and self._at is not None:
            self._text = Text()

    def end(self, name: str) -> None:
        if name == "author" and self._pieces is not None:
            self._authors.append("".join(self._pieces))
            self._pieces = None
        elif name == "text" and self._text is not None and self._at is not None:
            runs = self._text.taken()
            text = runs if isinstance(runs, str) else "".join(t for t, struck in runs if not struck)
            self._notes.append((self._at, self._author, text))
            self._text = None
        elif self._text is not None:
            self._text.end(name)

    def data(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)
        elif self._text is not None:
            self._text.data(text)

    def told(self) -> dict[tuple[int, int], str]:
        return {at: _without_frame(text, author) for at, author, text in self._notes}


def _without_frame(text: str, author: str) -> str:
    """What somebody said, without what programs put around it."""
    if _STAND_IN.search(text) or author.startswith(_THREADED):
        said = _HEADINGS.split(_STAND_IN.sub("", text))
        return _SEPARATOR.join(" ".join(part.split()) for part in said if part.strip())
    return text.strip().removeprefix(f"{author}:")


class _Threads(Handler):
    def __init__(self) -> None:
        self.said: list[tuple[tuple[int, int], str, str, str]] = []
        self._at: tuple[int, int] | None = None
        self._when = self._who = ""
        self._pieces: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "threadedComment":
            self._at = cell_of(attributes.get("ref", "")) or self._at
            self._when = attributes.get("dT", "")
            self._who = attributes.get("personId", "")
        elif name == "text":
            self._pieces = []

    def end(self, name: str) -> None:
        if name == "text" and self._pieces is not None:
            if self._at is not None:
                self.said.append((self._at, self._when, self._who, "".join(self._pieces)))
            self._pieces = None

    def data(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)

    def told(self, people: Mapping[str, str]) -> dict[tuple[int, int], str]:
        threads: dict[tuple[int, int], list[tuple[str, str]]] = {}
        for at, when, who, text in self.said:
            name = people.get(who.lower(), "")
            told = " ".join(text.split())
            threads.setdefault(at, []).append((when, f"{name}: {told}" if name else told))
        return {
            at: _SEPARATOR.join(told for _, told in sorted(said, key=lambda one: one[0]))
            for at, said in threads.items()
        }


class _People(Handler):
    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "person":
            who = (attribute(attributes, "id") or "").lower()
            self.names[who] = (attribute(attributes, "displayName") or "").strip()
