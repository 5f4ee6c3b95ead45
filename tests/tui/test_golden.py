"""What the screens look like, as plain text.

`TRACKER_GOLDEN=write pytest tests/tui/test_golden.py` writes the files anew; read the
difference before it is kept.
"""

import os
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

import pytest
from gallery import fill
from stage import lines, press

from tracker.config import Config
from tracker.tui.views import view_of
from tracker.words import Words

HERE = Path(__file__).parent / "golden"
SIZES = [(80, 24), (120, 40), (200, 60)]
SHOWN = ("board", "facilities", "log")
SCENES = {
    "page": ["2", "enter"],
    "page-odd": ["slash", *"인공", "enter", "enter"],
    "as-of": ["at", *"2025-07", "enter"],
    "groups": ["2", "b", "down", "enter"],
}
SMALL = {
    "plan": ["p", *"2027 H1"],
    "add": ["a", "2", *"새빛"],
    "help": ["question_mark"],
    "palette": ["colon"],
    "marks": ["m", "m", "c"],
}
DRAWN = [
    *((name, size) for name in (*SHOWN, *SCENES) for size in SIZES),
    *((name, SIZES[0]) for name in SMALL),
]


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize(("name", "size"), DRAWN)
async def test_it_looks_as_it_did(opened, filled, name, size, lang):
    config = Config(author="김주무관", timezone="UTC")
    here = replace(filled, config=config, words=Words(lang))
    fill(here)
    keys = (SCENES | SMALL).get(name) or [str(view_of(name).number)]
    async with opened(here, size=size) as pilot:
        await press(pilot, *keys)
        drawn = "".join(f"{line.rstrip()}\n" for line in lines(pilot))
    path = HERE / f"{name}-{lang}-{size[0]}x{size[1]}.txt"
    if os.environ.get("TRACKER_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, "utf-8")
    kept = path.read_text("utf-8") if path.exists() else ""
    difference = unified_diff(
        kept.splitlines(), drawn.splitlines(), path.name, "drawn", lineterm=""
    )
    assert drawn == kept, "\n".join(["it looks different:", *difference])
