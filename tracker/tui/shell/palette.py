"""What the app offers over any screen: every command by name, the themes, the help."""

from collections.abc import Iterator

from db.model.errors import TrackerError
from tracker.app.paths import state_file
from tracker.tui.base.base_screen import BaseScreen
from tracker.tui.keys.hangul import key_label
from tracker.tui.keys.key_queue import KeyQueue
from tracker.tui.lists.milestone_screen import STATE_ACTIONS, MilestoneScreen
from tracker.tui.session.undo_offer import UndoOffer
from tracker.tui.shell.themes import CONTRAST
from tracker.tui.widgets.banner import StatusMessage
from tracker.tui.widgets.choice import Choice
from tracker.words import LANGUAGES, Words

__all__ = ["PaletteCommands"]

_KEYLESS = (("read_article", "key.read_article"), ("app.import_file", "key.import_file"))
_NOT_OFFERED = {"sheet.palette", "app.how_to_quit"}


class PaletteCommands(KeyQueue, inherit_bindings=False):
    """An app whose screens are frames; it speaks `words`."""

    words: Words

    def _base_screens(self) -> Iterator[BaseScreen]:
        """The view that is shown and the pages over it, the topmost first."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, BaseScreen):
                yield screen
                if screen.view:
                    return

    def _tell(
        self, text: str, *, hint: str = "", wrong: bool = False, offer: UndoOffer | None = None
    ) -> None:
        for screen in reversed(self.screen_stack):
            if isinstance(screen, StatusMessage):
                screen.tell(text, hint=hint, wrong=wrong, offer=offer)
                return

    def on_base_screen_help(self) -> None:
        """Explain the keys of the screen."""
        from tracker.tui.shell.help import HelpScreen

        sheet = next(self._base_screens())
        self.push_screen(HelpScreen(sheet.entries(), self.words))

    def on_base_screen_palette(self) -> None:
        """Offer every act that works now, found by its name in either language."""
        from tracker.tui.forms.chooser import Chooser

        sheet = next(self._base_screens())
        chooser = Chooser(
            self.words("key.palette"), list(self._commands(sheet)), self.words, typing=True
        )

        def run(action: str | None) -> None:
            if action is not None:
                sheet.run(action)

        self.push_screen(chooser, run)

    def _commands(self, sheet: BaseScreen) -> Iterator[Choice]:
        catalogues = [Words(lang) for lang in LANGUAGES]
        acts = [
            (entry.action, entry.label, key_label(entry.keys))
            for entry in sheet.entries()
            if entry.id not in _NOT_OFFERED and not entry.is_move
        ]
        keyless = (*(STATE_ACTIONS if isinstance(sheet, MilestoneScreen) else ()), *_KEYLESS)
        for action, label, keys in [*acts, *((a, label, "") for a, label in keyless)]:
            if sheet.refusal(action) is None:
                also = " ".join(words.lookup(label) for words in catalogues)
                yield Choice(action, self.words.lookup(label), keys, also)

    def on_base_screen_themes(self) -> None:
        """Offer the themes; each shows at once and is remembered."""
        from tracker.tui.forms.chooser import Chooser
        from tracker.tui.session.toml_file import write_state

        def choices() -> list[Choice]:
            names = [CONTRAST.name, *sorted(self.available_themes.keys() - {CONTRAST.name})]
            return [Choice(name, name, chosen=name == self.theme) for name in names]

        def take(name: str) -> list[Choice]:
            self.theme = name
            try:
                write_state(state_file(), theme=name)
            except TrackerError as error:
                self._tell(self.words.error(error), wrong=True)
            return choices()

        self.push_screen(
            Chooser(self.words("key.theme"), choices(), self.words, typing=True, keep=take)
        )
