"""Other keys, themes, and what is remembered."""

from dataclasses import replace

import pytest
from stage import lines, press, text_of

from tracker.app.config import Config
from tracker.app.paths import keymap_file, state_file
from tracker.tui.forms.form import Form
from tracker.tui.session.toml_file import read_state
from tracker.tui.session.views import VIEWS
from tracker.tui.shell.all_keys import ids, parts
from tracker.tui.shell.help import HelpScreen
from tracker.tui.shell.themes import CONTRAST
from tracker.words import Words


@pytest.fixture
def keymap(_own_world):
    def written(text):
        keymap_file().parent.mkdir(parents=True, exist_ok=True)
        keymap_file().write_text(text, "utf-8")

    return written


async def test_any_key_can_be_another(opened, keymap):
    keymap('"sheet.note" = ["#", "f4"]\n[list]\ndown = "ctrl+n"\n')
    async with opened() as pilot:
        row = pilot.app.screen.row
        await press(pilot, "j")
        assert pilot.app.screen.row == row
        await press(pilot, "ctrl+n")
        assert pilot.app.screen.row != row
        assert "# 메모" in text_of(pilot, "#keys")
        await press(pilot, "n")
        assert not isinstance(pilot.app.screen, Form)
        await press(pilot, "number_sign")
        assert isinstance(pilot.app.screen, Form)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"sheet.nope" = "x"', "sheet.nope"),
        ('"sheet.note" = 3', "sheet.note"),
        ('"sheet.note" = "p"', "키 p가 겹칩니다: sheet.plan, sheet.note"),
        ('"sheet.note" = ["q"]', "키 q가 겹칩니다"),
        ("\nnot toml [", "keymap.toml: 2행이 TOML이 아닙니다"),
    ],
)
async def test_what_is_wrong_is_one_line_and_the_rest_holds(opened, keymap, text, said):
    keymap(f'"sheet.confirm" = "y"\n{text}\n' if "toml" not in text else text)
    async with opened() as pilot:
        assert said in text_of(pilot, "#status")
        assert len(text_of(pilot, "#status").splitlines()) == 1
        await press(pilot, "n")
        assert isinstance(pilot.app.screen, Form), "what is wrong is left as it comes"


async def test_a_letter_that_only_some_views_use_is_free_in_the_others(opened, keymap):
    keymap('"board.nothing" = "o"\n')
    async with opened() as pilot:
        assert "board.nothing" in text_of(pilot, "#status")


def test_as_it_comes_no_key_is_taken_twice_but_by_what_is_nearer():
    from tracker.tui.shell.keymap import _clashes

    assert _clashes({}, parts()) == []
    assert len(ids()) > 60


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_binding_anywhere_is_named_in_both_languages(lang):
    words = Words(lang)
    assert [name for name, b in ids().items() if not words.has(b.description)] == []


async def test_a_theme_is_chosen_from_the_palette_and_remembered(opened, filled):
    async with opened() as pilot:
        await press(pilot, "colon", "text:theme", "enter", "text:contrast", "enter")
        assert pilot.app.theme == CONTRAST.name
        assert read_state(state_file()) == {"theme": CONTRAST.name}
        await press(pilot, "escape")
    async with opened() as pilot:
        assert pilot.app.theme == CONTRAST.name
    state_file().write_text("no toml [")
    async with opened(replace(filled, config=Config(theme="nord"))) as pilot:
        assert pilot.app.theme == "nord"


async def test_every_theme_shows_every_view(opened):
    async with opened() as pilot:
        for theme in (CONTRAST.name, "textual-light", "ansi-dark", "nord"):
            if theme not in pilot.app.available_themes:
                continue
            pilot.app.theme = theme
            for view in VIEWS:
                await press(pilot, str(view.number))
                assert "2026-11-21 (토)" in lines(pilot)[0]


@pytest.mark.parametrize(
    ("name", "view"),
    [("시설", "facilities"), ("facilities", "facilities"), ("log", "log"), ("기록", "log")],
)
async def test_views_are_found_by_name_in_both_languages(opened, name, view):
    async with opened() as pilot:
        await press(pilot, "ctrl+p", f"text:{name}", "enter")
        assert pilot.app.screen.view == view


async def test_help_is_there_in_every_view(opened):
    async with opened() as pilot:
        for view in VIEWS:
            await press(pilot, str(view.number), "f1")
            assert isinstance(pilot.app.screen, HelpScreen)
            await press(pilot, "escape")
