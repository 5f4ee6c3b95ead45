"""A store of invented facilities, and the screens opened on it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from stage import BATCH, TODAY, Opened, record
from textual.pilot import Pilot

from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.tui.shell.app import TrackerApp
from tracker.words import Words


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "tracker.db", TODAY, Config(author="김주무관"), Words("ko"))


@pytest.fixture(scope="session")
def filled_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the invented facilities, made once a worker."""
    path = tmp_path_factory.mktemp("filled") / "tracker.db"
    record(Workspace(path, TODAY, Config(), Words("ko")), BATCH)
    return path


@pytest.fixture
def filled(office: Workspace, filled_master: Path) -> Workspace:
    """A copy of it."""
    shutil.copy(filled_master, office.path)
    return office


@pytest.fixture
def opened(filled: Workspace) -> Opened:
    """Opens the screens on the filled store, or on another office."""

    @asynccontextmanager
    async def opened(
        office: Workspace = filled, size: tuple[int, int] = (100, 30), **more: object
    ) -> AsyncIterator[Pilot[None]]:
        app = TrackerApp(office, **more)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot

    return opened
