"""Every key does what the line of keys and the help say, in every view, also as jamo."""

import pytest
from article import announce
from gallery import fill
from stage import ROBOT, lines, page, press

from db.model.records import ActKind
from tracker.tui.base.base_screen import BaseScreen
from tracker.tui.imports.view import ImportScreen
from tracker.tui.keys.hangul import latin_of
from tracker.tui.session.views import VIEWS
from tracker.words import Words

LATIN = "qwertyuiopasdfghjklzxcvbnm"
JAMO = dict(zip(LATIN, "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", strict=True))
PLACES = [*(str(view.number) for view in VIEWS), "page", "article", "import"]
QUIET = {"app.quit", "app.how_to_quit"}


async def go(pilot, place):
    if place == "article":
        await announce(pilot, pilot.app.session.workspace)
        return
    if place == "import":
        await look_into(pilot)
        return
    await press(pilot, *(["2", "enter"] if place == "page" else [place]))


async def look_into(pilot):
    """Show what a file would bring, for long enough that a person has seen it."""
    session = pilot.app.session
    path = session.workspace.path.with_name("표.csv")
    path.write_text("시설명,착공,준공,개소\n강변도서관,2024.3,주민 반대,2027.5\n", "utf-8")
    pilot.app.push_screen(ImportScreen(session, path, session.preview(path)))
    await pilot.pause(0.6)
    await press(pilot)


def spied(node, name, heard):
    """Put a spy in the place of an action."""

    async def action(*parameters):
        heard.append((name, parameters))

    setattr(node, f"action_{name}", action)


def split(action):
    name, _, parameters = action.rpartition(".")[-1].partition("(")
    return name, parameters


@pytest.mark.parametrize("place", PLACES)
async def test_every_key_runs_its_action(opened, filled, place):
    fill(filled)
    async with opened() as pilot:
        await go(pilot, place)
        screen = pilot.app.screen
        entries = [e for e in screen.entries() if e.id not in QUIET]
        heard = []
        for entry in entries:
            target = pilot.app if entry.action.startswith("app.") else entry.node
            target = screen if entry.action.startswith("screen.") else target
            spied(target, split(entry.action)[0], heard)
        for entry in entries:
            for key in entry.keys:
                for sent in {key, JAMO.get(key, key)}:
                    heard.clear()
                    await pilot.press(sent)
                    await pilot.pause()
                    assert [n for n, _ in heard] == [split(entry.action)[0]], (entry.id, sent)


@pytest.mark.parametrize("place", PLACES)
async def test_the_line_of_keys_and_the_help_name_only_what_there_is(opened, filled, place):
    fill(filled)
    async with opened(size=(200, 60)) as pilot:
        await go(pilot, place)
        frame = pilot.app.screen
        assert isinstance(frame, BaseScreen)
        for words in map(Words, ("ko", "en")):
            assert all(words.has(e.label) for e in frame.entries())
        shown = str(frame.query_one("#keys").visual)
        refused = [e for e in frame.entries() if frame.refusal(e.action) and e.shown]
        for entry in refused:
            assert f"{entry.keys[0]} {frame.words(entry.label)}" not in shown
        await press(pilot, "question_mark")
        text = "\n".join(lines(pilot))
        assert frame.words("ui.help") in text


@pytest.mark.parametrize("place", PLACES)
async def test_nothing_that_writes_fires_from_a_syllable(opened, filled, place):
    fill(filled)
    with filled.reading() as reader:
        before = reader.newest_act(ActKind.ACT)
    async with opened() as pilot:
        await go(pilot, place)
        here = pilot.app.screen
        for syllable in "처페쳐하완뷁초코유우":
            assert latin_of(syllable) is None
            await press(pilot, syllable)
            assert pilot.app.screen is here
    with filled.reading() as reader:
        assert reader.newest_act(ActKind.ACT) == before


async def test_a_key_that_is_refused_says_why_and_writes_nothing(opened, filled):
    before = page(filled, ROBOT)
    async with opened() as pilot:
        await press(pilot, "end", "c")
        assert "이미 완료" in str(pilot.app.screen.query_one("#status").visual)
    assert page(filled, ROBOT) == before
