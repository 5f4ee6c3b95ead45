"""What the screens look like, as plain text.

`TRACKER_GOLDEN=write pytest tests/tui/test_golden.py` writes the files anew; read the
difference before it is kept.
"""

import os
import shutil
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

import pytest
from article import announce
from gallery import fill
from stage import NOW, TODAY, lines, press

from tracker.app import clock
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.exchange.imports.importing import fill_demo
from tracker.tui.imports.view import ImportScreen
from tracker.tui.session.views import VIEWS
from tracker.words import Words

HERE = Path(__file__).parent / "golden"
SIZES = [(80, 24), (120, 40), (200, 60)]
PAGE = ["slash", *"고운삼봉", "enter", "enter"]
SHIPPED = {view.id: [str(view.number)] for view in VIEWS} | {"page": PAGE}
MIXED = {
    "odd-board": ["1"],
    "odd-facilities": ["2"],
    "odd-log": ["6"],
    "odd-page": ["slash", *"인공", "enter", "enter"],
    "as-of": ["at", *"2025-07", "enter"],
    "groups": ["2", "b", "down", "enter"],
    "check": ["5", "enter", *"이주임", "enter"],
    "plan": ["p", *"2027 H1"],
    "add": ["a", "2", *"새빛"],
    "help": ["question_mark"],
    "palette": ["colon"],
    "marks": ["m", "m", "c"],
    "article": ["t", "j", "x"],
    "import": ["x", "j", "j"],
}
DRAWN = {
    **dict.fromkeys(SHIPPED, SIZES),
    **dict.fromkeys(MIXED, SIZES[:1]),
    "article": [SIZES[0], SIZES[-1]],
    "import": SIZES[:2],
}
"""The sizes in which each screen is drawn, one after the other, by one app."""


TABLE = """시설명,담당,착공,준공,개소
강변도서관,박주무관,2024.3,2027.3,2027 상반기
드론 격납고,,2025.5,주민 반대,2028.1
새빛관,이주임,2025.2 완료,못 정함,2027.5
"""


async def look_into(pilot, here):
    """Show what a table would bring."""
    path = here.path.with_name("현황.csv")
    path.write_text(TABLE, "utf-8")
    pilot.app.push_screen(ImportScreen(pilot.app.session, path, pilot.app.session.preview(path)))
    await press(pilot)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory):
    """A store with the shipped facts that was filled at a known instant."""
    path = tmp_path_factory.mktemp("shipped") / "tracker.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        fill_demo(Workspace(path, TODAY, Config(), Words("ko")))
    return path


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("name", DRAWN)
async def test_it_looks_as_it_did(opened, filled, shipped, name, lang):
    here = replace(filled, config=Config(author="김주무관", timezone="UTC"), words=Words(lang))
    if name in SHIPPED:
        shutil.copy(shipped, here.path)
    else:
        fill(here)
    first, *others = DRAWN[name]
    async with opened(here, size=first) as pilot:
        if name == "article":
            await announce(pilot, here)
        if name == "import":
            await look_into(pilot, here)
        await press(pilot, *(SHIPPED | MIXED)[name])
        different = compare(pilot, name, lang)
        for size in others:
            await pilot.resize_terminal(*size)
            await press(pilot)
            different += compare(pilot, name, lang)
    assert not different, "\n".join(["it looks different:", *different])


def compare(pilot, name, lang):
    """The lines in which the screen differs from its file."""
    drawn = "".join(f"{line.rstrip()}\n" for line in lines(pilot))
    width, height = pilot.app.size
    path = HERE / f"{name}-{lang}-{width}x{height}.txt"
    if os.environ.get("TRACKER_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, "utf-8")
    kept = path.read_text("utf-8") if path.exists() else ""
    return list(
        unified_diff(kept.splitlines(), drawn.splitlines(), path.name, "drawn", lineterm="")
    )
