"""Which date belongs to which step, in a Korean sentence.

Korean says the date before the verb, so a date belongs to the step that follows it in
its clause; unless the step was named as the topic (“준공은 2026년 10월”), is a label
(“착공: 2025년 4월”), or describes the date itself (“문을 여는 2028년”).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from db.model.period import Period
from db.model.records import Kind
from tracker.announcements.dates.dates import DateMention
from tracker.announcements.steps.events import Event, masked
from tracker.announcements.text.sentences import Sentence

__all__ = ["WAS_SET", "Link", "links_of", "may_be_undecided", "undecided_links"]

_LABEL = re.compile(
    r"(?:식|일|예정)?\s?(?:시기|시점|예정일|예정|기간|목표일?|계획|완료일?|통과|일자|연도|날짜)?\s?(?::|\()\s?"
)
_SET_AT = re.compile(  # “준공 시점인 내년 3월을”
    r"(?:식|일)?\s?(?:시기|시점|예정일|목표일|목표|예정|기한|시한)(?:\s시점|\s시기)?인\s"
)
_ENDS_LABEL = re.compile(r"\s?(?:예정|목표)?\s?(?:[,)]|$|\n)|\s?(?:예정|목표)")
_MORE = re.compile(r"\s?(?:에|부터)?\s?[가-힣]{2,}")  # in brackets, more than the date
_TOPIC = re.compile(
    r"(?:식|에)?(?:\s?(?:(?:하|되|서|여|열리|들어가)?(?:는|ㄹ)|한|된|간|할|될|갈|열))?\s(?:것|시점|때|시기)[은는이]\s|"
    r"(?:식|일)?(?:\s?(?:시점|시기|목표|예정일|예정|일정|날짜|날|시한|계획"
    r"|결과|절차|목표일|목표\s?시점|공사|시기와 준공))?"
    r"(?:은|는|이|가|도|을|를)\s(?:(?:(?:[한두세석넉]\s달|\d{1,2}(?:년|개월|달|주))(?:가량|여|쯤)?\s(?:늦춰|늦춘|늦춰진|미뤄|미룬|미뤄진|밀린|앞당겨|앞당긴|앞당겨진|당긴|늦어진|늦은|빠른|앞선)|당초|애초|원래|각각|또|기존|이르면|빨라야|다시|늦어도|모두|현재|처음|(?:약속|예정|계획|발표|목표)(?:한|했던|된|됐던)|잡은|잡았던|정한|정했던|알려진|밝힌)\s)*"
)
_OF_ITSELF = re.compile(
    r"(?:하|되|들어가|여|열|마치|끝나|시작하|시작되|앞둔|뜨)?(?:는|ㄹ|할|될|한|된)?\s"
)
_MOVED = re.compile(
    r"(?:\s?(?:께|경|쯤|무렵))?(?:(?:이|가)\s(?=됐|되었|된다)|(?:으로|로)(?:\s(?:\d+(?:년|개월|달|주)\S{0,8}|[가-힣]{1,5})){0,2}?\s?|(?:에야|에나|이나|나|이?나\s돼야|[은이]\s돼야)\s(?:[가-힣]{1,6}\s?[이가]?\s)?(?=가능|될\s|이뤄))"
    r"(?:가능|될\s|이뤄|늦|미뤄|미루|미룬|밀|연기|조정|변경|앞당|당겨|당긴|잡|정해|정했|정한|확정|순연|바뀌|바뀐|바꿔|바꾼|바꿨|바꾸|옮|넘어|재조정|수정|(?:예정|계획)(?!\s?(?:했던|됐던|이던|이었|하던|되어\s있던|돼\s있던|한\s것보다|했으나|했지만))|못\s?박|물러|고[쳐쳤친]|됐|되었|된다)"
)
_CONSUMED = re.compile(  # a verb of its own has taken the date
    r"(?:열린|열어|열고|연\s(?:것|자리)|열리는|가진|가져|가졌|찾아|만나|확보|받은|받았"
    r"|[가-힣]{1,3}[했됐렸었았](?:으며|고|지만|으나|는데|다)|밝힌|내놓은|마련[한해하]|시작해|(?:출범|채용|신청|공고|투자|보고|지적|선포|수립|선언|예상|기대|추산|개최|방문|제출|발표|체결|논의|의결|모집|접수|편성|배정|실시|진행|협의|합의|요청|건의|고지|통보)(?:을|를)?\s?(?:[한해하했된되됐돼]|받[은아])|늘[어려린]|줄[어여인]"
    r"|\d+(?:여)?\s?(?:개\s?사|개\s?업체|개\s?기업|명|가구|곳)[이가]\s|거쳐\s갔|다녀|찾은|치르|치른)"
    r"|다며|다고|라며|[.]\s"
)
_PUT_OFF = re.compile(
    r"(?:식|\s?계획|\s?일정)?(?:이|가|은|는|을|를)\s(?:[가-힣\d]+\s){0,2}?(?:연기|미뤄|미루|늦춰|밀려|밀린|지연|늦어|무산)"
)
_LIST_GAP = re.compile(
    r"(?:식)?\s?(?:[·,및]|과\s(?:동시에|함께)|와\s(?:동시에|함께)|과|와)\s?(?:정식\s|본격\s)?"
)
_DONE_FIRST = re.compile(
    r"(?:마치|끝내|마무리하|완료하)?고\s(?:곧바로\s|바로\s|다시\s|정식(?:으로)?\s|본격\s)?"
)
_PAIR = re.compile(
    r"\s?(?:에서|→|->|=>|▶|보다\s\d+(?:년|개월|달)(?:가량|여|쯤|\s가까이)?\s(?:늦|앞|빠|이)[은른선])\s?(?:[가-힣]{1,4}\s){0,2}"
)
_AIMED = re.compile(r"목표|예정|계획")
_WAS = re.compile(r"(?:이었|였)")
_FAR, _NEAR = 90, 40
WAS_SET = re.compile(
    r"이?(?:던|었던|였던)\s|(?:으로|로|에)\s(?:잡았던|잡혔던|잡혀\s있던|예정됐던|예정했던|계획했던|계획됐던|하려던|약속했던)\s"
)
"""After a date, that it once was the plan: “지난해 11월이던 준공 시점을 지키지 못했다”."""
_OBJECT_OF_EACH = re.compile(r"(?:에)?\s[가-힣\d\s]{2,14}[을를]\s?,\s")  # “11월 장비동을, 내년 5월”
_TIME_OF = re.compile(r"(?:식|일)?\s?(?:시기|시점|일정|날짜|예정일|목표)")
_AGO = re.compile(r"[한된]?\s?지\s")


@dataclass(frozen=True, slots=True)
class Link:
    """A date with the step it dates.

    Attributes:
        told_from: Where the words begin that tell whether it is planned or done.
        told_end: Where the step's own words end, or the date, whichever is later.
        certainty: From 0 to 1, how plain the tie is.
        superseded: A newer date follows (“A에서 B로”).
        shared: The step is said of several dates at once.
        done: Whether the verb says that it has happened, where that is known by now.
        nth: In “A와 B를 각각 4월과 6월”, the how-manieth of how many dates.
        moved: It is the date to which the step was put off or brought forward.
    """

    date: DateMention
    event: Event
    told_from: int
    told_end: int
    certainty: float
    superseded: bool = False
    shared: bool = False
    moved: bool = False
    nth: tuple[int, int] | None = None
    done: bool | None = None


def links_of(
    text: str,
    dates: Sequence[DateMention],
    events: Sequence[Event],
    named: Sequence[tuple[int, int]] = (),
) -> list[Link]:
    """The dated steps of a sentence, in the order of their dates; names hide what is in them."""
    live = [d for d in dates if not d.told]
    found: list[Link] = []
    for at, mention in enumerate(live):
        after = live[at + 1] if at + 1 < len(live) else None
        link = (
            _labelled(text, mention, events)
            or _about_topic(text, mention, events)
            or _ahead(text, mention, after, events, named)
        )
        if link is not None:
            found += [link, *_coordinated(text, link, events, after)]
    for at in range(len(live) - 2, -1, -1):
        found += _borrowed(text, live[at], live[at + 1], found)
    linked = {link.date.start for link in found}
    for mention in live:
        if mention.start not in linked:
            found += _moved(text, mention, events)
    for first, second in pairwise(live):
        found += _lent(text, first, second, found)
        found += _borrowed(text, first, second, found)
    found = _respectively(text, live, found)
    return sorted(_with_superseded(text, live, found), key=lambda k: k.date.start)


_EACH, _AND = re.compile(r"각각\s(?:오는\s)?$"), re.compile(r"\s?(?:과|와|,|·)\s?")


def _respectively(text: str, dates: Sequence[DateMention], links: list[Link]) -> list[Link]:
    """“A와 B를 각각 4월과 6월 연다”: the dates go to the names in their order."""
    for at, first in enumerate(dates):
        if not _EACH.search(text[max(0, first.start - 8) : first.start]):
            continue
        run = [first]
        for second in dates[at + 1 :]:
            if not _AND.fullmatch(text, run[-1].end, second.start):
                break
            run.append(second)
        lender = next((k for k in links if k.date.start == run[-1].start), None)
        if lender is None or len(run) == 1:
            continue
        starts = {d.start for d in run}
        links = [k for k in links if k.date.start not in starts]
        links += [replace(lender, date=d, nth=(i, len(run))) for i, d in enumerate(run)]
    return links


def _labelled(text: str, mention: DateMention, events: Sequence[Event]) -> Link | None:
    """“착공: 2025년 4월”, “착공(2025년 4월)”, “문을 여는 2028년”."""
    before = [e for e in events if e.end <= mention.start]
    if not before:
        return None
    event = before[-1]
    between = text[event.end : mention.start]
    bracketed = between.rstrip().endswith("(")
    if _LABEL.fullmatch(between) and not (bracketed and _MORE.match(text, mention.end)):
        return Link(mention, event, event.start, mention.end, 0.9)
    if between == " " and _ENDS_LABEL.match(text, mention.end):
        return Link(mention, event, event.start, mention.end, 0.85)
    if _SET_AT.fullmatch(between):
        return Link(mention, event, mention.end, mention.end, 0.85)
    adnominal = re.search(
        r"(?:는|할|될|열|뜰|한|된|연|뜬)$", text[event.start : event.end] + between.rstrip()
    )
    if adnominal and len(between) <= 6 and between.endswith(" ") and _OF_ITSELF.fullmatch(between):  # noqa: PLR2004
        return Link(mention, event, event.start, mention.end, 0.8)
    return None


def _about_topic(text: str, mention: DateMention, events: Sequence[Event]) -> Link | None:
    """“준공은 2026년 10월”, “완공 목표는 2028년 말로 잡혔다”."""
    before = [e for e in events if e.end <= mention.start]
    if not before:
        return None
    event = before[-1]
    if not _TOPIC.fullmatch(text, event.end, mention.start):
        return None
    object_of_next = re.match(r"\S*(?:을|를)\s", text[event.end : mention.start] + " ")
    ceremony = text[event.start : event.end].endswith("식")  # “기공식을 15일 연다”
    if object_of_next and not ceremony and not _MOVED.match(text, mention.end):
        following = [e for e in events if e.start >= mention.end]
        if following and following[0].start - mention.end < 12:  # noqa: PLR2004
            return None
    aimed = _AIMED.search(text, event.end, mention.start) and _WAS.match(text, mention.end)
    return Link(mention, event, mention.end, mention.end, 0.92, superseded=bool(aimed))


def _ahead(
    text: str,
    mention: DateMention,
    after: DateMention | None,
    events: Sequence[Event],
    named: Sequence[tuple[int, int]],
) -> Link | None:
    """The first step after the date, in the same clause."""
    event = next((e for e in events if e.start >= mention.end), None)
    if event is None or event.start - mention.end > _FAR:
        return None
    if _AGO.match(text, event.end) and text.startswith(("로 ", "으로 "), mention.end):
        return None  # “올해로 준공된 지 30년”
    if after is not None and after.start < event.start:
        return None
    gap = text[mention.end : event.start]
    if _CONSUMED.search(masked(text, mention.end, event.start, named)) or _PAIR.match(gap):
        return None
    if _TOPIC.match(text, event.end) and after and _TOPIC.fullmatch(text, event.end, after.start):
        return None
    put_off = _PUT_OFF.match(text, event.end) is not None
    newer = put_off and gap in {"으로 ", "로 "}  # “2029년으로 준공이 밀렸다”
    certainty = 0.97 if len(gap) <= 12 else 0.9 if len(gap) <= _NEAR else 0.78  # noqa: PLR2004
    return Link(
        mention,
        event,
        event.start,
        event.end,
        certainty,
        superseded=(put_off and not newer) or WAS_SET.match(gap) is not None,
        moved=newer,
    )


def _coordinated(
    text: str, link: Link, events: Sequence[Event], after: DateMention | None
) -> list[Link]:
    """“준공·개관한다”: a second step on the same date."""
    found: list[Link] = []
    event = link.event
    for second in events:
        if second.start < event.end or second.start < link.date.end:
            continue
        if after is not None and after.start < second.start:
            break
        listed = _LIST_GAP.fullmatch(text, event.end, second.start)
        done_first = (
            _DONE_FIRST.fullmatch(text, event.end, second.start) and second.kind is Kind.OPENING
        )
        own_word = _TIME_OF.match(text, second.end) is not None
        if not (listed or done_first) or second.kind is event.kind or own_word:
            break
        found.append(Link(link.date, second, second.start, second.end, link.certainty - 0.05))
        event = second
    return found


def _borrowed(
    text: str, mention: DateMention, after: DateMention, links: Sequence[Link]
) -> list[Link]:
    """A date without a step of its own has that of the next: “A는 9월, B는 12월 문을 연다”."""
    if any(link.date.start == mention.start for link in links):
        return []
    lender = next((link for link in links if link.date.start == after.start), None)
    if lender is None:
        return []
    gap = text[mention.end : after.start]
    pair = _PAIR.fullmatch(gap)
    if pair:
        return [
            Link(mention, lender.event, lender.told_from, lender.told_end, 0.9, superseded=True)
        ]
    comma = re.match(r"(?:\([^)]{1,20}\))?(?:에)?\s?[,·]\s?", gap)
    listed = re.search(r"(?:은|는|이|가|도)\s$", gap) or gap.strip() in {",", "·"}
    each = _OBJECT_OF_EACH.fullmatch(gap) is not None
    if ((comma and listed) or each) and len(gap) <= _NEAR and lender.event.start >= after.end:
        return [Link(mention, lender.event, lender.told_from, lender.told_end, 0.85, shared=True)]
    return []


def _lent(text: str, first: DateMention, second: DateMention, links: Sequence[Link]) -> list[Link]:
    """The newer date of a pair has the step of the older: “완공이 9월에서 연말로”."""
    lender = next((link for link in links if link.date.start == first.start), None)
    if lender is None or any(link.date.start == second.start for link in links):
        return []
    if not _PAIR.fullmatch(text, first.end, second.start):
        return []
    return [Link(second, lender.event, second.end, second.end, 0.85, moved=True)]


def _moved(text: str, mention: DateMention, events: Sequence[Event]) -> list[Link]:
    """“보상이 늦어져 2026년 3월로 늦춰졌다”: the step was said earlier in the sentence."""
    before = [e for e in events if e.end <= mention.start and e.kind is not Kind.OTHER]
    if not before or not _MOVED.match(text, mention.end):
        return []
    return [Link(mention, before[-1], mention.end, mention.end, 0.8, moved=True)]


def _with_superseded(text: str, dates: Sequence[DateMention], links: Sequence[Link]) -> list[Link]:
    """Mark the old one of two dates of which the second replaces the first."""
    old = {
        first.start
        for first, second in pairwise(dates)
        if _PAIR.fullmatch(text, first.end, second.start)
        and (
            re.match(r"\s?(?:으로|로)", text[second.end : second.end + 4])
            or "→" in text[first.end : second.start]
        )
    }
    moved = {(k.event.start, k.date.start) for k in links if k.moved}
    return [
        replace(
            k,
            superseded=k.superseded
            or k.date.start in old
            or any(k.event.start == event and k.date.start < date for event, date in moved),
            moved=k.moved or _MOVED.match(text, k.date.end) is not None,
        )
        for k in links
    ]


_WORDS = (
    r"미정|(?:정해지지|정하지|확정되지|확정하지|결정되지|결정하지|잡히지|잡지|내놓지)\s?(?:않|못)"
    r"|정해진\s(?:바|게|것이)\s?없"
    r"|불투명|안갯속|기약\s?(?:이\s)?없"
    r"|(?:not (?:yet )?(?:been )?(?:set|decided|fixed|announced))|undecided"
)
_ANY = re.compile(_WORDS)
_OPEN_LABEL = r"(?:식|일)?\s?(?:시기|시점|일정|날짜|일자|예정일|예정|목표)?\s?[:(]\s?"
_OPEN_TOPIC = (
    r"(?:식|일)?(?:\s?(?:시기|시점|일정|날짜|일자|예정일|계획|목표|여부))?(?:은|는|이|가|도|을|를)\s"
    r"[^.\d\n]{0,24}?"
)
_ENGLISH = r"(?: date| day)?(?: (?:of|for) [^.,;]{3,60}?)? (?:has|have|is|are|was)(?: still)? "
_SAID = re.compile(rf"(?:{_OPEN_LABEL}|{_OPEN_TOPIC}|{_ENGLISH})({_WORDS})")
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
