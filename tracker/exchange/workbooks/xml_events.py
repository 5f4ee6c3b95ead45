"""Parts of an Office file read event by event, without a tree: whatever their size, little is held.

Names of elements are taken without their namespace, so that the two dialects of the format
(transitional and strict) are one. A document type is refused before anything of it is read.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from tracker.exchange.grids.file_reading import no_file

__all__ = ["DAMAGED", "Handler", "Runs", "Text", "attribute", "decode", "is_on", "parse", "pieces"]

DAMAGED = "it is damaged"
_CHUNK = 64 * 1024
_DEEPEST = 256  # elements inside of each other; the parser remembers every one that is open
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OFF = ("0", "false", "off")

Runs = tuple[tuple[str, bool | None], ...]
"""Pieces of a text, each with whether it is struck through; None where its cell decides."""


class Handler:
    """What a reader of a part gets to know; names come without their prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text between elements, maybe a piece of it."""


def parse(path: Path, stream: IO[bytes], handler: Handler) -> None:
    """Read a part to its end.

    Raises:
        RefusedError: It is no sound XML, or declares a document type.
    """
    for _ in pieces(path, stream, handler):
        pass


def pieces(path: Path, stream: IO[bytes], handler: Handler) -> Iterator[None]:
    """Read a part, and pause after each piece of it.

    Raises:
        RefusedError: It is no sound XML, is nested deeper than any writer nests, or declares a
            document type.
    """
    depth = 0
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise no_file(path, DAMAGED)
        handler.start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(name.rpartition(":")[2] if ":" in name else name)

    def refuse(*_: Any) -> None:  # noqa: ANN401 - expat hands over what is not looked at
        raise no_file(path, "it declares XML entities")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.data
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    first = True
    try:
        while block := stream.read(_CHUNK):
            parser.Parse(block.lstrip() if first and block[:1].isspace() else block, False)  # noqa: FBT003 - expat takes no name
            first = False
            yield
        parser.Parse(b"", True)  # noqa: FBT003 - the same
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise no_file(path, DAMAGED) from error
    yield


def attribute(attributes: dict[str, str], name: str) -> str | None:
    """An attribute, whatever its prefix."""
    if name in attributes:
        return attributes[name]
    return next((v for k, v in attributes.items() if k.rpartition(":")[2] == name), None)


def is_on(value: str | None, *, missing: bool = False) -> bool:
    """Whether a switch is on."""
    return missing if value is None else value.strip().lower() not in _OFF


def decode(text: str) -> str:
    r"""Signs that XML cannot hold, which the format writes as `_x000D_`.

    >>> decode("본관_x000D_"), decode("_x005F_x000D_")
    ('본관\r', '_x000D_')
    """
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Text:
    """Collects a text of runs; the phonetic ones, which repeat it in another script, are left out.

    Feed it what lies inside of `si`, `is` or `text`.
    """

    def __init__(self) -> None:
        """Begin without any text."""
        self._runs: list[tuple[str, bool | None]] = []
        self._pieces: list[str] | None = None
        self._struck: bool | None = None
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element inside begins."""
        if name == "t":
            if not self._phonetic:
                self._pieces = []
        elif name == "rPh":
            self._phonetic += 1
        elif name == "r":
            self._struck = None
        elif name == "rPr":
            self._struck = False
        elif name in {"strike", "dstrike"}:
            self._struck = is_on(attributes.get("val"), missing=True)

    def end(self, name: str) -> None:
        """An element inside ends."""
        if name == "t" and self._pieces is not None:
            self._runs.append((decode("".join(self._pieces)), self._struck))
            self._pieces = None
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "r":
            self._struck = None

    def data(self, text: str) -> None:
        """Text inside."""
        if self._pieces is not None:
            self._pieces.append(text)

    def taken(self) -> str | Runs:
        """The text: whole, or in runs where some of it has a form of its own."""
        if all(struck is None for _, struck in self._runs):
            return "".join(text for text, _ in self._runs)
        return tuple(self._runs)
