"""Keys that were typed before a person can have seen what they would do now."""

from collections.abc import Container

from textual import events

__all__ = ["TypedAhead"]


class TypedAhead:
    """A screen that for a while takes no keys that would answer a question."""

    _deaf_until = 0.0
    _pause = 0.0
    _deaf_to: Container[str] | None = None

    def be_deaf(self, seconds: float, keys: Container[str] | None = None) -> None:
        """Take no keys, or none of `keys`, until none has been typed for so many seconds."""
        self._pause = seconds
        self._deaf_until = events.Event().time + seconds
        self._deaf_to = keys

    def hears(self, event: events.Key | events.Paste) -> bool:
        """Whether a key was typed late enough, whenever its turn comes."""
        if event.time >= self._deaf_until:
            return True
        key = event.key if isinstance(event, events.Key) else ""
        if self._deaf_to is not None and key not in self._deaf_to:
            return True
        self._deaf_until = max(self._deaf_until, event.time + self._pause)
        return False
