"""The bytes and the text of a file, of a size that one can answer for."""

from pathlib import Path

from db.errors import RefusedError

__all__ = ["MOST_BYTES", "no_file", "read_bytes", "read_file"]

MOST_BYTES = 64 * 1024 * 1024  # of a spreadsheet
_MOST_TEXT = 1024**3  # of a whole store


def no_file(path: Path, why: str) -> RefusedError:
    """The refusal of a file that cannot be read, or is not what it should be."""
    return RefusedError(f"cannot read {path}: {why}", code="no-file", path=str(path), why=why)


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """All bytes of a file.

    Raises:
        RefusedError: It cannot be read, or has more than `most` bytes.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise no_file(path, error.strerror or str(error)) from None
    if len(data) > most:
        raise RefusedError(
            f"{path}: more than {most:,} bytes", code="file-too-large", path=str(path), most=most
        )
    return data


def read_file(path: Path, most: int = _MOST_TEXT) -> str:
    """The text of a file, in UTF-8 or CP949, without its byte order mark.

    Raises:
        RefusedError: The file cannot be read, is too large, or is in neither encoding.
    """
    data = read_bytes(path, most)
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise no_file(path, "neither UTF-8 nor CP949")
