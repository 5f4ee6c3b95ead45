"""The command of the weekly check: the screen, the prompts, a list, or what a check came to."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from db.model.errors import NotFoundError
from db.read.reviews import Asked, Review
from tracker.acts.review_acts import Reviewing, teller
from tracker.acts.review_summary import summary
from tracker.app.workspace import Workspace
from tracker.cli.args.options import everywhere, json_option
from tracker.cli.args.workspace_options import office, open_screen
from tracker.cli.output.streams import RUN, print_json, say
from tracker.cli.output.weekly_check import print_items, print_recap
from tracker.domain.json_shapes import Shapes
from tracker.domain.review import Check, Item, Outcome, Queued, find_check, read_queue, week_of

__all__ = ["review_command"]


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
        from tracker.cli.commands.review_loop import walk

        walk(here, by or here.config.author, teller(who or "", source or ""))
    elif sys.stdin.isatty() and sys.stdout.isatty():
        open_screen(here, view="review")
    else:
        _list(here)


def _close(here: Workspace, by: str | None, *, quiet: bool) -> None:
    with here.reading() as reader:
        check = find_check(reader, week_of(here.today), here.today, here.config.limits)
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


def _print(here: Workspace, show: str | None, *, as_json: bool) -> None:
    from tracker.reports.weeks import Week

    week = str(Week.parse(show)) if show else week_of(here.today)
    queue: Sequence[Queued] = ()
    with here.reading() as reader:
        check = find_check(reader, week, here.today, here.config.limits)
        if check is None and show is None:
            queue = read_queue(reader, here.today, here.config.limits)
    if check is None and show is not None:
        raise _none(week)
    if as_json:
        print_json(_document(here, check, queue))
    elif check is not None:
        print_recap(check, here)


# -- the list ------------------------------------------------------------------------------------


def _list(here: Workspace) -> None:
    """What is asked and what was answered; of a week without a check, what would be asked."""
    words = here.words
    with here.reading() as reader:
        check = find_check(reader, week_of(here.today), here.today, here.config.limits)
        queue = () if check else read_queue(reader, here.today, here.config.limits)
    if check is not None:
        say(f"{words('review.title', week=check.review.week)}  {summary(check, words)}")
        print_items(check.items, words)
        return
    say(words("review.intro", total=len(queue)) if queue else words("review.intro_none"))
    print_items(_as_items(queue), words)


def _as_items(queue: Iterable[Queued]) -> Iterable[Item]:
    """What a check would ask, as if it had just begun."""
    for place, queued in enumerate(queue, 1):
        asked = Asked(place, *queued.key, None, None, ())
        yield Item(asked, queued.row, Outcome.OPEN, (), 0)


# -- JSON ----------------------------------------------------------------------------------------


def _document(here: Workspace, check: Check | None, queue: Iterable[Queued]) -> dict[str, Any]:
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
