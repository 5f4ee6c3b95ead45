"""From an article to its proposals: sentences, dates, names, steps, ties, owners."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from db.model.period import Period
from db.model.records import Kind
from tracker.announcements.confidence import Draft, confidence, kept
from tracker.announcements.dates.dates import DateMention, dates_of
from tracker.announcements.dates.tense import DateStatus, date_status, in_order
from tracker.announcements.doubt.doubting import Doubter, in_doubt
from tracker.announcements.links.english_links import english_links
from tracker.announcements.links.linking import Link, links_of, may_be_undecided, undecided_links
from tracker.announcements.links.outline import outlined
from tracker.announcements.links.owners import Owner, owners_of, speaks_of_the_rest, stands_aside
from tracker.announcements.links.project_tables import Row, rows_of
from tracker.announcements.model.proposals import Proposal, Span, Status
from tracker.announcements.names.candidates import Name
from tracker.announcements.names.english_names import english_names
from tracker.announcements.names.facility_words import PARTS
from tracker.announcements.names.heads import head_of
from tracker.announcements.names.korean_names import korean_names
from tracker.announcements.names.mentions import Focus, Mentioned, mentioned
from tracker.announcements.names.registry import Entry, Registry
from tracker.announcements.steps.events import Event, events_of
from tracker.announcements.text.plain import LONGEST, composed, folded
from tracker.announcements.text.sentences import Part, Sentence, sentences_of

__all__ = ["read_article"]

_HEADING = 0.6  # of its line
_PROMISED = re.compile(r"(?:^|\s)[가-힣]{0,6}\s?후보(?:들)?(?:는|가|도|은|이)\s")
_OTHER_PART = re.compile(rf"\s{PARTS}$")
_TITLE = re.compile(r"[^.\d:]{2,40}(?:\([^)]*\))?")
_ASKS = re.compile(r"\?$|^(?:문|질문|질의|Q)\d?\s?[).:]")
_REMARK = re.compile(
    r"\([^()]*\)|\s?(?:건립|조성|구축|신축|증축|정비|개설|확충)?\s?(?:사업|공사)?$"
)
_OWNING = frozenset({"topic", "subject", "object"})
_LIVE = frozenset({Status.PLANNED, Status.ACTUAL})
_TABULATED = 0.95
_LEAST = 0.3  # what is less sure than this is not worth a person's time


def read_article(text: str, dated: date) -> list[Proposal]:
    """The milestones of facilities that an article states, in the order of their dates' places.

    Args:
        text: The visible text of the article, with or without the page around it; what
            stands beyond `plain.LONGEST` characters is not read.
        dated: The day of the article, from which 내년 and 다음 달 are counted.

    Returns:
        Proposals; their spans are offsets into `text`.
    """
    whole, places = composed(text[:LONGEST])
    reader = _Reading(whole, dated)
    found = reader.proposals()
    return found if places is None else [_moved(p, places) for p in found]


class _Reading:
    """One article while it is read."""

    def __init__(self, text: str, dated: date) -> None:
        self._printed = text
        self._text = folded(text)
        self._dated = dated
        self._sentences = sentences_of(self._text)
        self._english = _is_english(self._sentences)
        self._registry = Registry()
        self._focus = Focus()
        self._drafts: list[Draft] = []
        self._undecided: list[Proposal] = []
        self._doubter = Doubter(self._text, english=self._english)
        self._before: Sentence | None = None
        self._fresh = range(0)  # the drafts of the sentence before

    def proposals(self) -> list[Proposal]:
        """All of it."""
        find = english_names if self._english else korean_names
        names = find(self._text, self._sentences)
        rows = rows_of(self._text, self._printed)
        titles = [_title(row, names, self._text) for row in rows]
        ends = [r.end for r in rows]

        def tabled(at: int) -> bool:
            nth = bisect_right(ends, at)
            return nth < len(rows) and rows[nth].start <= at

        names = [n for n in names if not tabled(n.start)]
        self._registry.enter([*names, *titles], self._text)
        dates = dates_of(self._sentences, self._text, self._dated, english=self._english)
        at = 0
        for sentence in self._sentences:
            own: list[Name] = []
            while at < len(names) and names[at].start < sentence.end:
                own.append(names[at])
                at += 1
            if not tabled(sentence.start):
                self._read(sentence, own, dates.get(sentence.start, []))
        for row, title in zip(rows, titles, strict=True):
            self._tabulate(row, title)
        told = kept(self._drafts)
        live = {(p.facility, p.kind) for p in told if p.status in _LIVE}
        doubting = {s for p in told if p.status is Status.DOUBTED for s in p.word_spans}
        told += [
            p
            for p in self._undecided
            if (p.facility, p.kind) not in live and not _overlaps(p.date_span, doubting)
        ]
        told.sort(key=lambda p: p.date_span)
        return [p for p in told if p.confidence >= _LEAST]

    def _read(
        self, sentence: Sentence, names: Sequence[Name], dates: Sequence[DateMention]
    ) -> None:
        named = mentioned(names, self._registry, self._focus, self._text)
        owners: list[Owner] = []
        first = len(self._drafts)
        if dates and not _PROMISED.search(sentence.text):
            blocked = [(n.start, n.end) for n in names if not n.generic]
            blocked += [(d.start, d.end) for d in dates]
            owning = [(n.start, n.past) for n in names if n.role in _OWNING]
            events, links = self._linked(sentence, dates, blocked, owning)
            for link in links:
                if not sentence.one_voice(link.date.start, link.event.start):
                    continue
                found = owners_of(self._text, sentence, link, named, events, self._focus)
                for owner in found:
                    self._propose(sentence, link, owner, links)
                aside = {m.name.start for m in named if _is_aside(link, m.name)}
                spoken = [
                    o for o in found if o.spoken and not o.entry.existing and o.at[0] not in aside
                ]
                for owner in reversed(spoken):
                    self._focus.speak([owner.entry], owner.at, sentence.paragraph)
                owners += spoken
        if len(self._drafts) == first:
            self._doubt_before(sentence, named)
        self._fresh, self._before = range(first, len(self._drafts)), sentence
        if may_be_undecided(self._text, sentence):
            self._leave_open(sentence, named, names)
        self._follow(sentence, named)
        for owner in reversed(owners):
            self._focus.speak([owner.entry], owner.at, sentence.paragraph)

    def _tabulate(self, row: Row, title: Name) -> None:
        """Propose what a row of a table says: each column's step on the date below it."""
        entry = self._registry.find(title)
        if entry is None:
            return
        line = Sentence(row.start, row.end, Part.ITEM, -1, (), self._text[row.start : row.end])
        owner = Owner(entry, title.part, (title.start, title.end), 1.0, spoken=True)
        of_row: list[Link] = []
        said: list[tuple[Sentence, Link, Sequence[Link]]] = []
        for column in row.columns:
            found = dates_of([column.cell], self._text, self._dated, english=self._english)
            dates = found.get(column.cell.start, [])
            if column.event is None:
                own = self._linked(column.cell, dates, [(d.start, d.end) for d in dates])[1]
                said += [(column.cell, link, own) for link in own]
            else:
                for mention in dates[:1]:
                    link = Link(mention, column.event, mention.end, mention.end, _TABULATED)
                    of_row.append(replace(link, superseded=column.former))
                    said.append((line, of_row[-1], of_row))
        for sentence, link, links in said:
            self._propose(sentence, link, owner, links)

    def _leave_open(
        self, sentence: Sentence, named: Sequence[Mentioned], names: Sequence[Name]
    ) -> None:
        """Propose the steps whose dates the sentence says to be undecided."""
        blocked = [(n.start, n.end) for n in names if not n.generic]
        events, _ = self._linked(sentence, (), blocked)
        for link in undecided_links(self._text, sentence, events, self._dated):
            for owner in owners_of(self._text, sentence, link, named, events, self._focus)[:1]:
                told = DateStatus(Status.PLANNED, link.date)
                proposal = self._proposal(sentence, link, owner, told)
                self._undecided.append(replace(proposal, period=None))

    def _linked(
        self,
        sentence: Sentence,
        dates: Sequence[DateMention],
        blocked: list[tuple[int, int]],
        owning: Sequence[tuple[int, int]] = (),
    ) -> tuple[list[Event], list[Link]]:
        if self._english:
            return english_links(self._text, sentence, dates, blocked)
        events = events_of(self._text, sentence, blocked, owning)
        links = outlined(self._text, sentence, dates, events)
        return events, links or links_of(self._text, dates, events, blocked)

    def _propose(self, sentence: Sentence, link: Link, owner: Owner, links: Sequence[Link]) -> None:
        """Propose a step on its date; `links` are all that the sentence or the row ties."""
        told = date_status(
            self._text,
            link.date,
            (link.told_from, link.told_end),
            (sentence.start, sentence.end),
            self._dated,
            superseded=link.superseded,
            moved=link.moved and not link.superseded,
            done_said=link.done,
        )
        told = in_order(told, link.event.kind, self._steps_of(owner), self._dated)
        told = self._doubter.judged(sentence, link, links, told)
        proposal = self._proposal(sentence, link, owner, told)
        headline = sentence.part is Part.HEADLINE
        draft = Draft(proposal, told.date.period, id(owner.entry), owner.part, headline, link.moved)
        self._drafts.append(draft)

    def _doubt_before(self, sentence: Sentence, named: Sequence[Mentioned]) -> None:
        """Doubt the plans of the sentence before where this one does: “이마저도 불투명하다”."""
        for at in self._fresh:
            draft, before = self._drafts[at], self._before
            if before is None or draft.proposal.status is not Status.PLANNED:
                continue
            names = [
                (m.name.start, m.name.end)
                for m in named
                if not m.name.generic and any(id(e) == draft.facility for e in m.entries)
            ]
            kind = draft.proposal.kind
            cue = self._doubter.of_plan(sentence, kind, names)
            if cue is not None:
                said = (before.start, sentence.end)
                proposal = in_doubt(draft.proposal, self._printed, said, cue)
                self._drafts[at] = replace(draft, proposal=proposal)

    def _proposal(self, sentence: Sentence, link: Link, owner: Owner, told: DateStatus) -> Proposal:
        entry = owner.entry
        doubts = [
            doubt
            for doubt, holds in (
                ("headline", sentence.part is Part.HEADLINE),
                ("speech", sentence.in_speech(link.date.start)),
                ("coined", not entry.sure),
                ("unclear", not told.clear),
                ("existing", entry.existing),
                ("leant", told.date.leant),
            )
            if holds
        ]
        sure = confidence((link.certainty, owner.certainty, 0.7 + 0.3 * link.event.weight), doubts)
        words = {*link.event.spans, *((told.cue,) if told.cue else ())}
        spans = tuple(Span(*s) for s in sorted(words))
        return Proposal(
            facility=self._called(entry, owner.part),
            kind=link.event.kind,
            status=told.status,
            phrase=self._printed[told.date.start : told.date.end].strip(),
            period=told.date.period,
            sentence=self._printed[sentence.start : sentence.end],
            decided_by=tuple(self._printed[a:b] for a, b in spans),
            confidence=sure,
            name_span=Span(*owner.at),
            date_span=Span(told.date.start, told.date.end),
            word_spans=spans,
            also_called=tuple(s for s in entry.spellings if s != entry.name),
        )

    def _steps_of(self, owner: Owner) -> list[tuple[Kind, Period]]:
        """What was planned for the same facility so far."""
        return [
            (d.proposal.kind, d.period)
            for d in self._drafts
            if d.facility == id(owner.entry)
            and d.part == owner.part
            and d.proposal.status is Status.PLANNED
            and not d.headline
        ]

    def _called(self, entry: Entry, part: str) -> str:
        if not part or part in entry.name:
            return entry.name
        return f"{_OTHER_PART.sub('', entry.name)} {part}"

    def _follow(self, sentence: Sentence, named: Sequence[Mentioned]) -> None:
        """Note what the sentence was about, for those that say 이 센터 or nothing at all."""
        if speaks_of_the_rest(sentence):
            return
        asks = _ASKS.search(sentence.text) is not None
        heading = _heading_of(sentence)
        news = [
            m
            for m in named
            if m.entries
            and m.name.role != "place"
            and not (self._english and stands_aside(self._text, m.name.start))
            and (
                heading(m.name)
                or asks
                or all(self._matters(e) or self._is_topic(m.name) for e in m.entries)
            )
            and not any(e.existing for e in m.entries)
        ]
        topics = [m for m in news if m.name.role in {"topic", "subject", "object"}]
        topics.sort(key=lambda m: self._text[m.name.past - 1] != "로")  # “'가람관'으로 바뀐다”
        if topics and topics[-1].name.quoted and sentence.end - topics[-1].name.past <= 1:
            topics = [topics[-1], *topics[:-1]]  # “눈에 띄는 건물은 '가람 센터'.”
        for m in [*(m for m in news if m not in topics), *reversed(topics)]:
            self._focus.speak(m.entries, (m.name.start, m.name.end), sentence.paragraph)
        together = [e for m in news if not m.name.generic for e in m.entries]
        if len(together) > 1:
            self._focus.group = together

    def _is_topic(self, name: Name) -> bool:
        """Whether a sentence is about it, and does not only say that something else is one."""
        ending = self._text[name.end : name.past].strip("'\") ")
        return name.role == "topic" and (
            name.quoted or not ending.startswith(("이다", "다", "이며", "이고"))
        )

    def _matters(self, entry: Entry) -> bool:
        """Whether later sentences may silently speak of it."""
        if entry.existing:
            return False
        return (
            self._english
            or entry.quoted
            or entry.mentions > 1
            or not any(e.quoted or e.mentions > 1 for e in self._registry.entries)
        )


def _title(row: Row, names: Sequence[Name], text: str) -> Name:
    """The name of a row: the one that was found in its cell, else all of the cell."""
    start, end = row.name
    first = bisect_left(names, start, key=lambda n: n.start)
    inside = [n for n in names[first : first + 4] if n.end <= end and not n.generic]
    if inside and inside[0].end - inside[0].start >= _HEADING * (end - start):
        return inside[0]
    called = text[start:end]
    return Name(start, end, end, called, "", head_of(called))


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(o.start < span.end and span.start < o.end for o in others)


def _is_aside(link: Link, name: Name) -> bool:
    """Whether a name only belongs to another noun (“작년에 개통한 서해선 이용객이”)."""
    return link.event.adnominal and not name.role and name.start >= link.event.end


def _heading_of(sentence: Sentence) -> Callable[[Name], bool]:
    """Whether an entry of a list is little more than a name, which what follows is about."""
    if sentence.part is not Part.ITEM:
        return lambda _: False
    titled = _TITLE.fullmatch(sentence.text) is not None
    least = _HEADING * len(_REMARK.sub("", sentence.text))
    return lambda n: (titled and n.start == sentence.start) or n.end - n.start >= least


def _is_english(sentences: Sequence[Sentence]) -> bool:
    """Whether what is told is, whatever the page around it is."""
    latin = sum(c.isascii() and c.isalpha() for s in sentences for c in s.text)
    return latin > sum("가" <= c <= "힣" for s in sentences for c in s.text)


def _moved(proposal: Proposal, places: tuple[int, ...]) -> Proposal:
    """The same proposal with offsets into the text as it was given."""

    def back(span: Span) -> Span:
        return Span(places[span.start], places[span.end])

    return replace(
        proposal,
        name_span=back(proposal.name_span),
        date_span=back(proposal.date_span),
        word_spans=tuple(back(s) for s in proposal.word_spans),
    )
