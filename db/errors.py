"""What the store can refuse, said in one line that names what would be right."""

__all__ = [
    "AmbiguousError",
    "BadPeriodError",
    "BusyError",
    "NoStoreError",
    "NotFoundError",
    "RefusedError",
    "StoreError",
    "TrackerError",
]


class TrackerError(Exception):
    """Any failure that a person can read; its text is one line."""


class RefusedError(TrackerError):
    """The request itself is wrong; nothing was changed."""


class BadPeriodError(RefusedError, ValueError):
    """A text that is no period, an impossible date, or a window that ends before it starts."""


class NotFoundError(RefusedError):
    """Nothing answers to this name."""


class AmbiguousError(RefusedError):
    """A name that fits several; `candidates` are (slug, name) pairs in order of slug."""

    def __init__(self, message: str, candidates: tuple[tuple[str, str], ...]) -> None:
        """Keep the candidates beside the message."""
        super().__init__(message)
        self.candidates = candidates


class StoreError(TrackerError):
    """The store could not be read or written."""


class NoStoreError(StoreError):
    """There is no store at this path yet."""


class BusyError(StoreError):
    """Another process held the store for longer than the busy timeout."""
