"""Keys that were typed before a person can have seen what they would do now."""

from collections.abc import Container
from typing import Protocol, runtime_checkable

from textual import events

__all__ = ["GuardedScreen", "TypedAhead"]


class TypedAhead:
    """Tells which keys of a screen were typed too early to be meant for it."""

    def __init__(self, seconds: float = 0.0, keys: Container[str] | None = None) -> None:
        """Refuse keys as `refuse` does from the start; without `seconds`, refuse none."""
        self._pause, self._until, self._keys = seconds, 0.0, keys
        if seconds:
            self.refuse(seconds, keys)

    def refuse(self, seconds: float, keys: Container[str] | None = None) -> None:
        """Refuse keys, or only `keys`, until none has been typed for so many seconds."""
        self._pause = seconds
        self._until = events.Event().time + seconds
        self._keys = keys

    def accepts(self, event: events.Key | events.Paste) -> bool:
        """Whether a key was typed late enough, whenever it is delivered."""
        if event.time >= self._until:
            return True
        key = event.key if isinstance(event, events.Key) else ""
        if self._keys is not None and key not in self._keys:
            return True
        self._until = max(self._until, event.time + self._pause)
        return False


@runtime_checkable
class GuardedScreen(Protocol):
    """A screen that takes no keys typed ahead of it."""

    typed_ahead: TypedAhead
