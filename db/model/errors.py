"""What the store can refuse, said in one line that names what would be right."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


__all__ = [
    "AmbiguousError",
    "BadPeriodError",
    "BusyError",
    "NoStoreError",
    "NotFoundError",
    "OutdatedStoreError",
    "RefusedError",
    "StoreError",
    "TrackerError",
]


class TrackerError(Exception):
    """Any failure that a person can read; its text is one line of English.

    `code` and `fields` let the layer that knows the person's language say it there.
    """

    def __init__(self, message: str, *, code: str = "", **fields: "Any") -> None:  # noqa: ANN401 - whatever the sentence needs
        """Keep the sentence, and what another language needs to form its own."""
        super().__init__(message)
        self.code = code
        self.fields = fields


class RefusedError(TrackerError):
    """The request itself is wrong; nothing was changed."""


class BadPeriodError(RefusedError, ValueError):
    """A text that is no period, an impossible date, or a window that ends before it starts."""


class NotFoundError(RefusedError):
    """Nothing answers to this name."""


class AmbiguousError(RefusedError):
    """A name that fits several; `candidates` are (slug, name) pairs in order of slug."""

    def __init__(self, name: str, candidates: tuple[tuple[str, str], ...]) -> None:
        """Name what was asked for and everything it could mean."""
        listed = ", ".join(f"{slug} ({title})" for slug, title in candidates)
        super().__init__(
            f"“{name}” could be any of: {listed}", code="ambiguous", name=name, listed=listed
        )
        self.candidates = candidates


class StoreError(TrackerError):
    """The store could not be read or written."""


class NoStoreError(StoreError):
    """There is no store at this path yet."""


class OutdatedStoreError(StoreError):
    """The store was made by an earlier version; it has to be migrated first."""


class BusyError(StoreError):
    """Another process held the store for longer than the busy timeout."""

    @classmethod
    def at(cls, path: object) -> "BusyError":
        """Return the error that another process is in the way at a path."""
        return cls(
            f"{path} is in use by another process: try again in a moment",
            code="busy",
            path=str(path),
        )
