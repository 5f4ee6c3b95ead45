"""HTML as a reader sees it: visible text, one line for each block, and what the head says.

Tags are found by one pattern whose parts are bounded, not by `html.parser`, which
takes time in the square of a page of unclosed tags.
"""

import re
from dataclasses import dataclass
from html import unescape

from db.model.text import words

__all__ = ["LONGEST_PAGE", "Page", "looks_like_html", "page_of"]

LONGEST_PAGE = 600_000
"""Characters of markup that are read, after scripts and styles have been cut out."""

_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|div|article|p|table|span)\b", re.IGNORECASE
)
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button"}
)
_ASIDE = frozenset({"nav", "footer", "aside", "form"})
_BLOCK = frozenset(
    words(
        """
        p div br li ul ol table section article header footer nav aside h1 h2 h3 h4 h5 h6 hr
        blockquote figure figcaption dl dt dd pre form main
        """
    )
)
_LOOKED_AT = 3000
_ENOUGH = 0.4  # of the whole text must be left, or menus were not marked as such


@dataclass(frozen=True, slots=True)
class Page:
    """What one page says.

    Attributes:
        text: Its visible text.
        title: Of the article, as the head gives it.
        publisher: The site's name.
        published: The time of publication, as printed in the head.
    """

    text: str
    title: str
    publisher: str
    published: str


def looks_like_html(text: str) -> bool:
    """Whether a text is markup."""
    return _HTML.search(text[:_LOOKED_AT]) is not None


def page_of(markup: str) -> Page:
    """Read a page; broken markup gives what can be read of it."""
    bare = _without_scripts(markup)[:LONGEST_PAGE]
    visible = _Visible()
    visible.read(bare)
    inner, whole = _lines(visible.inner), _lines(visible.whole)
    text = inner if len(inner) >= _ENOUGH * len(whole) else whole
    head = visible.head
    return Page(
        text,
        _title(visible),
        head.get("og:site_name", ""),
        head.get("article:published_time")
        or head.get("og:regdate")
        or head.get("dc.date.issued")
        or head.get("date")
        or visible.time,
    )


def _title(visible: "_Visible") -> str:
    """The headline, as the head gives it or as it stands on the page, without the site's name."""
    site = " ".join(visible.head.get("og:site_name", "").split())
    given = (visible.head.get(name, "") for name in ("og:title", "twitter:title"))
    named = [" ".join(t.split()) for t in (*given, *visible.headings)]
    best = next((t for t in named if t and t != site), "")
    whole = " ".join(visible.title.split())
    pieces = [p.strip() for p in _BESIDE_TITLE.split(best or whole)]
    told = [p for p in pieces if p and p != site]
    if best and len(told) == len(pieces):
        return best
    return max(told, key=len, default="")


_BESIDE_TITLE = re.compile(r"\s(?:[|:>»<-]|::|[–—])\s")


def _without_scripts(markup: str) -> str:
    """Cut scripts, styles and comments out, in one pass over the text."""
    low = markup.lower() if markup.isascii() else markup.translate(_LOWER)
    kept: list[str] = []
    at = 0
    while True:
        start, close = _next_cut(low, at)
        if start < 0:
            kept.append(markup[at:])
            return "".join(kept)
        kept.append(markup[at:start])
        end = low.find(close, start)
        if end < 0:
            return "".join(kept)
        at = end + len(close)


_LOWER = {i: i + 32 for i in range(ord("A"), ord("Z") + 1)}
_CUT = re.compile(r"<(script|style|!--)")


def _next_cut(low: str, at: int) -> tuple[int, str]:
    found = _CUT.search(low, at)
    if found is None:
        return -1, ""
    return found.start(), "-->" if found[1] == "!--" else f"</{found[1]}>"


def _lines(pieces: list[str]) -> str:
    lines = _with_rows("".join(pieces)).split("\n")
    kept = [" ".join(line.split()) for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


_CELL, _LEFT, _ROW = "\x01", "\x02", "\x03"
_MARKS = re.compile("([\x01-\x03])")
_LONGEST_CELL = 80


def _with_rows(text: str) -> str:
    """The text with the cells of a table's row on one line; a cell that holds a text is a block."""
    told: list[str] = []
    mark, row = "", False
    for piece in _MARKS.split(text):
        if _MARKS.fullmatch(piece):
            mark, row = piece, row and piece != _ROW
            continue
        bare = piece.strip()
        if mark == _CELL and len(bare) <= _LONGEST_CELL and "\n" not in bare:
            told.append(f" | {bare}" if row else f"\n{bare}")
            row = True
        elif bare or not mark:
            told.append(f"\n{piece}")
            row = False
    return "".join(told)


_PIECE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]{0,4000})>|<[!?][^<>]{0,4000}>|[^<]+|<")
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w:.\-]{0,40})\s{0,9}=\s{0,9}(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")


class _Visible:
    """Gathers text outside what is never shown; menus and footers apart."""

    def __init__(self) -> None:
        self.inner: list[str] = []
        self.whole: list[str] = []
        self.head: dict[str, str] = {}
        self.title = ""
        self.time = ""
        self.headings: list[str] = []
        self._in_heading = False
        self._silent = 0
        self._aside = 0
        self._in_title = False

    def read(self, markup: str) -> None:
        """Take in a page."""
        for piece in _PIECE.finditer(markup):
            if piece[2]:
                self._tag(piece[2].lower(), piece[3], closes=bool(piece[1]))
            elif not piece[0].startswith(("<!", "<?")):
                self._text(unescape(piece[0]) if "&" in piece[0] else piece[0])

    def _tag(self, tag: str, rest: str, *, closes: bool) -> None:
        if tag in {"meta", "time"}:
            self._note(tag, rest)
        elif tag == "title":
            self._in_title = not closes and not self.title
        if tag == "h1":
            self._in_heading = not closes and not self._silent and not self._aside
            self.headings += [""] if self._in_heading else []
        lone = rest.endswith("/")
        step = -1 if closes else int(not lone)
        if tag in _SILENT:
            self._silent = max(0, self._silent + step)
        if tag in _ASIDE:
            self._aside = max(0, self._aside + step)
        if tag in _BLOCK:
            self._say("\n")
        elif tag == "tr":
            self._say(_ROW)
        elif tag in {"td", "th"}:
            self._say(_LEFT if closes else _CELL)

    def _note(self, tag: str, rest: str) -> None:
        """What the head says of the article."""
        given = {a[1].lower(): unescape(a[2].strip("\"'")) for a in _ATTRIBUTE.finditer(rest)}
        if tag == "time":
            self.time = self.time or given.get("datetime", "")
            return
        name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
        if name:
            self.head.setdefault(name, given.get("content", ""))

    def _text(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._silent:
            if self._in_heading:
                self.headings[-1] += data
            self._say(data)

    def _say(self, text: str) -> None:
        self.whole.append(text)
        if not self._aside:
            self.inner.append(text)
