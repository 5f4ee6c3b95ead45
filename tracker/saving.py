"""Files that people ask for: whole, or left as they were."""

import os
from contextlib import suppress
from pathlib import Path

from db.errors import RefusedError

__all__ = ["write_file"]


def write_file(file: Path, data: bytes) -> None:
    """Write all of it or leave the file as it was; readable by the owner only.

    Raises:
        RefusedError: It cannot be written.
    """
    there = Path(os.path.realpath(file))  # a link stays one
    unfinished = there.with_name(f"{there.name}.part")
    try:
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
