"""The command that reads an announcement: what it says, beside what is known."""

import sys
from collections.abc import Container, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from db.errors import RefusedError
from db.records import Basis, Batch, Kind, NewMilestone, Source, Statement, UpdateKind
from db.text import clean
from tracker import clock
from tracker.cli.main import complain
from tracker.cli.office import office, print_json, say
from tracker.cli.options import Said, everywhere, json_option, parse_day
from tracker.office import Office
from tracker.press import Proposal, Status, read_article
from tracker.press.documents import LARGEST, Document, read_document
from tracker.press.matching import Known, Match, Verdict, judged, known_as
from tracker.shapes import Shapes

__all__ = ["SURE", "SURE_OF_NAME", "read_command"]

SURE = 0.75
"""From this confidence on, `--apply` records a proposal without asking."""

SURE_OF_NAME = 0.9
"""And only where the printed name is this much like the known one."""

_NEWS = frozenset({Verdict.NEW_FORECAST, Verdict.NEW_MILESTONE, Verdict.COMPLETED})
_SAYS = {
    Status.PLANNED: UpdateKind.PLAN,
    Status.ACTUAL: UpdateKind.ACTUAL,
    Status.BASELINE: UpdateKind.ORIGINAL,
}


@click.command("read")
@click.argument("article", metavar="ARTICLE")
@click.option("--dated", "article_day", metavar="DATE")
@click.option("--yes", "take_printed", is_flag=True)
@click.option("--apply", "apply_sure", is_flag=True)
@click.option("--by", metavar="NAME")
@json_option
@everywhere
def read_command(
    article: str,
    article_day: str | None,
    take_printed: bool,
    apply_sure: bool,
    by: str | None,
    as_json: bool,
) -> None:
    here = office()
    document = read_document(_bytes(article), Path(article).name)
    day = _dated(document, article_day, here, take_printed=take_printed)
    matches = _beside_known(read_article(document.text, day), day, here)
    if as_json:
        print_json(_shape(matches, day, here))
    else:
        _show(matches, day, here)
    if apply_sure:
        if not as_json:
            say("")
        _apply(matches, document, article, day, by, here, silent=as_json)


def _bytes(article: str) -> bytes:
    """The file, or standard input; never more of it than could be an article."""
    if article == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    try:
        with Path(article).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise RefusedError(
            f"cannot read {article}: {why}", code="no-file", path=article, why=why
        ) from None


def _dated(document: Document, asked: str | None, here: Office, *, take_printed: bool) -> date:
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


def _beside_known(proposals: Sequence[Proposal], day: date, here: Office) -> list[Match]:
    """The proposals beside the store as it was on the day of the article."""
    if not here.exists:
        return judged(proposals, Known(()), day)
    with here.reading() as reader:
        facilities = reader.facilities()
        names = dict.fromkeys((p.facility, *p.also_called) for p in proposals)
        slugs = {known_as(spellings, facilities)[0] for spellings in names} - {None}
        updates = {slug: reader.updates_of(slug) for slug in slugs if slug}
    with here.reading(min(day, here.today)) as reader:
        milestones = {slug: reader.milestones_of(slug) for slug in updates}
    return judged(proposals, Known(facilities, milestones, updates), day)


def _shape(matches: Sequence[Match], day: date, here: Office) -> dict[str, Any]:
    shapes = Shapes(here.words)
    return {
        "dated": day.isoformat(),
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
            for m in matches
        ],
    }


def _show(matches: Sequence[Match], day: date, here: Office) -> None:
    words = here.words
    if not matches:
        say(words("read.none", day=day))
        return
    say(words("read.found", day=day, count=len(matches)))
    for number, match in enumerate(matches, 1):
        p = match.proposal
        verdict = words(f"verdict.{match.verdict.value}")
        if match.slip_days:
            verdict += f" {words.days(match.slip_days)}"
        say("")
        say(
            words(
                "read.proposal",
                number=number,
                facility=clean(p.facility),
                kind=words.kind(p.kind),
                status=words(f"read.{p.status.value}"),
                period=words.period(p.period),
                phrase=clean(p.phrase),
                verdict=verdict,
                sure=round(p.confidence * 100),
            )
        )
        if match.facility:
            say("   " + words("read.known", slug=match.facility))
        say("   " + words("read.sentence", sentence=clean(p.sentence)))
        say("   " + words("read.decided", words=" · ".join(clean(w) for w in p.decided_by)))


def _apply(
    matches: Sequence[Match],
    document: Document,
    article: str,
    day: date,
    by: str | None,
    here: Office,
    *,
    silent: bool,
) -> None:
    """Record the sure ones as one act, with the article as their source."""
    lines: list[str] = []
    chosen = _sure_ones(matches, _closed(matches, here))
    if chosen:
        lines.append(here.words("read.applied", count=len(chosen), left=len(matches) - len(chosen)))
        how = Said(
            reported_on=day,
            reported_basis=Basis.EXACT,
            source=Source(
                publisher=document.publisher,
                title=document.title,
                published=day.isoformat(),
                basis="printed",
            ),
            by=by or here.config.author,
            evidence=() if article == "-" else (article,),
            note=None,
        )
        lines.append(_record(chosen, how, here))
    else:
        lines.append(here.words("read.nothing_sure", sure=round(SURE * 100)))
    for line in "\n".join(lines).split("\n"):
        if silent:
            complain(line)
        else:
            say(line)


def _record(chosen: Sequence[Match], how: Said, here: Office) -> str:
    """Record one act; return what it did and how it is undone."""
    from tracker.echo import acted

    statements = tuple(
        Statement(
            m.facility or "",
            m.milestone,
            _SAYS[m.proposal.status],
            how.reported_on,
            m.proposal.period,
            phrase=clean(m.proposal.phrase),
            evidence=how.evidence,
            source=how.source,
        )
        for m in chosen
    )
    made = dict.fromkeys(
        NewMilestone(m.facility or "", m.milestone or "", m.proposal.kind)
        for m in chosen
        if m.verdict is Verdict.NEW_MILESTONE
    )
    with here.writing() as store:
        receipt = store.record(
            Batch(statements, milestones=tuple(made)),
            by=how.by,
            now=clock.now(),
            today=here.today,
        )
    with here.reading() as reader:
        names = {u.facility: reader.facility(u.facility).name for u in receipt.updates}
    return acted(receipt, here.words, here.today, names) + f" · {here.words('done.undo')}"


def _closed(matches: Sequence[Match], here: Office) -> set[tuple[str, str]]:
    """The steps that are over today, whatever they were on the day of the article."""
    if not here.exists:
        return set()
    with here.reading() as reader:
        slugs = {m.facility for m in matches if m.facility}
        return {
            (slug, step.slug)
            for slug in slugs
            for step in reader.milestones_of(slug)
            if step.actual is not None or step.cancelled_on is not None
        }


def _sure_ones(matches: Sequence[Match], closed: Container[object]) -> list[Match]:
    """What needs nobody's decision: sure, of a known facility, and one date for each step."""
    sure = [
        m
        for m in matches
        if m.verdict in _NEWS
        and m.proposal.confidence >= SURE
        and m.likeness >= SURE_OF_NAME
        and m.proposal.kind not in {Kind.EVENT, Kind.OTHER}
        and (m.verdict is Verdict.COMPLETED or (m.facility, m.milestone) not in closed)
    ]
    step = [(m.facility, m.milestone, m.proposal.status) for m in sure]
    single = [m for m, s in zip(sure, step, strict=True) if step.count(s) == 1]
    return sorted(single, key=lambda m: m.proposal.status is not Status.BASELINE)
