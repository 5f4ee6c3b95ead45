"""Dates in running text: where they stand, and what they mean beside those before them."""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from db.model.period import Period
from tracker.announcements.dates.date_patterns import (
    ENGLISH,
    FROM_HERE,
    KOREAN,
    RANGE,
    REFERS_BACK,
    SAYS_YEAR,
    SECOND,
)
from tracker.announcements.text.sentences import Sentence
from tracker.phrases import UnreadablePhraseError, read

__all__ = ["DateMention", "OpenEnd", "dates_of", "in_year_of", "open_end", "other_year"]

_MOST = 600  # dates of one article; a page of figures has more, and none of them matter
_AIMED = re.compile(
    r"오는|다가오는|지난|이번|다음|내달|지난달|last|next|this|coming", re.IGNORECASE
)
_ONLY_FORWARD = re.compile(r"다음\s?달|내달|새달|오는|next", re.IGNORECASE)
_NAMES_MONTH = re.compile(r"월|달|[A-Z][a-z]{2}|\d\.\s?\d")
_TOLD = re.compile(
    r"\s?(?:\([월화수목금토일]\)\s?)?(?:(?:오전|오후)\s)?"
    r"(?:[가-힣·()A-Za-z0-9]{1,14}\s){0,4}?(?:에\s따르면|(?:[가-힣]{1,12}에)\s(?:따르면|의하면))"
    r"|\s?(?:[가-힣·]{1,12}(?:에서|을 통해|를 통해|과의|와의|에게|에)\s){0,3}"
    r"(?:이같이\s|이렇게\s)?(?:밝혔|밝힌|말했|전했|알렸|설명했|발표했|강조했|공개했|내놨|소개했|덧붙|전망했|내다봤)"
)
_TELLER = re.compile(
    r"^.{0,40}?(?:시|군|구|도|청|부|처|공사|공단|정부|측|관계자|위원회|재단|본부|의회|공단|진흥원|연구원)(?:\([^)]{1,20}\))?(?:은|는|이|가)\s$"
)
_TELLS_LATER = re.compile(
    r"[다라자]고\s(?:[가-힣\d]{1,8}\s){0,3}(?:밝혔|말했|전했|설명했|발표했|알렸|강조했)"
)
_DAY_ALONE = re.compile(r"\d{1,2}\s?일")
_REPORT_DAYS = 10  # a day of speaking lies no further back than this
_COUNTED = re.compile(r"(?:만에|동안|간)\s?$|지\s$")
_AFTER_STEP = re.compile(r"(?:착공|준공|개관|개소|개통)\s$")
"""“착공 3년 뒤” counts from then, not from now."""
_LENGTH = re.compile(r"\d{1,2}\s?(?:년|개월|주|달)|[한두세네석넉]\s")
_OF_THE_YEAR = re.compile(r"(?:연말|연초|하반기|상반기)(?:까지|께|쯤|경)?$")
_FROM_THERE = re.compile(r"[그이]로부터\s$")
_NOT_A_DATE = re.compile(r"\s?(?:동안|간\s|만에|째|이상|넘게|가까이|가량\s(?!뒤))")
_YEAR_ALONE = re.compile(r"[12]\d{3}")
_YEAR_WORDS = re.compile(r"\s?(?:in|of|by|for|,|\.|;|and|to|or|$)|\s", re.IGNORECASE)
_PASSED = re.compile(r"(?:휴|절|설|석|간|한|철|기|마|울|학)[이가]\s지난\s")  # “연휴가 지난 2월 5일”
_THAT = re.compile(r"\bthat (?=spring|summer|autumn|fall|winter)", re.IGNORECASE)
_YEARS = range(1950, 2100)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date where it stands.

    Attributes:
        phrase: The words that say it, folded.
        period: What they mean here.
        told: It only dates the announcement (“…고 18일 밝혔다”).
        since: 부터 follows: something goes on from then.
        bare: It names no year and no direction, so the year was filled in.
        aside: It stands in brackets, so that what follows them does not lean on it.
        leant: The year came from a date before it in the sentence.
    """

    start: int
    end: int
    phrase: str
    period: Period
    told: bool = False
    since: bool = False
    bare: bool = False
    leant: bool = False
    aside: bool = False


def dates_of(
    sentences: Iterable[Sentence], text: str, dated: date, *, english: bool
) -> dict[int, list[DateMention]]:
    """The dates of every sentence, by the offset at which the sentence starts."""
    found: dict[int, list[DateMention]] = {}
    before: DateMention | None = None
    left = _MOST
    for sentence in sentences:
        own: list[DateMention] = []
        for start, end in islice(_places(sentence, text, english=english), left):
            mention = _read(text, (start, end), sentence, dated, own, before)
            if mention is not None:
                own.append(mention)
                before = before if mention.told else mention
        left -= len(own)
        found[sentence.start] = own
        if left <= 0:
            break
    return found


def _places(sentence: Sentence, text: str, *, english: bool) -> Iterator[tuple[int, int]]:
    """Where dates stand in a sentence; two that make a range are one."""
    pattern = ENGLISH if english else KOREAN
    at = sentence.start
    while (match := pattern.search(text, at, sentence.end)) is not None:
        start, end = match.span()
        at = max(end, at + 1)
        if english:
            start += 3 if text[start : start + 3].lower() == "in " else 0
            if not _is_english_date(text, start, end):
                continue
            end = at = _whole_english_range(text, sentence, start, end)
        else:
            end = at = _whole_range(text, end, sentence.end)
        ahead = text[max(0, start - 4) : start]
        counted = _AFTER_STEP.search(ahead) and _LENGTH.match(text, start)
        if not (counted or _NOT_A_DATE.match(text, end) or _COUNTED.search(ahead)):
            yield start, end


def _is_english_date(text: str, start: int, end: int) -> bool:
    """Months have their capital; a bare number is a year that a date would be said with."""
    phrase = text[start:end]
    if _YEAR_ALONE.fullmatch(phrase):
        return int(phrase) in _YEARS and _YEAR_WORDS.match(text, end) is not None
    return not re.search(r"\b(?:may|march|august|mar|dec|sep|second|third)\b\W*$", phrase)


def _whole_english_range(text: str, sentence: Sentence, start: int, end: int) -> int:
    """The end of “Aug. 11 to Aug. 31” after “from”, unless one date replaces the other."""
    if not _FROM.search(text, sentence.start, start) or _CHANGED.search(sentence.text):
        return end
    link = _TO.match(text, end, sentence.end)
    second = ENGLISH.match(text, link.end(), sentence.end) if link else None
    return second.end() if second else end


_FROM, _TO = re.compile(r"\bfrom\s$", re.IGNORECASE), re.compile(r"\s(?:to|through|until|till)\s")
_CHANGED = re.compile(
    r"delay|postpon|push|mov|slip|set back|brought|advanc|resched|revis|chang|defer|put|rose|rise"
    r"|grew|fell|fall(?:en|s)|increas|drop|up\b|down\b",
    re.IGNORECASE,
)


def _whole_range(text: str, end: int, limit: int) -> int:
    """The end of a range that begins with the date that ends here, else that date's end."""
    link = RANGE.match(text, end, limit)
    if link is None:
        return end
    if link[0].strip() == "부터":
        second = SECOND.match(text, link.end(), limit)
    else:
        second = KOREAN.match(text, link.end(), limit)
    return second.end() if second else end


def _read(
    text: str,
    span: tuple[int, int],
    sentence: Sentence,
    dated: date,
    own: list[DateMention],
    before: DateMention | None,
) -> DateMention | None:
    """What the words between two offsets mean, or None where they are no date after all."""
    start, end = span
    if passed := _PASSED.match(text, max(0, start - 3), end):
        start = passed.end()
    phrase = text[start:end].strip()
    told = _told(text, phrase, (start, end), (sentence.start, sentence.end), dated)
    if told is not None:
        return told
    bare = not SAYS_YEAR.search(phrase) and not _AIMED.search(phrase)
    bare = bare or (_OF_THE_YEAR.match(phrase) is not None and _is_ahead(own, dated))
    context = _context(phrase, own, before, dated, bare=bare)
    counted_from = before.period.earliest if before else None
    if counted_from is None or not _FROM_THERE.search(text[max(0, start - 6) : start]):
        counted_from = dated
    period = _period(_THAT.sub("", phrase), counted_from, context)
    if period is None:
        return None
    opened = open_end(text, (start, end), (sentence.start, sentence.end))
    if opened is not None and _is_to_come(period, dated):
        words = _THAT.sub("", opened.phrase)
        later = _period(words, counted_from, context)
        if later is not None and later.latest is None:
            start, end, phrase, period = *opened.span, text[slice(*opened.span)], later
    return DateMention(
        start,
        end,
        phrase,
        period,
        since=FROM_HERE.match(text, end) is not None,
        bare=bare,
        leant=bare and context is not None,
        aside=text.rfind("(", sentence.start, start) > text.rfind(")", sentence.start, start),
    )


def _is_to_come(period: Period, dated: date) -> bool:
    """Whether some of it lies ahead; what went on since a day that is over is no plan."""
    return period.latest is not None and period.latest >= dated


@lru_cache(maxsize=2048)
def _period(phrase: str, dated: date, context: Period | None) -> Period | None:
    try:
        return read(phrase, dated, said_before=context)
    except UnreadablePhraseError:
        return None


def _context(
    phrase: str,
    own: list[DateMention],
    before: DateMention | None,
    dated: date,
    *,
    bare: bool,
) -> Period | None:
    """The date that a phrase leans on.

    이듬해 and 같은 해 lean on whatever was mentioned last; a month without a year on one
    of its own sentence that named its year, or that lies ahead.
    """
    if REFERS_BACK.search(phrase):
        return before.period if before else None
    if not bare:
        return None
    day_alone = not _NAMES_MONTH.search(phrase) and "일" in phrase
    for mention in reversed(own):
        if mention.told or mention.aside:
            continue
        names_month = day_alone and _NAMES_MONTH.search(mention.phrase)
        if names_month or _gives_year(mention, dated):
            return mention.period
        if not mention.bare:
            return None
    return None


def _is_ahead(own: list[DateMention], dated: date) -> bool:
    """Whether the sentence has moved on to a later year (“내년 3월 시작해 연말 마친다”)."""
    last = next((m for m in reversed(own) if not m.told and not m.aside), None)
    return (
        last is not None
        and _gives_year(last, dated)
        and last.period.earliest is not None
        and last.period.earliest.year > dated.year
        and last.period.earliest.year == (last.period.latest or last.period.earliest).year
    )


def _gives_year(mention: DateMention, dated: date) -> bool:
    """Whether a month after this date belongs to the same year."""
    if SAYS_YEAR.search(mention.phrase) or mention.leant:
        return True
    latest = mention.period.latest
    ahead = latest is not None and latest.year > dated.year
    return ahead and _ONLY_FORWARD.search(mention.phrase) is not None


def _is_tellers_day(text: str, phrase: str, start: int, end: int, limits: tuple[int, int]) -> bool:
    """“시는 18일 … 한다고 밝혔다”: the day right after who speaks is that of speaking."""
    return (
        _DAY_ALONE.fullmatch(phrase) is not None
        and _TELLER.match(text[limits[0] : start]) is not None
        and _TELLS_LATER.search(text, end, limits[1]) is not None
    )


def _told(
    text: str, phrase: str, span: tuple[int, int], limits: tuple[int, int], dated: date
) -> DateMention | None:
    """The day on which somebody spoke, if that is all this is."""
    start, end = span
    if not _TOLD.match(text, end) and not _is_tellers_day(text, phrase, start, end, limits):
        return None
    period = _period(phrase, dated, None)
    day = period.earliest if period else None
    if period is None or day is None or day != period.latest:
        return None
    if not 0 <= (dated - day).days <= _REPORT_DAYS:
        return None
    return DateMention(start, end, phrase, period, told=True)


def other_year(mention: DateMention, dated: date, *, ahead: bool) -> DateMention:
    """The same month or day read as the coming or the last one, where no year was said.

    “3월 개관한다” in December is next March; “12월 준공했다” in January was last December.
    """
    english = mention.phrase.isascii()
    word = ("next" if english else "오는") if ahead else ("last" if english else "지난")
    beside = Period.parse(str(dated.year + (1 if ahead else -1)))
    ways = ((mention.phrase, None), (f"{word} {mention.phrase}", None), (mention.phrase, beside))
    for phrase, said in ways:
        period = _period(phrase, dated, said)
        if period is not None and _lies(period, dated, ahead=ahead):
            return replace(mention, period=period, leant=False)
    return mention


def in_year_of(mention: DateMention, period: Period) -> DateMention | None:
    """The same month, half or day in the year of another date, or in the next if it was over."""
    first = period.earliest
    for year in (first.year, first.year + 1) if first else ():
        said = Period.parse(str(year))
        moved = _period(mention.phrase, date(year, 1, 1), said)
        if moved is not None and first and moved.latest and moved.latest >= first:
            return replace(mention, period=moved, leant=True)
    return None


def _lies(period: Period, dated: date, *, ahead: bool) -> bool:
    if ahead:
        return period.latest is not None and period.latest >= dated
    return period.earliest is not None and period.earliest <= dated


_AFTER = re.compile(
    r"\s?(?P<word>이후|(?:이|을|를)?\s(?:지나야|지나서야|지나서|지난\s뒤|지난\s후|넘어서야|넘어서|넘겨)|\s뒤|\s후)(?=[에나야로의는가\s,.)]|$)"
    r"|,?\s(?P<onward>onwards?|or later|and later(?=[.,;])|or thereafter|and onwards?|and beyond|at the (?:very )?earliest|at earliest)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?P<before>no (?:earlier|sooner) than|not (?:earlier|sooner) than|not (?:before|until after)|only after|on or after|after|later than|beyond|past)\s(?:the\s)?$",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(  # “will not open before June 2026”
    r"(?:\bnot|n't|\bnever|\bcannot|\bno longer)(?:\s[\w'-]+){1,7}?\s$", re.IGNORECASE
)
_UNLIKELY = re.compile(r"\blikely\b", re.IGNORECASE)
_BEFORE = re.compile(r"before\s+", re.IGNORECASE)
_LOOK_BACK = 70
_BEYOND = re.compile(r"past|beyond", re.IGNORECASE)
_MAYBE = re.compile(  # “may slip past June 2026” doubts that date and sets no other
    r"\b(?:may|might|could|likely|threat\w*|risk\w*|fear\w*|set to|warn\w*|expected)\b[^.,;]*$",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"^[이을를]\s")


class OpenEnd(NamedTuple):
    """A date with the words that open its end: where they stand, and a phrase that says it."""

    span: tuple[int, int]
    phrase: str


def open_end(text: str, span: tuple[int, int], limits: tuple[int, int]) -> OpenEnd | None:
    """The date with the words around it that leave its end open, if there are any.

    Args:
        text: The folded article.
        span: Where the date stands.
        limits: Where its sentence does.
    """
    start, end = span
    phrase = text[start:end].strip()
    after = _AFTER.match(text, end, limits[1])
    if after is not None:
        word = (after["word"] or after["onward"]).strip()
        return OpenEnd((start, after.end()), f"{phrase} {_PARTICLE.sub('', word)}")
    base = max(limits[0], start - _LOOK_BACK)
    ahead = _AHEAD.search(text, base, start)
    if ahead is not None:
        if _BEYOND.match(ahead[0]) and _MAYBE.search(text, base, ahead.start()):
            return None
        return OpenEnd((ahead.start("before"), end), f"{ahead['before']} {phrase}")
    if (before := _BEFORE.match(phrase)) is not None:
        denied = _NOT_BEFORE.search(text, base, start)
        if denied and not _UNLIKELY.search(denied[0]):
            return OpenEnd(span, f"not before {phrase[before.end() :]}")
    return None
