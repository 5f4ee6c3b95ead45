"""English steps and which date belongs to them: the verb comes first, the date after it."""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re
from collections.abc import Sequence

from db.model.records import Kind
from tracker.announcements.dates.dates import DateMention
from tracker.announcements.links.linking import Link
from tracker.announcements.steps.english_steps import PATTERNS
from tracker.announcements.steps.events import Event
from tracker.announcements.text.sentences import Sentence

__all__ = ["english_links"]

_BREAK = re.compile(r"\"|;|, (?:while|whereas|but|and the (?:city|mayor|number))|\.\s")
_FROM = re.compile(r"from (?:the )?$")
_TO = re.compile(r"\s?(?:back )?(?:to|until) (?:the )?")
_DELAY = re.compile(
    r"delay|postpon|push|slip|moved|\bmov(?:e|es|ing) (?:back )?(?:the|its) (?:date|opening|schedule|completion|start|launch)|set back|brought forward|put off|reschedul|deferred"
    r"|not (?:be )?(?:ready|open\w*|finished|completed?)(?: until| before)",
    re.IGNORECASE,
)
_NEWER = re.compile(_DELAY.pattern + r"|\bwill\b|\bnow\b|instead", re.IGNORECASE)
_OF_A_NOUN = re.compile(r" (?:that|which|who) $")  # “doors that open”
_NAMED_BY = re.compile(  # “the June 2026 opening”
    r"(?:re-?)?(?:opening|completion|inauguration|ground-?breaking|unveiling)\b", re.IGNORECASE
)
_LEADING = 6
_FAR, _FAR_MOVED = 120, 190


def english_links(
    text: str,
    sentence: Sentence,
    dates: Sequence[DateMention],
    blocked: Sequence[tuple[int, int]],
) -> tuple[list[Event], list[Link]]:
    """The steps of a sentence, and the dates tied to them."""
    events = _events(text, sentence, blocked)
    links: list[Link] = []
    for at, mention in enumerate(dates):
        if _OF_ANOTHER_VERB.search(text, sentence.start, mention.start):
            continue
        before = [e for e in events if e.start < mention.start]
        event = before[-1] if before else None
        certainty = 0.92
        if event is not None and _apart(text, event.end, mention.start):
            event = None
        named = next((e for e in events if e.start == mention.end + 1), None)
        if named is not None and _NAMED_BY.match(text, named.start):
            event, certainty = named, 0.9
        if event is None and mention.start - sentence.start <= _LEADING:
            event = next((e for e in events if e.start >= mention.end), None)
            if event is not None and _OF_A_NOUN.search(text, mention.end, event.start):
                event = None
            certainty = 0.85
        if event is None:
            continue
        listed = _listed(text, event, mention, links, blocked)
        if not listed and _has_its_date(text, event, mention, links):
            continue
        after = dates[at + 1] if at + 1 < len(dates) else None
        superseded = (
            after is not None
            and bool(_FROM.search(text[sentence.start : mention.start]))
            and bool(_TO.fullmatch(text, mention.end, after.start))
        )
        superseded = superseded or _was_plan(text, sentence, mention)
        superseded = superseded or _left_behind(text, event, mention, links)
        done = _is_done(text, sentence, event)
        links.append(
            Link(
                mention,
                event,
                event.start,
                event.start,
                certainty,
                superseded=superseded,
                done=done,
                shared=listed,
            )
        )
    return events, links


def _events(text: str, sentence: Sentence, blocked: Sequence[tuple[int, int]]) -> list[Event]:
    found: list[Event] = []
    for kind, pattern, weight in PATTERNS:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            start, end = match.span()
            if any(a < end and start < b and not (start < a and b < end) for a, b in blocked):
                continue
            if all(end <= e.start or start >= e.end for e in found):
                if kind is Kind.OPENING and _NO_DOORS.search(text, sentence.start, start):
                    continue
                said = _of_paper(text, sentence, kind, start)
                found.append(
                    Event(start, end, said, weight, ((start, end),), adnominal=False, english=True)
                )
    return sorted(found, key=lambda e: e.start)


def _of_paper(text: str, sentence: Sentence, kind: Kind, start: int) -> Kind:
    """What is completed: “the study that began in May will be completed” is no building."""
    if kind is not Kind.COMPLETION:
        return kind
    paper = _PAPER.search(text, max(sentence.start, start - 70), start)
    if paper is None:
        return kind
    return Kind.DESIGN if paper[1].lower().startswith("design") else Kind.FEASIBILITY


_PAPER = re.compile(
    r"\b(feasibility (?:study|test|review)|(?:the|this|its) study|designs?(?: work)?)\b"
    r"(?: (?:that|which|of|for)\b[^.,;]{3,50}?)? (?:will|is|was|are|has|to|should)\b"
    r"(?: [a-z]+){0,3} ?$",
    re.IGNORECASE,
)


_NO_DOORS = re.compile(  # what opens without being a place
    r"\b(?:registration|applications?|tickets?|bookings?|bids?|bidding|enrol+ment|exhibition"
    r"|festival|talks|survey|voting|polls|subscription)\b[^.,;]{0,30}$",
    re.IGNORECASE,
)


def _apart(text: str, start: int, end: int) -> bool:
    stop = _BREAK.search(text, start, end)
    moved = stop is not None and stop[0].endswith("but") and _DELAY.search(text, stop.end(), end)
    far = _FAR_MOVED if moved else _FAR
    return end - start > far or (stop is not None and not moved)


_AHEAD = re.compile(
    r"\b(?:will|to|shall|should|would|slated|scheduled|expected|due|plans?|planned|set|aims?|expects)\b[^,;]*$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?:ed|broke|held|took|began|won|was|were|chosen|begun|broken|went|been|got|gone|came|put|built|met|saw)\b",
    re.IGNORECASE,
)


def _is_done(text: str, sentence: Sentence, event: Event) -> bool:
    """Whether the verb says that it has happened."""
    verb = _VERB.match(text, event.start, event.end)
    end = verb.end() if verb else event.end
    before = re.split(r"[,;]", text[max(sentence.start, event.start - 45) : end])[-1]
    if _IS_TO_BE.search(before):
        return False
    return _PAST.search(before) is not None and _AHEAD.search(before) is None


_IS_TO_BE = re.compile(r"\b(?:is|are)\s\w+(?:ed|en)$")  # “two months after it is completed”


_VERB = re.compile(r"(?:re)?open\w*|welcom\w+|br(?:oke|eak)\w*")
_OF_ANOTHER_VERB = re.compile(  # “a tunnel proposed in 2022”
    r"\b(?:proposed|announced|conceived|promised|drafted|floated|revealed|signed|founded|established"
    r"|elected|launched as)\s(?:back\s)?(?:in|on)?\s?(?:the\s)?$",
    re.IGNORECASE,
)
_STILL_IT = re.compile(r"(?:\s?(?:and|or|to|until|then|back to|from)\s(?:the\s)?)?", re.IGNORECASE)


def _has_its_date(text: str, event: Event, mention: DateMention, links: Sequence[Link]) -> bool:
    """Whether a step has been given its date, and nothing says that this one replaces it."""
    earlier = [link for link in links if link.event is event]
    if not earlier or earlier[-1].superseded:
        return False
    between = text[earlier[-1].date.end : mention.start]
    return not (_DELAY.search(text, event.start, mention.start) or _STILL_IT.fullmatch(between))


_OLD_PLAN = re.compile(
    r"(?:originally|initially|previously|earlier|was first)\s(?:\w+\s){0,3}?(?:due|scheduled|planned|slated|expected|set|to|for|been)"
    r"|\bfirst (?:promised|planned|scheduled|set|announced|due|slated)|had (?:planned|hoped|intended|expected|aimed|promised|pledged|vowed) to|(?:was|were) to have (?:been\b)?|should have (?:been\b)?|called for|had (?:been|originally been) (?:due|scheduled|planned|slated|expected|set)|was (?:originally|initially|supposed)",
    re.IGNORECASE,
)


def _listed(
    text: str,
    event: Event,
    mention: DateMention,
    links: Sequence[Link],
    blocked: Sequence[tuple[int, int]],
) -> bool:
    """“A will open on March 20 and B on May 6”: a name of its own stands before the date."""
    earlier = [link.date.end for link in links if link.event is event]
    if not earlier:
        return False
    names = [(a, b) for a, b in blocked if earlier[-1] <= a and b < mention.start]
    return (
        len(names) == 1
        and _AND.fullmatch(text, earlier[-1], names[0][0]) is not None
        and _ON.fullmatch(text, names[0][1], mention.start) is not None
    )


_AND = re.compile(r",?\s(?:and|while)\s(?:the\s)?", re.IGNORECASE)
_ON = re.compile(r"\s(?:(?:on|in|by|for)\s)?(?:the\s)?", re.IGNORECASE)


def _left_behind(text: str, event: Event, mention: DateMention, links: Sequence[Link]) -> bool:
    """“slipped to March from this October”: the newer date was said first."""
    earlier = [link.date.end for link in links if link.event is event]
    return bool(earlier) and _FROM.fullmatch(text[earlier[-1] : mention.start].lstrip()) is not None


def _was_plan(text: str, sentence: Sentence, mention: DateMention) -> bool:
    """“originally due to open in spring”: nothing newer stands between the words and the date."""
    old = list(_OLD_PLAN.finditer(text, sentence.start, mention.start))
    return bool(old) and not _NEWER.search(text, old[-1].end(), mention.start)
