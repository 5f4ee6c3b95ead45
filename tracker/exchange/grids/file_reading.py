"""The bytes and the text of a file, of a size that one can answer for."""

import stat
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import BinaryIO

from db.model.errors import RefusedError

__all__ = [
    "MOST_BYTES",
    "count_lines",
    "lines_of",
    "no_file",
    "open_plain",
    "read_blocks",
    "read_bytes",
    "read_file",
    "refuse_larger",
]

MOST_BYTES = 64 * 1024 * 1024  # of a spreadsheet
_MOST_TEXT = 256 * 1024 * 1024  # of facts, whose lines are held
_BLOCK = 1024 * 1024  # bytes that are held of a text which is read in pieces
_ENCODINGS = ("utf-8-sig", "cp949")
_LOOKED_AT = 4096  # bytes that tell whether a text is UTF-16
_LEAST_LIKELY = 0.8  # of the signs of a text without a mark, before it counts as UTF-16


def no_file(path: Path, why: str) -> RefusedError:
    """The refusal of a file that cannot be read, or is not what it should be."""
    return RefusedError(f"cannot read {path}: {why}", code="no-file", path=str(path), why=why)


def open_plain(path: Path, *, once: bool = False) -> BinaryIO:
    """Open a file, or a pipe where it is read but once; a device has no end.

    Raises:
        RefusedError: It is neither.
        OSError: It cannot be opened.
    """
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or (once and stat.S_ISFIFO(mode))):
        raise RefusedError(
            f"{path} is no file: name another one", code="is-no-file", path=str(path)
        )
    return path.open("rb")


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """All bytes of a file.

    Raises:
        RefusedError: It cannot be read, or has more than `most` bytes.
    """
    try:
        refuse_larger(path, most)
        with open_plain(path, once=True) as file:
            data = file.read(most + 1)  # it may have grown
    except OSError as error:
        raise no_file(path, error.strerror or str(error)) from None
    if len(data) > most:
        raise _too_large(path, most)
    return data


def refuse_larger(path: Path, most: int = MOST_BYTES) -> None:
    """Refuse a file that is too large to be held.

    Raises:
        RefusedError: It has more than `most` bytes, or cannot be looked at.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise no_file(path, error.strerror or str(error)) from None
    if size > most:
        raise _too_large(path, most)


def _too_large(path: Path, most: int) -> RefusedError:
    return RefusedError(
        f"{path}: more than {most:,} bytes", code="file-too-large", path=str(path), most=most
    )


def read_file(path: Path, most: int = _MOST_TEXT) -> str:
    """The text of a file, in UTF-8, UTF-16 or CP949, without its byte order mark.

    Raises:
        RefusedError: The file cannot be read, is too large, or is in none of them.
    """
    data = read_bytes(path, most)
    for encoding in _encodings(data[:_LOOKED_AT]):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise no_file(path, "neither UTF-8, UTF-16 nor CP949")


def read_blocks(path: Path) -> Iterator[str]:
    """The text of a file of any size as `read_file` reads it, in pieces, looked through first.

    Raises:
        RefusedError: The file cannot be read, or is in none of them.
    """
    try:
        with open_plain(path) as file:
            head = file.read(_LOOKED_AT)
        for encoding in _encodings(head):
            try:
                for _ in _pieces(path, encoding):
                    pass
            except UnicodeDecodeError:
                continue
            yield from _pieces(path, encoding)
            return
    except OSError as error:
        raise no_file(path, error.strerror or str(error)) from None
    raise no_file(path, "neither UTF-8, UTF-16 nor CP949")


def _encodings(head: bytes) -> tuple[str, ...]:
    """What a text may be written in, the likeliest first.

    Without a mark, text is UTF-16 where it has bytes of 0, as blanks, digits and line ends
    have in it, and nearly every two bytes are a sign that such text is made of.
    """
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\0" not in head:
        return _ENCODINGS
    best = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _likely(head, encoding))
    return (best, *_ENCODINGS) if _likely(head, best) >= _LEAST_LIKELY else _ENCODINGS


def _likely(head: bytes, encoding: str) -> float:
    """Which part of a text would be Hangul and plain signs, were it in an encoding."""
    text = head.decode(encoding, "replace")
    likely = sum(c in "\t\r\n" or " " <= c <= "~" or "가" <= c <= "힣" for c in text)
    return likely / max(len(text), 1)


def lines_of(blocks: Iterable[str], path: Path) -> Iterator[str]:
    """The lines that pieces of a text make up, each with the end that it has.

    Raises:
        RefusedError: One is as long as a whole file may be that is held.
    """
    rest = ""
    for block in blocks:
        if len(rest) > MOST_BYTES:
            raise no_file(path, "a line without an end")
        lines = list(StringIO(rest + block, newline=""))
        rest = lines.pop() if lines else ""
        yield from lines
    if rest:
        yield rest


def count_lines(path: Path) -> int:
    """About how many lines a file has."""
    with open_plain(path) as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))


def _pieces(path: Path, encoding: str) -> Iterator[str]:
    decoder = getincrementaldecoder(encoding)()
    with open_plain(path) as file:
        while block := file.read(_BLOCK):
            yield decoder.decode(block)
        if last := decoder.decode(b"", final=True):
            yield last
