"""The page of a facility that a weekly check asks about: what is answered there counts."""

from collections.abc import Callable

from db.model.records import Batch
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.session.store_session import StoreSession

__all__ = ["AskedPage"]


class AskedPage(FacilityScreen):
    """A facility's page, opened on the way through a check."""

    def __init__(
        self, session: StoreSession, slug: str, milestone: str, answer: Callable[[Batch], Batch]
    ) -> None:
        """Show the facility `slug`; `answer` makes an act an answer of the check."""
        super().__init__(session, slug, milestone)
        self._answer = answer

    def on_mount(self) -> None:
        """Say that what is done here is part of the check."""
        self.tell(self.words("review.on_page"))

    def finished(self, batch: Batch) -> Batch:
        """Add what the check knows."""
        return self._answer(batch)
