"""The command that puts a mistyped statement right."""

from typing import Any

import click

from db.model.errors import RefusedError
from db.model.fields import FIELD_OF
from db.model.kinds import DATED
from db.model.period import Period
from db.model.records import Update, UpdateKind
from tracker.acts.correcting import (
    attributes_of,
    correction,
    dated,
    percentages,
    refuse_uncorrectable,
)
from tracker.app import clock
from tracker.app.workspace import Workspace
from tracker.cli.args.options import everywhere, read_period, said
from tracker.cli.args.workspace_options import office
from tracker.cli.output.receipts import receipt_lines
from tracker.cli.output.streams import RUN, say
from tracker.words import LANGUAGES, Words

__all__ = ["correct_command"]

_PERCENTAGES = ("planned", "actual")


@click.command("correct")
@click.argument("number", metavar="UPDATE", type=int)
@click.argument("what", metavar="[PERIOD|TEXT|NAME=VALUE]…", nargs=-1)
@click.option("--reason", metavar="TEXT")
@click.option("--action", metavar="TEXT")
@click.option("--reported", "said_on", metavar="DATE")
@click.option("--source", metavar="TEXT")
@click.option("--evidence", metavar="ADDRESS", multiple=True)
@click.option("--by", metavar="NAME")
@everywhere
def correct_command(number: int, what: tuple[str, ...], **given: Any) -> None:
    here = office()
    with here.writing() as store:
        with store.transaction() as write:
            update = write.reader.update(number)
            refuse_uncorrectable(update)
            changes = _meant(update, what) | _around(here, given)
            if not changes:
                raise _nothing_said(update)
            batch = correction(write.reader, number, changes, here.today)
            by = given["by"] or here.config.author
            receipt = write.record(batch, by=by, now=clock.now(), today=here.today)
        RUN.done()
        # Read while the store is open: on a disk that is full by now, it could not be opened.
        lines = receipt_lines(here, receipt)
    for line in lines:
        say(line)


def _around(here: Workspace, given: dict[str, Any]) -> dict[str, Any]:
    """What options say is otherwise: an empty text takes away what stood there."""
    how = said(here.today, None, given["said_on"], given["source"], None, given["evidence"], None)
    changes = {
        name: given[name] or None for name in ("reason", "action") if given[name] is not None
    }
    if given["said_on"] is not None:
        changes |= {"reported_on": how.reported_on, "reported_basis": how.reported_basis}
    if given["source"] is not None:
        changes["source"] = how.source
    return changes | ({"evidence": how.evidence} if given["evidence"] else {})


def _meant(update: Update, what: tuple[str, ...]) -> dict[str, Any]:
    """What the words behind the number say is otherwise, by the kind of the statement.

    A date is read as on the day on which the statement was made.
    """
    text, kind = " ".join(what).strip(), update.kind
    if not text:
        return {}

    def period(phrase: str) -> Period:
        return read_period(phrase, update.reported_on)

    if kind in DATED:
        from tracker.phrases import is_undated

        undated = is_undated(text) and kind is UpdateKind.PLAN
        return dated(update, None if undated else period(text), text)
    if kind is UpdateKind.NOTE:
        return {"value": text}
    if kind is UpdateKind.PROGRESS:
        return percentages(update, _named(update, what, _PERCENTAGES))
    if kind is UpdateKind.SET:
        return attributes_of(update, _named(update, what, tuple(update.value)), period)
    return {"reason": text}


def _named(update: Update, what: tuple[str, ...], names: tuple[str, ...]) -> dict[str, str]:
    """Values by the names they are typed with: `city=김해시`, `담당=이주무관`, `실적=65`.

    Where there is only one to correct, it needs no name.

    Raises:
        RefusedError: A value has no name.
    """
    called = {called: name for name in names for called in _called(name)}
    given: dict[str, str] = {}
    last = ""
    for word in what:
        name, separator, value = word.partition("=")
        key = name.strip().casefold()
        if separator and (key in called or not given):
            last = called.get(key, name.strip())
            given[last] = value
        elif last:
            given[last] += f" {word}"
        elif len(names) == 1:
            last, given = names[0], {names[0]: word}
        else:
            raise _nothing_said(update)
    return given


def _called(name: str) -> set[str]:
    """An attribute's name and its words in either language."""
    keys = {name, FIELD_OF[name].key if name in FIELD_OF else name}
    found = keys | {key.replace("_", "-") for key in keys} | _SHORT.get(name, set())
    key = f"field.{name}"
    found |= {words(key) for words in map(Words, LANGUAGES) if words.has(key)}
    return {spelling.casefold() for spelling in found}


_SHORT = {"planned": {"계획"}, "actual": {"실적"}}


def _nothing_said(update: Update) -> RefusedError:
    what = {
        UpdateKind.NOTE: "TEXT",
        UpdateKind.PROGRESS: "planned=70 actual=65",
        UpdateKind.SET: " ".join(f"{name}=…" for name in update.value or ()),
    }.get(update.kind, "2027-06" if update.kind in DATED else "--reason …")
    return RefusedError(
        f"say what is right: tracker correct {update.id} {what}",
        code="correct-how",
        number=update.id,
        what=what,
    )
