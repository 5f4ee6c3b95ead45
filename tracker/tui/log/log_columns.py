"""The columns of the log, and what an update says in a line."""

from collections.abc import Container
from dataclasses import replace

from db.model.records import Update, UpdateKind
from db.read.lists.log_acts import WholeAct
from tracker.acts.undo_messages import whole_act_told
from tracker.domain.statement_labels import label_of, source_label
from tracker.tui.lists.facility_summary import content_of
from tracker.tui.log.lookup import FacilityLookup
from tracker.tui.widgets.columns import Column, short_day, spread
from tracker.words import Words

__all__ = ["log_columns", "statement_text"]


_MOST = {"facility": 28, "what": 20, "source": 28, "said": 120}
_LEAST_SAID = 12
_FIRST = ("day", "facility", "what", "said", "by", "source", "recorded", "id")
_ORDER = ("id", "recorded", "day", "facility", "what", "said", "source", "by")
TAKEN_BACK, TAKING_BACK = "✗", "↶"


def statement_text(update: Update, words: Words, late: Container[int] = frozenset()) -> str:
    """What an update says; of one that was taken back, that first."""
    if isinstance(update, WholeAct):
        told = whole_act_told(update, words)
        return f"{TAKEN_BACK} {words('log.undone')} · {told}" if update.undone else told
    text = content_of(update, words, late)
    if update.retracted_by is not None:
        back = words("log.retracted", by=update.retracted_by)
        return f"{TAKEN_BACK} {back} · {text}"
    return f"{TAKING_BACK} {text}" if update.kind is UpdateKind.RETRACT else text


def log_columns(width: int, words: Words, known: FacilityLookup) -> list[Column[Update]]:
    """The columns that fit `width` cells."""
    columns = {column.name: column for column in _all(words, known)}
    before = sum(columns[name].width + 1 for name in _FIRST[: _FIRST.index("said")])
    said = columns["said"]
    columns["said"] = replace(said, width=min(said.width, max(_LEAST_SAID, width - before)))
    room = width + 1
    kept: list[str] = []
    for name in _FIRST:
        room -= columns[name].width + 1
        if room < 0 and kept:
            break
        kept.append(name)
    return spread([columns[name] for name in _ORDER if name in kept], width, _MOST)


def _all(words: Words, known: FacilityLookup) -> list[Column[Update]]:
    def what(update: Update) -> str:
        if isinstance(update, WholeAct):
            return words.of("act.kind", update.whole.kind.value)
        return f"{known.step(update)} {label_of(update, words, known.late(update))}".lstrip()

    def briefer(update: Update) -> list[str]:
        label = label_of(update, words, known.late(update))
        return [f"{known.step(update, brief=True)} {label}".lstrip()]

    def said(update: Update) -> str:
        return statement_text(update, words, known.late(update))

    def where(update: Update) -> str:
        if isinstance(update, WholeAct):
            return words("log.act", act=update.act)
        return known.facility(update.facility)

    return [
        Column("id", words("col.id"), 6, lambda u: str(u.id), right=True),
        Column("recorded", words("col.recorded"), 14, lambda u: known.instant(u.recorded_at)),
        Column("day", words("col.day"), 8, lambda u: short_day(words.reported(u))),
        Column("facility", words("col.facility"), 18, where),
        Column("what", words("col.what"), 14, what, squeezed=True, briefer=briefer),
        Column("said", words("col.said"), 26, said, tone=_tone),
        Column("source", words("col.source"), 16, lambda u: source_label(u.source)),
        Column("by", words("col.by"), 10, lambda u: u.by or ""),
    ]


def _tone(update: Update) -> str:
    gone = update.undone if isinstance(update, WholeAct) else update.retracted_by is not None
    return "muted" if gone else ""
