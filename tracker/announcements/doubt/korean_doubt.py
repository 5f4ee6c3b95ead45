"""Whether a Korean sentence doubts or denies the date of a step: “6월 개관은 어려울 전망이다”.

A doubt counts where it is the predicate of the step or of its plan. What stands between is
read word by word: another noun with its particle takes the doubt for itself (“준공하지만
예산 확보가 불투명하다”), a cause does not (“보상이 늦어져 준공은 어렵다”), and a clause that
ends with a plain statement takes the step with it, unless what follows speaks of the plan
again (“준공할 계획이지만 이마저 불투명하다”) or of nothing else (“준공할 계획이나 불투명하다”).
"""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from db.model.records import Kind
from tracker.announcements.doubt.doubt_words import (
    ANY,
    ASSERTS,
    BEFORE_IT,
    CASE,
    CONTRAST,
    DELAY,
    NOT_DONE,
    NOT_SO,
    PARTICLES,
    PLAN_NOUN,
    PREDICATE,
    STATED,
    STEPS,
    SURPASSED,
    VERBAL_NOUN,
    Word,
    word_class,
)
from tracker.announcements.links.linking import Link

__all__ = ["doubt_of", "doubt_of_plan"]

_SPLIT = re.compile(r"\S+")
_EDGE = "\"'“”‘’()[],.·…!?;:"
_OF_STEP = re.compile(rf"(?:식|일|식의)?{PLAN_NOUN}{{0,2}}(?:{PARTICLES}|과|와)?")
_BEFORE_NOUN = re.compile(r"(?:려던|려는|겠다는|다는|자는|할|될|하는|되는|울|릴|칠|낼|열|뜰)$")
_PLAN_TO = re.compile(rf"(?:{PLAN_NOUN}|수|지|가능성)(?:이란|은|는|이|가|을|를|도|에|의)?")
_STATED_DATE = re.compile(r"(?:이다|이며|이고|으로|로|인|이라|자로|에$|부터|이후)")
_SET_ASIDE = re.compile(r"(?:이지만|이나|인데|지만)")
_REACH = 160


class _State(Enum):
    """Whether what is read next still is said of the step."""

    OPEN = auto()
    CONTRAST = auto()
    CLOSED = auto()


def doubt_of(
    text: str, link: Link, start: int, end: int, *, done: bool = False
) -> tuple[int, int] | None:
    """Where a sentence doubts the date of a step, if it does."""
    if not ANY.search(text, start, end):
        return None
    ahead = BEFORE_IT.search(text, start, link.date.start)
    if ahead and not CASE.search(text[start : ahead.start()].rstrip()):
        return ahead.start(), link.date.start
    late = link.event.start > link.date.start and not link.moved
    at = max(link.event.end, link.date.end)
    if at == link.date.end and (passed := SURPASSED.match(text, at, end)):
        return passed.span()
    state, at = _first_word(text, link, at, end)
    if done and state is not _State.OPEN:
        return None
    return _Words(text, link.event.kind, late=late).read(at, min(end, at + _REACH), state)


def doubt_of_plan(
    text: str, kind: Kind, start: int, end: int, named: Sequence[tuple[int, int]] = ()
) -> tuple[int, int] | None:
    """Where a sentence without a date doubts the plan of the one before: “이마저 불투명하다”.

    `named` are the places in it where the facility itself is named.
    """
    if not ANY.search(text, start, end):
        return None
    words = _Words(text, kind, late=True, named=named)
    return words.read(start, end, _State.CLOSED)


def _first_word(text: str, link: Link, at: int, end: int) -> tuple[_State, int]:
    """What the word with the step or the date leaves open, and where the next one begins."""
    blank = text.find(" ", at, end)
    stop = blank if blank >= 0 else end
    ending = text[at:stop].strip(_EDGE)
    if at == link.date.end and link.date.start > link.event.start:
        return _after_date(ending), stop
    if not ending:
        return _State.OPEN, at if text[at : at + 1] == " " else stop
    if PREDICATE.match(text, at, end) or NOT_DONE.match(text, at, end):
        return _State.OPEN, at
    return _after_step(text, text[link.event.start : stop].strip(_EDGE), ending, (stop, end)), stop


def _after_step(text: str, word: str, ending: str, rest: tuple[int, int]) -> _State:
    """What a word that names or tells a step leaves open, by its ending."""
    last = word.rsplit(" ", 1)[-1]  # 문을 열지는
    forms = ((_OF_STEP, ending), (VERBAL_NOUN, ending), (VERBAL_NOUN, last))
    if any(form.fullmatch(said) for form, said in forms):
        return _State.OPEN
    if _BEFORE_NOUN.search(word):
        return _of_noun(text, *rest)
    return _State.CONTRAST if CONTRAST.search(ending) else _State.CLOSED


def _after_date(ending: str) -> _State:
    if _SET_ASIDE.match(ending):
        return _State.CONTRAST
    return _State.CLOSED if _STATED_DATE.match(ending) else _State.OPEN


def _of_noun(text: str, at: int, end: int) -> _State:
    """What a verb before a noun leaves open: the plan to do it, or another thing."""
    following = text[at : min(end, at + 24)].lstrip()
    word = following.split(" ", 1)[0].strip(_EDGE)
    if ASSERTS.match(word):
        return _State.CONTRAST if CONTRAST.search(word) else _State.CLOSED
    return _State.OPEN if _PLAN_TO.match(word) else _State.CLOSED


class _Place(NamedTuple):
    """Where a reading stands.

    `owner` tells whether the noun that waits for its predicate is that of the plan, None where
    none waits; `bare`, whether a noun without a particle stands right before.
    """

    state: _State
    owner: bool | None = None
    bare: bool = False

    @property
    def is_of_step(self) -> bool:
        """Whether a predicate here is said of the step."""
        unowned = self.owner is None and not self.bare and self.state is not _State.CLOSED
        return self.owner is True or unowned


_TURNS = {
    Word.AIM: _State.CLOSED,
    Word.STATED: _State.CLOSED,
    Word.CONTRAST: _State.CONTRAST,
}


class _Words:
    """The words after a step, one after the other."""

    def __init__(
        self, text: str, kind: Kind, *, late: bool, named: Sequence[tuple[int, int]] = ()
    ) -> None:
        self._named = named
        self._text = text
        self._own = re.compile(rf"(?:{STEPS.get(kind, '준공|개관')})(?:식|일)?")
        self._late = late

    def read(self, at: int, end: int, state: _State) -> tuple[int, int] | None:
        """The first doubt between two offsets that is said of the step."""
        place = _Place(state)
        past = at  # where the last doubt ends
        for word in _SPLIT.finditer(self._text, at, end):
            if word.end() <= past or self._names(word):
                continue
            plain = word[0].strip(_EDGE)
            start = word.start() + (word[0].find(plain) if plain else 0)
            doubt, past = self._doubt(start, end)
            if doubt is not None:
                if place.is_of_step:
                    return doubt
                place = _Place(self._after(plain, place.state))
            elif plain and past <= start:
                place = self._step(plain, place)
        return None

    def _names(self, word: re.Match[str]) -> bool:
        return any(a < word.end() and word.start() < b for a, b in self._named)

    def _doubt(self, start: int, end: int) -> tuple[tuple[int, int] | None, int]:
        """The doubt that a word begins, and where what was looked at ends."""
        found = PREDICATE.match(self._text, start, end)
        if found is None and self._late:
            found = DELAY.match(self._text, start, end)
        if found is None:
            return None, start
        denied = NOT_SO.match(self._text, found.end(), end)
        return (None, denied.end()) if denied else (found.span(), found.end())

    def _after(self, plain: str, state: _State) -> _State:
        if CONTRAST.search(plain):
            return state if state is _State.OPEN else _State.CONTRAST
        return _State.CLOSED if STATED.search(plain) and state is not _State.OPEN else state

    def _step(self, plain: str, before: _Place) -> _Place:
        """Where the reading stands after a word that is no doubt."""
        state, owner, bare = before
        if self._is_own(plain):
            return _Place(state, state is _State.OPEN or not bare)
        kind = word_class(plain)
        if kind in _TURNS:
            return _Place(_TURNS[kind])
        return {
            Word.PRONOUN: _Place(state, owner=True),
            Word.DATE: _Place(state, not bare),  # “공모 일정을” is that of another thing
            Word.PLAN: _Place(state, state is _State.OPEN and owner is not False and not bare),
            Word.NOUN: _Place(state, owner=False),
            Word.ADNOMINAL: _Place(state),
            Word.CAUSE: _Place(state),
            Word.BARE: _Place(state, owner, bare=True),
        }.get(kind, _Place(state, owner))

    def _is_own(self, plain: str) -> bool:
        """Whether a word names the same step."""
        return self._own.match(plain) is not None and (
            CASE.search(plain) is not None
            or self._own.fullmatch(plain) is not None
            or VERBAL_NOUN.search(plain) is not None
        )
