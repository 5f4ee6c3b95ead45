"""The numbered files in the folder `backups` beside a store.

A number is taken by giving a finished file a name that nobody has, so that two processes
never have the same one.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from db.engine.whole_files import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    move_to_new_name,
    named_after,
    unfinished_file,
)

__all__ = ["backups_by_number", "keep_as_is", "keep_moved", "make_private", "names_from_next"]


def backups_by_number(path: Path) -> dict[int, Path]:
    """Return the backups that were made without being asked for.

    Raises:
        OSError: The folder cannot be read.
    """
    return {n: p for p, n in _numbered(path) if p.name.endswith(".bak")}


def names_from_next(path: Path, ending: str) -> Iterator[Path]:
    """Return the names among the backups of a store, from the first number that is free on.

    Raises:
        OSError: The folder cannot be made or read.
    """
    folder = path.with_name("backups")
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    last = max((n for _, n in _numbered(path)), default=0)
    for number in count(last + 1):
        yield folder / named_after(path, f".{number:04d}-{ending}").name


def keep_moved(path: Path, file: Path, ending: str) -> Path:
    """Move a finished file among the backups of a store, under the next number that is free.

    Raises:
        OSError: It cannot be moved.
    """
    kept = _to_next_number(path, ending, lambda target: move_to_new_name(file, target))
    make_private(kept)
    return kept


def keep_as_is(path: Path, content: BinaryIO, ending: str) -> Path:
    """Keep the file of a store among its backups, byte for byte, under a second name of it.

    Where a file can have one name only, `content` is copied.

    Raises:
        OSError: It cannot be kept.
    """

    def link(target: Path) -> None:
        try:
            os.link(path, target, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:
            content.seek(0)
            with unfinished_file(target.parent) as unfinished:
                with unfinished.open("r+b") as copy:
                    shutil.copyfileobj(content, copy)
                    copy.flush()
                    os.fsync(copy.fileno())
                move_to_new_name(unfinished, target)

    kept = _to_next_number(path, ending, link)
    make_private(kept)
    return kept


def make_private(kept: Path) -> None:
    """Let nobody but its owner read a file, as far as that can be done; a link is left alone."""
    with suppress(OSError):
        if not kept.is_symlink():
            kept.chmod(PRIVATE_FILE)


def _to_next_number(path: Path, ending: str, move: Callable[[Path], None]) -> Path:
    """Give a file the first free number among the backups of a store.

    Args:
        path: The store.
        ending: The end of the name, after the number.
        move: Gives the file a name; raises `FileExistsError` where that one is taken.

    Raises:
        OSError: It cannot be moved there.
    """
    for target in names_from_next(path, ending):
        with suppress(FileExistsError):
            move(target)
            break
    return target


def _numbered(path: Path) -> list[tuple[Path, int]]:
    folder = path.with_name("backups")
    stem = re.escape(named_after(path, "").name)
    form = re.compile(stem + r"\.(\d{4,9})-.*", re.DOTALL)
    return [(p, int(m[1])) for p in folder.iterdir() if (m := form.fullmatch(p.name))]
