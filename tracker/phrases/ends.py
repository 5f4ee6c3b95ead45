"""Parting a phrase into the date or the two dates it gives, and their modifiers."""

from dataclasses import dataclass, field

from tracker.phrases.errors import PhrasePartError
from tracker.phrases.tokens import DATE_KINDS, Kind, Token

__all__ = ["End", "ends_of"]


@dataclass(slots=True)
class End:
    """One date of a phrase, still as tokens, with what was said about it.

    Attributes:
        units: The tokens that make the date.
        soft: The word around it, 경 or about; None where it is plain.
        until: It closes a window that is open before (까지, by).
        within: So does this one (안에, within), and a bare “the year” is a date then.
        before: The window ends before it begins.
        since: It opens a window that is open after (이후, or later); `n` of it is 1 where the
            date itself is not counted (after).
        between: One of two dates is meant to follow or to have gone before.
        start: It is where something begins (부터, from).
        sign: Of a count: 1 from now on, -1 ago.
        link: The word that ties it to the date before.
    """

    units: list[Token] = field(default_factory=list)
    soft: Token | None = None
    until: Token | None = None
    within: Token | None = None
    before: Token | None = None
    since: Token | None = None
    start: Token | None = None
    between: Token | None = None
    sign: int = 0
    link: Token | None = None

    @property
    def count(self) -> Token | None:
        """The count among the units, if there is one."""
        return next((token for token in self.units if token.kind is Kind.COUNT), None)


_FIELDS = {
    Kind.UNTIL: "until",
    Kind.WITHIN: "within",
    Kind.BEFORE: "before",
    Kind.SINCE: "since",
    Kind.FROM: "start",
    Kind.BETWEEN: "between",
    Kind.SOFT: "soft",
}
_MOST_ENDS = 2


def ends_of(tokens: list[Token]) -> list[End]:
    """Part the tokens into one or two ends.

    Raises:
        PhrasePartError: There is no date, there are more than two, or a word stands
            where it makes no sense.
    """
    ends = [End()]
    event: Token | None = None
    for i, token in enumerate(tokens):
        if token.kind is Kind.EVENT:
            if not ends[-1].units:
                raise PhrasePartError.unknown(token.word)
            event = token
        elif event and token.kind in DATE_KINDS:
            raise PhrasePartError.second(token.word)
        elif _links(token, ends[-1], tokens[i + 1 :]):
            if token.kind is Kind.FROM:
                _modify(ends[-1], token)
            ends.append(End(link=token))
        elif token.kind in DATE_KINDS:
            _add(ends[-1], token)
        else:
            _modify(ends[-1], token)
    return _checked(ends)


def _links(token: Token, end: End, rest: list[Token]) -> bool:
    """Whether this word parts two dates."""
    if not end.units:
        return False
    if token.kind in {Kind.RANGE, Kind.OR}:
        return True
    more = any(later.kind in DATE_KINDS for later in rest)
    if token.kind is Kind.UNTIL:
        return more and token.name == "between"
    return more and token.kind is Kind.FROM and token.name != "before"


def _add(end: End, token: Token) -> None:
    """Put a unit to its date; nothing may follow 까지 or 이후."""
    for closed in (end.until, end.within, end.since, end.before):
        if closed and closed.name == "after":
            raise PhrasePartError.second(token.word)
    end.units.append(token)


def _modify(end: End, token: Token) -> None:
    """Take note of a word that opens, closes or softens the date."""
    kind = token.kind
    if kind is Kind.COMMA:
        return
    if kind is Kind.IN:
        end.sign = end.sign or (0 if end.units else 1)
        return
    if kind is Kind.RANGE and not end.units:
        if end.link is None:
            end.until = token  # “~2027년”, as tables have it
            return
        if end.link.kind is Kind.FROM:
            return  # “3월부터 ~ 5월까지” says it twice
    if kind is Kind.LATER or (kind is Kind.BEFORE and token.name == "after" and end.count):
        _put_off(end, token)
        return
    name = _FIELDS.get(kind)
    if name is None or (token.name in {"after", "moved"} and not _said(end, token)):
        raise PhrasePartError.unknown(token.word)
    if token.name == "before" and end.units:
        raise PhrasePartError.unknown(token.word)
    setattr(end, name, token)


def _put_off(end: End, token: Token) -> None:
    """Take note of 뒤 and ago after a count; after a date, 뒤 leaves the window open."""
    if end.count:
        end.sign = 1 if token.kind is Kind.LATER else -1
    elif end.units and not token.latin:  # “2027년 3월 뒤”
        end.since = token
    else:
        raise PhrasePartError.unknown(token.word)


def _said(end: End, token: Token) -> bool:
    """Whether there is a date for this word to follow; 연내 brings its own."""
    if token.kind is Kind.WITHIN and token.unit:
        end.units.append(Token(Kind.UNIT, name=token.unit, word=token.word))
    return bool(end.units)


def _checked(ends: list[End]) -> list[End]:
    if len(ends) > _MOST_ENDS:
        link = ends[_MOST_ENDS].link
        raise PhrasePartError("it gives more than two dates", link.word if link else None)
    last = ends[-1]
    if not last.units:
        if last.link:
            raise PhrasePartError.unknown(last.link.word)
        raise PhrasePartError("there is no date in it")
    if len(ends) == 1 and last.between:
        raise PhrasePartError.unknown(last.between.word)
    start = ends[0].start
    if start and start.name == "moved" and not (len(ends) > 1 and (last.until or last.between)):
        raise PhrasePartError.unknown(start.word)
    return ends
