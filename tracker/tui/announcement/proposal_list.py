"""The proposals of an article as a list, and everything about the chosen one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.model.records import Kind
from tracker.acts.report_effects import move_text
from tracker.acts.typed_date import Reading
from tracker.announcements import Status
from tracker.announcements.matching import Match, Verdict
from tracker.tui.widgets.columns import Column, spread
from tracker.tui.widgets.row_list import RowList
from tracker.tui.widgets.text_parts import TextParts
from tracker.tui.widgets.tones import TONES
from tracker.words import Words
from tracker.words.cells import cell_len, plain

__all__ = ["Choice", "ProposalItem", "ProposalList", "ProposalPane"]


class Choice(StrEnum):
    """What a person decided about a proposal."""

    OPEN = "open"
    TAKEN = "taken"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class ProposalItem:
    """A proposal while it is decided about.

    `place` counts from 1; `edited` tells that a person said what it means.
    """

    place: int
    match: Match
    choice: Choice = Choice.OPEN
    edited: bool = False


_GLYPHS = {Choice.OPEN: "·", Choice.TAKEN: "✓", Choice.LEFT: "–"}
_SIGNS = {Status.ACTUAL: "✓ ", Status.DOUBTED: "! "}
_TONES = {
    Verdict.DOUBTS: "due_soon",
    Verdict.NEW_FACILITY: "in_window",
    Verdict.NEW_MILESTONE: "in_window",
    Verdict.NEW_FORECAST: "due_soon",
    Verdict.OLDER: "due_soon",
    Verdict.COMPLETED: "completed",
    Verdict.SAME: "muted",
    Verdict.ALREADY_REPORTED: "muted",
    Verdict.CONTRADICTS: "overdue",
}
_MAX_NAME, _MAX_VERDICT, _STEP = 44, 40, 6
_ROOMY = 36  # cells from which a month is written out
_WITH_VERDICT = 64  # cells from which there is room for the verdict beside the date


def verdict_of(match: Match, words: Words) -> str:
    """What a proposal is to the store: 새 계획 +61일."""
    verdict = words.of("verdict", match.verdict.value)
    return f"{verdict} {words.days(match.slip_days)}" if match.slip_days else verdict


class ProposalList(RowList[ProposalItem]):
    """The proposals in the order of the article, the decided ones quieter."""

    def key(self, row: ProposalItem) -> int:
        """Its place in the article."""
        return row.place

    def tone(self, row: ProposalItem) -> str:
        """What was left out is quieter."""
        return "muted" if row.choice is Choice.LEFT else ""

    def columns(self, width: int) -> list[Column[ProposalItem]]:
        """The columns that fit: what was decided, what it says, what is new about it."""
        words, wide = self._words, width >= _WITH_VERDICT
        step = max(cell_len(words.brief_milestone(kind, None)) for kind in Kind)
        columns = [
            Column("choice", "", 1, lambda o: _GLYPHS[o.choice], tone=_choice_tone),
            Column(
                "facility",
                words("col.facility"),
                8,
                lambda o: plain(o.match.proposal.facility),
                squeezed=True,
            ),
            Column(
                "step",
                words("col.milestone"),
                step if wide else min(_STEP, step),
                lambda o: words.kind(o.match.proposal.kind),
                briefer=lambda o: [words.brief_milestone(o.match.proposal.kind, None)],
            ),
            Column(
                "when",
                words("article.when"),
                20 if wide else 12 if width >= _ROOMY else 9,
                self._when,
                tone=_tone,
            ),
        ]
        if wide:
            columns.append(
                Column("verdict", words("article.verdict"), 16, self._verdict, tone=_tone)
            )
        return spread(columns, width, {"facility": _MAX_NAME, "verdict": _MAX_VERDICT})

    def _when(self, offer: ProposalItem) -> str:
        proposal = offer.match.proposal
        return _SIGNS.get(proposal.status, "") + self._words.period(proposal.period)

    def _verdict(self, offer: ProposalItem) -> str:
        return verdict_of(offer.match, self._words)


def _choice_tone(offer: ProposalItem) -> str:
    return "completed" if offer.choice is Choice.TAKEN else "muted"


def _tone(offer: ProposalItem) -> str:
    return "muted" if offer.choice is Choice.LEFT else _TONES[offer.match.verdict]


class ProposalPane(TextParts):
    """Everything about the chosen proposal: what it says, what is new, and why it was read so."""

    def __init__(self, words: Words, day: date, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet; `day` is the day of the article."""
        super().__init__(id=id)
        self._words = words
        self._day = day

    def show(self, offer: ProposalItem | None, known: str) -> None:
        """Show a proposal; `known` is the name of the facility that it means, if one is known."""
        self.show_parts(self._told(offer, known) if offer else ())

    def _told(self, offer: ProposalItem, known: str) -> list[tuple[str, str]]:
        words, match, p = self._words, offer.match, offer.match.proposal
        name = plain(p.facility)
        if known and known != name:
            name = f"{name} → {plain(known)}"
        when = Reading(p.period, undated=p.period is None).shown(words, self._day)
        said = f"{words.kind(p.kind)} {words.of('read', p.status.value)} · {when}"
        against = ""
        if match.known is not None and match.verdict is not Verdict.SAME:
            against = " · " + words("article.against", period=words.period(match.known))
        decided = " · ".join(map(plain, (p.phrase, *p.decided_by)))
        doubted = p.status is Status.DOUBTED
        return [
            (f"{words.of('article', offer.choice.value)} · {name}", "bold"),
            (said, ""),
            (verdict_of(match, words) + against, TONES[_TONES[match.verdict]]),
            *([(move_text(match.moves, words), "$text-warning")] if match.moves else ()),
            *([(words("article.doubted"), "$text-warning")] if doubted else ()),
            (words("read.decided", words=decided), "$foreground 60%"),
            (words("article.sure", sure=round(p.confidence * 100)), "$foreground 60%"),
            (words("read.sentence", sentence=plain(p.sentence)), ""),
        ]
