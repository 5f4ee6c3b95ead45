"""How names are found: two-syllable grams, initial consonants, Latin words.

A full-text index splits at blanks, which Korean does not need and people do not
keep ("로봇 리퍼브" is 로봇리퍼브). So each run of Hangul is stored as overlapping
pairs of syllables and its last syllable, once as written and once as the initial
consonants of its syllables, and a query becomes phrases over the same pairs.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

__all__ = ["grams", "match_query", "name_key", "names_of", "searchable"]

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_RUN = r"[가-힣]+|[ㄱ-ㅎ]+|[^\W_가-힣ㄱ-ㅎㅏ-ㅣ]+"
_BETWEEN_HANGUL = r"(?<=[가-힣])[\W_]+(?=[가-힣])"
_UNHEARD = r"[\s·ㆍ・･‧•∙⋅․.,\-‐‑–—_()'\"‘’“”]+"
_JAMO = re.compile("[^㄰-㆏]+")  # all but letters typed alone, which are initials of a name
_FIRST_SYLLABLE, _PER_INITIAL = ord("가"), 588


def name_key(name: str) -> str:
    """The form in which names are compared: without blanks, hyphens, dots and case.

    Signs that are another way to write the same, ㈜ and （주）, Ａ and A, are one.
    """
    if not unicodedata.is_normalized("NFKC", name):
        name = _JAMO.sub(lambda run: unicodedata.normalize("NFKC", run[0]), name)
    folded = unicodedata.normalize("NFC", name).casefold()
    return re.sub(_UNHEARD, "", folded)


def names_of(slug: str, attributes: "Mapping[str, Any]") -> list[str]:
    """Everything that a facility answers to."""
    given = [
        attributes.get("name"),
        attributes.get("name_en"),
        *(attributes.get("aliases") or ()),
    ]
    return [slug, *(name for name in given if name)]


def searchable(slug: str, attributes: "Mapping[str, Any]") -> list[str]:
    """What a search looks through: names, and where the facility belongs."""
    places = (attributes.get(a) or "" for a in ("city", "cluster", "programme", "site"))
    return [*names_of(slug, attributes), *places]


def grams(texts: Iterable[str]) -> str:
    """What is stored in the index for these names, separated by blanks."""
    return " ".join(filter(None, map(_grams, texts)))


@lru_cache(1024)
def _grams(text: str) -> str:
    """Those of one text, made once: many facilities belong to the same places."""
    found: list[str] = []
    joined = re.sub(_BETWEEN_HANGUL, "", unicodedata.normalize("NFC", text).casefold())
    for run in re.findall(_RUN, joined):
        if "가" <= run[0] <= "힣":
            found += _pairs(run)
            found += _pairs("".join(map(_initial, run)))
        else:
            found.append(run)
    return " ".join(found)


def match_query(text: str) -> str | None:
    """The full-text query for what a person typed, or None where nothing can be searched.

    All words must match. Every token is quoted, so that no text is query syntax.
    """
    terms = []
    for run in re.findall(_RUN, unicodedata.normalize("NFC", text).casefold()):
        if len(run) > 1 and (run[0] in _INITIALS or "가" <= run[0] <= "힣"):
            terms.append(f'"{" ".join(_pairs(run)[:-1])}"')
        else:
            terms.append(f'"{run}"*')
    return " ".join(terms) or None


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] + [run[-1]]


@cache
def _initial(syllable: str) -> str:
    return _INITIALS[(ord(syllable) - _FIRST_SYLLABLE) // _PER_INITIAL]
