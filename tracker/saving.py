"""Files that people ask for: whole, or left as they were."""

import os
from contextlib import suppress
from pathlib import Path

from db.errors import RefusedError

__all__ = ["write_file"]

_STORE = b"SQLite format 3\0"  # with which every one begins


def write_file(file: Path, data: bytes) -> None:
    """Write all of it or leave the file as it was; readable by the owner only.

    Raises:
        RefusedError: It cannot be written, or is a store.
    """
    there = Path(os.path.realpath(file))  # a link stays one
    unfinished = there.with_name(f"{there.name}.part")
    try:
        _spare_stores(there)
        if file.exists() and not file.is_file():  # a pipe or a device, which keeps its place
            file.write_bytes(data)
            return
        with os.fdopen(
            os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb"
        ) as f:
            f.write(data)
        unfinished.replace(there)
    except OSError as error:
        raise RefusedError(
            f"cannot write {file}: {error.strerror}",
            code="cannot-write",
            path=str(file),
            why=error.strerror or str(error),
        ) from None
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


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
