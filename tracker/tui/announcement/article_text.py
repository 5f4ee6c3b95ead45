"""An article as it is printed, wrapped by cells, with the words that a proposal rests on lit."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from db.model.text import clean
from tracker.announcements import Proposal, Span
from tracker.announcements.text.plain import LONGEST, composed

__all__ = ["ArticleText", "Laid", "lay_out"]

_MARKS_IN_A_ROW = 8
_LEAD = 1  # blank cells at either side

Laid = Sequence[tuple[int, int]]
"""Where each line begins and ends in the text, without the blank or break it ends at."""


def lay_out(shown: Sequence[str], width: int) -> Laid:
    """Lines of at most `width` cells, broken at blanks where there are any.

    >>> lay_out(list("로봇 센터"), 6)
    [(0, 2), (3, 5)]
    """
    lines: list[tuple[int, int]] = []
    start, used, blank = 0, 0, -1
    for at, sign in enumerate(shown):
        if sign == "\n":
            lines.append((start, at))
            start, used, blank = at + 1, 0, -1
            continue
        size = get_character_cell_size(sign) if sign else 0
        if used + size > width and at > start:
            if sign == " ":
                lines.append((start, at))
                start, used, blank = at + 1, 0, -1
                continue
            after = blank + 1 if blank > start else at
            lines.append((start, blank if blank > start else at))
            start, blank = after, -1
            used = sum(get_character_cell_size(s) for s in shown[start:at] if s)
        used += size
        blank = at if sign == " " else blank
    lines.append((start, len(shown)))
    return lines


def _seen(text: str) -> list[str]:
    """What is shown for every character: itself, a blank, a break, or nothing at all."""
    shown: list[str] = []
    marks = 0
    for sign in text:
        if sign in "\n ":
            shown.append(sign)
            marks = 0
            continue
        kept = sign if sign.isascii() and sign.isprintable() else _kept(sign)
        marks = marks + 1 if kept and not get_character_cell_size(kept) else 0
        shown.append(kept if marks <= _MARKS_IN_A_ROW else "")
    return shown


def _kept(sign: str) -> str:
    return " " if sign.isspace() else clean(sign)[:1]


class ArticleText(ScrollView, can_focus=False):
    """The text of an article; nothing in it is markup, and nothing reaches the terminal as such.

    Component classes, for the style sheet: `article--lit` (what the chosen proposal rests on),
    `article--sentence` (the rest of its sentence), `article--other` (other proposals).
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--lit",
        "article--sentence",
        "article--other",
    }

    def __init__(self, text: str, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show `text`, of which as much is shown as is read."""
        super().__init__(id=id)
        self._text, self._places = composed(text[:LONGEST].replace("\r", ""))
        self._shown = _seen(self._text)
        self._lines: Laid = ()
        self._tones: Mapping[int, str] = {}
        self._chosen: Proposal | None = None

    def light(self, chosen: Proposal | None, others: Iterable[Proposal]) -> None:
        """Light what `chosen` rests on, underline what `others` do, and show the first of it."""
        tones: dict[int, str] = {}
        for other in others:
            self._tone(tones, _spans(other), "other")
        if chosen is not None:
            self._tone(tones, [self._sentence(chosen)], "sentence")
            self._tone(tones, _spans(chosen), "lit")
        self._tones, self._chosen = tones, chosen
        self._reveal()
        self.refresh()

    def _tone(self, tones: dict[int, str], spans: Iterable[Span], tone: str) -> None:
        for span in spans:
            for at in range(self._place(span.start), self._place(span.end)):
                if tone != "sentence" or at not in tones:
                    tones[at] = tone

    def _place(self, offset: int) -> int:
        """Where a character of the text as given stands in the text as shown."""
        return offset if self._places is None else bisect_left(self._places, offset)

    def _sentence(self, proposal: Proposal) -> Span:
        """Where the sentence of a proposal stands, as offsets into the text as given."""
        date = proposal.date_span
        at = self._place(date.start)
        start = self._text.find(proposal.sentence, max(0, at - len(proposal.sentence)))
        if start < 0:
            return date
        end = start + len(proposal.sentence)
        if self._places is None:
            return Span(start, end)
        return Span(self._places[start], self._places[end])

    # -- drawing ---------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Wrap again at the new width."""
        width = self.scrollable_content_region.width
        self._lines = lay_out(self._shown, max(2, width - 2 * _LEAD))
        self.virtual_size = Size(width, len(self._lines))
        self._reveal()
        self.refresh()

    def notify_style_update(self) -> None:
        """Redraw in another theme."""
        super().notify_style_update()
        self.refresh()

    def _reveal(self) -> None:
        """Scroll to the sentence of the chosen proposal, its date always in sight."""
        if self._chosen is None or not self._lines:
            return
        first = self._line_of(self._place(self._sentence(self._chosen).start))
        last = self._line_of(self._place(self._chosen.date_span.end - 1))
        for top, height in ((first, last - first + 1), (last, 1)):
            self.scroll_to_region(
                Region(0, top, 1, height), animate=False, force=True, immediate=True
            )

    def _line_of(self, place: int) -> int:
        return max(0, bisect_left(self._lines, (place + 1, 0)) - 1)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width, style = self.size.width, self.rich_style
        line = y + self.scroll_offset.y
        if line >= len(self._lines):
            return Strip.blank(width, style)
        segments = [Segment(" " * _LEAD, style)]
        segments += [
            Segment(text, self.get_component_rich_style(f"article--{tone}") if tone else style)
            for text, tone in self._pieces(*self._lines[line])
        ]
        return Strip(segments).extend_cell_length(width, style).crop(0, width)

    def _pieces(self, start: int, end: int) -> Iterable[tuple[str, str]]:
        """The runs of one line that are drawn alike."""
        run, tone = "", ""
        for at in range(start, end):
            now = self._tones.get(at, "")
            if now != tone and run:
                yield run, tone
                run = ""
            run, tone = run + self._shown[at], now
        if run:
            yield run, tone


def _spans(proposal: Proposal) -> tuple[Span, ...]:
    return (proposal.name_span, proposal.date_span, *proposal.word_spans)
