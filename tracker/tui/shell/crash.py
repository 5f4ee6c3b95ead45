"""What is said when the screens fail: one line; the traceback goes to a file."""

from contextlib import suppress
from io import StringIO

from rich.console import Console

from db.engine.whole_files import PRIVATE_FOLDER, atomic_write
from tracker.app.paths import crash_file
from tracker.words import Words

__all__ = ["Crash"]

_WIDTH = 100


class Crash:
    """Takes what Textual would print of a failure on `console`."""

    def __init__(self, words: Words) -> None:
        """Speak `words`."""
        self._words = words
        self._text = StringIO()
        self.console = Console(file=self._text, width=_WIDTH)

    def told(self) -> str:
        """Say in a line what failed, having kept all of it in a file; empty if nothing did."""
        details = self._text.getvalue()
        if not details.strip():
            return ""
        why, path = details.strip().splitlines()[-1].strip(), crash_file()
        with suppress(OSError):
            path.parent.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
            atomic_write(path, details.encode("utf-8", "backslashreplace"))
        return self._words("ui.crashed", why=why, path=path)
