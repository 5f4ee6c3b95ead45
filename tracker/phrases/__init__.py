"""Reading a date as people write it, in Korean or English.

The phrase is cut into tokens, the abbreviations of tables written out first (`scanner`),
neighbours that belong together are joined (`joining`), one or two dates are told apart
(`ends`), and what was left unsaid is filled in from the day the phrase was written
(`resolving`, `grammar`). Nothing is guessed: what can be read in several ways is refused, with
the word at fault.
"""

from datetime import date

from db.model.errors import BadPeriodError
from db.model.period import Period
from db.model.text import clean, words
from tracker.phrases.ends import ends_of
from tracker.phrases.errors import PhrasePartError, UnreadablePhraseError
from tracker.phrases.grammar import understood
from tracker.phrases.joining import joined
from tracker.phrases.scanner import LONGEST, plain, tokens_of, written_out
from tracker.phrases.units import Reference

__all__ = ["UnreadablePhraseError", "is_undated", "read"]

_UNDATED = frozenset(
    words(
        """
        미정 미확정 미상 일정_미정 시기_미정 날짜_미정 일자_미정 아직_미정 추후 추후_결정 추후_공지
        추후_확정 추후_안내 추후_통보 추후_협의 tbd tba tbc t.b.d undecided unknown undated
        undetermined not_decided not_yet_decided not_known not_set no_date date_unknown
        to_be_decided to_be_determined to_be_announced to_be_confirmed date_tbd
        """
    )
)
_EDTF_SIGNS = frozenset("0123456789-/.[]~?% ")


def read(text: str, dated: date, *, said_before: Period | None = None) -> Period:
    """Return the period that a phrase stands for.

    Args:
        text: A date in Korean, English, digits or EDTF: “내년 상반기”, “by Dec 2027”,
            “2025. 6. 30.”, “2025-40”.
        dated: The day the phrase was written; “next year” and a month without its
            year are counted from it.
        said_before: In running text, the period mentioned just before, which 이듬해,
            같은 달 and a month without its year then refer to.

    Raises:
        UnreadablePhraseError: A word is no part of a date, the day does not exist,
            the window is reversed, or the phrase can be read in several ways.

    >>> read("내년 상반기", date(2025, 8, 18)).edtf
    '2026-40'
    """
    shown = clean(text[: LONGEST + 1])
    try:
        shown = phrase = plain(text)
        return _edtf(phrase) or _said(phrase, _context(dated, said_before))
    except PhrasePartError as stumble:
        raise UnreadablePhraseError(
            shown, stumble.why, word=stumble.word, readings=stumble.readings, code=stumble.code
        ) from None


def is_undated(text: str) -> bool:
    """Whether the words say that there is no date yet: 미정, 추후, TBD, undecided, unknown."""
    try:
        phrase = plain(text).lower()
    except PhrasePartError:
        return False
    return phrase.strip("().,~- ") in _UNDATED


def _context(dated: date, said_before: Period | None) -> Reference:
    """The reference day with what the date before leaves understood."""
    if said_before is None:
        return Reference(dated)
    first, last = said_before.earliest, said_before.latest
    day = last or first
    if day is None:  # pragma: no cover - a period has at least one end
        return Reference(dated)
    one_month = first is not None and (first.year, first.month) == (day.year, day.month)
    return Reference(dated, day.year, day.month if one_month else None)


def _edtf(phrase: str) -> Period | None:
    """The period that the text is already written as, if it is."""
    if not _EDTF_SIGNS.issuperset(phrase):
        return None
    try:
        return Period.parse(phrase)
    except BadPeriodError:
        return None


def _said(phrase: str, before: Reference) -> Period:
    if is_undated(phrase):
        raise PhrasePartError("it says that there is no date", phrase)
    try:
        tokens = joined(tokens_of(written_out(phrase), before.today.year))
        return understood(ends_of(tokens), before)
    except (ValueError, OverflowError) as error:
        if isinstance(error, BadPeriodError):
            raise PhrasePartError(_reason(error), code=error.code) from None
        raise PhrasePartError("it reaches beyond the calendar") from None


def _reason(error: BadPeriodError) -> str:
    return str(error).replace("\n", " ")
