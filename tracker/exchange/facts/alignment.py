"""Columns that stand below each other in a terminal or an editor of fixed width."""

import unicodedata
from collections.abc import Iterator, Sequence

__all__ = ["cells", "columns"]

_WIDEST = 40  # cells; a text beyond it does not push what follows all others aside


def columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Lines whose columns stand below each other; the last part of a line is free.

    They are counted in cells, as Hangul is two wide.
    """
    widths: dict[int, int] = {}
    for row in rows:
        for i, cell in enumerate(row[:-1]):
            if cells(cell) <= _WIDEST:
                widths[i] = max(widths.get(i, 0), cells(cell))
    for row in rows:
        padded = [c + " " * (widths.get(i, 0) - cells(c)) for i, c in enumerate(row[:-1])]
        yield "  ".join([*filter(None, padded), row[-1].strip()]).rstrip()


def cells(text: str) -> int:
    """How many cells of a terminal or a fixed-width editor the text takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(bool(unicodedata.combining(c)) for c in text)
