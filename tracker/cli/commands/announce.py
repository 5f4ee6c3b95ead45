"""The command that reads an announcement: what it says, beside what is known."""

import shlex
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import click

from db.model.errors import RefusedError
from db.model.text import clean
from tracker.acts.announcement_acts import (
    SURE,
    Announcement,
    judged_again,
    read_announcement,
    read_file,
    recording,
    sure_ones,
)
from tracker.acts.report_effects import move_text
from tracker.announcements import Status
from tracker.announcements.text.documents import LARGEST, Document, read_document
from tracker.announcements.text.pdf import PAGES
from tracker.announcements.text.plain import LONGEST
from tracker.app import clock
from tracker.app.workspace import Workspace
from tracker.cli.args.options import FILE_NAME, everywhere, json_option, parse_day
from tracker.cli.args.workspace_options import office, open_screen
from tracker.cli.output.receipts import receipt_lines
from tracker.cli.output.streams import RUN, complain, print_json, read_bytes, say
from tracker.domain.json_shapes import Shapes

__all__ = ["read_command"]


@click.command("read")
@click.argument("article", metavar="ARTICLE", type=FILE_NAME)
@click.option("--dated", "article_day", metavar="DATE")
@click.option("--yes", "take_printed", is_flag=True)
@click.option("--apply", "apply_sure", is_flag=True)
@click.option("--review", is_flag=True)
@click.option("--by", metavar="NAME")
@json_option
@everywhere
def read_command(
    article: str,
    article_day: str | None,
    take_printed: bool,
    apply_sure: bool,
    review: bool,
    by: str | None,
    as_json: bool,
) -> None:
    here = office()
    if review and (as_json or apply_sure or article == "-"):
        raise RefusedError(
            "--review shows a file on the screen: it goes with neither --json nor --apply nor -",
            code="review-alone",
        )
    document = _document(article)
    if not document.whole:
        complain(here.words("read.cut", pages=PAGES, characters=LONGEST))
    day = _dated(document, article_day, here, take_printed=take_printed)
    read = read_announcement(here, document, day, None if article == "-" else article)
    if review:
        author = by or here.config.author
        here = replace(here, config=replace(here.config, author=author))
        open_screen(here, announcement=read)
        return
    done = _apply(read, by, here) if apply_sure else []  # before a reader of the output can end
    if as_json:
        print_json(_shape(read, here))
    else:
        _show(read, here)
    if apply_sure:
        if not as_json:
            say("")
        for line in done:
            complain(line) if as_json else say(line)
    elif not as_json and read.matches and article != "-" and sys.stdout.isatty():
        say("")
        say(here.words("read.how_to_review", file=shlex.quote(article), day=day))


def _document(article: str) -> Document:
    """The file, or standard input."""
    if article == "-":
        return read_document(read_bytes(LARGEST + 1))
    return read_file(article)


def _dated(document: Document, asked: str | None, here: Workspace, *, take_printed: bool) -> date:
    """The day of the article: as given, or as printed and accepted; never a guess."""
    if asked is not None:
        return parse_day(asked, here.today)
    stamp = document.stamp
    if stamp is None:
        raise RefusedError(
            "no date is printed on it: say the day of the article with --dated 2026-06-30",
            code="no-article-day",
        )
    if take_printed:
        return stamp.day
    words = clean(stamp.words)
    raise RefusedError(
        f"is it of {stamp.day} (“{words}”)? then add --dated {stamp.day}, or --yes",
        code="which-article-day",
        day=stamp.day.isoformat(),
        words=words,
    )


def _shape(read: Announcement, here: Workspace) -> dict[str, Any]:
    shapes = Shapes(here.words)
    return {
        "dated": read.day.isoformat(),
        "proposals": [
            {
                "facility": clean(m.proposal.facility),
                "known_as": m.facility,
                "kind": m.proposal.kind.value,
                "status": m.proposal.status.value,
                "phrase": clean(m.proposal.phrase),
                "period": shapes.period(m.proposal.period),
                "sentence": clean(m.proposal.sentence),
                "confidence": m.proposal.confidence,
                "verdict": m.verdict.value,
            }
            for m in read.matches
            if m.proposal.period is not None
        ],
    }


def _show(read: Announcement, here: Workspace) -> None:
    words, day, matches = here.words, read.day, read.matches
    if read.document.title:
        say(words("read.title", title=read.document.title))
    if not matches:
        say(words("read.none", day=day))
        return
    say(words("read.found", day=day, count=len(matches)))
    for number, match in enumerate(matches, 1):
        p = match.proposal
        verdict = words.of("verdict", match.verdict.value)
        if match.slip_days:
            verdict += f" {words.days(match.slip_days)}"
        say("")
        say(
            words(
                "read.proposal",
                number=number,
                facility=clean(p.facility),
                kind=words.kind(p.kind),
                status=words.of("read", p.status.value),
                period=words.period(p.period),
                phrase=clean(p.phrase),
                verdict=verdict,
                sure=round(p.confidence * 100),
            )
        )
        if match.facility:
            say("   " + words("read.known", slug=match.facility))
        if match.moves is not None:
            say("   " + move_text(match.moves, words))
        if p.status is Status.DOUBTED:
            say("   " + words("read.warning"))
        say("   " + words("read.sentence", sentence=clean(p.sentence)))
        say("   " + words("read.decided", words=" · ".join(clean(w) for w in p.decided_by)))


def _apply(read: Announcement, by: str | None, here: Workspace) -> list[str]:
    """Record the sure ones as one act, with the article as their source; say what was done."""
    words, nothing = here.words, [here.words("read.nothing_sure", sure=round(SURE * 100))]
    if not sure_ones(here, read.matches):
        return nothing
    with here.writing() as store, store.transaction() as write:
        if write.reader.mark() != read.seen:  # somebody has written since; nobody can now
            read = judged_again(here, read)
        chosen = sure_ones(here, read.matches)
        if not chosen:
            return nothing
        receipt = write.record(
            recording(read, chosen, words),
            by=by or here.config.author,
            now=clock.now(),
            today=here.today,
        )
    RUN.done()
    left = len(read.matches) - len(chosen)
    return [words("read.applied", count=len(chosen), left=left), *receipt_lines(here, receipt)]
