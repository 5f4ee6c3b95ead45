"""What was told to whom, in a small file beside the store that only its owner reads.

Nothing may be told twice, and a crash may come at any instant. So what is about to be
sent is written down before it is sent, and counts as told when nobody lived to say
otherwise; only a failure that was seen takes it back. The file is replaced whole and
one process at a time holds the lock. Targets stand in it by a salted hash alone, since
their addresses are secrets.
"""

import fcntl
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep
from typing import Any

from db.engine.whole_files import PRIVATE_FILE, atomic_write, named_after
from db.model.errors import BusyError, RefusedError, StoreError
from tracker.notify.digest import Marks

__all__ = ["Sent", "opened"]

_VERSION = 1
_LARGEST = 64 * 1024 * 1024  # bytes: a mark for each of a million alerts
_BETWEEN = 0.05  # seconds between two looks at the lock
_Told = dict[str, list[str]]


class Sent:
    """The record of one store; use `opened`."""

    def __init__(self, path: Path, content: dict[str, Any]) -> None:
        """Go on with what the file held."""
        self._path = path
        self._salt: str = content["salt"]
        self._targets: dict[str, dict[str, _Told | None]] = content["targets"]

    def told(self, url: str) -> Marks:
        """What a target was told; what it may have been told when a crash came, too."""
        entry = self._targets.get(self._name(url), {})
        return {**(entry.get("told") or {}), **(entry.get("sending") or {})}

    def interrupted(self, url: str) -> bool:
        """Whether nobody knows if the last message arrived."""
        return bool(self._targets.get(self._name(url), {}).get("sending"))

    def begin(self, url: str, marks: Marks) -> None:
        """Note what is about to be sent; from here on it counts as told."""
        told = dict(self.told(url))
        sending = {path: list(mark) for path, mark in marks.items()}
        self._targets[self._name(url)] = {"told": _listed(told), "sending": sending}
        self._save()

    def succeed(self, url: str, standing: Marks) -> None:
        """Note that it was sent, and forget alerts that stand no more."""
        self._targets[self._name(url)] = {"told": _listed(standing), "sending": None}
        self._save()

    def fail(self, url: str) -> None:
        """Note that it was not sent, so that the next time tries again."""
        self._targets[self._name(url)]["sending"] = None
        self._save()

    def _name(self, url: str) -> str:
        return sha256(f"{self._salt}\n{url}".encode()).hexdigest()[:32]

    def _save(self) -> None:
        content = {"version": _VERSION, "salt": self._salt, "targets": self._targets}
        atomic_write(self._path, json.dumps(content, ensure_ascii=False).encode())


def _listed(marks: Marks) -> _Told:
    return {path: list(mark) for path, mark in marks.items()}


@contextmanager
def opened(store: Path, *, patience: float = 60.0) -> Iterator[Sent]:
    """The record beside a store, while no other process has it.

    Args:
        store: The store.
        patience: How long to wait for another process that sends, in seconds.

    Raises:
        RefusedError: The file is damaged.
        BusyError: Another process goes on sending.
        StoreError: It cannot be read or written.
    """
    path = named_after(store, ".notified.json")
    try:
        with _locked(named_after(store, ".notified.json.lock"), patience):
            yield Sent(path, _read(path))
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(
            f"{path} could not be read or written: {why}", code="io", path=str(path), why=why
        ) from None


@contextmanager
def _locked(lock: Path, patience: float) -> Iterator[None]:
    """Hold a file that only this user can open, so that nobody else can hold it for ever."""
    handle = os.open(lock, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK, PRIVATE_FILE)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            raise _no_file(lock)
        if stat.S_IMODE(found.st_mode) != PRIVATE_FILE:
            os.fchmod(handle, PRIVATE_FILE)
        _wait_for(handle, lock, patience)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int, lock: Path, patience: float) -> None:
    last = monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > last:
                raise BusyError.at(lock) from None
            sleep(_BETWEEN)
        else:
            return


def _no_file(path: Path) -> StoreError:
    return StoreError(f"{path} is no file: name another one", code="is-no-file", path=str(path))


def _read(path: Path) -> dict[str, Any]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _no_file(path)
        with path.open("rb") as file:
            content = json.loads(file.read(_LARGEST))
    except FileNotFoundError:
        return {"salt": token_hex(16), "targets": {}}
    except (ValueError, RecursionError):
        content = None
    if not _is_sound(content):
        raise RefusedError(
            f"{path} is damaged: delete it, and every alert is sent anew",
            code="notified-damaged",
            path=str(path),
        )
    return dict(content)


def _is_sound(content: Any) -> bool:  # noqa: ANN401 - JSON
    return (
        isinstance(content, dict)
        and content.get("version") == _VERSION
        and isinstance(content.get("salt"), str)
        and isinstance(content.get("targets"), dict)
        and all(map(_is_entry, content["targets"].values()))
    )


def _is_entry(entry: Any) -> bool:  # noqa: ANN401 - JSON
    return isinstance(entry, dict) and all(
        part is None
        or (isinstance(part, dict) and all(isinstance(mark, list) for mark in part.values()))
        for part in (entry.get("told"), entry.get("sending"))
    )
