"""The parts of an Office file: found however its writer spelled their names."""

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO
from urllib.parse import unquote
from zipfile import ZipFile, ZipInfo

from db.model.errors import RefusedError
from tracker.exchange.grids.file_reading import no_file
from tracker.exchange.workbooks.archive import BROKEN, Packed
from tracker.exchange.workbooks.xml_events import DAMAGED, Handler, attribute, parse

__all__ = ["Package", "Related"]


class Related(Handler):
    """The parts that a part refers to.

    Attributes:
        by_id: The part's name of each reference.
        by_kind: The names of parts, each once however often it is referred to, by the last
            word of their kind: `styles`, `worksheet` …
    """

    def __init__(self, folder: str) -> None:
        """Begin with what lies relative to a folder."""
        self._folder = folder
        self.by_id: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.by_kind: dict[str, dict[str, None]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take one reference."""
        target = attribute(attributes, "Target")
        outside = (attribute(attributes, "TargetMode") or "").lower() == "external"
        if name != "Relationship" or not target or outside:
            return
        whole = target.replace("\\", "/")
        if not whole.startswith("/"):
            whole = posixpath.join(self._folder, whole)
        whole = posixpath.normpath(whole).lstrip("/")
        kind = (attribute(attributes, "Type") or "").rpartition("/")[2].lower()
        self.by_id[attribute(attributes, "Id") or ""] = whole
        self.kinds[whole] = kind
        self.by_kind.setdefault(kind, {})[whole] = None


class Package:
    """Reads parts by name, whatever case and slashes the archive has."""

    def __init__(self, packed: Packed) -> None:
        """Open what was weighed before.

        Raises:
            RefusedError: It is no archive.
        """
        self.path = packed.path
        try:
            self._archive = ZipFile(BytesIO(packed.data))
        except BROKEN as error:
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
        except BROKEN as error:
            raise no_file(self.path, DAMAGED) from error

    def read(self, name: str, handler: Handler) -> None:
        """Read a part of XML into a handler.

        Raises:
            RefusedError: As `opened`, or it is no sound XML.
        """
        with self.opened(name) as stream:
            parse(self.path, stream, handler)

    def related(self, name: str) -> Related:
        """What a part refers to; the package itself is the part without a name."""
        folder, _, last = name.rpartition("/")
        found = Related(folder)
        listed = posixpath.join(folder, "_rels", f"{last}.rels")
        if listed in self:
            try:
                self.read(listed, found)
            except RefusedError as error:
                if error.fields.get("why") != DAMAGED:  # the usual names will do
                    raise
        return found


def _key(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()
