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
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from db.errors import RefusedError, StoreError
from tracker.notify.digest import Marks

__all__ = ["Sent", "opened"]

_VERSION = 1
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
        unfinished = self._path.with_name(f"{self._path.name}.part")
        flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW
        with os.fdopen(os.open(unfinished, flags, 0o600), "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _listed(marks: Marks) -> _Told:
    return {path: list(mark) for path, mark in marks.items()}


@contextmanager
def opened(store: Path) -> Iterator[Sent]:
    """The record beside a store, while no other process has it.

    Raises:
        RefusedError: The file is damaged.
        StoreError: It cannot be read or written.
    """
    path = store.with_name(f"{store.name}.notified.json")
    lock = path.with_name(f"{path.name}.lock")
    try:
        handle = os.open(lock, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield Sent(path, _read(path))
        finally:
            os.close(handle)
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(
            f"{path} could not be read or written: {why}", code="io", path=str(path), why=why
        ) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {"salt": token_hex(16), "targets": {}}
    except ValueError:
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
