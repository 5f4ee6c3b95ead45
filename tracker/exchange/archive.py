"""XLSX files weighed before they are unpacked, and searched for what no spreadsheet needs."""

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from db.errors import RefusedError
from tracker.exchange.reading import no_file, read_bytes

__all__ = ["MOST_PARTS", "MOST_RATIO", "MOST_UNPACKED", "Packed", "open_safely", "visible_sheets"]

MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200  # a sheet of equal numbers comes to about 30
MOST_PARTS = 2000
_SMALL = 1024 * 1024  # a part that unpacks to less than this may be packed as it likes
_CHUNK = 1024 * 1024
_DECLARATIONS = tuple(
    text.encode(code)
    for text in ("<!DOCTYPE", "<!ENTITY")
    for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_ENCRYPTED = 0x1
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Packed:
    """A file that was weighed and may be unpacked."""

    path: Path
    data: bytes


def open_safely(path: Path) -> Packed:
    """Return an XLSX file that may be unpacked.

    Raises:
        RefusedError: It cannot be read, is no XLSX file, is encrypted, unpacks to more than
            `MOST_UNPACKED` or by more than `MOST_RATIO`, or declares XML entities.
    """
    data = read_bytes(path)
    if data.startswith(_OLD_EXCEL):
        raise no_file(path, "old or encrypted Excel: save it as .xlsx without a password")
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _weigh(path, parts)
            for part in parts:
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    _search(path, archive, part)
    except (
        BadZipFile,
        LZMAError,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        zlib.error,
    ) as error:
        raise no_file(path, "no XLSX file") from error
    return Packed(path, data)


def _weigh(path: Path, parts: list[ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    dense = any(
        part.file_size > _SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if unpacked > MOST_UNPACKED or dense or len(parts) > MOST_PARTS:
        raise RefusedError(
            f"{path.name}: it would unpack to {unpacked:,} bytes: not taken as a spreadsheet",
            code="sheet-bomb",
            path=path.name,
            size=unpacked,
        )
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise no_file(path, "encrypted: save it without a password")


def _search(path: Path, archive: ZipFile, part: ZipInfo) -> None:
    """Refuse a document type or an entity in a part; no spreadsheet program writes one."""
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            seen = tail + chunk
            if any(word in seen for word in _DECLARATIONS):
                raise no_file(path, "it declares XML entities")
            tail = chunk[-32:]


def visible_sheets(packed: Packed) -> int:
    """How many sheets a person sees in a workbook; 0 where it does not say."""
    with ZipFile(BytesIO(packed.data)) as archive:
        try:
            sheets = _SHEET.findall(archive.read("xl/workbook.xml"))
        except KeyError:
            return 0
    return sum(b'"hidden"' not in tag and b'"veryHidden"' not in tag for tag in sheets)
