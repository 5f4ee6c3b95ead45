"""What is doubted: the dates that an article denies or does not believe in are no plans."""

import re
from collections.abc import Sequence
from dataclasses import replace

from db.model.records import Kind
from tracker.announcements.dates.tense import DateStatus
from tracker.announcements.doubt import english_doubt, korean_doubt
from tracker.announcements.links.linking import WAS_SET, Link
from tracker.announcements.model.proposals import Proposal, Span, Status
from tracker.announcements.text.sentences import Sentence

__all__ = ["Doubter", "in_doubt"]

_LISTED = re.compile(r"\s?(?:[,·]|과|와|및)\s?")
_IS_OVER = re.compile(r"무산|불발|백지화|철회|취소|못했|못하고|못해|[웠했됐렸았었]")


class Doubter:
    """Judges the dates of one article."""

    def __init__(self, text: str, *, english: bool) -> None:
        """Take the folded text."""
        self._text = text
        self._english = english

    def judged(
        self, sentence: Sentence, link: Link, links: Sequence[Link], told: DateStatus
    ) -> DateStatus:
        """What is told of a date, or that the sentence doubts it.

        A date that did not come true, and that the sentence replaces, is an old plan.
        """
        if told.status is Status.BASELINE and told.cue:  # 당초, 예정이었으나
            return told
        if WAS_SET.match(self._text, link.date.end):
            return told
        cue = self._doubt_of(sentence, link, links, done=told.status is Status.ACTUAL)
        if cue is None:
            return told
        replaced = any(
            k.event.kind is link.event.kind and k.date.start > link.date.start for k in links
        )
        old = replaced and _IS_OVER.search(self._text, cue[0], cue[1] + 3)
        status = Status.BASELINE if old else Status.DOUBTED
        date = told.date if told.status is Status.PLANNED else link.date
        return replace(told, status=status, date=date, cue=cue, clear=True)

    def of_plan(
        self, sentence: Sentence, kind: Kind, named: Sequence[tuple[int, int]]
    ) -> tuple[int, int] | None:
        """Where a sentence without a date doubts the plan that the one before told."""
        if self._english:
            return english_doubt.doubt_of_plan(self._text, sentence.start, sentence.end)
        return korean_doubt.doubt_of_plan(self._text, kind, sentence.start, sentence.end, named)

    def _doubt_of(
        self, sentence: Sentence, link: Link, links: Sequence[Link], *, done: bool
    ) -> tuple[int, int] | None:
        """Where a date is doubted, by itself or in a list: “6월 착공, 12월 준공이 불투명하다”."""
        find = english_doubt.doubt_of if self._english else korean_doubt.doubt_of
        cue = find(self._text, link, *_reach(sentence, link, links), done=done)
        if cue is not None or self._english:
            return cue
        end = max(link.date.end, link.event.end)
        following = [k for k in links if k.date.start >= end]
        if following and _LISTED.fullmatch(self._text, end, following[0].date.start):
            return self._doubt_of(sentence, following[0], links, done=done)
        return None


def _reach(sentence: Sentence, link: Link, links: Sequence[Link]) -> tuple[int, int]:
    """The part of a sentence that no other dated step takes for itself."""
    first = min(link.date.start, link.event.start)
    last = max(link.date.end, link.event.end)
    start, end = sentence.start, sentence.end
    for other in links:
        if other.date.start == link.date.start:
            continue
        if other.date.end <= first and other.event.end <= first:
            start = max(start, other.date.end, other.event.end)
        elif other.date.start >= last:
            own = other.event.start if other.event.start >= last else other.date.start
            end = min(end, other.date.start, own)
    return start, end


def in_doubt(
    proposal: Proposal, printed: str, said: tuple[int, int], cue: tuple[int, int]
) -> Proposal:
    """The same proposal, doubted by the words of the next sentence.

    Args:
        proposal: A plan.
        printed: The article.
        said: Where both sentences stand.
        cue: Where the doubt stands.
    """
    spans = tuple(sorted({*proposal.word_spans, Span(*cue)}))
    return replace(
        proposal,
        status=Status.DOUBTED,
        sentence=printed[slice(*said)],
        word_spans=spans,
        decided_by=tuple(printed[a:b] for a, b in spans),
    )
