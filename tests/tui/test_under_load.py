"""The screen while six other processes write for a while: it answers, and loses nothing."""

import subprocess
import sys
import time

import pytest
from effort import either
from stage import HANGAR, LIBRARY, TODAY, page, press, text_of, until

from db.model.records import UpdateKind
from tracker.tui.forms.form import Form

SECONDS = either(5, 60)
WRITER = """
import sys, time
from datetime import date
from pathlib import Path
from db.model.errors import BusyError
from db.model.records import Batch, Statement, UpdateKind
from tracker.app import clock
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.words import Words

today = date.fromisoformat(sys.argv[2])
office = Workspace(Path(sys.argv[1]), today, Config(author=sys.argv[3]), Words("ko"))
done = 0
with office.writing() as store:
    print("ready", flush=True)
    sys.stdin.readline()
    end = time.monotonic() + float(sys.argv[4])
    while time.monotonic() < end:
        said = Statement("drone-hangar", "completion", UpdateKind.NOTE, today, value=f"{done}")
        try:
            store.record(Batch((said,)), by=sys.argv[3], now=clock.now(), today=today)
        except BusyError:
            continue
        done += 1
        time.sleep(0.02)
print(done)
"""


@pytest.fixture
def writers(filled):
    """Six processes that write."""
    command = [sys.executable, "-c", WRITER, str(filled.path), TODAY.isoformat()]
    others = [
        subprocess.Popen(
            [*command, f"writer {n}", str(SECONDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(6)
    ]
    assert [other.stdout.readline() for other in others] == ["ready\n"] * 6
    yield others
    for other in others:
        other.kill()
        other.wait()


async def test_acts_and_views_go_on_while_others_write(opened, filled, writers):
    own = 0
    async with opened() as pilot:
        for other in writers:
            other.stdin.write("\n")
            other.stdin.flush()
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            await press(pilot, "slash", "text:강변", "enter", "n", f"text:own{own}")
            await press(pilot, "enter")
            await until(pilot, lambda: not isinstance(pilot.app.screen, Form), seconds=20)
            own += 1
            await press(pilot, "escape", *"23456", "j", "k", "1")
        written = [int(other.communicate(timeout=60)[0]) for other in writers]
        assert [other.returncode for other in writers] == [0] * 6
        assert all(written), "nobody is locked out"
        notes = [u.value for u in page(filled, LIBRARY).updates if u.kind is UpdateKind.NOTE]
        assert sorted(notes) == sorted(f"own{n}" for n in range(own))
        with filled.reading() as reader:
            assert reader.log(HANGAR, limit=0)[0] == sum(written) + 2
        assert pilot.app.session.lost is None
        assert text_of(pilot, "#status")
