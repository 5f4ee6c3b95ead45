"""Where an article says that the date of a step is undecided: “개소 시기는 미정이다”."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from db.model.period import Period
from db.model.records import Kind
from tracker.announcements.dates.dates import DateMention
from tracker.announcements.links.linking import Link
from tracker.announcements.steps.events import Event
from tracker.announcements.text.sentences import Sentence

__all__ = ["may_be_undecided", "undecided_links"]

_WORDS = (
    r"미정|(?:정해지지|정하지|확정되지|확정하지|결정되지|결정하지|잡히지|잡지|내놓지)\s?(?:않|못)"
    r"|정해진\s(?:바|게|것이)\s?없"
    r"|불투명|안갯속|기약\s?(?:이\s)?없"
    r"|(?:not (?:yet )?(?:been )?(?:set|decided|fixed|announced))|undecided"
)
_ANY = re.compile(_WORDS)
_LABEL = r"(?:식|일)?\s?(?:시기|시점|일정|날짜|일자|예정일|예정|목표)?\s?[:(]\s?"
_TOPIC = (
    r"(?:식|일)?(?:\s?(?:시기|시점|일정|날짜|일자|예정일|계획|목표|여부))?(?:은|는|이|가|도|을|를)\s"
    r"[^.\d\n]{0,24}?"
)
_ENGLISH = r"(?: date| day)?(?: (?:of|for) [^.,;]{3,60}?)? (?:has|have|is|are|was)(?: still)? "
_SAID = re.compile(rf"(?:{_LABEL}|{_TOPIC}|{_ENGLISH})({_WORDS})")
_CERTAINTY = 0.85
_SOFT = frozenset({Kind.EVENT, Kind.OTHER})


def may_be_undecided(text: str, sentence: Sentence) -> bool:
    """Whether a sentence has such words at all."""
    return _ANY.search(text, sentence.start, sentence.end) is not None


def undecided_links(
    text: str, sentence: Sentence, events: Sequence[Event], dated: date
) -> Iterator[Link]:
    """The steps that a sentence leaves without a date, tied to the words that say so.

    A mention has no period, so it holds the day of the article, which nobody reads.
    """
    for event in events:
        said = _SAID.match(text, event.end, sentence.end)
        if said is None or event.kind in _SOFT or sentence.in_speech(event.start):
            continue
        mention = DateMention(said.start(1), said.end(1), said[1], Period.day(dated))
        yield Link(mention, event, event.start, event.end, _CERTAINTY)
