"""From the bytes of a file to the text of an article: plain, HTML or PDF, in any usual encoding."""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import codecs
import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from db.model.text import clean
from tracker.announcements.model.errors import UnreadableArticleError
from tracker.announcements.text.article_lines import article_lines, tells
from tracker.announcements.text.html import looks_like_html, page_of
from tracker.announcements.text.pdf import SECONDS, read_pdf
from tracker.announcements.text.plain import LONGEST, folded
from tracker.announcements.text.wrapped import unwrapped
from tracker.phrases import UnreadablePhraseError, read

__all__ = [
    "LARGEST",
    "Document",
    "Stamp",
    "headline_of",
    "read_document",
    "stamp_of",
    "stamp_of_head",
]

_SHORTEST, _LONGEST_LINE = 8, 160
_LEAST_SHARED = 0.35  # of its pairs of letters must stand in the text below
_CANDIDATES, _BODY = 12, 4000
_LABEL = re.compile(r"^(?:제\s?목|기사\s?제목|title|headline|subject)\s?[:=]\s*", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"다\.\s*$|https?:|@|기자\s*$|기자\s*=|^for immediate release|제\s?\d+\s?호"
    r"|\d{4}[.\-/]\s?\d{1,2}[.\-/]\s?\d{1,2}\.?\s+\d{1,2}:\d{2}"
    r"|(?:입력|수정|송고|승인|등록)\s?[:|]?\s?\d{4}[.\-/]",
    re.IGNORECASE,
)


def headline_of(text: str) -> str | None:
    """The headline as printed, if one stands above the text of an article.

    It is the first line above the running text that shares enough of its letters with
    that; menus, stamps and the name of a column do not. Where nothing is told below, as in
    an outline, it is the first line that could be one.
    """
    printed = text[:LONGEST]
    plain = folded(printed)
    lines = article_lines(plain)
    told = next((at for at, line in enumerate(lines) if tells(plain, line)), None)
    above = [at for at in range(told or len(lines)) if _could_be(plain[slice(*lines[at])])]
    if told == 0 or not above:
        return None
    if told is not None:
        below = _pairs(plain[lines[told][0] :][:_BODY])
        likely = [at for at in above[:_CANDIDATES] if _shared(plain[slice(*lines[at])], below)]
        above = likely or above
    return _LABEL.sub("", printed[slice(*lines[above[0]])].strip())


def _could_be(line: str) -> bool:
    shown = line.strip()
    return _SHORTEST <= len(shown) <= _LONGEST_LINE and not _NO_TITLE.search(shown)


def _shared(line: str, below: set[str]) -> bool:
    own = _pairs(line)
    return bool(own) and len(own & below) >= _LEAST_SHARED * len(own)


def _pairs(text: str) -> set[str]:
    """The pairs of letters that stand side by side."""
    return {a + b for a, b in pairwise(text.casefold()) if a.isalnum() and b.isalnum()}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A printed day, with the words that say it."""

    day: date
    words: str


_DAY = r"([12]\d{3})\s?(?:[.\-/]|년)\s?(\d{1,2})\s?(?:[.\-/]|월)\s?(\d{1,2})(?:일|\.)?(?!\d)"
_NUMERIC = re.compile(_DAY)
_ENGLISH = (
    r"((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2},?\s[12]\d{3}"
    r"|\d{1,2}\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?\s[12]\d{3})"
)
_WAYS: tuple[re.Pattern[str], ...] = (
    re.compile(
        rf"(?:기사\s?입력|최초\s?입력|입력|등록|게재|송고|작성일?|게시일?|배포일?|제공일|발행일?|보도일시|승인)\s?(?:일시|일자|시간|시각)?\s?[:|]?\s?\(?{_DAY}"
    ),
    re.compile(rf"(?:Published|Posted|Released|Date)\s?(?:on)?\s?:?\s?{_ENGLISH}", re.IGNORECASE),
    re.compile(rf"{_DAY}\s+\d{{1,2}}:\d{{2}}"),
    re.compile(rf"(?:수정|최종\s?수정|업데이트)\s?[:|]?\s?{_DAY}"),
    re.compile(rf"(?:Updated|Modified|Last updated)\s?(?:on)?\s?:?\s?{_ENGLISH}", re.IGNORECASE),
    re.compile(
        rf"^[^\S\n]*(?:[가-힣A-Za-z ]{{1,20}}\s)?[\[(<|]?\s?{_DAY}\s?(?:\([월화수목금토일]\))?\s?(?:조회수?\s?:?\s?\d+)?\s?[\])>|]?[^\S\n]*$",
        re.MULTILINE,
    ),
    re.compile(rf"^[A-Z][A-Za-z ,.]{{2,60}},?\s{_ENGLISH}", re.MULTILINE),
    re.compile(rf"^[^\S\n]*{_ENGLISH}[^\S\n]*$", re.MULTILINE),
)
"""The surest first: 입력 before a bare stamp, that before 수정."""

_YEARS = range(1950, 2200)


def stamp_of(text: str) -> Stamp | None:
    """The day printed in the text of an article, if it is printed there as one."""
    plain = folded(text[:LONGEST])
    for way in _WAYS:
        for found in way.finditer(plain):
            day = _day(found)
            if day is not None:
                words = text[found.start() : found.end()]
                return Stamp(day, " ".join(words.split()))
    return None


def stamp_of_head(published: str) -> Stamp | None:
    """The day in the head of a page (`article:published_time`)."""
    found = _NUMERIC.search(published[:60])
    day = _day(found) if found else None
    return Stamp(day, published[:40].strip()) if day else None


def _day(found: re.Match[str]) -> date | None:
    parts = [g for g in found.groups() if g]
    if len(parts) == 1:
        return _english_day(parts[0])
    try:
        day = date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _english_day(words: str) -> date | None:
    try:
        period = read(words, date(2000, 1, 1))
    except UnreadablePhraseError:
        return None
    return period.earliest if period.earliest == period.latest else None


LARGEST = 20_000_000
"""Bytes of a file that are looked at."""

_LIGATURES = str.maketrans(
    dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)
_HEAD_BYTES = 4096
_NO_TEXT = (
    *(b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
    *(b"\x1f\x8b", b"\x7fELF", b"SQLite format 3\0", b"HWP Document File"),
)
_ODD_LEAST, _ODD_SHARE = 4, 0.1  # a text with a few broken signs is still a text
_PUBLISHER = re.compile(
    r"(?:저작권자\s*(?:©|ⓒ|\(c\))?\s*|[ⓒ©]\s*|Copyright\s*(?:©|ⓒ|\(c\))?\s*(?:\d{4}\s*)?)"
    r"(?!무단|저작|All|\d|\.)([가-힣A-Za-z][가-힣A-Za-z0-9 ]{1,20}?)\s?"
    r"(?:[,.\]>|]|무단|All|재판매|-|\n|$)"
)
_TITLE_WIDTH = 120


@dataclass(frozen=True, slots=True)
class Document:
    """An article as a file gives it.

    Attributes:
        text: Its visible text.
        title: Its headline, if one is found.
        publisher: Who printed it, if that is found.
        stamp: The date that is printed on it, with the words that say so.
        whole: Whether all of it is read, rather than as many pages and characters as may be.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    stamp: Stamp | None = None
    whole: bool = True

    @property
    def published(self) -> date | None:
        """The day that is printed on it."""
        return self.stamp.day if self.stamp else None


def read_document(data: bytes, name: str = "-", *, seconds: int = SECONDS) -> Document:
    """Read the bytes of a file.

    Args:
        data: The bytes.
        name: What the file is called in the message of a failure.
        seconds: Processor time that reading a PDF may take.

    Raises:
        UnreadableArticleError: It is too large, holds no text, or is a PDF that cannot
            be read here or not within that time.
    """
    if len(data) > LARGEST:
        raise UnreadableArticleError("article-too-large", name, limit=LARGEST)
    if b"%PDF-" in data[:1024]:
        return _of_pdf(data, name, seconds)
    text = _decoded(data)
    if _is_binary(data, text):
        raise UnreadableArticleError("binary-article", name)
    if not looks_like_html(text):
        return _document(text, name)
    page = page_of(text)
    stamp = stamp_of_head(page.published)
    return _document(page.text, name, page.title, page.publisher, stamp)


def _document(
    text: str,
    name: str,
    title: str = "",
    publisher: str = "",
    stamp: Stamp | None = None,
    *,
    left: bool = False,
) -> Document:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if not clean(text[:LONGEST]):
        raise UnreadableArticleError("no-text", name)
    return Document(
        text,
        _short(title) or _short(headline_of(text) or ""),
        _short(publisher) or _printed_publisher(text),
        stamp or stamp_of(text),
        whole=not left and len(text) <= LONGEST,
    )


def _decoded(data: bytes) -> str:
    """The text of bytes: by their mark, by what they say of themselves, by what fits."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    said = _CHARSET.search(data[:_HEAD_BYTES])
    names = [said[1].decode("ascii").lower()] if said else []
    for encoding in (*names, "utf-8", "cp949"):
        try:
            codec = "cp949" if encoding in {"euc-kr", "ks_c_5601-1987", "euckr"} else encoding
            return data.decode(codec)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return min(
        (data.decode(encoding, errors="replace") for encoding in ("utf-8", "cp949")),
        key=lambda text: text.count("\ufffd"),
    )


def _is_binary(data: bytes, text: str) -> bool:
    """Whether a file is something else than text: a picture, an archive, an office document."""
    if data.startswith(_NO_TEXT):
        return True
    head = text[:_HEAD_BYTES]
    odd = sum(c == "\ufffd" or (c < " " and c not in "\t\n\v\f\r\x1b") for c in head)
    return odd > max(_ODD_LEAST, _ODD_SHARE * len(head))


def _of_pdf(data: bytes, name: str, seconds: int) -> Document:
    """The text of a PDF's first pages.

    Raises:
        UnreadableArticleError: As `tracker.announcements.text.pdf` says, or there is no text in it.
    """
    read = read_pdf(data, name, seconds=seconds)
    text = "\n\n".join(map(unwrapped, read.pages)).translate(_LIGATURES)
    if not clean(text):
        raise UnreadableArticleError("bad-pdf", name)
    return _document(text, name, left=len(read.pages) < read.total)


def _printed_publisher(text: str) -> str | None:
    found = _PUBLISHER.search(text[:LONGEST])
    return _short(found[1]) if found else None


def _short(text: str) -> str | None:
    return clean(text)[:_TITLE_WIDTH] or None
