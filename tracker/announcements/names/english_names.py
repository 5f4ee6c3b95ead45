"""Facilities named in English: in capitals, or by “the center”, “the project”."""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re
from collections.abc import Iterable

from tracker.announcements.names.candidates import BOTH, FOREIGN, NEXT_NAMED, Name
from tracker.announcements.names.facility_words import ENGLISH_HEADS
from tracker.announcements.text.sentences import Part, Sentence

__all__ = ["english_names"]

_ENGLISH = re.compile(
    rf"(?:[A-Z][\w&'.-]*\s(?:(?:of|for|and|the|&)\s)?){{1,7}}(?:[A-Z][a-z]+-)?(?P<head>{ENGLISH_HEADS})\b(?!\s(?:Province|City|County|Ministry|Festival|Expo|Fair|Forum|Conference|Council|Authority"
    r"|Corporation|Association|Committee|Foundation|Act|Week|Marathon|Award|Prize|Practice|Certification|Accreditation|Standard|Certificate))"
    r"(?:\s(?:for|of)(?:\sthe)?(?:\s(?!January|February|March|April|May|June|July|August"
    r"|September|October|November|December)[A-Z]\w+){1,4})?"
)
_ENGLISH_LEAD = re.compile(
    r"^(?:(?:The|A|An|In|At|On|And|Its|New|By|For|Mayor|City|Ground|Next|Work|Construction|Opening|Phase)\s)+"
)


def english_names(text: str, sentences: Iterable[Sentence]) -> list[Name]:
    """Names in capitals, and “the center”, “the facility”, “it” that stand for one."""
    found: list[Name] = []
    first: Sentence | None = None
    for sentence in sentences:
        first = sentence if first is None and sentence.part is Part.BODY else first
        for match in _ENGLISH.finditer(text, sentence.start, sentence.end):
            lead = _ENGLISH_LEAD.match(match[0])
            start = match.start() + (lead.end() if lead else 0)
            name = text[start : match.end()]
            if " " not in name:
                continue
            found.append(Name(start, match.end(), match.end(), name, "", match["head"].lower()))
        for match in _UNKNOWN_HEAD.finditer(text, sentence.start, sentence.end):
            if all(match.end(1) <= n.start or match.start(1) >= n.end for n in found[-12:]):
                head = match["head"].lower()
                found.append(Name(*match.span(1), match.end(1), match[1], "", head))
        for match in _ENGLISH_GENERIC.finditer(text, sentence.start, sentence.end):
            head = match[1].lower()
            if all(match.end() <= n.start or match.start() >= n.end for n in found[-12:]):
                new = match[0].startswith(("A ", "An ", "Another ")) or _ONE_MORE.match(match[0])
                opening = sentence is first and match[0].lower().startswith(("a ", "an "))
                head = FOREIGN if new and not opening else NEXT_NAMED if opening else head
                found.append(
                    Name(*match.span(1), match.end(1), match[1].lower(), "", head, generic=True)
                )
        found += [
            Name(*match.span(), match.end(), BOTH, "", BOTH, generic=True)
            for match in _BOTH.finditer(text, sentence.start, sentence.end)
        ]
    return sorted(found, key=lambda n: n.start)


_UNKNOWN_HEAD = re.compile(  # “the Uljin Whale Shed will open”: whatever it is, a step is its own
    r"\b[Tt]he\s(?:[\d.,]+-[a-z]+(?:-[a-z]+)?\s)?((?:[A-Z][\w'-]+\s){1,5}(?P<head>[A-Z][\w'-]+))(?!\s[A-Z])"
    r"(?<!Kingdom)(?<!Dynasty)(?<!Empire)(?<!River)(?<!Mountain)(?<!Island)(?<!Sea)(?<!Festival)(?<!Expo)(?<!Fair)(?<!Forum)(?<!Games)(?<!Cup)(?<!City)(?<!Province)(?<!County)"
    r"(?<!Ministry)(?<!Government)(?<!Council)(?<!Committee)(?<!Agency)(?<!Administration)"
    r"(?<!Corporation)(?<!Association)(?<!Foundation)(?<!Commission)(?<!Authority)(?<!Act)"
    r"(?<!Program)(?<!Project)(?<!Plan)(?<!Fund)(?<!Office)(?<!Assembly)(?<!Party)(?<!Peninsula)"
    r"(?=(?:\s(?:across|over|along|near|in|at|on|under|between)\s(?:the\s)?[A-Z]\w+(?:\s[A-Z]\w+)?)?,?\s(?:will|is to|is set|is due|is expected|is scheduled|was completed|was finished|opened"
    r"|opens|was opened|reopen|broke ground|has been completed|should|would)\b)"
)
_ONE_MORE = re.compile(
    r"(?:another|an? (?:second|third|new|separate|similar|further|nearby))\s", re.IGNORECASE
)
_BOTH = re.compile(
    r"\b(?:Both|both|The two)(?=\s(?:were|are|will|have|had|of them|facilities|buildings)\b)"
)

_ENGLISH_GENERIC = re.compile(
    rf"\b(?:the|this|its|a|an|The|This|A|An|Another|Its|that)\s(?:[a-z\d.-]+\s){{0,3}}?({ENGLISH_HEADS.lower()}|building|project|facility|works?)\b"
)
