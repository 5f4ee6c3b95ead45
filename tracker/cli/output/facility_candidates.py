"""The facilities that a name may mean, as a table on standard error."""

import sys
from contextlib import suppress

from db.model.errors import AmbiguousError
from db.model.text import shorten
from db.read.suggestions import SeveralError
from tracker.cli.output.named_columns import period_cell, plain, table_of
from tracker.cli.output.progress_bar import console
from tracker.cli.output.streams import complain
from tracker.words import Words

__all__ = ["print_candidates"]


def print_candidates(error: AmbiguousError, words: Words) -> None:
    """Print one a line, with the city and the next date, and how many more there are."""
    if not isinstance(error, SeveralError):
        return
    table = table_of(("slug", "facility", "city", "next_date"), words)
    for c in error.known:
        table.add_row(plain(c.slug), plain(c.name), plain(c.city), period_cell(c.next, words))
    with suppress(OSError, ValueError):
        console(sys.stderr).print(table)
    if (rest := error.total - len(error.known)) > 0:
        complain(words("candidates.more", rest=rest, name=shorten(error.fields["name"])))
