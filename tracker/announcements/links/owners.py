"""Whose step it is: the facility that a dated step belongs to."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from db.model.records import Kind
from tracker.announcements.links.linking import Link
from tracker.announcements.links.subjects import (
    PLAIN_WORD,
    WEAK_WORD,
    builds_something_else,
    speaks_of_something_else,
)
from tracker.announcements.names.mentions import Focus, Mentioned
from tracker.announcements.names.registry import Entry
from tracker.announcements.steps.events import Event
from tracker.announcements.text.sentences import Part, Sentence

__all__ = ["Owner", "owners_of", "speaks_of_the_rest", "stands_aside"]

_LISTED = re.compile(
    r"['\"]?\s?(?:\([^)]{1,30}\))?\s?(?:와|과|,|·|및|그리고)\s?(?!함께\s|손잡|협력|공동|협의|협약|연계)"
    r"(?:[가-힣\d]{1,10}(?:의|에 있는|에 짓는)?\s){0,3}['\"]?"
)
_LISTED_IN_ENGLISH = re.compile(r",?\s(?:and\s)?(?:the\s)?")
_BOUNDARY = re.compile(
    r"[가-힣](?:했|됐|었|았|였)(?:으며|고|지만|으나|는데)\s|(?:하며|이며|으며|하고|되고|지만|으나|는데)[\s,]|[△▲▷▶]"
)
_MODIFIES = re.compile(
    r"['\"]?\s?(?:\([^)]{1,30}\)\s?)?"
    r"(?:(?:[가-힣·\d]{1,8}(?<![을를과와에로게서은는도며고])\s)?(?:[가-힣·\d]{1,8}(?<![을를과와에로게서며고])\s)?"
    r"|(?:유치|건립|조성|구축|설립|개발|추진)(?:에|을|를)\s(?:나서|위해|추진해)\s)"
)
_COLON = re.compile(r"['\"]?\s?(?:\([^)]{1,30}\))?\s?(?::|-)\s")
_CALL = re.compile(r"공모|사업")
_FACILITY_NEAR, _OF_NEAR = 34, 18
_PART = 0.8  # “수영장은”, of a facility that was named before


_THE_REST = re.compile(r"나머지(?:\s구간|\s부분)?(?:은|는|도)\s")


def speaks_of_the_rest(sentence: Sentence) -> bool:
    """Whether a sentence goes on about what is left of the facility spoken of (“나머지는”)."""
    return _THE_REST.match(sentence.text) is not None


class Owner(NamedTuple):
    """A facility as the owner of a dated step.

    Attributes:
        entry: Which.
        part: “1공구”, where only that part is meant.
        at: Where it was named last.
        certainty: From 0 to 1.
        spoken: It is named in the sentence itself, not carried over.
    """

    entry: Entry
    part: str
    at: tuple[int, int]
    certainty: float
    spoken: bool


def owners_of(
    text: str,
    sentence: Sentence,
    link: Link,
    named: Sequence[Mentioned],
    events: Sequence[Event],
    focus: Focus,
) -> list[Owner]:
    """The facilities that a dated step belongs to; none where it is no facility's."""
    if speaks_of_the_rest(sentence):
        return _carried(text, sentence, link, [], focus)
    if link.shared:
        named = [m for m in named if m.name.end <= link.date.start]
    found = (
        _english(text, link, named)
        if link.event.english
        else (
            _described(text, link, named, events)
            or _acting(text, sentence, link, named)
            or _aimed_at(text, link, named)
            or _topic(text, sentence, link, named)
        )
    )
    if not link.event.english and builds_something_else(text, sentence, link, named):
        return []
    if found is not None:
        chosen, certainty = found
        group = _group(text, chosen, named)
        if link.nth and len(group) == link.nth[1]:
            group = group[link.nth[0] : link.nth[0] + 1]
        return [
            Owner(
                entry,
                m.name.part,
                (m.name.start, m.name.end),
                certainty * (_PART if m.name.part and m.name.head else 1),
                spoken=True,
            )
            for m in group
            for entry in m.entries
        ]
    return _carried(text, sentence, link, named, focus)


_Found = tuple[Mentioned, float]


def _english(text: str, link: Link, named: Sequence[Mentioned]) -> _Found | None:
    """English names the subject before the verb, or the object right after it."""
    named = [m for m in named if m.entries or text[m.name.end : m.name.end + 1] != ","]
    subject = [m for m in named if m.name.start < link.event.start]
    if (
        subject
        and not subject[-1].entries
        and link.event.start - subject[-1].name.end <= _RIGHT_BEFORE
    ):
        return subject[-1], 0.0  # “A second pier is to be built”
    known = [m for m in named if m.entries]
    if link.shared and known:  # “A opens in March and B in May”
        return known[-1], 0.85
    inside = [m for m in known if link.event.start <= m.name.start < link.event.end]
    if inside:  # “work on the tower starts”
        return inside[0], 0.93
    before = [m for m in known if m.name.start < link.event.start]
    after = [
        m
        for m in known
        if m.name.start >= link.event.start
        and not _ELSEWHERE.search(text, link.event.end, m.name.start)
    ]
    if (
        after
        and after[0].name.start - link.event.end <= _OBJECT_NEAR
        and not any(not m.name.generic for m in before)
    ):
        return after[0], 0.92
    if before:
        near = link.event.start - before[-1].name.end
        return before[-1], 0.93 if near <= _FACILITY_NEAR else 0.85
    return (after[0], 0.8) if after else None


def stands_aside(text: str, start: int) -> bool:
    """Whether an English name only says where (“next to”, “on the former site of Daon School”)."""
    before = max(0, start - 40)
    return bool(_WAS_HERE.search(text, before, start) or _NEXT_TO.search(text, before, start))


_WAS_HERE = re.compile(r"\b(?:former|old) (?:site of )?(?:the )?(?:former )?$")
_NEXT_TO = re.compile(
    r"\b(?:next to|near|beside|behind|across from|opposite|adjacent to) (?:the )?$"
)
_ELSEWHERE = re.compile(
    r"\b(?:site of|next to|near|beside|behind|across from|opposite) (?:the )?(?:former |old )?$"
)
_OBJECT_NEAR, _RIGHT_BEFORE = 60, 12


def _described(
    text: str, link: Link, named: Sequence[Mentioned], events: Sequence[Event]
) -> _Found | None:
    """“2022년 11월 문을 연 X는”: the name follows the step that describes it."""
    event = link.event
    seen = 0
    while not event.adnominal:
        follows = next((e for e in events if e.start >= event.end), None)
        between = text[event.end : follows.start] if follows else ""
        chained = follows and re.fullmatch(r"(?:식)?\s?[,·]\s?.{0,24}", between)
        if follows is None or not chained or seen > 3:  # noqa: PLR2004
            return None
        event, seen = follows, seen + 1
    topic = any(
        m.name.end <= link.date.start and m.name.role in {"topic", "subject"} and m.entries
        for m in named
    )
    for m in named:
        gap = text[event.end : m.name.start]
        if m.name.start < event.end:
            continue
        if len(gap) > _FACILITY_NEAR or re.search(
            r"[.:;]|다고|[은는이가]\s.*[은는이가]\s|[했됐]고", gap
        ):
            return None
        if topic and (m.name.generic or not _RIGHT_AFTER.fullmatch(gap)):
            return None
        if m.name.role == "place" and not m.entries:
            continue
        return m, 0.93 if m.entries else 0.0
    return None


def _acting(text: str, sentence: Sentence, link: Link, named: Sequence[Mentioned]) -> _Found | None:
    """The nearest name before the step in its clause that can have it."""
    start = _clause_start(text, sentence, link)
    for m in reversed(named):
        if m.name.start >= link.event.end or m.name.start < start:
            continue
        if m.name.start > link.date.end and link.event.end <= link.date.start:
            continue
        if _is_inside(m, link, named) or _is_given_up(m):
            continue
        if _can_have(text, m, link):
            return m, 0.95
    if link.event.kind in _MADE:  # “국립공원으로 지정한다”, “산단 후보지로 선정됐다”
        for m in reversed(named):
            if m.entries and m.name.past <= link.event.start and text[m.name.past - 1] == "로":
                return m, 0.8
    return None


def _is_inside(m: Mentioned, link: Link, named: Sequence[Mentioned]) -> bool:
    """Whether a word that means no facility of its own only says what of one is meant.

    “공원은 8월 물놀이장을 개장한다”, “2022년 산업단지 승인을 거쳐”.
    """
    if m.entries or not m.name.generic:
        return False
    if link.event.kind is Kind.DESIGNATION and not m.name.role:
        return True
    return m.name.role == "object" and any(
        t.entries and t.name.role == "topic" and t.name.end <= m.name.start for t in named
    )


def _is_given_up(m: Mentioned) -> bool:
    """Whether it is what stood there before (“옛 은행 연수원을 사들여 4월 리모델링을 시작했다”)."""
    return m.name.role == "object" and bool(m.entries) and all(e.existing for e in m.entries)


def _clause_start(text: str, sentence: Sentence, link: Link) -> int:
    """Where the clause begins that the date and the step stand in."""
    start = sentence.start
    begin = min(link.date.start, link.event.spans[0][0])
    for boundary in _BOUNDARY.finditer(text, sentence.start, begin):
        start = boundary.end()
    return start


def _can_have(text: str, m: Mentioned, link: Link) -> bool:
    """Whether a name is the subject, the object or the owner of the step's word."""
    role = m.name.role
    if role in {"topic", "subject", "object"}:
        return True
    first = min((a for a, _ in link.event.spans if a >= m.name.past), default=-1)
    nearest = min((p for p in (first, link.date.start) if p >= m.name.past), default=-1)
    if nearest < 0:
        return False
    gap = text[m.name.past : nearest]
    if link.event.kind is Kind.SELECTION and _CALL.search(text, m.name.past, link.event.start):
        return False  # “지역거점병원 기능보강 사업에 선정”: the name of the call
    if role == "of":
        return len(gap) <= _OF_NEAR and "," not in gap
    if role:
        return False
    return (
        bool(_COLON.match(gap))
        or bool(_MODIFIES.fullmatch(gap.rstrip() + " "))
        or len(gap.strip()) <= 1
    )


_RIGHT_AFTER = re.compile(r"[가-힣]{0,3}\s(?:[가-힣\d]{1,6}(?<![은는이가을를에])\s)?['\"]?")


_AIM = re.compile(
    r"(?:[,·]\s?[^,.'\"\n]{3,18}?)?(?:식)?(?:을|를|에)?\s?(?:목표로|앞두고|앞둔|위해|위한|맞춰|예정으로)"
)


def _aimed_at(text: str, link: Link, named: Sequence[Mentioned]) -> _Found | None:
    """“2027년 개관을 목표로 X를 짓는다”: the name comes after the aim."""
    if not _AIM.match(text, link.event.end):
        return None
    after = [m for m in named if m.name.start >= link.event.end and m.name.role != "place"]
    return (after[0], 0.85) if after and after[0].entries else None


def _topic(text: str, sentence: Sentence, link: Link, named: Sequence[Mentioned]) -> _Found | None:
    """What the sentence is about."""
    start = _clause_start(text, sentence, link)
    before = [
        m
        for m in named
        if m.name.end <= max(link.date.start, link.event.start) and not _is_past(m, start)
    ]
    before = [m for m in before if not _is_given_up(m)]
    for roles, certainty in (({"topic"}, 0.92), ({"subject", "object"}, 0.85), ({"of"}, 0.75)):
        for m in reversed(before):
            if m.name.role in roles:
                return m, certainty
    if sentence.part is not Part.BODY:
        for m in before:
            if not m.name.generic and m.name.role in {"", "with"}:
                return m, 0.85
    return None


def _is_past(m: Mentioned, clause: int) -> bool:
    """Whether it is only the unknown object of a clause that is over (“방파제를 마무리하고”)."""
    return not m.entries and m.name.role == "object" and m.name.past <= clause


def _group(text: str, chosen: Mentioned, named: Sequence[Mentioned]) -> list[Mentioned]:
    """The name with those it is listed with: “A와 B가”."""
    at = next(i for i, m in enumerate(named) if m is chosen)
    first = at
    listed = _LISTED_IN_ENGLISH if chosen.name.text.isascii() else _LISTED
    while (
        first > 0
        and listed.fullmatch(text, named[first - 1].name.end, named[first].name.start)
        and not named[first - 1].name.generic
    ):
        first -= 1
    if chosen.name.generic and len(chosen.entries) > 1:
        return [chosen]
    return list(named[first : at + 1])


def _carried(
    text: str,
    sentence: Sentence,
    link: Link,
    named: Sequence[Mentioned],
    focus: Focus,
) -> list[Owner]:
    """The facility spoken of before, where the sentence names none for this step."""
    start = _clause_start(text, sentence, link)
    if any(
        m.name.generic and not m.entries and m.name.role in _OWNING and not _is_past(m, start)
        for m in named
    ):
        return []
    of_noun = link.event.adnominal and not _A_FACILITY.match(text, link.event.end)
    if not focus.recent or link.event.weight < WEAK_WORD or of_noun:
        return []  # what describes a noun that is no facility is none's step
    if link.event.weight < PLAIN_WORD and link.event.start - link.date.end > _RIGHT_BEHIND:
        return []
    if sentence.part is Part.ITEM and _HEADING.fullmatch(sentence.text):
        return []
    certainty = 0.8 if sentence.paragraph == focus.paragraph else 0.72
    if len(focus.recent) == 1:
        certainty += 0.08
    if speaks_of_something_else(text, sentence, link):
        if link.event.weight < _STRONG_WORD:
            return []
        certainty -= 0.3
    entry = focus.recent[0]
    return [Owner(entry, "", focus.places.get(id(entry), entry.span), certainty, spoken=False)]


_HEADING = re.compile(
    r"(?:올해|내년|지난해|[12]\d{3}년)(?:\s[가-힣]{1,4})?\s[가-힣·]{2,8}"
)  # of a list
_A_FACILITY = re.compile(
    r"[가-힣]{0,3}\s(?:시설|건물|곳|사업|단지|공간)(?:이다|이며|이고|으로|입니다)"
)
_MADE = frozenset({Kind.DESIGNATION, Kind.SELECTION})
_OWNING = frozenset({"topic", "subject", "object"})
_STRONG_WORD = 0.95
_RIGHT_BEHIND = 3
