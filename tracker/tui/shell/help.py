"""The keys of a screen and the signs on it, made from its bindings."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from db.model.records import State
from tracker.tui.keys.hangul import key_label
from tracker.tui.keys.key_table import Entry
from tracker.tui.widgets.min_size import TooSmall
from tracker.tui.widgets.tones import TONES
from tracker.words import GLYPHS, Words
from tracker.words.cells import cell_len, fit, wrap

__all__ = ["HelpScreen"]

_WIDTH = 70


class HelpScreen(ModalScreen[None]):
    """What every key does here."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,enter,left,question_mark,f1", "dismiss(None)", "key.leave", id="help.leave"
        ),
        Binding("j,down", "scroll('down')", "key.down", id="help.down", show=False),
        Binding("k,up", "scroll('up')", "key.up", id="help.up", show=False),
        Binding("pagedown,space", "scroll('page_down')", "key.page_down", id="help.page_down"),
        Binding("pageup", "scroll('page_up')", "key.page_up", id="help.page_up"),
        Binding("home", "scroll('home')", "key.first", id="help.first", show=False),
        Binding("end", "scroll('end')", "key.last", id="help.last", show=False),
    ]

    def __init__(self, entries: Iterable[Entry], words: Words) -> None:
        """Explain these bindings."""
        super().__init__()
        self._entries = tuple(entries)
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay out the keys, then the signs."""
        with VerticalScroll(id="help", can_focus=False) as page:
            page.border_title = self._words("ui.help")
            page.border_subtitle = self._words("ui.help_close")
            yield Static(self._keys())
            yield Static(Content(self._words("ui.signs")), classes="help--title")
            yield Static(self._signs())
            yield Static(Content(self._words("ui.help_keys")), id="help-keys")
        yield TooSmall(self._words)

    def on_click(self, event: events.Click) -> None:
        """Close at a click beside the window."""
        if event.widget is self:
            self.dismiss(None)

    def action_scroll(self, how: str) -> None:
        """Move the page."""
        getattr(self.query_one("#help", VerticalScroll), f"scroll_{how}")(animate=False)

    def _keys(self) -> Content:
        labels = [key_label(entry.keys) for entry in self._entries]
        width = max(map(cell_len, labels), default=0)
        lines = []
        for label, entry in zip(labels, self._entries, strict=True):
            first, *rest = wrap(self._meaning(entry), _WIDTH - width - 2)
            lines.append(Content.assemble((fit(label, width), "bold $text-accent"), "  ", first))
            lines += [Content(" " * (width + 2) + more) for more in rest]
        return Content("\n").join(lines)

    def _meaning(self, entry: Entry) -> str:
        """What a key does, at length where the catalogue has it."""
        at_length = f"{entry.label}.help"
        return self._words.lookup(at_length if self._words.has(at_length) else entry.label)

    def _signs(self) -> Content:
        lines = [
            Content.assemble((GLYPHS[state], TONES[state]), f" {self._words.state(state)}")
            for state in State
        ]
        lines += [Content(self._words.of("ui.sign", name)) for name in ("stale", "slip", "date")]
        return Content("\n").join(lines)
