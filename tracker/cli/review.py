"""The command of the weekly check: the screen, the prompts, a list, or what a check came to."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click
from rich.text import Text

from db.errors import NotFoundError
from db.reader import Reader
from db.reviews import Asked, Review
from tracker.cli.columns import Columns
from tracker.cli.giving_way import Rule
from tracker.cli.office import office, open_screen, print_json, say
from tracker.cli.options import everywhere, json_option
from tracker.cli.output import console
from tracker.cli.streams import RUN
from tracker.office import Office
from tracker.recap import NEED_GLYPHS, called, decided, did, head, recap, summary
from tracker.review import Check, Item, Outcome, Queued, read_check, read_queue, week_of
from tracker.reviewing import Reviewing, teller
from tracker.shapes import Shapes
from tracker.words import Words

__all__ = ["review_command"]

_MARKS = {Outcome.OPEN: " ", Outcome.DECIDED: "✓", Outcome.SKIPPED: "»", Outcome.SETTLED: "–"}
_INDENT, _PLACE = Rule(worth=90), Rule(worth=90)
_NEED, _NAME = Rule(worth=80), Rule(worth=100, least=20)
_D_DAY, _WHAT = Rule(worth=95, right=True), Rule(worth=85, least=28, below=30)


@click.command("review")
@click.option("--no-tui", is_flag=True)
@click.option("--show", metavar="WEEK")
@click.option("--close", is_flag=True)
@click.option("--teller", "who", metavar="NAME")
@click.option("--source", metavar="TEXT")
@click.option("--by", metavar="NAME")
@json_option
@everywhere
def review_command(
    no_tui: bool,
    show: str | None,
    close: bool,
    who: str | None,
    source: str | None,
    by: str | None,
    as_json: bool,
) -> None:
    here = office()
    if close:
        _close(here, by, quiet=as_json or show is not None)
    if show is not None or as_json:
        _print(here, show, as_json=as_json)
    elif close:
        return
    elif no_tui:
        from tracker.cli.reviewloop import walk

        walk(here, by or here.config.author, teller(who or "", source or ""))
    elif sys.stdin.isatty() and sys.stdout.isatty():
        open_screen(here, view="review")
    else:
        _list(here)


def _close(here: Office, by: str | None, *, quiet: bool) -> None:
    check = find_check(here, week_of(here.today))
    if check is None:
        raise _none(week_of(here.today))
    Reviewing(here, by or here.config.author).close(check.review)
    RUN.done()
    if not quiet:
        say(here.words("review.ended", summary=summary(check, here.words)))
        if left := len(check.open_items):
            say(here.words("review.ended_left", open=left, how="tracker review"))


def _none(week: str) -> NotFoundError:
    return NotFoundError(f"there is no check of {week}", code="no-review", week=week)


def find_check(here: Office, week: str) -> Check | None:
    """The newest check of a week as it stands today; None where there is none."""
    with here.reading() as reader:
        return _check(reader, here, week)


def _check(reader: Reader, here: Office, week: str) -> Check | None:
    heads = reader.reviews.heads(week)
    return read_check(reader, heads[0], here.today, here.config.limits) if heads else None


def _print(here: Office, show: str | None, *, as_json: bool) -> None:
    from tracker.reports.weeks import Week

    week = str(Week.parse(show)) if show else week_of(here.today)
    queue: Sequence[Queued] = ()
    with here.reading() as reader:
        check = _check(reader, here, week)
        if check is None and show is None:
            queue = read_queue(reader, here.today, here.config.limits)
    if check is None and show is not None:
        raise _none(week)
    if as_json:
        print_json(_document(here, check, queue))
    elif check is not None:
        print_recap(check, here)


def print_recap(check: Check, here: Office) -> None:
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


# -- the list ------------------------------------------------------------------------------------


def _list(here: Office) -> None:
    """What is asked and what was answered; of a week without a check, what would be asked."""
    words = here.words
    with here.reading() as reader:
        check = _check(reader, here, week_of(here.today))
        queue = () if check else read_queue(reader, here.today, here.config.limits)
    if check is not None:
        say(f"{words('review.title', week=check.review.week)}  {summary(check, words)}")
        _print_items(check.items, words)
        return
    say(words("review.intro", total=len(queue)) if queue else words("review.intro_none"))
    _print_items(_as_items(queue), words)


def _as_items(queue: Iterable[Queued]) -> Iterable[Item]:
    """What a check would ask, as if it had just begun."""
    for place, queued in enumerate(queue, 1):
        asked = Asked(place, *queued.key, None, None, ())
        yield Item(asked, queued.row, Outcome.OPEN, (), 0)


def _print_items(items: Iterable[Item], words: Words) -> None:
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
    need = f"{NEED_GLYPHS[item.asked.need]} {words(f'review.need.{item.asked.need.value}')}"
    d_day = words.d_day(item.row.judged.to_deadline) if item.row else ""
    what = ""
    if item.decisions:
        last = item.decisions[-1]
        kind = did(last.updates[0].kind, words)
        what = " · ".join(filter(None, (kind, decided(last, words))))
    place = f"{item.position:>3} {_MARKS[item.outcome]}"
    return place, need, " · ".join(called(item, words)), d_day, what


# -- JSON ----------------------------------------------------------------------------------------


def _document(here: Office, check: Check | None, queue: Iterable[Queued]) -> dict[str, Any]:
    shapes = Shapes(here.words)
    items = check.items if check is not None else _as_items(queue)
    shown = [_item(item, shapes) for item in items]
    return {
        "as_of": here.today.isoformat(),
        "review": None if check is None else _review(check.review, shapes),
        "total": len(shown),
        "by_outcome": {
            outcome.value: sum(i["outcome"] == outcome.value for i in shown) for outcome in Outcome
        },
        "items": shown,
    }


def _review(review: Review, shapes: Shapes) -> dict[str, Any]:
    return {
        "week": review.week,
        "day": review.day.isoformat(),
        "opened_at": review.opened_at.isoformat(),
        "opened_by": review.opened_by,
        "closed_at": review.closed_at.isoformat() if review.closed_at else None,
        "closed_by": review.closed_by,
        "source": shapes.source(review.source),
    }


def _item(item: Item, shapes: Shapes) -> dict[str, Any]:
    asked = item.asked
    return {
        "position": asked.position,
        "facility": asked.facility,
        "milestone": asked.milestone,
        "need": asked.need.value,
        "outcome": item.outcome.value,
        "skipped_at": asked.skipped_at.isoformat() if asked.skipped_at else None,
        "skipped_by": asked.skipped_by,
        "decisions": [
            {
                "act": decision.act,
                "at": decision.at.isoformat(),
                "by": decision.by,
                "updates": [shapes.update(u) for u in decision.updates],
            }
            for decision in item.decisions
        ],
        "now": shapes.milestone(item.row) if item.row else None,
    }
