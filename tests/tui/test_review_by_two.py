"""Two people in one weekly check: each is told of the other; nothing is lost or doubled."""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from effort import either
from stage import HANGAR, TODAY, press, record, refused, text_of, until

from db.model.records import Batch, Statement, UpdateKind
from tracker.domain.review import Outcome, read_check
from tracker.tui.forms.form import Form

BEGIN = ("5", "enter", "text:박팀장", "tab", "text:주간회의", "enter")
JOIN = ("5",)

OTHER = """
import sys
from datetime import date
from pathlib import Path
from db.model.errors import TrackerError
from db.model.records import Batch, Statement, UpdateKind
from tracker.app import clock
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.domain.review import Outcome, read_check
from tracker.words import Words

today = date.fromisoformat(sys.argv[2])
office = Workspace(Path(sys.argv[1]), today, Config(author="colleague"), Words("ko"))
print("ready", flush=True)
sys.stdin.readline()
refused = 0
for place in range(3):
    with office.reading() as reader:
        check = read_check(reader, reader.reviews.heads()[0], today, office.config.limits)
    item = check.items[place]
    if item.outcome is not Outcome.OPEN:
        continue
    said = Statement(item.asked.facility, item.asked.milestone, UpdateKind.CONFIRM, today)
    try:
        with office.writing() as store:
            store.record(
                Batch((said,), answering=check.answering(item)),
                by="colleague", now=clock.now(), today=today,
            )
    except TrackerError:
        refused += 1
print(refused)
"""


@pytest.fixture
def held(filled):
    """Overdue, due soon and on hold."""
    said = Statement(HANGAR, "completion", UpdateKind.HOLD, date(2026, 10, 5), reason="예산")
    record(filled, Batch((said,)))
    return filled


@pytest.fixture
def colleague(held):
    """Another session at the same store."""
    return replace(held, config=replace(held.config, author="이주임"))


def check_of(office):
    with office.reading() as reader:
        return read_check(reader, reader.reviews.heads()[0], TODAY, office.config.limits)


async def test_both_answer_the_same_item_and_the_second_is_told(
    opened, held, colleague, monkeypatch
):
    monkeypatch.setattr("tracker.tui.shell.app._POLL", 3600)
    async with opened() as one, opened(colleague) as two:
        await press(one, *BEGIN)
        await press(two, *JOIN)
        await press(one, "v")
        await press(two, "v")
        assert "김주무관" in text_of(two, "#status")
        assert len(check_of(held).items[0].decisions) == 1
        await press(two, "j", "v")
        await press(one, "v")
        assert "이주임" in text_of(one, "#status")
        assert [len(i.decisions) for i in check_of(held).items] == [1, 1, 0]


async def test_an_answer_that_crosses_the_news_is_not_given(opened, held, colleague):
    async with opened() as one, opened(colleague) as two:
        await press(one, *BEGIN)
        await press(two, *JOIN)
        await press(one, "v")
        await until(two, lambda: "김주무관" in text_of(two, "#status"), every=0.01)
        await two.press("v")
        await two.pause(0.3)
        assert len(check_of(held).items[0].decisions) == 1
        await two.pause(0.6)
        await press(two, "v")
        assert len(check_of(held).items[0].decisions) == 2, "now it is knowingly"


async def test_one_closes_the_check_while_the_other_fills_a_form_in(
    opened, held, colleague, monkeypatch
):
    monkeypatch.setattr("tracker.tui.shell.app._POLL", 3600)
    async with opened() as one, opened(colleague) as two:
        await press(one, *BEGIN)
        await press(two, *JOIN, "n", "text:통화함")
        await press(one, "d", "enter")
        assert check_of(held).review.closed_at is not None
        await press(two, "enter")
        assert isinstance(two.app.screen, Form)
        assert two.app.focused.value == "통화함"
        assert refused(two)
        await press(two, "escape", "escape")
        assert not isinstance(two.app.screen, Form)
        await press(two, "v", "j")
        assert two.app.is_running
        assert check_of(held).review.closed_at is not None


def start_other(office):
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER, office.path, TODAY.isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout.readline() == "ready\n"
    return other


@pytest.mark.parametrize("_round", range(either(4, 40)))
async def test_two_processes_answer_at_once_and_nothing_is_lost_or_doubled(opened, held, _round):
    async with opened() as pilot:
        await press(pilot, *BEGIN)
        other = start_other(held)
        other.stdin.write("\n")
        other.stdin.flush()
        for _ in range(9):
            item = pilot.app.screen.item
            if item is None:
                break
            await press(pilot, "v" if item.outcome is Outcome.OPEN else "j")
        out, _ = other.communicate(timeout=60)
        assert other.returncode == 0, out
        assert [len(item.decisions) for item in check_of(held).items] == [1, 1, 1]
