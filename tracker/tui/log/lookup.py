"""What the log shows beside an update: names of facilities and milestones, instants."""

from datetime import datetime
from zoneinfo import ZoneInfo

from db.model.records import Update
from tracker.app import clock
from tracker.domain.board import FacilityPage, Row
from tracker.domain.statement_labels import confirmed_late
from tracker.tui.session.store_session import StoreSession

__all__ = ["FacilityLookup"]


class FacilityLookup:
    """Names, looked up once for each reading of the list."""

    def __init__(self, session: StoreSession) -> None:
        """Look them up on `session`."""
        self._session = session
        self._pages: dict[str, FacilityPage | None] = {}
        self._late: dict[str, frozenset[int]] = {}
        zone = session.workspace.config.timezone
        self._zone = ZoneInfo(zone) if zone else None

    def forget(self) -> None:
        """Look everything up again."""
        self._pages.clear()
        self._late.clear()

    def page(self, slug: str) -> FacilityPage | None:
        """What is known of a facility."""
        if slug not in self._pages:
            self._pages[slug] = self._session.facility(slug)
        return self._pages[slug]

    def facility(self, slug: str) -> str:
        """What a facility is called."""
        page = self.page(slug)
        return page.summary.facility.name if page else slug

    def late(self, update: Update) -> frozenset[int]:
        """The confirmations of a delay among the updates of its facility."""
        slug = update.facility
        if not update.kind.spec.repeats:
            return frozenset()
        if slug not in self._late:
            page = self.page(slug)
            self._late[slug] = confirmed_late(page.updates if page else ())
        return self._late[slug]

    def row(self, update: Update) -> Row | None:
        """The milestone that an update is about."""
        page = self.page(update.facility)
        rows = page.rows if page else ()
        return next((r for r in rows if r.milestone.slug == update.milestone), None)

    def step(self, update: Update, *, brief: bool = False) -> str:
        """What its milestone is called; empty where it is about the facility itself."""
        row = self.row(update)
        if row is None:
            return update.milestone or ""
        words, m = self._session.words, row.milestone
        return (words.brief_milestone if brief else words.milestone)(m.kind, m.title)

    def instant(self, moment: datetime) -> str:
        """An instant as a clock on the wall shows it."""
        return f"{clock.local(moment, self._zone):%y-%m-%d %H:%M}"
