"""Text that comes from data is never markup and never a terminal escape."""

import sqlite3
from itertools import cycle

import pytest
from rich.cells import cell_len
from stage import ROBOT, lines, press, record, refused, text_of

from db.model.records import Batch, Statement, UpdateKind
from tracker.tui.forms.form import Form
from tracker.tui.session.views import VIEWS

NAMES = [
    "[red]x",
    "[/nope]",
    "[@click=app.quit]x[/]",
    "$text-error",
    "a\x1b[2Jb",
    "x\u202ey",
    "\u200b\u2066z",
    "e" + "\u0301" * 10_000,
    "ﾊﾝｶｸ、全角。「括弧」",
    "👨‍👩‍👧 가족센터",
    "가" * 10_000,
]


@pytest.mark.parametrize("name", NAMES)
async def test_a_hostile_name_is_shown_as_it_is_and_breaks_nothing(opened, filled, name):
    """Written past the store's own cleaning, as a tampered file would have it."""
    raw = sqlite3.connect(filled.path)
    raw.execute("UPDATE facility SET name = ? WHERE slug = ?", (name[:300], ROBOT))
    raw.execute("UPDATE status_update SET phrase = ?", (name[:300],))
    raw.commit()
    raw.close()
    async with opened(size=(80, 24)) as pilot:
        if name.startswith("["):
            assert any(name[:9] in line for line in lines(pilot)[3:8])
            assert name in text_of(pilot, "#pane")
        for keys in ((), ("enter",), ("n",), ("escape", "escape"), ("s",), ("escape",), ("f",)):
            await press(pilot, *keys)
            drawn = lines(pilot)
            assert all(c.isprintable() or c == "\u200d" for line in drawn for c in line)
            assert all(cell_len(line) == 80 for line in drawn)


async def test_a_note_that_looks_like_markup_is_a_note(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:[b]굵게[/b] [/nope]", "enter")
        assert "[b]굵게[/b] [/nope]" in text_of(pilot, "#status")
        assert "[b]굵게[/b] [/nope]" in text_of(pilot, "#pane")


async def test_a_pasted_escape_does_not_reach_the_field(opened):
    from textual import events

    async with opened() as pilot:
        await press(pilot, "n")
        pilot.app.post_message(events.Paste("a\x1b[2J\u202eb\nsecond"))
        await pilot.pause()
        assert isinstance(pilot.app.screen, Form)
        assert pilot.app.focused.value == "ab / second"


async def test_an_error_with_brackets_is_shown(opened):
    async with opened() as pilot:
        await press(pilot, "p", "text:[/x]", "enter")
        assert "[/x]" in refused(pilot)


async def test_a_store_with_such_a_city_can_be_filtered(opened, filled):
    record(
        filled,
        Batch(
            (
                Statement(
                    ROBOT, None, UpdateKind.SET, filled.today, value={"city": "[red]김해[/nope]"}
                ),
            )
        ),
    )
    async with opened() as pilot:
        await press(pilot, "f", "text:nope", "enter")
        assert "[red]김해[/nope] · 3건" in text_of(pilot, "#narrowed")


LONG = [name for name in NAMES if len(name) > 1_000]
MIXED = [name for name in NAMES if name not in LONG]
TEXTS = {
    "facility": "name, name_en, city, cluster, programme, site, operator, owner, floors",
    "milestone": "title",
    "act": "author",
    "source": "publisher, title, url",
}


def write_everywhere(path, names):
    """Into every column that is a text, past the store's own cleaning; each name in turn."""
    turn = cycle(names)
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA ignore_check_constraints = ON")
    for table, columns in TEXTS.items():
        for (row,) in raw.execute(f"SELECT id FROM {table}").fetchall():
            given = [next(turn) for _ in columns.split()]
            marks = ", ".join("?" * len(given))
            raw.execute(f"UPDATE {table} SET ({columns}) = ({marks}) WHERE id = ?", (*given, row))
    raw.commit()
    raw.close()


@pytest.mark.parametrize(
    ("names", "size"),
    [(MIXED, (80, 24)), (MIXED, (200, 60)), (LONG[:1], (80, 24)), (LONG[1:], (200, 60))],
)
async def test_every_view_stays_whole_whatever_any_text_is(opened, filled, names, size):
    write_everywhere(filled.path, names)
    async with opened(size=size) as pilot:
        scenes = [(str(view.number),) for view in VIEWS]
        scenes += [("1", "enter"), ("e",), ("escape", "escape"), ("a",), ("escape",), ("2", "f")]
        scenes += [("escape", "b", "down", "enter"), ("6", "f"), ("escape", "m", "s"), ("escape",)]
        for keys in scenes:
            await press(pilot, *keys)
            drawn = lines(pilot)
            assert all(c.isprintable() or c == "\u200d" for line in drawn for c in line), keys
            assert {cell_len(line) for line in drawn} == {size[0]}, keys
