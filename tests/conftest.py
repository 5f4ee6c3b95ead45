"""Every test speaks and dates itself: no variable, setting or clock of the machine reaches it."""

import os
import shutil
from datetime import UTC, datetime, time, timedelta
from itertools import count

import pytest
from effort import LONG
from hypothesis import settings
from making import BUSY_MS, TODAY

from db.engine.connect import connect
from db.read.reader import Reader
from tracker.app import clock

# What is started here compiles itself once, not each time anew, whatever the machine prefers.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Briefly the same examples every time, so that what fails was broken; for long always others.
settings.register_profile("tracker", deadline=None, derandomize=not LONG, print_blob=True)
settings.load_profile("tracker")


def ticking(start):
    """A clock that is a second later each time it is looked at."""
    seconds = count()
    return lambda: start + timedelta(seconds=next(seconds))


@pytest.fixture(autouse=True)
def _own_world(monkeypatch, tmp_path_factory):
    monkeypatch.setattr(clock, "now", ticking(datetime.combine(TODAY, time(1), UTC)))
    home = tmp_path_factory.mktemp("home")
    for name in ("TRACKER_DB", "TRACKER_LANG", "TRACKER_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("TRACKER_TODAY", TODAY.isoformat())
    monkeypatch.setenv("TRACKER_LANG", "ko")


@pytest.fixture(scope="session")
def demo_master(tmp_path_factory):
    """A store with the shipped facts, made once a worker."""
    from tracker.app.config import Config
    from tracker.app.workspace import Workspace
    from tracker.exchange.imports.importing import fill_demo
    from tracker.words import Words

    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", ticking(datetime.combine(TODAY, time(0), UTC)))
        fill_demo(Workspace(path, TODAY, Config(), Words("ko")))
    connection = connect(path, busy_ms=BUSY_MS)
    connection.close()
    return path


@pytest.fixture
def demo(demo_master, tmp_path, monkeypatch):
    """A copy of it that `tracker` finds by itself."""
    path = tmp_path / "store" / "tracker.db"
    path.parent.mkdir()
    shutil.copy(demo_master, path)
    monkeypatch.setenv("TRACKER_DB", str(path))
    return path


@pytest.fixture
def read_store():
    """Read a store beside the program: `read_store(path, lambda reader: …)`."""

    def reading(path, ask):
        connection = connect(path, busy_ms=BUSY_MS)
        try:
            return ask(Reader(connection))
        finally:
            connection.close()

    return reading
