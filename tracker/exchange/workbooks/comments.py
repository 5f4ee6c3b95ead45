"""Comments on cells: notes, and the threads that newer spreadsheet programs keep beside them."""

import re
from collections.abc import Iterable
from operator import itemgetter

from db.model.text import clean
from tracker.exchange.workbooks.package import Package
from tracker.exchange.workbooks.sheet_xml import cell_of
from tracker.exchange.workbooks.xml_elements import attribute, content, runs_of

__all__ = ["remarks_of"]

_STAND_IN = re.compile(r"^.*?fwlink/\?linkid=870924\s*", re.DOTALL)
_HEADINGS = re.compile(
    r"^[ \t]*(?:Comment|Reply|댓글|메모|의견|회신|답글|대댓글)\s*:[ \t]*$", re.MULTILINE
)
_THREADED = "tc="
_SEPARATOR = " / "

Cell = tuple[int, int]
Remarks = dict[int, dict[int, str]]


def remarks_of(package: Package, part: str) -> Remarks:
    """The comments of a sheet, by row and column from 0.

    A note is told without the name of its author, which programs put in its first line. Of a
    thread every answer is told with its author; the note that programs lay in its place, for
    readers that know no threads, is not told beside it.
    """
    related = package.related(part)
    notes, threads = related.by_kind.get("comments", {}), related.by_kind.get("threadedcomment", {})
    found: Remarks = {}
    texts = {**_notes(package, notes), **_threads(package, threads)}
    for (row, column), text in texts.items():
        if remark := clean(" ".join(text.split())):
            found.setdefault(row, {})[column] = remark
    return found


def _notes(package: Package, names: Iterable[str]) -> dict[Cell, str]:
    """The notes of these parts by their cells."""
    authors: list[str] = []
    notes: dict[Cell, str] = {}
    for name in names:
        for element in package.elements(name, {"author", "comment"}) if name in package else ():
            if element.tag == "author":
                authors.append(content(element))
                continue
            at, text = cell_of(element.get("ref", "")), element.find("text")
            if at is None or text is None:
                continue
            number = element.get("authorId", "")
            known = number.isdecimal() and int(number) < len(authors)
            runs = runs_of(text)
            shown = (
                runs if isinstance(runs, str) else "".join(t for t, struck in runs if not struck)
            )
            notes[at] = _without_frame(shown, authors[int(number)] if known else "")
    return notes


def _without_frame(text: str, author: str) -> str:
    """What somebody said, without what programs put around it."""
    if _STAND_IN.search(text) or author.startswith(_THREADED):
        said = _HEADINGS.split(_STAND_IN.sub("", text))
        return _SEPARATOR.join(" ".join(part.split()) for part in said if part.strip())
    return text.strip().removeprefix(f"{author}:")


def _threads(package: Package, names: Iterable[str]) -> dict[Cell, str]:
    """The threads of these parts by their cells, every answer with its author."""
    threads: dict[Cell, list[tuple[str, str, str]]] = {}
    at = None
    for name in names:
        for element in package.elements(name, {"threadedComment"}) if name in package else ():
            at = cell_of(element.get("ref", "")) or at
            text = element.find("text")
            if at is not None and text is not None:
                who = element.get("personId", "").lower()
                said = " ".join(content(text).split())
                threads.setdefault(at, []).append((element.get("dT", ""), who, said))
    people = _people(package) if threads else {}
    return {
        at: _SEPARATOR.join(
            f"{people[who]}: {text}" if people.get(who) else text
            for _, who, text in sorted(said, key=itemgetter(0))
        )
        for at, said in threads.items()
    }


def _people(package: Package) -> dict[str, str]:
    """The names of those who wrote, by their ids."""
    return {
        (attribute(person, "id") or "").lower(): (attribute(person, "displayName") or "").strip()
        for name in package.ending(".xml")
        if "/persons/" in name
        for person in package.elements(name, {"person"})
    }
