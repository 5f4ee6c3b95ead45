"""Names that look alike: the same but for blanks, brackets, particles or one letter.

A name is compared by its jamo, the letters of which Hangul syllables are made, so that 센타 and
센터 are one letter apart. Numbers and Latin letters tell things apart and are never taken for
slips: phase 1 is not phase 2. Pure functions; nothing here reads a store.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

__all__ = ["NameSimilarity", "alike", "jamo", "nearest"]

_BRACKETS = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|〔[^〔〕]*〕|〈[^〈〉]*〉|《[^《》]*》|「[^「」]*」"
)
_PARTICLES = re.compile(r"(?<=[가-힣]{2})(?:의|과|와)(?=\s)|(?<=\s)(?:및|또는)(?=\s)")
_SIGNS = re.compile(r"[\W_]+")
_FIXED = re.compile(r"\d+|[a-z]+")
_LEAST = 5  # jamo from which one may be a slip
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST, _LAST, _PER_INITIAL = ord("가"), ord("힣"), 588


def jamo(text: str) -> str:
    """The letters of a text: 센터 as ᄉ ᅦ ᆫ ᄐ ᅥ."""
    return unicodedata.normalize("NFD", text)


@lru_cache(4096)
def _shape(name: str, *, bare: bool) -> str:
    """A name without blanks, signs and particles between its words, `bare` of brackets too."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    if bare:
        folded = _BRACKETS.sub(" ", folded)
    return _SIGNS.sub("", _PARTICLES.sub("", folded))


def alike(one: str, other: str) -> bool:
    """Whether two names may well be of one thing.

    >>> alike("가나센터", "가나 센타(신축)"), alike("가나센터 1단계", "가나센터 2단계")
    (True, False)
    """
    return any(
        _one_apart(jamo(a), jamo(b))
        for a in _forms(one)
        for b in _forms(other)
        if _FIXED.findall(a) == _FIXED.findall(b)
    ) and not _told_apart(one, other)


def _forms(name: str) -> set[str]:
    """The shapes of a name: with what its brackets hold, and without."""
    return {form for bare in (False, True) if (form := _shape(name, bare=bare))}


def _told_apart(one: str, other: str) -> bool:
    """Whether both have brackets that say different things: 센터(본관), 센터(별관)."""
    held = [
        {_SIGNS.sub("", b).casefold() for b in _BRACKETS.findall(unicodedata.normalize("NFKC", n))}
        for n in (one, other)
    ]
    return bool(held[0] and held[1] and held[0] != held[1])


def _one_apart(a: str, b: str) -> bool:
    """Whether one text becomes the other by at most one letter; short ones must be the same."""
    if a == b:
        return True
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1 or len(a) < _LEAST:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    changed = b[at : at + 1] + (a[at : at + 1] if len(a) == len(b) else "")
    if not all("\u1100" <= c <= "\u11ff" for c in changed):
        return False
    return a[at + (len(a) == len(b)) :] == b[at + 1 :]


class NameSimilarity:
    """Finds, for a few names, those among many that look like one of them.

    What is compared is found by the texts that are left when one letter is taken out, of the
    few names kept and of the many made one after the other: work and memory grow with the
    number of names and not with its square.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Look for names like these."""
        self._by_part: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            for part in _parts(name):
                self._by_part.setdefault(part, []).append(name)

    def like(self, known: str) -> list[str]:
        """Which of the names that are looked for look like this one, but are not the same."""
        found = dict.fromkeys(n for part in _parts(known) for n in self._by_part.get(part, ()))
        return [name for name in found if name != known and alike(name, known)]

    def among(self, known: Iterable[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
        """For each name, the (slug, name) pairs of what is known that look like it."""
        found: dict[str, list[tuple[str, str]]] = {}
        for slug, name in known:
            for like in self.like(name):
                found.setdefault(like, []).append((slug, name))
        return found


def _parts(name: str) -> set[str]:
    """The shapes of a name in jamo, and each of them without one letter."""
    return {part for form in _forms(name) for part in _without_one(jamo(form))}


def _without_one(text: str) -> Iterator[str]:
    yield text
    if len(text) >= _LEAST:
        for place in range(len(text)):
            yield text[:place] + text[place + 1 :]


# -- what may have been meant --------------------------------------------------------------------

_COMPARED = 60  # names that are compared letter by letter


def nearest(text: str, names: Mapping[str, str], most: int = 3) -> list[str]:
    """The keys of the names that come nearest to what was typed, the nearest first.

    A name is near when what was typed is, but for a few jamo, a part of it, when its syllables
    all stand in the name in their order, or when they are its initial consonants.

    Args:
        text: What was typed.
        names: What may have been meant, by what tells it apart; several keys may share a name.
        most: How many to give at most.
    """
    typed = _shape(text, bare=False)
    wanted = jamo(typed)
    if len(wanted) < 3:  # noqa: PLR2004 - a syllable fits everything
        return []
    shapes = {key: _shape(name, bare=False) for key, name in names.items()}
    pairs = {wanted[i : i + 2] for i in range(len(wanted) - 1)}
    letters = {key: jamo(shape) for key, shape in shapes.items()}
    shared = {key: sum(pair in text_ for pair in pairs) for key, text_ in letters.items()}
    ranked = sorted(shared, key=lambda key: (-shared[key], len(letters[key])))[:_COMPARED]
    ranked += [key for key, shape in shapes.items() if _by_initials(typed, shape)]
    found = {
        key: away
        for key in dict.fromkeys(ranked)
        if (away := _away(typed, wanted, shapes[key], letters[key])) is not None
    }
    return sorted(found, key=lambda key: (found[key], len(letters[key]), key))[:most]


def _away(typed: str, wanted: str, shape: str, letters: str) -> float | None:
    """How far a name is from what was typed; None where it is another one."""
    away = _in_part(wanted, letters)
    if away <= max(1, len(wanted) // 4):
        return away
    if _by_initials(typed, shape):
        return 1
    if len(typed) > 2 and _in_order(typed, shape):  # noqa: PLR2004 - two syllables fit too much
        return len(wanted) / 4 + 1
    return None


def _in_part(wanted: str, text: str) -> int:
    """The fewest letters to change so that one text is a part of the other (Sellers, 1980)."""
    before = [0] * (len(text) + 1)
    for count, letter in enumerate(wanted, 1):
        row = [count]
        for place, other in enumerate(text, 1):
            row.append(
                min(before[place - 1] + (letter != other), before[place] + 1, row[place - 1] + 1)
            )
        before = row
    return min(before)


def _in_order(typed: str, shape: str) -> bool:
    rest = iter(shape)
    return all(syllable in rest for syllable in typed)


def _by_initials(typed: str, shape: str) -> bool:
    if any(c not in _INITIALS for c in typed):
        return False
    return typed in "".join(
        _INITIALS[(ord(c) - _FIRST) // _PER_INITIAL] if _FIRST <= ord(c) <= _LAST else c
        for c in shape
    )
