"""A weekly check as lines: what it asked, what was answered, and what it came to."""

from collections.abc import Iterable

from rich.text import Text

from tracker.acts.review_summary import NEED_GLYPHS, called, decided, did, head, recap, summary
from tracker.app.workspace import Workspace
from tracker.cli.output.column_widths import Rule
from tracker.cli.output.columns import Columns
from tracker.cli.output.progress_bar import console
from tracker.cli.output.streams import say
from tracker.domain.review import Check, Item, Outcome
from tracker.words import Words

__all__ = ["print_items", "print_recap"]

_MARKS = {Outcome.OPEN: " ", Outcome.DECIDED: "✓", Outcome.SKIPPED: "»", Outcome.SETTLED: "–"}
_INDENT, _PLACE = Rule(worth=90), Rule(worth=90)
_NEED, _NAME = Rule(worth=80), Rule(worth=100, least=20)
_D_DAY, _WHAT = Rule(worth=95, right=True), Rule(worth=85, least=28, below=30)


def print_recap(check: Check, here: Workspace) -> None:
    """What a check came to."""
    words = here.words
    say(f"{words('review.title', week=check.review.week)}  {summary(check, words)}")
    say(head(check, words, here.config.timezone))
    for part in recap(check, words):
        say(f"\n{part.title} {len(part.lines):,}")
        table = _table(_INDENT, _NAME, _WHAT)
        for item, said in part.lines:
            table.add_row(*map(Text, ("", " · ".join(called(item, words)), said)))
        console().print(table)
    say(f"\n{words('review.report_how', week=check.review.week)}")


def print_items(items: Iterable[Item], words: Words) -> None:
    """A line for each item: its number, what became of it, what is asked, and what was said."""
    table = _table(_PLACE, _NEED, _NAME, _D_DAY, _WHAT)
    for item in items:
        table.add_row(*map(Text, _cells(item, words)))
    console().print(table)


def _table(*rules: Rule) -> Columns:
    table = Columns(headed=False)
    for rule in rules:
        table.add_column(Text(), rule)
    return table


def _cells(item: Item, words: Words) -> tuple[str, ...]:
    need = f"{NEED_GLYPHS[item.asked.need]} {words.of('review.need', item.asked.need.value)}"
    d_day = words.d_day(item.row.judged.to_deadline) if item.row else ""
    what = ""
    if item.decisions:
        last = item.decisions[-1]
        kind = did(last.updates[0].kind, words)
        what = " · ".join(filter(None, (kind, decided(last, words))))
    place = f"{item.position:>3} {_MARKS[item.outcome]}"
    return place, need, " · ".join(called(item, words)), d_day, what
