"""Lines of an outline, which have no verb: “설계 완료 ’26. 4월 → 착공 ’26. 7월 → 준공 ’28년 말”.

Between two signs stand one step and its date, in whichever order.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.announcements.dates.dates import DateMention
from tracker.announcements.links.linking import Link
from tracker.announcements.steps.events import Event
from tracker.announcements.text.sentences import Part, Sentence

__all__ = ["outlined"]

_SIGNS = re.compile(r",\s|\s?(?:→|⇒|▶|->|=>|;|/)\s?|\s[-~]\s")
_TOLD = re.compile(r"(?:다|요|까|죠)[.?!]*$|[가-힣](?:은|는|이|가|을|를)\s")
_CERTAINTY, _WEIGHT = 0.9, 0.8


def outlined(
    text: str, sentence: Sentence, dates: Sequence[DateMention], events: Sequence[Event]
) -> list[Link]:
    """The dated steps of a line that tells nothing but them; none where it is a sentence."""
    if sentence.part is not Part.ITEM or _TOLD.search(sentence.text):
        return []
    links: list[Link] = []
    for start, end in _pieces(text, sentence, dates):
        own = [d for d in dates if start <= d.start and d.end <= end]
        said = [e for e in events if start <= e.start and e.end <= end]
        if len(own) != 1 or not said:
            continue
        (mention,) = own
        links += [
            Link(
                mention, _plain(e), min(e.start, mention.start), max(e.end, mention.end), _CERTAINTY
            )
            for e in _last_of_each_side(said, mention)
        ]
    return links


def _plain(event: Event) -> Event:
    """The step with all the weight that a word has which stands alone with a date."""
    return replace(event, weight=max(event.weight, _WEIGHT))


def _pieces(text: str, sentence: Sentence, dates: Sequence[DateMention]) -> list[tuple[int, int]]:
    """The stretches between signs that stand in no date."""
    pieces: list[tuple[int, int]] = []
    at = sentence.start
    for sign in _SIGNS.finditer(text, sentence.start, sentence.end):
        if any(d.start < sign.end() - 1 and sign.start() < d.end - 1 for d in dates):
            continue
        pieces.append((at, sign.end()))
        at = sign.end()
    return [*pieces, (at, sentence.end)]


def _last_of_each_side(said: Sequence[Event], mention: DateMention) -> Sequence[Event]:
    """All that are listed together; else the one beside the date."""
    after = [e for e in said if e.start >= mention.end]
    return after or said[-1:]
