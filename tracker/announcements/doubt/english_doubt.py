"""Whether an English sentence doubts or denies the date of a step: “is unlikely to open in June”.

A doubt counts in the clause that holds the step and its date: before a verb that it
governs, or after a noun whose predicate it is. Another clause counts only where it
speaks of the date again (“…, but that now looks doubtful”).
"""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re

from tracker.announcements.links.linking import Link

__all__ = ["doubt_of", "doubt_of_plan"]

_NOT = r"(?:not|n't|n’t|never|no longer|hardly|scarcely)"
_CANNOT = r"(?:cannot|can't|can’t|won't|won’t|will not|could not|couldn't|isn't|isn’t|is not|wouldn't|would not|may not|might not|does not|doesn't|did not|didn't|are not|aren't|shan't|no longer)"
_DENIABLE = r"likely|certain|expected|feasible|possible|realistic|achievable|confident|convinced|assured|sure|ready|open|meet|make|be|hold|happen|come|finish|complete|hit|reach|materiali[sz]e|going|able|begin|start|launch|go|welcome|see|break"
_CHANCE = r"(?:chance|prospect|hope|likelihood|possibility|odds)"
_WORDS = (
    r"unlikely|improbable|doubtful|doubts?|doubted|dubious|uncertain(?:ty)?|unclear|questionable|in question|question mark"
    r"|at risk|risks? (?:missing|slipping)|in jeopardy|jeopardi[sz](?:e[sd]?|ing)|imperil(?:s|l?ed)?|in peril|in danger|endanger(?:s|ed)?|threat(?:en(?:s|ed|ing)?)?|in limbo|in the balance"
    r"|unrealistic|unachievable|unattainable|unfeasible|infeasible|impossible|implausible|impractical|untenable|out of reach|out of the question|off the table|off the cards|beyond reach|over-?optimistic|too optimistic"
    rf"|(?:slim|remote|slender|little|no|faint|dim|poor) {_CHANCE}s?|hopes?(?: [^,;]{{3,60}}?)? (?:are|is) (?:fading|dwindling|slim|dashed|dim)|sceptical|skeptical|pessimistic"
    r"|(?:will|to|would|could|may|might|likely|set|bound|certain|expected|about|poised) miss|(?:to|will|would|could|may|might) (?:slip|slide|drift|overrun|be (?:delayed|postponed|pushed back|put off|set back|missed|scrapped|shelved|cancell?ed|abandoned))|miss(?:es|ed|ing)?(?= (?:its|the|their|a|that))"
    r"|scrapped|shelved|scuppered|derailed?|scuttled|torpedoed|abandoned|called off|ruled out|rules out|scotched|dashed|collapsed|fallen through|fell through|off track|behind schedule|off course|wishful|hit a snag|running late"
    rf"|{_NOT} (?:\w+ )?(?:{_DENIABLE}|guaranteed|attainable|in sight|on the cards)"
    rf"|{_CANNOT} (?:\w+ ){{0,2}}?(?:{_DENIABLE}|guaranteed?|ruled? out)"
    r"|cannot be (?:guaranteed|met|kept|ruled out)|struggl(?:e|es|ing)|fail(?:s|ed|ing)? to|unable|difficult|hard-pressed|hard to|challenging|an uphill|fears?|question(?:s|ed|ing)? (?:whether|if|over|about)|hard to see|remains? to be seen|a long shot|fad(?:e[sd]?|ing)|dwindl(?:e[sd]?|ing)|dimm(?:ed|ing)|evaporat\w+|far from (?:certain|assured|guaranteed|clear|sure)|anything but certain|slipp(?:ed|ing)|slip past|slip beyond|slip into"
)
_DOUBT = re.compile(rf"(?<![\w-])(?:{_WORDS})(?![\w-])", re.IGNORECASE)
_DENIED = re.compile(  # what stands before a doubt that is none
    r"\b(?:nobody|none|no one|few|no|without|beyond|despite|never in|not in|no longer in|not at|no longer at|any|dispel(?:s|led)?|dismiss(?:es|ed)?|rejects?|rejected|denie[sd]|quash(?:es|ed)?|allay(?:s|ed)?|not|overcom\w+|once|after)\s(?:\w+\s){0,2}?$",
    re.IGNORECASE,
)
_TRULY_NO = re.compile(
    rf"(?:no|little) {_CHANCE}|not |n't|no longer",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:(?:until|till)\s+(?:at least\s+)?(?:the\s+)?|(?:slip|delay|postpon|push|move|set back|put off|drift|slid)\w*\s(?:\S+\s){0,5}?(?:to|into|until)\s(?:the\s)?)$",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r";|,? (?:but|although|though|while|whereas|because|since|even as|as long as|unless|so|yet|despite|if)\b|, (?:and|as|with|after|who|whose|which|where|when|it|he|she|they|the|a)\b|\sand (?=(?:[a-z'-]+ ){1,4}(?:is|are|was|were|will|remains?|has|have|had|may|looks?)\b)| (?:that|which|where|whose) (?=[^.,;]{1,40} (?:is|are|remains?) )",
    re.IGNORECASE,
)
_ASIDE = re.compile(r", (?:which|who|whose|where)", re.IGNORECASE)  # up to the next comma
_BACK = re.compile(
    r"\W*(?:but|although|though|while|and|yet|which|even as)?,?\s*(?:(?:[a-z]+ ){0,6}?(?:say|says|said|warn(?:s|ed)?|admit(?:s|ted)?|concede[sd]?|think|believe)\s)?(?:that\s)?(?:(?:that|this|the|its|such a|even that|a|which|it|meeting|hitting|reaching|making)\s){0,3}(?:new |original |planned |proposed |revised |current |ambitious )?"
    r"(?:date|target|deadline|timeline|timetable|schedule|goal|opening|completion|launch|plan|time ?frame|now|is|looks?|seems?|appears?|remains?|may|might|could|will|would|that|this|it)\b",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"(?:opening|completion|launch|inauguration|groundbreaking|ground-breaking|construction|start|accreditation|designation|operations?|work|works|unveiling)\b",
    re.IGNORECASE,
)
_VERBAL = re.compile(
    r"\b(?:will|to|shall|would|should|be|been|is|are|was|were|has|have|had|may|might|could|can|can't|cannot|won't|not|n't)\s(?:(?!(?:the|a|an|its|their|his|her|planned|full|official)\s)\w+\s){0,2}?$",
    re.IGNORECASE,
)
_NOT_IN = re.compile(r"(?<![\w-])(?:not|never|no longer)\b|n't\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:will|is|are|was|were|be|been|to|has|have|had|would|should|could|may)\b", re.IGNORECASE
)
_NEGATED = re.compile(
    r"(?:\bnot|n't|\bnever|\bno longer|\bcannot)(?: (?:be|be able to|have|get|now|yet|likely to|expected to|fully|officially|going to be|going to|in fact|actually|ready to|in a position to|able to)){0,3}\s$",
    re.IGNORECASE,
)
_GOVERNS = re.compile(  # doubts whose object is a noun
    r"(?:doubts?|questions?|uncertainty|question mark|threat\w*|jeopardi\w+|imperil\w*|endanger\w*|miss\w*|derail\w*|dashed|scrapped|scuppered|scuttled|torpedoed|shelved|abandoned|ruled out|rules out|risk\w*|not|n't|no longer|unlikely|unable|fail\w*|struggl\w*|sceptical|skeptical|pessimistic|hope\w*|chance\w*|prospect\w*|odds|cannot|can't|won't|hard\w*|difficult|fears?|impossible|unrealistic|doubtful|possib\w+|feasible|make|meet)",
    re.IGNORECASE,
)
_HEADED = re.compile(  # “plans to open”, “hopes that … would open”
    r"\b(?:whether|hopes?|plans?|prospects?|chances?|efforts?|attempts?|targets?|goals?|promises?|pledges?|bids?|expectations?|dreams?|ambitions?|deadline|schedule|timetable)\b(?: \w+){0,2}? (?:to|that|of|for)\b|\bwhether\b",
    re.IGNORECASE,
)
_REFUTED = re.compile(
    r"\b(?:den(?:y|ies|ied)|dismiss\w*|reject\w*|rebut\w*|refut\w*|brush\w* (?:off|aside)|play\w* down|scotch\w*|quash\w*|wrong to)\b",
    re.IGNORECASE,
)
_PUT_AT = re.compile(
    r"\b(?:put|puts|putting|leaves?|leaving|left|throws?|threw|thrown|placed?|places|calls?|called|made|makes|making|plunged|plunges)\b",
    re.IGNORECASE,
)


def doubt_of(
    text: str, link: Link, start: int, end: int, *, done: bool = False
) -> tuple[int, int] | None:
    """Where a sentence doubts the date of a step, if it does."""
    if link.date.period.latest is None:  # “will not open before June 2026”
        return None
    if done or link.superseded or _UNTIL.search(text, start, link.date.start):
        return None
    if not _DOUBT.search(text, start, end):
        return None
    first = min(link.event.start, link.date.start)
    last = max(link.event.end, link.date.end)
    if _REFUTED.search(text, start, first):
        return None
    clause = _clause_start(text, start, first), _clause_end(text, last, end)
    noun = _is_noun(text, link, start)
    return (
        _ahead(text, clause[0], first, link.event.end, noun=noun)
        or _between(text, first, last, link)
        or (_first(text, last, clause[1]) if noun or _headed(text, clause[0], first) else None)
        or _again(text, clause[1], end)
    )


def doubt_of_plan(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a sentence without a date doubts the plan of the one before: “That is in doubt”."""
    back = _BACK.match(text, start, end)
    if back is None or text[start : start + 2].lower() == "a ":
        return None
    return _first(text, start, _clause_end(text, start + 1, end))


def _clause_start(text: str, start: int, at: int) -> int:
    breaks = list(_BREAK.finditer(text, start, at))
    if not breaks:
        return start
    end = breaks[-1].end()
    past_aside = text.rfind(", ", end, at) if _ASIDE.match(breaks[-1][0]) else -1
    return past_aside + 1 if past_aside >= 0 else end


def _clause_end(text: str, at: int, end: int) -> int:
    found = _BREAK.search(text, at, end)
    return found.start() if found else end


def _is_noun(text: str, link: Link, start: int) -> bool:
    """Whether the step is named, and not told by a verb."""
    event = link.event
    before = text[max(start, event.start - 24) : event.start]
    named = _NOUN.match(text, event.start) and not _FINITE.search(text, event.start, event.end)
    return bool(named) and _VERBAL.search(before) is None


def _first(text: str, start: int, end: int) -> tuple[int, int] | None:
    for found in _DOUBT.finditer(text, start, end):
        if not _denied(text, start, found):
            return found.span()
    return None


def _denied(text: str, start: int, found: re.Match[str]) -> bool:
    before = text[max(start, found.start() - 30) : found.start()]
    return _DENIED.search(before) is not None and not _TRULY_NO.match(found[0])


def _ahead(text: str, start: int, at: int, last: int, *, noun: bool) -> tuple[int, int] | None:
    """A doubt that governs the step: “is unlikely to open”, “doubts about the opening”."""
    for found in _DOUBT.finditer(text, start, at):
        if _denied(text, start, found):
            continue
        if not noun or _GOVERNS.search(found[0]) or _PUT_AT.search(text, start, found.start()):
            return found.span()
    denied = None if noun else _NEGATED.search(text, start, at)
    if denied is None and not noun:
        denied = _NOT_IN.search(text, at, last)
    return denied.span() if denied else None


def _between(text: str, first: int, last: int, link: Link) -> tuple[int, int] | None:
    """A doubt between the step and its date: “the opening is unlikely in June”."""
    if link.moved:
        return None
    return _first(text, first, last)


def _headed(text: str, start: int, at: int) -> bool:
    """Whether the step only says what a noun is about, which the predicate is said of."""
    return _HEADED.search(text, start, at) is not None


def _again(text: str, at: int, end: int) -> tuple[int, int] | None:
    """A doubt in a clause that speaks of the date again."""
    if at >= end or not _BACK.match(text, at, end):
        return None
    return _first(text, at, end)
