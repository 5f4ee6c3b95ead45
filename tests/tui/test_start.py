"""What is imported before the first screen is there, and a list that is long."""

import subprocess
import sys
from pathlib import Path

from stage import ROBOT
from textual.app import App, ComposeResult

from tracker.tui.lists.milestone_list import MilestoneList
from tracker.tui.widgets.row_list import PAGE
from tracker.words import Words

FIRST_PAINT = """
import asyncio, sys
from datetime import date
from pathlib import Path
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.words import Words
from tracker.tui.shell.app import TrackerApp

async def main():
    app = TrackerApp(Workspace(Path(sys.argv[1]), date(2026, 11, 21), Config(), Words("ko")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        print([m for m in ("sqlmodel", "sqlalchemy", "alembic", "pydantic") if m in sys.modules])

asyncio.run(main())
"""


def test_the_first_screen_loads_no_sqlmodel(filled):
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(filled.path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "[]"


def test_the_package_itself_imports_no_textual():
    code = "import sys, tracker.tui; print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


async def test_a_million_rows_ask_only_for_what_is_drawn(filled):
    from stage import page

    row = page(filled, ROBOT).rows[0]
    asked = []

    def fetch(offset, limit):
        asked.append((offset, limit))
        return [row] * limit

    class Long(App[None]):
        CSS = "MilestoneList { height: 1fr; }"

        def compose(self) -> ComposeResult:
            yield MilestoneList(Words("ko"), id="list")

    async with Long().run_test(size=(80, 24)) as pilot:
        shown = pilot.app.query_one(MilestoneList)
        shown.focus()
        shown.show(1_000_000, fetch, cursor=0, empty="")
        await pilot.press("end", "pageup", "home", "down")
        await pilot.pause()
        assert shown.cursor == 1
        assert len(asked) < 10
        assert {offset % PAGE for offset, _ in asked} == {0}
