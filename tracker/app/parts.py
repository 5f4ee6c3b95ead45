"""Texts as the parts of a file, so that no file is held as a whole."""

from collections.abc import Iterable, Iterator

__all__ = ["in_parts"]

_PART = 1 << 16  # letters that are handed on at once


def in_parts(texts: Iterable[str], encoding: str = "utf-8") -> Iterator[bytes]:
    """Encode texts that make up a file, many short ones at once."""
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= _PART:
            yield "".join(held).encode(encoding)
            held, size = [], 0
    if held:
        yield "".join(held).encode(encoding)
