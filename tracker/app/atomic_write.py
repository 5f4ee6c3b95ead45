"""Files that people ask for: whole, or left as they were."""

import os
from collections.abc import Iterable
from pathlib import Path

from db.engine.whole_files import atomic_write
from db.model.errors import RefusedError

__all__ = ["write_file"]

_STORE = b"SQLite format 3\0"  # with which every one begins


def write_file(file: Path, data: bytes | Iterable[bytes]) -> None:
    """Write all of it or leave the file as it was; readable by the owner only.

    Args:
        file: Its name; a link stays one, and a pipe or a device keeps its place.
        data: Its bytes, at once or part by part.

    Raises:
        RefusedError: It cannot be written, or is a store.
    """
    try:
        _spare_stores(file)
        if file.exists() and not file.is_file() and not file.is_dir():
            _pour_into(file, data)
        else:
            atomic_write(file, data)
    except (OSError, ValueError) as error:  # ValueError: a name with NUL in it
        why = getattr(error, "strerror", None) or str(error)
        raise RefusedError(
            f"cannot write {file}: {why}", code="cannot-write", path=str(file), why=why
        ) from None


def _pour_into(file: Path, data: bytes | Iterable[bytes]) -> None:
    """Write into a pipe or a device; create nothing where it has gone."""
    with os.fdopen(os.open(file, os.O_WRONLY), "wb") as there:
        for part in (data,) if isinstance(data, bytes) else data:
            there.write(part)


def _spare_stores(file: Path) -> None:
    """Refuse to put anything in the place of a store: nobody means to, and it would be lost.

    Raises:
        RefusedError: There is one.
    """
    if not file.is_file():
        return
    with file.open("rb") as there:
        if there.read(len(_STORE)) == _STORE:
            raise RefusedError(
                f"{file} is a store: name another file", code="over-store", path=str(file)
            )
