"""A list to choose from: states, filters, commands, themes."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tracker.tui.forms.field import Line
from tracker.tui.widgets.choice import Choice
from tracker.tui.widgets.min_size import TooSmall
from tracker.words import Words
from tracker.words.cells import cell_len, fit, plain

__all__ = ["ChoiceList", "Chooser"]

_WIDTH = 53  # cells of a line, in the narrowest window there is
_AROUND = 4  # lines of the border, the title and the keys


class ChoiceList(OptionList):
    """The list; `j` and `k` move in it too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "key.down", id="choice.down", show=False),
        Binding("k", "cursor_up", "key.up", id="choice.up", show=False),
    ]

    def on_mount(self) -> None:
        """Put the cursor on the first choice."""
        self.highlighted = 0 if self.option_count else None


class Chooser(ModalScreen[str | None]):
    """A dialog that returns the choice, or None. With `typing`, letters filter the list."""

    CSS_PATH = "chooser.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "key.leave", id="choice.leave"),
        Binding("down", "move(1)", "key.down", id="choice.next", show=False),
        Binding("up", "move(-1)", "key.up", id="choice.previous", show=False),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        words: Words,
        *,
        typing: bool = False,
        find: Callable[[str], Sequence[Choice]] | None = None,
        keep: Callable[[str], Sequence[Choice]] | None = None,
    ) -> None:
        """Offer `choices`.

        Args:
            title: What the choice is about.
            choices: What there is to choose from.
            words: The language.
            typing: Letters narrow the list.
            find: Gives what fits what is typed, instead of looking among `choices`.
            keep: Takes a choice and gives the new choices; the list stays open then.
        """
        super().__init__()
        self._find = find
        self._keep = keep
        self._heading = plain(title)
        self._choices = choices
        self._shown: Sequence[Choice] = choices
        self._words = words
        self._typing = typing
        # Kept, not looked up: a screen that opens while the program ends has no children.
        self._list = ChoiceList(*map(self._option, choices), compact=True, markup=False)
        self._list.can_focus = not typing
        self._line = Line(placeholder=words("ui.type_to_narrow"), compact=True)

    def compose(self) -> ComposeResult:
        """Lay out the title, the line to type in, and the list."""
        with Vertical(id="chooser"):
            yield Static(Content(self._heading), id="chooser-title")
            if self._typing:
                yield self._line
            yield self._list
            yield Static(
                Content(self._words("ui.keep_keys" if self._keep else "ui.chooser_keys")),
                id="chooser-keys",
            )
        yield TooSmall(self._words)

    def on_resize(self) -> None:
        """Make the list as high as it needs to be, as far as there is room."""
        around = _AROUND + self._typing
        room = max(1, self.size.height - around)
        self._list.styles.height = min(len(self._choices), room)

    def _option(self, choice: Choice) -> Option:
        mark = "✓ " if choice.chosen else "  "
        if not choice.chosen and not self._typing:
            mark = f"{self._shown.index(choice) + 1} "
        room = _WIDTH - 2 - cell_len(choice.beside) - 1
        return Option(
            Content.assemble(
                mark, fit(choice.label, room), " ", (plain(choice.beside), "$foreground 60%")
            )
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        event.stop()
        self._show(event.value, 0)

    def _show(self, typed: str, at: int) -> None:
        if self._find is not None:
            self._shown = self._find(typed)
        else:
            self._shown = [c for c in self._choices if c.fits(typed)]
        options = self._list
        options.clear_options()
        options.add_options(map(self._option, self._shown))
        options.highlighted = min(at, len(self._shown) - 1) if self._shown else None

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the marked choice."""
        event.stop()
        self._list.action_select()

    def action_move(self, step: int) -> None:
        """Move in the list while the cursor is in the line."""
        if step > 0:
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer."""
        event.stop()
        self._take(event.option_index)

    def _take(self, place: int) -> None:
        answer = self._shown[place].answer
        if self._keep is None:
            self.dismiss(answer)
            return
        self._choices = self._keep(answer)
        self._show(self._line.value if self._typing else "", place)

    def on_click(self, event: events.Click) -> None:
        """Close at a click beside the window."""
        if event.widget is self:
            self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """A figure takes the choice at that place."""
        if self._typing or event.character is None or not event.character.isdecimal():
            return
        place = int(event.character) - 1
        if 0 <= place < len(self._shown):
            event.stop()
            self._take(place)
