"""Write whole files: under an unguessable temporary name, then moved into place.

Every file that the program writes goes through here, except the store itself. A file is
created exclusively, never through a link, readable by its owner only, brought to the disk
and then renamed, so that a crash leaves the old file or the new one.
"""

import errno
import os
import re
import stat
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from db.model.errors import StoreError

__all__ = [
    "PRIVATE_FILE",
    "PRIVATE_FOLDER",
    "SIDE_FILES",
    "atomic_write",
    "move_into_place",
    "move_to_new_name",
    "named_after",
    "remove",
    "sync",
    "unfinished_file",
]

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
SIDE_FILES = ("-wal", "-shm", "-journal")
"""The suffixes of the files that SQLite keeps beside a database."""

_LONGEST = 215  # bytes of a name that leave room for every suffix the program appends

_NEW = (
    os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)
_UNFINISHED = re.compile(r"\.tracker-(\d+)-[0-9a-f]{16}\.part(-wal|-shm|-journal)?")


@contextmanager
def unfinished_file(folder: Path) -> Iterator[Path]:
    """Create an empty file in `folder` to fill; remove it at the end if it is still there.

    Its name does not depend on that of the file it will become, which may be as long as a
    name can be. Files that a killed process left are removed first.

    Raises:
        OSError: The folder cannot be written.
    """
    _sweep(folder)
    path = folder / f".tracker-{os.getpid()}-{token_hex(8)}.part"
    try:  # whoever is ended as soon as it is there leaves nothing, either
        os.close(os.open(path, _NEW, PRIVATE_FILE))
        yield path
    finally:
        remove(path)


def move_into_place(unfinished: Path, target: Path) -> None:
    """Rename a finished file to `target`, replacing a file or a link that is there.

    Raises:
        StoreError: A pipe, a device or a socket is there.
        OSError: It cannot be renamed, or a folder is there; `target` is as before.
    """
    _refuse_special(target)
    unfinished.replace(target)
    sync(target.parent)


def move_to_new_name(unfinished: Path, target: Path) -> None:
    """Rename a finished file to `target`, where nothing may be yet.

    Raises:
        FileExistsError: Something is there; it is as before.
        OSError: It cannot be renamed.
    """
    try:
        os.link(unfinished, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # a file system on which a file has one name
        os.close(os.open(target, _NEW, PRIVATE_FILE))
        try:
            unfinished.replace(target)
        except OSError:
            target.unlink()
            raise
    else:
        unfinished.unlink()
    sync(target.parent)


def atomic_write(target: Path, data: bytes | Iterable[bytes]) -> None:
    """Write all of a file or leave it as it was.

    Args:
        target: The file; a link is followed, so that it stays one.
        data: Its bytes, at once or part by part.

    Raises:
        StoreError: A pipe, a device or a socket is there, which would be replaced.
        OSError: It cannot be written; `target` is as before.
    """
    there = Path(os.path.realpath(target))
    _refuse_special(there)
    with unfinished_file(there.parent) as unfinished:
        with unfinished.open("r+b") as file:
            for part in (data,) if isinstance(data, bytes) else data:
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        move_into_place(unfinished, there)


def _refuse_special(target: Path) -> None:
    """Refuse to put a file in the place of what is none.

    Raises:
        StoreError: A pipe, a device or a socket is there.
        OSError: A folder is there, or one cannot tell.
    """
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise StoreError(
            f"{target} is no file: name another one", code="is-no-file", path=str(target)
        )


def named_after(path: Path, suffix: str) -> Path:
    """Return the name of a file that belongs to another: that one's name and a suffix.

    A name that would be longer than file systems allow, 255 bytes, is cut first; a checksum
    of all of it keeps two that begin alike apart.
    """
    name = os.fsencode(path.name)
    if len(name) > _LONGEST:
        start = name[: _LONGEST - 9].decode("utf-8", "ignore")
        return path.with_name(f"{start}~{zlib.crc32(name):08x}{suffix}")
    return path.with_name(path.name + suffix)


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk.

    Raises:
        OSError: The disk failed.
    """
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def remove(file: Path) -> None:
    """Remove a file and its side files, as far as possible."""
    for suffix in ("", *SIDE_FILES):
        with suppress(OSError):
            file.with_name(file.name + suffix).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove the unfinished files of dead processes in a folder."""
    with suppress(OSError):
        for left in folder.iterdir():
            match = _UNFINISHED.fullmatch(left.name)
            if match and not _is_alive(int(match[1])):
                with suppress(OSError):
                    left.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
