"""What commands pour out, and the bar that shows that they are still at work."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from db.model.errors import RefusedError, StoreError
from db.model.progress import Stage, watched
from tracker.words import Words

if TYPE_CHECKING:
    from typing import Any, TextIO

    from rich.console import Console

__all__ = ["STANDARD_OUTPUT", "at_work", "bar_unless_shown", "console", "pour"]

STANDARD_OUTPUT = Path("-")
_PATIENCE = 1.0  # seconds of silence that nobody minds
_PIPED_WIDTH = 200  # cells
_BLINK = 0.1  # seconds between two looks at the work


def console(stream: "TextIO | None" = None) -> "Console":
    """Standard output, or another stream, for tables; a pipe is as wide as they need."""
    from rich.console import Console

    class Plain(Console):
        def print(self, *objects: "Any", **how: "Any") -> None:
            """Print whole lines: what is too long was wrapped by what made it."""
            super().print(*objects, **{"crop": False, **how})

        def on_broken_pipe(self) -> None:
            raise  # noqa: PLE0704 - inside the handler: rich would end the program with 1

    stream = stream or sys.stdout
    width = None if stream.isatty() else _PIPED_WIDTH
    return Plain(
        file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False
    )


def pour(parts: Iterable[bytes]) -> None:
    """Write the bytes of a file, made of what the store hands out clean, on standard output.

    Raises:
        StoreError: Making the rest was refused after a part was written.
    """
    sys.stdout.flush()
    begun = False
    try:
        for part in parts:
            sys.stdout.buffer.write(part)
            begun = True
    except RefusedError as error:
        if begun:
            raise StoreError(str(error), code=error.code, **error.fields) from None
        raise
    sys.stdout.buffer.flush()


@contextmanager
def at_work(words: Words, key: str, **values: object) -> Iterator[None]:
    """Show on a terminal, after a second, how far work has come; nothing where stderr is none.

    What is being done is the sentence `key`. A share is shown of what was counted; where
    nothing was, only that work goes on.
    """
    if not sys.stderr.isatty():
        yield
        return
    seen = _Seen()
    thread = Thread(target=_show, args=(words.lookup(key, **values), words, seen), daemon=True)
    thread.start()
    try:
        with watched(seen.tell):
            yield
    finally:
        seen.done.set()
        thread.join()


def bar_unless_shown(words: Words, key: str, file: Path | None) -> AbstractContextManager[None]:
    """Show a bar as `at_work` does where a file is made, none where its bytes may be looked at."""
    return nullcontext() if file is None else at_work(words, key)


class _Seen:
    """How far the work has come, written by the work and read by the bar."""

    def __init__(self) -> None:
        self.done = Event()
        self.now: tuple[Stage, int, int] | None = None

    def tell(self, stage: Stage, done: int, total: int) -> None:
        self.now = stage, done, total


def _show(what: str, words: Words, seen: _Seen) -> None:
    if seen.done.wait(_PATIENCE):
        return
    with suppress(OSError):  # a terminal that is gone
        _show_bar(what, words, seen)


def _show_bar(what: str, words: Words, seen: _Seen) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[share]:>4}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None, share="")
        while not seen.done.wait(_BLINK):
            if seen.now is None:
                continue
            stage, done, total = seen.now
            progress.update(
                task,
                description=f"{what} · {words.of('work', stage.value)}",
                completed=done,
                total=total or None,
                share=f"{done * 100 // total}%" if total else "",
            )
