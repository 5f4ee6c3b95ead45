"""Files that commands write, and the bar that shows that they are still at work."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from db.errors import RefusedError

__all__ = ["at_work", "pour", "write_file"]

_PATIENCE = 1.0  # seconds of silence that nobody minds


def write_file(file: Path, data: bytes) -> None:
    """Write all of it or leave the file as it was; readable by the owner only.

    Raises:
        RefusedError: It cannot be written.
    """
    unfinished = file.with_name(f"{file.name}.part")
    try:
        with os.fdopen(
            os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb"
        ) as f:
            f.write(data)
        unfinished.replace(file)
    except OSError as error:
        raise RefusedError(
            f"cannot write {file}: {error.strerror}",
            code="cannot-write",
            path=str(file),
            why=error.strerror or str(error),
        ) from None


def pour(data: bytes) -> None:
    """Write the bytes of a file, made of what the store hands out clean, on standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


@contextmanager
def at_work(what: str) -> Iterator[None]:
    """Show on a terminal, after a second, that work goes on; nothing where stderr is none."""
    if not sys.stderr.isatty():
        yield
        return
    done = Event()
    thread = Thread(target=_show, args=(what, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _show(what: str, done: Event) -> None:
    """A bar without an end, since nobody knows it, and the seconds that went by."""
    if done.wait(_PATIENCE):
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(what, total=None)
        done.wait()
