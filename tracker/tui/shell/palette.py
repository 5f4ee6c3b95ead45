"""The command palette and the list of themes.

Textual's own palette is not used: it matches neither initial consonants nor letters typed with
the Korean input method switched on, and it cannot show the keys beside a command.
"""

from collections.abc import Callable, Iterator

from textual.app import App

from db.model.errors import TrackerError
from tracker.app.paths import state_file
from tracker.tui.base.base_screen import BaseScreen
from tracker.tui.forms.chooser import Chooser
from tracker.tui.keys.hangul import key_label
from tracker.tui.lists.milestone_screen import STATE_ACTIONS, MilestoneScreen
from tracker.tui.session.toml_file import write_state
from tracker.tui.shell.themes import CONTRAST
from tracker.tui.widgets.choice import Choice
from tracker.words import LANGUAGES, Words

__all__ = ["commands", "theme_chooser"]

_KEYLESS = (("app.read_article", "key.read_article"), ("app.import_file", "key.import_file"))
_NOT_OFFERED = {"sheet.palette", "app.how_to_quit"}


def commands(screen: BaseScreen) -> Iterator[Choice]:
    """Yield every command that works on a screen now, found by its name in either language."""
    catalogues = [Words(lang) for lang in LANGUAGES]
    bound = [
        (entry.action, entry.label, key_label(entry.keys))
        for entry in screen.entries()
        if entry.id not in _NOT_OFFERED and not entry.is_move
    ]
    keyless = (*(STATE_ACTIONS if isinstance(screen, MilestoneScreen) else ()), *_KEYLESS)
    for action, label, keys in [*bound, *((a, label, "") for a, label in keyless)]:
        if screen.refusal(action) is None:
            also = " ".join(words.lookup(label) for words in catalogues)
            yield Choice(action, screen.words.lookup(label), keys, also)


def theme_chooser(app: App[None], words: Words, failed: Callable[[str], None]) -> Chooser:
    """Return a list of the themes of `app`; each shows at once and is remembered.

    Args:
        app: The app whose theme is chosen.
        words: The language.
        failed: Called with a line where the choice cannot be remembered.
    """

    def choices() -> list[Choice]:
        names = [CONTRAST.name, *sorted(app.available_themes.keys() - {CONTRAST.name})]
        return [Choice(name, name, chosen=name == app.theme) for name in names]

    def take(name: str) -> list[Choice]:
        app.theme = name
        try:
            write_state(state_file(), theme=name)
        except TrackerError as error:
            failed(words.error(error))
        return choices()

    return Chooser(words("key.theme"), choices(), words, typing=True, keep=take)
