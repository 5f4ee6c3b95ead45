"""Dates that a report doubted: each a note on its milestone, which warns until it is answered.

There is no kind of statement for a doubt. A note whose text begins as `doubt_note` writes it
is one: it names the doubted date in words and quotes the sentence, so that it reads the same
in every log and export, and a store from elsewhere brings its warnings along.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from db.model.period import Period
from db.model.records import WAITING, Update, UpdateKind
from db.model.text import clean
from tracker.domain.board import FacilityPage, Row
from tracker.words import LANGUAGES, Words

__all__ = ["Doubt", "doubt_note", "doubt_text", "doubted_in", "doubts_of"]

_ANY_DAY = date(2000, 1, 1)  # the words of a period name their years
_LONGEST = 600  # characters of a sentence that are quoted


@dataclass(frozen=True, slots=True)
class Doubt:
    """A date in force that a report doubted and no later statement settles."""

    row: Row
    note: Update
    period: Period
    sentence: str


def doubt_note(period: Period, sentence: str, words: Words) -> str:
    """Return the text of the note that keeps a doubted date and the sentence that doubts it."""
    told = " ".join(sentence.split())
    if len(told) > _LONGEST:
        told = f"{told[: _LONGEST - 1]}…"
    return words("doubt.note", period=words.period(period), sentence=told)


def doubted_in(note: str) -> tuple[Period, str] | None:
    """Return the doubted date and the quoted sentence of a note; None if it is no doubt."""
    from tracker.phrases import UnreadablePhraseError, read  # noqa: PLC0415 - only where notes are

    for pattern in _patterns():
        found = pattern.fullmatch(note)
        if found is not None:
            try:
                return read(found["period"], _ANY_DAY), found["sentence"]
            except UnreadablePhraseError:
                return None
    return None


def doubts_of(page: FacilityPage) -> Iterator[Doubt]:
    """Yield the open doubts of a facility, in the order of its milestones.

    A later plan, baseline, actual or confirmation answers a doubt, one of the same act too;
    so does a forecast that no longer touches the doubted date.
    """
    for row in page.rows:
        if row.milestone.standing not in WAITING or row.milestone.forecast is None:
            continue
        own = [u for u in page.updates if u.milestone == row.milestone.slug]
        for note in own:
            if note.kind is not UpdateKind.NOTE or note.retracted_by is not None:
                continue
            said = doubted_in(str(note.value))
            if said is None or said[0].disjoint(row.milestone.forecast):
                continue
            if not any(_answers(u, note) for u in own):
                yield Doubt(row, note, *said)


def doubt_text(doubt: Doubt, words: Words) -> str:
    """Return the warning in one sentence: the milestone, the date, the source and its words."""
    milestone, source = doubt.row.milestone, doubt.note.source
    who = (source.publisher or source.title or source.url) if source else None
    return words(
        "page.doubted",
        step=words.milestone(milestone.kind, milestone.title),
        period=words.period(doubt.period),
        who=clean(who or "?"),
        day=doubt.note.reported_on,
        sentence=clean(doubt.sentence),
    )


def _answers(update: Update, note: Update) -> bool:
    later = (update.reported_on, update.id) > (note.reported_on, note.id)
    told = update.kind.spec.answers_doubt and update.retracted_by is None
    return told and (later or update.act == note.act)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns that match such a note, one per language."""
    return tuple(_pattern(Words(lang)) for lang in LANGUAGES)


def _pattern(words: Words) -> re.Pattern[str]:
    pieces = re.split("([\1\2])", words("doubt.note", period="\1", sentence="\2"))
    parts = {"\1": "(?P<period>[^\n]{1,80}?)", "\2": "(?P<sentence>.+)"}
    return re.compile("".join(parts.get(p) or re.escape(p) for p in pieces), re.DOTALL)
