"""XLSX files weighed before anything of them is unpacked."""

import zlib
from dataclasses import dataclass
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from db.model.errors import RefusedError
from tracker.exchange.grids.file_reading import no_file, read_bytes
from tracker.exchange.workbooks.foreign import refuse_foreign

__all__ = ["BROKEN", "MOST_PARTS", "MOST_RATIO", "MOST_UNPACKED", "Packed", "open_safely"]

MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200  # a sheet of equal numbers comes to about 30
MOST_PARTS = 2000
_SMALL = 1024 * 1024  # a part that unpacks to less than this may be packed as it likes
_ENCRYPTED = 0x1
BROKEN = (
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
    """A file that was weighed and may be unpacked."""

    path: Path
    data: bytes


def open_safely(path: Path) -> Packed:
    """Return an XLSX file that may be unpacked.

    Raises:
        RefusedError: It cannot be read, is no XLSX file, is encrypted, or unpacks to more
            than `MOST_UNPACKED` or by more than `MOST_RATIO`.
    """
    data = read_bytes(path)
    refuse_foreign(path, data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            _weigh(path, archive.infolist())
    except BROKEN as error:
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
