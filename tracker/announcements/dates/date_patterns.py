"""How dates look in running text, Korean and English, as one pattern each.

The pattern only finds where a date stands; what it means is read by
`tracker.phrases`. Every part is bounded, so that a search takes time in
proportion to the text.
"""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re

__all__ = ["ENGLISH", "FROM_HERE", "KOREAN", "RANGE", "REFERS_BACK", "SAYS_YEAR", "SECOND"]

_ENDING = (
    r"(?=(?:에는|에도|에야|에나|에서|에|까지|부터|이면|이후|이전|이|으로|로|을|를|은|는|의|인|과|와|께|쯤|경|도|만|자로|자|\s자로|\s자(?=\s)|가(?=\s(?:될|돼|되|됐))|입니|예요|이에"
    r"|중|안|내|무렵|즈음|전후|초|말|봄|여름|가을|겨울|상반기|하반기|연말|첫|정식|준공|완공|개관|개소|개원|개장|개통|착공)|[^가-힣]|$)"
)
_AIM = r"(?:오는|다가오는|지난|올|대략|약)"
_YEAR = (
    r"(?:[12]\d{3}\s?년도?(?!대)|'\d{2}\s?년도?|'?\d{2}\.(?=\s?(?:상반기|하반기|[1-4](?:/4)?\s?분기|연말|연초|봄|여름|가을|겨울))|\d{2}년(?=\s?(?:\d{1,2}\s?월|상반기|하반기|[1-4]\s?분기|초|말|연말|하순))"
    r"|올해|올(?=\s?(?:상반기|하반기|봄|여름|가을|겨울|연말|연초|[1-4](?:/4)?\s?분기|\d{1,2}\s?월|초|말))|금년도?|내년도?|내후년도?|후년"
    r"|지난해|작년|재작년|지지난해|이듬해|같은\s?해|그\s?해(?=\s?[가-힣\d])|동년|새해|다음\s?해)"
)
_SEASON = r"(?:봄|여름|가을|겨울)(?=[\s,.·까께쯤에중이으을과부]|$)"
_SPAN = rf"(?:상반기|하반기|전반기|후반기|[1-4](?:/4|·4)?\s?분기|{_SEASON})"
_MONTH = r"(?:\d{1,2}\s?월|이달|이번\s달|다음\s?달|내달|새달|지난달|지난\s달|같은\s?달|그달|다다음\s?달|지지난달)"
_DAY = rf"\d{{1,2}}\s?일(?!\s?(?:간|동안|만에|째|치|차|자리|평균)){_ENDING}"
_WEEK = r"(?:이번\s?주|다음\s?주|지난\s?주|내주|금주)(?![가-힣])"
_THIRD = r"(?:초순|상순|중순|하순|중하순|초중순|중반|말일|초|말|연초|연말)"
_PART = rf"{_THIRD}{_ENDING}"
_WHEN = r"(?:연초|연말|연내|년내|월초|월말|연중)"
_WEEKDAY = r"\s?\([월화수목금토일]\)"
_SOFT = r"(?:경|께|쯤|\s?무렵|\s?즈음|\s?전후)?"
_DIGITS = (
    r"(?:[12]\d{3}\s?\.\s?\d{1,2}(?:\s?\.\s?\d{1,2})?(?:\.(?=\s|$|[~\-),(]))?(?!\d|[%㎡㎞배억만조]|\.\d)"
    r"|[12]\d{3}[\-/]\d{1,2}(?:[\-/]\d{1,2})?(?![\d\-])"
    r"|'\d{2}\s?\.\s?\d{1,2}(?:\s?월|\.\s?\d{1,2}\.?(?!\d)|\.(?=\s|$|[~\-),(]))?(?!\d|/\d\s?분기|\s?분기)|\d{2}\.\s?\d{1,2}\s?월"
    r"|(?<![\d.])\d{1,2}\.\s?\d{1,2}\.(?=[\s~()\-,]|$)|(?<![\d.])(?:1[0-2]|[1-9])\.(?:3[01]|[12]\d|[1-9])(?=\([월화수목금토일]\)|까지|부터|\s?~\s?\d|\s(?:착공|준공|완공|개관|개소|개장|개원|개교|개통|지정|고시|기공|임시|정식|시범))(?!\d))"
)
_LATER = r"(?:\d{1,2}\s?(?:년|개월|주)|[한두세네석넉]\s?달|(?:다섯|여섯)\s?달|[한두세네]\s?해)\s?(?:뒤|후)(?=[\s에,인면쯤로엔다]|$)"
_BODY = (
    rf"(?:{_DIGITS}(?:{_WEEKDAY})?"
    rf"|(?:{_AIM}\s)?{_YEAR}(?:\s?(?:{_AIM}\s)?{_SPAN}(?:\s?{_PART})?|(?:\s?(?:{_MONTH}))(?:\s?{_DAY}(?:{_WEEKDAY})?)?(?:\s?{_PART})?"
    rf"|\s?{_PART})?"
    rf"|(?:{_AIM}\s?)?{_SPAN}(?:\s?{_PART})?"
    rf"|(?:{_AIM}\s?)?(?:\d{{1,2}}\s?[~\-·]\s?)?{_MONTH}(?:\s?(?:\d{{1,2}}\s?[~\-]\s?)?{_DAY}(?:{_WEEKDAY})?)?(?:\s?{_PART})?"
    rf"|(?:{_AIM}\s)?(?:\d{{1,2}}\s?[~\-]\s?)?{_DAY}(?:{_WEEKDAY})?"
    rf"|(?:{_AIM}\s?)?{_WHEN}{_ENDING}|{_WEEK}|{_LATER})"
)
_TAIL = rf"(?:{_SOFT}(?:까지|\s안에(?:는)?|\s내에?(?=\s)|\s이내에?|\s이전)?)"

KOREAN = re.compile(rf"(?<![\d가-힣])(?:늦어도\s)?{_BODY}{_TAIL}")
"""One date, with the words that open, close or soften it; without particles."""

SECOND = re.compile(rf"(?:{_BODY}|\d{{1,2}}\s?일)까지")
"""What may follow 부터 or a dash: a date up to which something lasts."""

RANGE = re.compile(r"\s?(?:부터|~|-)\s?")
FROM_HERE = re.compile(r"부터|이후|이래")
REFERS_BACK = re.compile(
    r"이듬해|같은\s?해|그\s?해|동년|다음\s해|같은\s?달|그달|\bthat\s|\bsame\s|\bfollowing\s|\byear after\b",
    re.IGNORECASE,
)
SAYS_YEAR = re.compile(
    r"[12]\d{3}|'\d{2}|\d{2}년|\d{2}\.|올해|올\s|금년|내년|내후년|후년|지난해|작년|재작년|이듬해|같은\s?해|그\s?해|동년|새해"
    r"|연말|연초|연내|다음\s?해|\byear\b|[12]\d{3}"
)
"""Words after which a month without a year belongs to the same year."""

_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_BY = (
    r"(?:by the end of|by|no later than|before the end of|within|around|about|before"
    r"|(?:as early as|sometime in)(?=\s))"
)
_EDGE = r"(?:the\s)?(?:early|mid|late|end|beginning|middle)(?:\s(?:in|of)|-)?"
_OF_YEAR = r"(?:[12]\d{3}|this year|next year|last year|the year|that(?: same)? year|the same year|the following year)"
_PIECE = (
    rf"(?:(?:that|the (?:same|following)) (?:year|month|spring|summer|autumn|fall|winter)|{_MONTHS}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s[12]\d{{3}})?|\d{{1,2}}\s{_MONTHS}(?:\s[12]\d{{3}})?"
    rf"|{_MONTHS}(?:,?\s(?:of\s)?{_OF_YEAR})?"
    rf"|(?:the\s)?(?:first|second|third|fourth|latter)[\s-](?:half|quarter)(?:\sof\s{_OF_YEAR})?"
    rf"|(?:Q[1-4]|H[12])(?:\s(?:of\s)?(?:[12]\d{{3}}))?|[1-4]Q\s?[12]\d{{3}}"
    rf"|(?:next|last|this|coming)\s(?:spring|summer|autumn|fall|winter|month|year|quarter|{_MONTHS})"
    rf"|(?:the\s)?(?:spring|summer|autumn|fall|winter)(?:\sof)?\s{_OF_YEAR}"
    rf"|this year|next year|last year|the year|year-end|the year's end|[12]\d{{3}})"
)

ENGLISH = re.compile(
    rf"(?<![\w.])(?:{_BY}\s)?(?:{_EDGE}\s?)?(?:in\s)?{_PIECE}(?![\w%]|,\d{{3}}|\.\d)",
    re.IGNORECASE,
)
"""One English date; a bare “may” or “march” is told apart by its capital letter."""
