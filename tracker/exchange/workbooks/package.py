"""The parts of an XLSX file: its sizes are checked before anything of it is unpacked.

Parts are found however the writer of the file spelled their names.
"""

import posixpath
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from typing import IO
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile, ZipInfo

from db.model.errors import RefusedError
from tracker.exchange.grids.file_reading import no_file, read_bytes
from tracker.exchange.workbooks.foreign import refuse_foreign
from tracker.exchange.workbooks.xml_elements import DAMAGED, attribute, elements

__all__ = ["MOST_UNPACKED", "Package", "Packed", "Related", "open_safely"]

MOST_UNPACKED = 200 * 1024 * 1024
_MOST_RATIO = 200  # a sheet of equal numbers comes to about 30
_MOST_PARTS = 2000
_SMALL = 1024 * 1024  # a part that unpacks to less than this may be packed as it likes
_ENCRYPTED = 0x1
_BROKEN = (
    BadZipFile,
    LZMAError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    zlib.error,
)
"""What an archive raises that is none, or is damaged."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file that may be unpacked: its sizes were checked."""

    path: Path
    data: bytes


def open_safely(path: Path) -> Packed:
    """Return an XLSX file that may be unpacked.

    Raises:
        RefusedError: It cannot be read, is no XLSX file, is encrypted, or unpacks to more
            than `MOST_UNPACKED` or by more than `_MOST_RATIO`.
    """
    data = read_bytes(path)
    refuse_foreign(path, data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            _refuse_bomb(path, archive.infolist())
    except _BROKEN as error:
        raise no_file(path, "no XLSX file") from error
    return Packed(path, data)


def _refuse_bomb(path: Path, parts: list[ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    dense = any(
        part.file_size > _SMALL and part.file_size > _MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if unpacked > MOST_UNPACKED or dense or len(parts) > _MOST_PARTS:
        raise RefusedError(
            f"{path.name}: it would unpack to {unpacked:,} bytes: not taken as a spreadsheet",
            code="sheet-bomb",
            path=path.name,
            size=unpacked,
        )
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise no_file(path, "encrypted: save it without a password")


@dataclass(slots=True)
class Related:
    """The parts that a part refers to.

    Attributes:
        by_id: The part's name of each reference.
        kinds: The last word of the kind of each part: `styles`, `worksheet` …
        by_kind: The names of parts by that, each once however often it is referred to.
    """

    by_id: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    by_kind: dict[str, dict[str, None]] = field(default_factory=dict)

    def add(self, folder: str, reference: Element) -> None:
        """Add a reference, which is relative to a folder; one to the outside is left out."""
        target = attribute(reference, "Target")
        if not target or (attribute(reference, "TargetMode") or "").lower() == "external":
            return
        whole = target.replace("\\", "/")
        if not whole.startswith("/"):
            whole = posixpath.join(folder, whole)
        whole = posixpath.normpath(whole).lstrip("/")
        kind = (attribute(reference, "Type") or "").rpartition("/")[2].lower()
        self.by_id[attribute(reference, "Id") or ""] = whole
        self.kinds[whole] = kind
        self.by_kind.setdefault(kind, {})[whole] = None


class Package:
    """Reads parts by name, whatever case and slashes the archive has."""

    def __init__(self, packed: Packed) -> None:
        """Open a file whose sizes were checked.

        Raises:
            RefusedError: It is no archive.
        """
        self.path = packed.path
        try:
            self._archive = ZipFile(BytesIO(packed.data))
        except _BROKEN as error:
            raise no_file(self.path, "no XLSX file") from error
        self._parts: dict[str, ZipInfo] = {}
        for info in self._archive.infolist():
            self._parts.setdefault(_key(info.filename), info)

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return self._info(name) is not None

    def _info(self, name: str) -> ZipInfo | None:
        return self._parts.get(_key(name)) or self._parts.get(_key(unquote(name)))

    def ending(self, end: str) -> list[str]:
        """The names of parts that end so, in order."""
        return sorted(name for name in self._parts if name.endswith(end.lower()))

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """Open a part.

        Raises:
            RefusedError: There is none of this name, or the archive is damaged there.
        """
        info = self._info(name)
        if info is None:
            raise no_file(self.path, DAMAGED)
        try:
            with self._archive.open(info) as stream:
                yield stream
        except RefusedError:
            raise
        except _BROKEN as error:
            raise no_file(self.path, DAMAGED) from error

    def elements(
        self, name: str, whole: Collection[str], begun: Collection[str] = ()
    ) -> Iterator[Element]:
        """Yield the elements of a part of XML as `xml_elements.elements` does.

        Raises:
            RefusedError: As `opened`, or it is no sound XML.
        """
        with self.opened(name) as stream:
            yield from elements(self.path, stream, whole, begun)

    def related(self, name: str) -> Related:
        """What a part refers to; the package itself is the part without a name."""
        folder, _, last = name.rpartition("/")
        found = Related()
        listed = posixpath.join(folder, "_rels", f"{last}.rels")
        if listed in self:
            try:
                for reference in self.elements(listed, {"Relationship"}):
                    found.add(folder, reference)
            except RefusedError as error:
                if error.fields.get("why") != DAMAGED:  # the usual names will do
                    raise
        return found


def _key(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()
