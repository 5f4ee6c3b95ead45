"""What a weekly check writes, on the screen and in the shell."""

from dataclasses import dataclass

from db.model.records import Receipt, Source
from db.model.review_reasons import Answering
from db.read.reviews import Closing, Opening, Review, Skip, Step, Teller
from tracker.app import clock
from tracker.app.workspace import Workspace
from tracker.domain.review import read_queue, week_of

__all__ = ["Reviewing", "teller"]


def teller(who: str, where: str) -> Source | None:
    """Return who answers, and where that is recorded, as a source; None if neither is given."""
    if "://" in where:
        return Source(publisher=who or None, url=where)
    return Source(publisher=who or None, title=where or None) if who or where else None


@dataclass(frozen=True, slots=True)
class Reviewing:
    """The check of the office's week, as written by one person.

    Each method opens the store for writing and raises what `db.write.store.Store` raises.
    """

    office: Workspace
    by: str | None

    def begin(self, source: Source | None = None) -> int:
        """Begin or continue this week's check with all milestones to ask about now."""
        office = self.office
        with office.reading() as reader:
            queue = read_queue(reader, office.today, office.config.limits)
        keys = tuple(queued.key for queued in queue)
        return self._step(Opening(week_of(office.today), office.today, keys, source))

    def skip(self, item: Answering, *, back: bool = False) -> None:
        """Skip an item, or undo that."""
        self._step(Skip(item, back))

    def tell(self, review: Review, source: Source | None) -> None:
        """Record who answers from now on."""
        self._step(Teller(review.id, source))

    def close(self, review: Review) -> None:
        """Close a check."""
        self._step(Closing(review.id))

    def undo(self, act: int) -> Receipt:
        """Undo the whole act of a decision."""
        with self.office.writing() as store:
            return store.undo(by=self.by, now=clock.now(), today=self.office.today, act=act)

    def _step(self, step: Step) -> int:
        with self.office.writing() as store:
            return store.review(step, by=self.by, now=clock.now())
