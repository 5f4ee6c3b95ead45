"""Planned, done, or an old plan: from the verb, the words around it and the day of the article."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from db.model.period import Period
from db.model.records import Kind
from tracker.announcements.dates.dates import DateMention, in_year_of, other_year
from tracker.announcements.model.proposals import Status

__all__ = ["DateStatus", "date_status", "in_order"]

_CLAUSE = 140
_CUE_BEFORE = 60
_TELLER = 8
_CLAUSE_END = re.compile(
    r"(?:다고|다며|다는|으나|지만|는데|으며|했고|됐고|이며)(?=[\s,])|며(?=,\s)|[라자][\"']?고\s|\"|(?<=[해고며돼])(?=\s(?:당초|애초|본래|원래)\s)|다[.\"'\s]|다$|[.\n]"
)
_MISSED = re.compile(
    r"(?:예정|계획|목표|방침|전망|일정)(?:이었|이던|였|으로 (?:했|잡았|세웠|알려졌)|을 세웠)"
    r"(?:으나|지만|던|는데|다가|었|으며|고|다[.\s])?"
    r"|기로\s한\s(?:약속|계획|일정)(?:이|을|은)\s(?:지켜지지|지키지|어겼|깨)"
    r"|[다라]고\s(?:말씀드렸|말했|밝혔|알렸|안내했|발표했|보고했|약속드렸|약속했)던"
    r"|(?:예정|목표|계획)(?:였|이었|이던)"
    r"|는\s(?:것이었|게\s(?:목표|계획)였)|(?:을|를)\s(?:약속|공언|장담|예고|자신)했(?:으나|지만|는데|었|던)|하려(?:고)?\s?(?:했|던)|려던|려\s?했|기로\s?했(?:으나|지만|었|던|다가)"
    r"|(?:예정됐|계획했|계획됐|잡혔|약속했|공언했|내다봤|예상됐|기대됐|목표했)던|하겠다던"
    r"|목표로\s(?:했|추진했|잡았)(?:으나|지만|는데|다가|었|던)"
    r"|(?:(?<![었았였했됐렸])다고|라고|이라)\s?(?:했|하더니|장담했|공언했|약속했|큰소리)|(?:다|라|이라)던(?=\s)|(?:[다라])더니"
    r"|겠다고\s(?:하지|했)|전망됐(?:으나|지만)"
)
_OLD = re.compile(
    r"당초|애초|원래|본래|당시\s?(?:계획|목표|일정|구상)|처음(?:에는)?\s|최초\s(?:계획|목표)|기존\s(?:계획|목표|일정)"
)
_NO_LONGER_OLD = re.compile(
    r"에서\s|(?:으나|지만|는데|던\s\S+[은는이가])[\s,]|하지만|그러나|보다\s|대로\s|에\s비해|했다[.\s]|[.]\s|못하고|겹쳐|아\s"
)
_DONE = re.compile(
    r"(?:식)?(?:을|를|이|가|도|에|까지)?\s?(?:모두\s|이미\s|최종\s|성공적으로\s|정식으로\s|활짝\s)?"
    r"(?:했|됐|되었|하였|마쳤|끝냈|끝났|열었|열렸|떴|들어갔|들어섰|뽑혔|받았|이뤄졌|통과했|통과하|치렀|가졌|맞았|따냈|얻었"
    r"|의결|(?:[한된](?=\s)|친\s|낸\s|뜬\s|연\s)(?!\s?(?:뒤|다음|후|이후)(?:[\s,]|에))|뽑힌|받은|들어간|확정|완료(?!할|될|한다|된다|\s예정|\s목표)|았|었|였)"
)
_AHEAD = re.compile(
    r"(?:식)?(?:을|를)\s(?:약속|공언|다짐|장담|제시|예고)|(?:식)?(?:을|를|이|가|도|에|까지)?\s?(?:[가-힣]{1,5}\s)?"
    r"(?:한다|된다|할|될|연다|열\s|뜬다|뜰|맞는다|들어간다|들어갈|들어선다|선다|설\s|끝낸다|끝난다|마친다|받는다|간다|갈\s|질\s|진다|보인다|보일"
    r"|예정|계획|목표|방침|전망|앞두|앞둔|앞뒀|남겨|남았|기로|겠|려고|하겠|되겠|합니다|됩니다|습니다|니다|을\s(?:예정|계획|방침))"
)
_PLAIN_AHEAD = re.compile(
    r"예정|계획이다|계획을|일정|목표|방침|전망|하기로|할\s|될\s|열\s|한다|된다|연다|간다|끝낸다|마친다|받는다|끝난다|하겠|내다"
)


_FINALS, _DOUBLE_S = 28, 20  # closing consonants of a syllable, and which of them is ㅆ
_PAST = frozenset(
    chr(c) for c in range(ord("가"), ord("힣") + 1) if (c - ord("가")) % _FINALS == _DOUBLE_S
) - set("있겠")
"""Syllables that close with ㅆ: the past tense, but for 있다 and 하겠다."""

_PLAIN_DONE = re.compile(rf"[{''.join(sorted(_PAST - {'췄'}))}](?:다|습니다)")


@dataclass(frozen=True, slots=True)
class DateStatus:
    """What the words say of a date.

    Attributes:
        status: Planned, actual, or an old plan.
        date: The date, in another year where no year was said and the verb asks for it.
        cue: The word that decided: the verb's ending, or 당초.
        clear: The verb and the calendar agree.
        said: There was such a verb at all.
    """

    status: Status
    date: DateMention
    cue: tuple[int, int] | None = None
    clear: bool = True
    said: bool = True


def date_status(
    text: str,
    mention: DateMention,
    verb_at: tuple[int, int],
    limits: tuple[int, int],
    dated: date,
    *,
    superseded: bool,
    moved: bool,
    done_said: bool | None = None,
) -> DateStatus:
    """What is said of a date.

    Args:
        text: The folded article.
        mention: The date.
        verb_at: Where the words that tell it begin, and where the event's own words end.
        limits: Where the sentence begins and ends.
        dated: The day of the article.
        superseded: A newer date stands beside it (“A에서 B로”).
        moved: It is that newer date.
        done_said: What the verb says, where that is known by now.
    """
    clause = _clause(text, verb_at[0], limits[1])
    missed = _MISSED.search(_with_teller(text, verb_at[0], clause))
    if missed and _UNDONE.search(missed[0]) and _HAD_BEEN.match(text, verb_at[1]):
        missed = None  # “선정됐다가 백지화됐다”
    said = missed is not None and re.search(r"[다라]고|당시", missed[0]) is not None
    if missed and not said and _of_another_date(text, verb_at, missed.start(), mention, dated):
        missed = None
    old = _old_cue(text, mention.start, limits[0])
    if superseded or (old and not moved) or (missed and _may_be_missed(mention, dated, missed[0])):
        cue = old or ((verb_at[0] + missed.start(), verb_at[0] + missed.end()) if missed else None)
        return DateStatus(Status.BASELINE, mention, cue)
    if moved:
        return _by_calendar(mention, dated, done=False, ahead=True)
    if done_said is not None:
        return _by_calendar(mention, dated, done=done_said, ahead=not done_said)
    start, tail = verb_at[1], text[verb_at[1] : min(limits[1], verb_at[1] + 24)]
    done, ahead = _DONE.match(tail), _AHEAD.match(tail)
    if text[start - 1] in _PAST:
        return _by_calendar(mention, dated, done=True, ahead=False)
    if ahead is None and done is None:
        start = verb_at[0]
        ahead = _PLAIN_AHEAD.search(clause)
        done = None if ahead else _PLAIN_DONE.search(clause)
    told = _by_calendar(
        mention, dated, done=bool(done) and not _still_ahead(tail), ahead=bool(ahead)
    )
    verb = ahead or done
    return (
        replace(told, cue=_words(text, start + verb.start(), start + verb.end()))
        if verb
        else replace(told, said=False)
    )


def _words(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The same stretch without blanks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


def _still_ahead(tail: str) -> bool:
    return re.match(r"\S{0,6}\s?(?:하기로|한다는|할|될)\s?", tail) is not None


def _by_calendar(mention: DateMention, dated: date, *, done: bool, ahead: bool) -> DateStatus:
    """A date that is over has come true, one ahead is planned; around today the verb decides."""
    first, last = mention.period.earliest, mention.period.latest
    if last is not None and last < dated:
        if ahead and not done and mention.bare:
            moved = other_year(mention, dated, ahead=True)
            if moved is not mention:
                return DateStatus(Status.PLANNED, moved)
        return DateStatus(Status.ACTUAL, mention, clear=done or not ahead)
    if first is not None and first > dated:
        if done and not ahead and mention.bare:
            moved = other_year(mention, dated, ahead=False)
            return DateStatus(Status.ACTUAL, moved)
        return DateStatus(Status.PLANNED, mention, clear=ahead or not done)
    up_to = first is None and last is not None and last > dated
    happened = done and not ahead and not up_to
    return DateStatus(
        Status.ACTUAL if happened else Status.PLANNED, mention, clear=done != ahead and not up_to
    )


def _clause(text: str, start: int, limit: int) -> str:
    rest = text[start : min(limit, start + _CLAUSE)]
    end = _CLAUSE_END.search(rest)
    return rest[: end.end()] if end else rest


def _with_teller(text: str, start: int, clause: str) -> str:
    """The clause with the verb that reports it (“문을 연다고 했지요”)."""
    end = start + len(clause)
    return clause + text[end : end + _TELLER] if clause.endswith("고") else clause


def _of_another_date(
    text: str, verb_at: tuple[int, int], missed: int, mention: DateMention, dated: date
) -> bool:
    """Whether only a later date was missed: “2022년 11월 착공해 올 8월 준공할 예정이었다”."""
    last = mention.period.latest
    return (
        last is not None
        and last < dated
        and _NEXT_DATE.match(text, verb_at[1], verb_at[0] + missed) is not None
    )


_UNDONE, _HAD_BEEN = re.compile(r"무산|백지화|철회"), re.compile(r"(?:했|됐|되었|하였)")
_NEXT_DATE = re.compile(
    r"(?:해|하여|에\s들어가)\s[^.]{0,12}?(?:\d{1,4}[년월]|올|내년|올해|금년|지난|하반기|상반기)"
)


def _old_cue(text: str, at: int, start: int) -> tuple[int, int] | None:
    """The word before a date that makes it the date that once was."""
    base = max(start, at - _CUE_BEFORE)
    cues = list(_OLD.finditer(text, base, at))
    if not cues or _NO_LONGER_OLD.search(text, cues[-1].end(), at):
        return None
    return cues[-1].span()


def _may_be_missed(mention: DateMention, dated: date, cue: str) -> bool:
    """A plan told in the past tense is an old one, unless the sentence is about a plan made."""
    made = re.search(r"방침|계획을|일정을|내다봤|다고|라고|약속|더니", cue) is not None
    last = mention.period.latest
    broken = cue.endswith("던") or re.search(r"지[켜키]|어겼|깨", cue) is not None
    return not made or broken or (last is not None and last < dated)


_STAGES = {
    Kind.SELECTION: 1,
    Kind.DESIGN: 2,
    Kind.GROUNDBREAKING: 3,
    Kind.COMPLETION: 4,
    Kind.OPENING: 5,
    Kind.OPERATION: 5,
}
_LATE_IN_YEAR = 11
_OF_A_YEAR = re.compile(
    r"\d\s?월|반기|분기|[봄가을겨름]|[A-Z][a-z]{2}|half|quarter|spring|summer|fall|autumn"
)


def in_order(
    told: DateStatus, kind: Kind, before: Iterable[tuple[Kind, Period]], dated: date
) -> DateStatus:
    """The same, in a later year where no year was said and an earlier step asks for it.

    Args:
        told: What was read of the date by itself.
        kind: The step that it dates.
        before: The steps of the same facility told so far, with their dates.
        dated: The day of the article.
    """
    mention = told.date
    unsaid = told.status is Status.ACTUAL and not told.said  # “개관은 6월 19일이다”
    if not (told.status is Status.PLANNED or unsaid) or not mention.bare or mention.leant:
        return told
    if not _OF_A_YEAR.search(mention.phrase):
        return told
    for earlier, period in before:
        if _must_follow(mention, kind, earlier, period):
            moved = in_year_of(mention, period)
            if moved is not None:
                return replace(told, date=moved, status=Status.PLANNED)
    if unsaid:
        return told
    if dated.month >= _LATE_IN_YEAR and mention.phrase.startswith("하반기"):
        moved = in_year_of(mention, Period.parse(str(dated.year + 1)))
        return replace(told, date=moved) if moved else told
    return told


def _must_follow(mention: DateMention, kind: Kind, earlier: Kind, period: Period) -> bool:
    """Whether a step would lie before one that must come first."""
    stage, first = _STAGES.get(kind, 0), _STAGES.get(earlier, 9)
    last = mention.period.latest
    return (
        first < stage
        and last is not None
        and period.earliest is not None
        and last < period.earliest
    )
