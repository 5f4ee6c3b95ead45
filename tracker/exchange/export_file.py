"""A file that leaves the tracker part by part, and what is in it, counted while it is made."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.words import Words

__all__ = ["Exported"]


@dataclass(slots=True)
class Exported:
    """The bytes of a file, and how many of what stand in it once all of them were taken.

    Attributes:
        parts: The bytes, made from the store while they are taken.
        updates: Of a dump, which holds every statement that was ever made.
        facilities, programmes, milestones: Of a table or a facts file.
        events: Of a calendar.
        left_out: Milestones without a last day, which a calendar has no place for.
    """

    parts: Iterable[bytes] = ()
    updates: int | None = None
    facilities: int = 0
    programmes: int = 0
    milestones: int = 0
    events: int | None = None
    left_out: int = 0

    @property
    def data(self) -> bytes:
        """All of the file; to be asked once, and not where the parts were taken."""
        return b"".join(self.parts)

    def told(self, words: Words) -> str:
        """What is in it, in words."""
        if self.updates is not None:
            return words("export.updates", updates=self.updates)
        if self.events is not None:
            return words("export.events", events=self.events, left_out=self.left_out)
        return words(
            "board.totals",
            facilities=self.facilities,
            programmes=self.programmes,
            milestones=self.milestones,
        )
