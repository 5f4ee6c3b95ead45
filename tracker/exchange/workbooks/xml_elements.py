"""Parts of an Office file read element by element: whatever their size, little is held.

Names of elements are taken without their namespace, so that the two dialects of the format
(transitional and strict) are one. A document type is refused before anything of it is read.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from tracker.exchange.grids.file_reading import no_file

__all__ = ["DAMAGED", "Runs", "attribute", "content", "decode", "elements", "is_on", "runs_of"]

DAMAGED = "it is damaged"
_CHUNK = 64 * 1024
_DEEPEST = 256  # elements inside of each other; the parser remembers every one that is open
_MOST_INSIDE = 500_000  # of one that is held; a cell has 32,767 characters, and runs of no fewer
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OFF = ("0", "false", "off")

Runs = tuple[tuple[str, bool | None], ...]
"""Pieces of a text, each with whether it is struck through; None where its cell decides."""


def elements(
    path: Path, stream: IO[bytes], whole: Collection[str], begun: Collection[str] = ()
) -> Iterator[Element]:
    """Yield the elements of a part that have one of these names, in the order of the part.

    Args:
        path: The file, for messages.
        stream: The part.
        whole: Names of elements that are handed over complete, with all inside.
        begun: Names of elements that are handed over as they begin, with nothing inside.

    Raises:
        RefusedError: The part is no sound XML, is nested deeper or has more inside of one
            element than any writer puts there, or declares a document type.
    """
    parts = _Elements(path, whole, begun)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = parts.start, parts.end
    parser.CharacterDataHandler = parts.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parts.refuse
    block = stream.read(_CHUNK).lstrip()
    try:
        while block:
            parser.Parse(block, False)  # noqa: FBT003 - expat takes no name
            yield from parts.found
            parts.found.clear()
            block = stream.read(_CHUNK)
        parser.Parse(b"", True)  # noqa: FBT003 - the same
    except (expat.ExpatError, ValueError, LookupError) as error:
        yield from parts.found  # what stands before the damage
        raise no_file(path, DAMAGED) from error


class _Elements:
    """Collect the elements that were asked for from the events of a parser."""

    def __init__(self, path: Path, whole: Collection[str], begun: Collection[str]) -> None:
        self.found: list[Element] = []
        self._path, self._whole, self._begun = path, whole, begun
        self._depth = self._outer = self._held = 0
        self._inside: TreeBuilder | None = None  # the element at depth `_outer`

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise no_file(self._path, DAMAGED)
        tag = name.rpartition(":")[2]
        if self._inside is None and tag in self._whole:
            self._inside, self._outer, self._held = TreeBuilder(), self._depth, 0
        if self._inside is not None:
            self._held += 1
            if self._held > _MOST_INSIDE:
                raise no_file(self._path, DAMAGED)
            self._inside.start(tag, attributes)
        elif tag in self._begun:
            self.found.append(Element(tag, attributes))

    def end(self, name: str) -> None:
        if self._inside is not None:
            element = self._inside.end(name.rpartition(":")[2])
            if self._depth == self._outer:
                self.found.append(element)
                self._inside = None
        self._depth -= 1

    def data(self, text: str) -> None:
        if self._inside is not None:
            self._inside.data(text)

    def refuse(self, *_: object) -> None:
        raise no_file(self._path, "it declares XML entities")


def attribute(element: Element, name: str) -> str | None:
    """An attribute, whatever its prefix."""
    if name in element.attrib:
        return element.attrib[name]
    return next((v for k, v in element.items() if k.rpartition(":")[2] == name), None)


def is_on(value: str | None, *, missing: bool = False) -> bool:
    """Whether a switch is on."""
    return missing if value is None else value.strip().lower() not in _OFF


def content(element: Element) -> str:
    """All text inside of an element."""
    return "".join(element.itertext())


def decode(text: str) -> str:
    r"""Signs that XML cannot hold, which the format writes as `_x000D_`.

    >>> decode("본관_x000D_"), decode("_x005F_x000D_")
    ('본관\r', '_x000D_')
    """
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def runs_of(element: Element) -> str | Runs:
    """The text of an `si`, `is` or `text`: whole, or in runs where some have a form of their own.

    Phonetic runs, which repeat the text in another script, are left out.
    """
    runs: list[tuple[str, bool | None]] = []
    for run in element:
        struck = None
        for part in _spoken(run):
            if part.tag == "rPr":
                struck = False
            elif part.tag in {"strike", "dstrike"}:
                struck = is_on(part.get("val"), missing=True)
            elif part.tag == "t":
                runs.append((decode(content(part)), struck))
    if all(struck is None for _, struck in runs):
        return "".join(text for text, _ in runs)
    return tuple(runs)


def _spoken(element: Element) -> Iterator[Element]:
    """An element and all inside of it that is not phonetic."""
    if element.tag != "rPh":
        yield element
        for child in element:
            yield from _spoken(child)
