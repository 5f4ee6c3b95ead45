"""Whose step it is: the facility that a dated step belongs to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from db.records import Kind
from tracker.press.events import Event
from tracker.press.linking import Link
from tracker.press.names import Name
from tracker.press.registry import Entry, Registry
from tracker.press.sentences import Part, Sentence

__all__ = ["Focus", "Owner", "owners_of"]

_LISTED = re.compile(
    r"['\"]?\s?(?:\([^)]{1,30}\))?\s?(?:와|과|,|·|및|그리고)\s?(?:[가-힣\d]{1,10}(?:의|에 있는|에 짓는)?\s){0,3}['\"]?"
)
_BOUNDARY = re.compile(
    r"[가-힣](?:했|됐|었|았|였)(?:으며|고|지만|으나|는데)\s|(?:하며|이며|으며|하고|되고|지만|으나|는데)[\s,]|[△▲▷▶]"
)
_CHAIN = re.compile(r"(?:식)?\s?(?:,|·|한 뒤|하고|해|후|과|와)?\s?")
_TOPIC_WORD = re.compile(r"(?:^|(?<=\s))([가-힣A-Za-z\d·]{1,16}?)(은|는)\s")
_VERB_STEMS = (
    "오",
    "하",
    "되",
    "들어서",
    "이르",
    "열리",
    "걸리",
    "늘어나",
    "시키",
    "나오",
    "지나",
    "가르",
    "보이",
    "줄이",
    "높이",
    "펼치",
    "누리",
    "밝히",
)
_OWN_TOPIC = re.compile(
    r"(?:시|군|구|도|부|청|공사|공단|사업|시설|이곳|이곳에|건물|여기|공정|설계|일정|계획|시점|시기|목표|기간|단계|[준완착기]공|개[관소원장통교]|올해|내년|지난해"
    r"|월|년|일|분기|반기|구간|규모|완료|측|관계자|정부|교육청|개발원|추진위|이후|까지|에|에서|로|단지|센터|관|장|역|원|당국|LH|위원회|재단|한편|앞서|용지|부지|여름|봄|가을|겨울|말|초)$"
)
_MODIFIES = re.compile(r"['\"]?\s?(?:\([^)]{1,30}\)\s?)?(?:[가-힣·]{1,8}\s){0,2}?")
_COLON = re.compile(r"['\"]?\s?(?:\([^)]{1,30}\))?\s?(?::|-)\s")
_FACILITY_NEAR = 34


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


@dataclass(slots=True)
class Focus:
    """What has been talked about so far, most recent first, and the last several at once."""

    recent: list[Entry] = field(default_factory=list)
    group: list[Entry] = field(default_factory=list)
    paragraph: int = -1
    places: dict[int, tuple[int, int]] = field(default_factory=dict)

    def speak(self, entries: Sequence[Entry], at: tuple[int, int], paragraph: int) -> None:
        """Note that these were spoken of, together if several."""
        for entry in entries:
            self.places[id(entry)] = at
            if entry in self.recent:
                self.recent.remove(entry)
            self.recent.insert(0, entry)
        if len(entries) > 1:
            self.group = list(entries)
        self.paragraph = paragraph


class Mentioned(NamedTuple):
    """A name of the sentence with the facilities it means; several for “두 시설”."""

    name: Name
    entries: tuple[Entry, ...]


def mentioned(
    names: Sequence[Name], registry: Registry, focus: Focus, text: str
) -> list[Mentioned]:
    """What the names of a sentence mean; words that mean nothing known are kept, with no entry."""
    found: list[Mentioned] = []
    here: list[Entry] = []
    for name in names:
        if not name.generic:
            entry = registry.find(name)
            entries = (entry,) if entry else ()
        elif name.part:
            entries = tuple((here or focus.recent)[-1:] if here else focus.recent[:1])
        else:
            entries = _meant(name, registry, focus, text, here)
        found.append(Mentioned(name, entries))
        here += [e for e in entries if e not in here]
    return found


_SEVERAL = re.compile(r"(?:두|세|네|다섯|[2-9]개|이들|각)\s(?:[가-힣]{1,6}\s)?$")
_COUNTED = re.compile(
    r"(?:\d+(?:여\s?)?(?:개|곳)(?:의)?|여러|각종|모든|일부)\s(?:[가-힣]{1,8}\s?){0,2}$"
)
_OTHER_ONE = re.compile(r"(?:기존|다른|옛|인근)\s$")


def _meant(
    name: Name, registry: Registry, focus: Focus, text: str, here: list[Entry]
) -> tuple[Entry, ...]:
    before = text[max(0, name.start - 14) : name.start]
    if _SEVERAL.search(before) or _COUNTED.search(before):
        together = here if len(here) > 1 else focus.group
        several = _SEVERAL.search(before) is not None or len(here) > 1
        return tuple(together) if several and together else ()
    if _OTHER_ONE.search(before):
        return ()
    earlier = [e for e in reversed(registry.entries) if e.span[0] < name.start]
    only = len(registry.entries) == 1
    later = [e for e in registry.entries if e.span[0] >= name.start and (e.quoted or only)]
    entry = registry.meant_by(name, [*reversed(here), *focus.recent, *earlier, *later])
    return (entry,) if entry else ()


def owners_of(
    text: str,
    sentence: Sentence,
    link: Link,
    named: Sequence[Mentioned],
    events: Sequence[Event],
    focus: Focus,
) -> list[Owner]:
    """The facilities that a dated step belongs to; none where it is no facility's."""
    if link.shared:
        named = [m for m in named if m.name.end <= link.date.start]
    found = (
        _english(text, link, named)
        if link.event.english
        else (
            _described(text, link, named, events)
            or _acting(text, sentence, link, named)
            or _topic(text, sentence, link, named)
            or _aimed_at(text, link, named)
        )
    )
    if not link.event.english and _builds_something_else(text, sentence, link, named):
        return []
    if found is not None:
        chosen, certainty = found
        group = _group(text, chosen, named)
        if link.nth and len(group) == link.nth[1]:
            group = group[link.nth[0] : link.nth[0] + 1]
        return [
            Owner(entry, m.name.part, (m.name.start, m.name.end), certainty, spoken=True)
            for m in group
            for entry in m.entries
        ]
    return _carried(text, sentence, link, named, focus)


_BUILDABLE = re.compile(
    r"(?:건물|청사|시설|본관|별관|부지|용지|단지|공간|시설물|구간|도로|다리|센터|기반|새로|모두|함께|추가|각각|순차|차례로|최종|나란히|신규|먼저|우선|조기|확장|이전|증설"
    r"|공사|건축|건물\s신축|일대|곳|동|층|기|개소|다시)$"
)
_OBJECT = re.compile(r"[을를](?=\s)")
_LAST_WORD = re.compile(r"([가-힣A-Za-z\d㎡·)]+?)(을|를)?\s?(?:새로\s|추가로\s|함께\s|신규\s)?$")
_ADVERBIAL = re.compile(r"(?:에|로|여|해|까지|은|는|이|가|도|서|고|며|간|내|중|쯤|께|경|말|초)$")


def _builds_something_else(
    text: str, sentence: Sentence, link: Link, named: Sequence[Mentioned]
) -> bool:
    """Whether 구축 or 조성 has an object of its own that is no facility (“체계 구축”)."""
    event = link.event
    if event.kind is Kind.OPENING and event.weight < _WEAK_WORD:
        objects = [o.end() for o in _OBJECT.finditer(text, sentence.start, event.start)]
        return not objects or all(m.name.past != objects[-1] for m in named)
    if event.kind is not Kind.COMPLETION or event.weight >= _PLAIN_WORD:
        return False
    start = max(sentence.start, link.date.end if link.date.end <= event.start else sentence.start)
    before = text[start : event.start]
    word = _LAST_WORD.search(before)
    if word is None or not word[1].strip("() "):
        return False
    at = start + word.start(1)
    if any(m.name.start < at + len(word[0]) and at < m.name.past for m in named):
        return False
    if word[2] is None and _ADVERBIAL.search(word[1]):
        return False
    return not _BUILDABLE.search(word[1])


_Found = tuple[Mentioned, float]


def _english(text: str, link: Link, named: Sequence[Mentioned]) -> _Found | None:
    """English names the subject before the verb, or the object right after it."""
    subject = [m for m in named if m.name.start < link.event.start]
    if (
        subject
        and not subject[-1].entries
        and link.event.start - subject[-1].name.end <= _RIGHT_BEFORE
    ):
        return subject[-1], 0.0  # “A second pier is to be built”
    known = [m for m in named if m.entries]
    before = [m for m in known if m.name.start < link.event.start]
    after = [m for m in known if m.name.start >= link.event.start]
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
    if any(
        m.name.end <= link.date.start and m.name.role in {"topic", "subject"} and m.entries
        for m in named
    ):
        return None
    for m in named:
        gap = text[event.end : m.name.start]
        if m.name.start < event.end:
            continue
        if len(gap) > _FACILITY_NEAR or re.search(
            r"[.:;]|다고|[은는이가]\s.*[은는이가]\s|[했됐]고", gap
        ):
            return None
        if m.name.role == "place" and not m.entries:
            continue
        return m, 0.93 if m.entries else 0.0
    return None


def _acting(text: str, sentence: Sentence, link: Link, named: Sequence[Mentioned]) -> _Found | None:
    """The nearest name before the step in its clause that can have it."""
    begin = min(link.date.start, link.event.spans[0][0])
    start = sentence.start
    for boundary in _BOUNDARY.finditer(text, sentence.start, begin):
        start = boundary.end()
    for m in reversed(named):
        if m.name.start >= link.event.end or m.name.start < start:
            continue
        if m.name.start > link.date.end and link.event.end <= link.date.start:
            continue
        if _can_have(text, m, link):
            return m, 0.95
    if link.event.kind is Kind.DESIGNATION:  # “국립공원으로 지정한다”
        for m in reversed(named):
            if m.entries and m.name.past <= link.event.start and text[m.name.past - 1] == "로":
                return m, 0.8
    return None


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
    if role == "of":
        return len(gap) <= 30  # noqa: PLR2004
    if role:
        return False
    return (
        bool(_COLON.match(gap))
        or bool(_MODIFIES.fullmatch(gap.rstrip() + " "))
        or len(gap.strip()) <= 1
    )


_AIM = re.compile(r"(?:식)?(?:을|를|에)?\s?(?:목표로|앞두고|앞둔|위해|위한|맞춰|예정으로)")


def _aimed_at(text: str, link: Link, named: Sequence[Mentioned]) -> _Found | None:
    """“2027년 개관을 목표로 X를 짓는다”: the name comes after the aim."""
    if not _AIM.match(text, link.event.end):
        return None
    after = [m for m in named if m.name.start >= link.event.end and m.name.role != "place"]
    return (after[0], 0.85) if after and after[0].entries else None


def _topic(text: str, sentence: Sentence, link: Link, named: Sequence[Mentioned]) -> _Found | None:
    """What the sentence is about."""
    before = [m for m in named if m.name.end <= max(link.date.start, link.event.start)]
    for roles, certainty in (({"topic"}, 0.92), ({"subject", "object"}, 0.85), ({"of"}, 0.75)):
        for m in reversed(before):
            if m.name.role in roles:
                return m, certainty
    if sentence.part is not Part.BODY:
        for m in before:
            if not m.name.generic and m.name.role in {"", "with"}:
                return m, 0.85
    return None


def _group(text: str, chosen: Mentioned, named: Sequence[Mentioned]) -> list[Mentioned]:
    """The name with those it is listed with: “A와 B가”."""
    at = next(i for i, m in enumerate(named) if m is chosen)
    first = at
    while (
        first > 0
        and _LISTED.fullmatch(text, named[first - 1].name.end, named[first].name.start)
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
    if any(m.name.generic and not m.entries and m.name.role in _OWNING for m in named):
        return []
    if not focus.recent or link.event.weight < _WEAK_WORD:
        return []
    if link.event.weight < _PLAIN_WORD and link.event.start - link.date.end > _RIGHT_BEHIND:
        return []
    certainty = 0.8 if sentence.paragraph == focus.paragraph else 0.72
    if len(focus.recent) == 1:
        certainty += 0.08
    if _foreign_topic(text, sentence, link):
        if link.event.weight < _STRONG_WORD:
            return []
        certainty -= 0.3
    entry = focus.recent[0]
    return [Owner(entry, "", focus.places.get(id(entry), entry.span), certainty, spoken=False)]


_OWNING = frozenset({"topic", "subject", "object"})
_WEAK_WORD, _PLAIN_WORD, _STRONG_WORD = 0.5, 0.65, 0.95
_RIGHT_BEHIND = 3
_OTHER_SUBJECT = re.compile(
    r"(?<![가-힣])(?!이\s|본\s|해당\s)([가-힣A-Za-z·]{2,}\s?)(?:사업|축제|프로그램|정책|대회|협약|예산|조례|전략|기술|제품|기업|업체|플랫폼|시스템|서비스)"
    r"(?:은|는|이|가|도)\s"
)


def _foreign_topic(text: str, sentence: Sentence, link: Link) -> bool:
    """Whether the sentence is about something that is neither a facility nor who builds it."""
    if _OTHER_SUBJECT.search(text, sentence.start, link.event.start):
        return True
    return any(
        _is_topic(found[1], found[2]) and not _OWN_TOPIC.search(found[1])
        for found in _TOPIC_WORD.finditer(text, sentence.start, link.event.start)
    )


def _is_topic(word: str, particle: str) -> bool:
    """Tell 센터는 from 짓는 and 오는: the particle follows the last sound, a verb's ending does not."""
    last = word[-1]
    if not "가" <= last <= "힣":
        return False
    closed = (ord(last) - ord("가")) % 28 != 0
    return closed == (particle == "은") and not word.endswith(_VERB_STEMS)
