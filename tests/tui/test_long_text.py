"""Texts of 10,000 characters, wherever one can stand, neither break a screen nor hold it up."""

import json
import sqlite3
from dataclasses import replace
from time import process_time

import pytest
from effort import either
from rich.cells import cell_len
from running import tracker  # noqa: F401 - a fixture of these tests too
from stage import HANGAR, LIBRARY, ROBOT, lines, page, press, record, refused, until
from textual import events

from db.model.records import Batch, Statement, UpdateKind
from db.model.values import MAX_TEXT
from tracker.tui.facility.facility_details import history
from tracker.tui.forms.form import Form
from tracker.tui.session.views import VIEWS

LENGTH = 10_000
STEPS = {ROBOT: "opening", LIBRARY: "opening", HANGAR: "completion"}
TEXTS = {
    "hangul": "가" * LENGTH,
    "words": "long words ".ljust(11) * (LENGTH // 11),
    "marks": "e" + "\u0301" * (LENGTH - 1),
    "joined": "👨\u200d👩\u200d👧" * (LENGTH // 5),
    "brackets": "[b]" * (LENGTH // 3),
}
SOME = either(["hangul", "words", "marks"], list(TEXTS))
COLUMNS = {
    "facility": ("name", "name_en", "city", "cluster", "site", "operator", "owner", "floors"),
    "milestone": ("title",),
    "status_update": ("phrase", "reason", "action"),
    "source": ("publisher", "title", "url"),
    "act": ("author",),
}
SECONDS = 3.0  # of a processor, for one key; on an idle machine each takes less than one
WALK = (
    *([], ["enter"], ["end"], ["home"], ["escape"], ["n"], ["escape"], ["p"], ["escape"]),
    *(["s"], ["escape"], ["f"], ["escape"], ["colon"], ["escape"], ["e"], ["escape"]),
    *(["slash"], ["a"], ["escape"], ["f1"], ["escape"], ["comma"], ["full_stop"]),
)
MORE = {
    "facilities": (["enter"], ["end"], ["escape"]),
    "timeline": (["plus"], ["minus"], ["right_square_bracket"], ["3"], ["b"], ["o"]),
    "trend": (["j"], ["slash"], ["escape"]),
    "review": (["enter"], ["x"], ["d"], ["escape"]),
    "log": (["end"], ["d"], ["escape"], ["w"], ["escape"]),
}


def lengthen(path, text):
    """Put a text into every column for text, past the checks, as a tampered store has it.

    Notes and values are as long as they may be: a store with longer ones is refused as damaged.
    """
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA ignore_check_constraints = ON")
    for table, columns in COLUMNS.items():
        for column in columns:
            raw.execute(f"UPDATE {table} SET {column} = ?", (text,))
    raw.execute(
        "UPDATE status_update SET value = ? WHERE kind = 'note'", (json.dumps(text[:MAX_TEXT]),)
    )
    raw.commit()
    raw.close()


@pytest.fixture(params=SOME)
def lengthened(request, filled):
    notes = [
        Statement(*about, UpdateKind.NOTE, filled.today, value="메모") for about in STEPS.items()
    ]
    record(filled, Batch(tuple(notes)))
    lengthen(filled.path, TEXTS[request.param])
    return filled


async def quickly(pilot, keys):
    """Press keys; each is answered without delay, and the screen stays a rectangle."""
    for key in keys:
        begun = process_time()
        await press(pilot, key)
        assert process_time() - begun < SECONDS, key
    drawn = lines(pilot)
    assert len(drawn) == 24
    assert all(cell_len(line) == 80 for line in drawn), [
        line for line in drawn if cell_len(line) != 80
    ]
    assert all(c.isprintable() or c == "\u200d" for line in drawn for c in line)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.id)
async def test_a_view_of_long_texts_is_drawn_and_answers(opened, lengthened, view):
    async with opened(lengthened, size=(80, 24)) as pilot:
        await quickly(pilot, [str(view.number)])
        for keys in (*WALK, *MORE.get(view.id, ())):
            await quickly(pilot, keys)


@pytest.mark.parametrize("key", ["n", "p", "a", "e", "slash", "colon", "at"])
async def test_a_long_text_can_be_pasted_and_is_refused_in_one_line(opened, key):
    async with opened(size=(80, 24)) as pilot:
        await press(pilot, key)
        if key == "a":
            await press(pilot, "enter")
        for text in (TEXTS["hangul"], TEXTS["words"]):
            begun = process_time()
            pilot.app.post_message(events.Paste(text))
            await quickly(pilot, ["end", "home"])
            assert process_time() - begun < SECONDS
        await quickly(pilot, ["enter"])
        if isinstance(pilot.app.screen, Form):
            await until(pilot, lambda: bool(refused(pilot)))
            assert len(refused(pilot)) < 400
        await quickly(pilot, ["escape", "escape", "escape"])


def test_a_page_of_many_long_statements_is_shortened(lengthened):
    shown = page(lengthened, ROBOT)
    many = replace(shown, updates=shown.updates * 10)
    drawn = history(many, lengthened.words, lengthened.today, 80).plain.split("\n")
    assert lengthened.words("ui.shortened") in "\n".join(drawn)
    assert len(drawn) < 2 * 400 + len(many.updates)


def test_a_page_of_few_statements_is_shown_in_full(filled):
    shown = page(filled, ROBOT)
    drawn = history(shown, filled.words, filled.today, 80).plain
    assert filled.words("ui.shortened") not in drawn
    assert drawn.count("강변일보") == sum(u.source is not None for u in shown.updates)


COMMANDS = [
    ["status"],
    ["alerts"],
    ["list"],
    ["list", "--search", "가가"],
    ["timeline"],
    ["log"],
    *([command, ROBOT] for command in ("show", "trend", "log")),
    *(["report", "weekly", "--format", form] for form in ("md", "html")),
    ["review"],
    ["doctor"],
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
def test_a_command_says_long_texts(lengthened, tracker, arguments, as_json):  # noqa: F811 - the fixture
    if as_json and arguments[0] in {"report", "review", "doctor"}:
        pytest.skip("it prints no data")
    more = ["--json"] if as_json else []
    begun = process_time()
    ran = tracker("--db", lengthened.path, *arguments, *more)
    assert process_time() - begun < SECONDS
    assert ran.code in ({3} if arguments == ["doctor"] else {0})
    assert "Traceback" not in ran.err
