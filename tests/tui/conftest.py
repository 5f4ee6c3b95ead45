"""A store of invented facilities, and the screens opened on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from stage import BATCH, TODAY, Opened, record
from textual.pilot import Pilot

from tracker.config import Config
from tracker.office import Office
from tracker.tui.app import TrackerApp
from tracker.words import Words


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "tracker.db", TODAY, Config(author="김주무관"), Words("ko"))


@pytest.fixture
def filled(office: Office) -> Office:
    record(office, BATCH)
    return office


@pytest.fixture
def opened(filled: Office) -> Opened:
    """Opens the screens on the filled store, or on another office."""

    @asynccontextmanager
    async def opened(
        office: Office = filled, size: tuple[int, int] = (100, 30), **more: object
    ) -> AsyncIterator[Pilot[None]]:
        app = TrackerApp(office, **more)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot

    return opened
