"""The columns that tables of the shell are made of, and what each is worth where room is short."""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.text import Text

from db.model.period import Period
from tracker.cli.output.column_widths import Cell, Rule
from tracker.cli.output.columns import Columns
from tracker.words import Words

__all__ = ["period_cell", "plain", "table_of"]

_RULES = {  # what a column is worth, against those that it stands beside in any table
    "state": Rule(worth=90, brief=45),
    "facility": Rule(worth=100, least=16),
    "milestone": Rule(worth=80, least=8),
    "forecast": Rule(worth=60, brief=20),
    "baseline": Rule(worth=35, brief=15),
    "actual": Rule(worth=70, brief=20),
    "d_day": Rule(worth=95, right=True),
    "slip": Rule(worth=40, right=True),
    "updated": Rule(worth=10),
    "city": Rule(worth=65, least=12),
    "slug": Rule(worth=110),
    "next_date": Rule(worth=55, brief=20),
    "next": Rule(worth=70, least=10),
    "deadline": Rule(worth=75, brief=20),
    "alert": Rule(worth=85, least=36, below=30),
    "id": Rule(worth=75, right=True),
    "act": Rule(worth=5, right=True),
    "day": Rule(worth=95),
    "what": Rule(worth=65),
    "said": Rule(worth=85, least=28, below=30),
    "source": Rule(worth=25, least=12),
    "by": Rule(worth=8, least=8),
    "moved": Rule(worth=92, right=True),
    "letter": Rule(worth=100),
}


def table_of(columns: Iterable[str], words: Words) -> Columns:
    """A table of these columns, which gives way as their rules say."""
    table = Columns("dim", left_out=lambda names: words("table.left_out", columns=", ".join(names)))
    for column in columns:
        heading = words.of("col", column) if words.has(f"col.{column}") else ""
        table.add_column(Text(heading), _RULES[column])
    return table


def plain(text: object) -> Text:
    """A text without a style; nothing where there is none."""
    return Text(str(text or ""))


def period_cell(period: Period | None, words: Words, none: str = "") -> Cell:
    """A period in words, and in figures where these are shorter."""
    if period is None:
        return Text(none)
    forms = [words.period(period)]
    for brief in words.briefer(period)[:2]:
        if cell_len(brief) < cell_len(forms[-1]):
            forms.append(brief)
    return tuple(map(Text, forms))
