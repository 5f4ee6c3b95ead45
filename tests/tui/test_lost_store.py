"""A store that goes away or is replaced while it is looked at: said, shown on, never made anew."""

import shutil
from datetime import UTC, date, datetime

import pytest
from stage import BATCH, LIBRARY, chosen, lines, page, press, record, refused, text_of, until

from db.model.records import Batch, Statement, UpdateKind
from db.upkeep.backup import back_up
from db.upkeep.restore import restore
from tracker.app.workspace import Workspace
from tracker.tui.board.view import BoardScreen
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.forms.form import Form
from tracker.tui.session.views import VIEWS

MARK = "지금 상태가 아님"
BESIDE = ("", "-wal", "-shm")


def deleted(path, _):
    for end in BESIDE:
        path.with_name(path.name + end).unlink(missing_ok=True)


def moved(path, aside):
    for end in BESIDE:
        if path.with_name(path.name + end).exists():
            path.with_name(path.name + end).rename(aside.with_name(aside.name + end))


def folder(path, aside):
    moved(path, aside)
    path.mkdir()


def garbage(path, aside):
    moved(path, aside)
    path.write_bytes(b"no store at all" * 500)


def garbage_inside(path, aside):
    shutil.copy(path, aside)
    path.write_bytes(b"no store at all" * 500)


def nothing_inside(path, aside):
    moved(path, aside)
    path.touch()


def dangling(path, aside):
    moved(path, aside)
    path.symlink_to(aside.with_name("none"))


def no_store_in_it(path, aside):
    moved(path, aside)
    from db.upkeep.migrate import create

    create(path, busy_ms=1000)


LOSSES = [deleted, moved, folder, garbage, garbage_inside, nothing_inside, dangling, no_store_in_it]


def back(path, aside):
    if path.is_symlink() or path.is_file():
        deleted(path, None)
    elif path.exists():
        path.rmdir()
    moved(aside, path)


def state_of(path):
    if path.is_dir():
        return "folder"
    return path.read_bytes() if path.exists() else None


async def lost(pilot):
    await until(pilot, lambda: pilot.app.session.lost is not None)
    await until(pilot, lambda: MARK in lines(pilot)[0])


@pytest.fixture
def aside(tmp_path):
    return tmp_path / "aside.db"


@pytest.mark.parametrize("lose", LOSSES)
async def test_what_was_shown_stays_and_is_marked(opened, filled, aside, lose):
    async with opened() as pilot:
        await press(pilot, "j")
        lose(filled.path, aside)
        before = state_of(filled.path)
        await lost(pilot)
        assert isinstance(pilot.app.screen, BoardScreen)
        assert chosen(pilot) == (LIBRARY, "opening")
        assert text_of(pilot, "#status")
        for key in ("enter", "v", "u", "ctrl+r", "1", "2", "enter", "escape", "1", "k", "3", "v"):
            await press(pilot, key)
        assert state_of(filled.path) == before, "nothing was made in its place"
        assert pilot.app.is_running


@pytest.mark.parametrize("lose", LOSSES[:6])
async def test_a_form_stays_with_its_text_and_is_recorded_when_the_store_is_back(
    opened, filled, aside, lose
):
    async with opened() as pilot:
        await press(pilot, "j", "n", "text:Gravel")
        shutil.copy(filled.path, aside.with_name("kept.db"))
        lose(filled.path, aside)
        await press(pilot, "enter", "enter")  # perhaps before it is seen
        await until(pilot, lambda: pilot.app.session.lost is not None)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Form)
        assert refused(pilot)
        assert pilot.app.focused.value == "Gravel"
        if lose is deleted:
            aside.with_name("kept.db").rename(aside)
        back(filled.path, aside)
        await until(pilot, lambda: pilot.app.session.lost is None)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, BoardScreen)
        assert MARK not in lines(pilot)[0]
        assert [u.value for u in page(filled, LIBRARY).updates if u.kind is UpdateKind.NOTE] or any(
            "Gravel" in str(u) for u in page(filled, LIBRARY).updates
        )


@pytest.mark.parametrize("view", [view.id for view in VIEWS])
async def test_every_view_stays_and_goes_on(opened, filled, aside, view):
    async with opened(view=view) as pilot:
        await press(pilot, "j")
        shown = type(pilot.app.screen)
        moved(filled.path, aside)
        await lost(pilot)
        assert type(pilot.app.screen) is shown
        moved(aside, filled.path)
        await until(pilot, lambda: pilot.app.session.lost is None)
        await until(pilot, lambda: MARK not in lines(pilot)[0])
        assert "돌아왔습니다" in text_of(pilot, "#status")


async def test_a_page_over_a_view_stays_too(opened, filled, aside):
    async with opened() as pilot:
        await press(pilot, "enter")
        moved(filled.path, aside)
        await lost(pilot)
        assert isinstance(pilot.app.screen, FacilityScreen)
        moved(aside, filled.path)
        await until(pilot, lambda: MARK not in lines(pilot)[0])


# -- another store -----------------------------------------------------------------------------


@pytest.fixture
def other(filled, tmp_path):
    """Another store of the same facilities."""
    other = Workspace(tmp_path / "other.db", filled.today, filled.config, filled.words)
    with other.writing(create=True) as store:
        store.record(BATCH, by="other", now=datetime(2026, 10, 1, tzinfo=UTC), today=other.today)
    held = Statement(LIBRARY, "opening", UpdateKind.HOLD, date(2026, 11, 20), reason="심의")
    record(other, Batch((held,)))
    return other


async def test_another_store_in_its_place_is_named_and_shown(opened, filled, other):
    async with opened() as pilot:
        deleted(filled.path, None)
        moved(other.path, filled.path)
        await until(pilot, lambda: "‖ 보류 1" in text_of(pilot, "#counts"))
        assert "다른 저장소" in text_of(pilot, "#status")
        assert MARK not in lines(pilot)[0]


@pytest.mark.parametrize("seen", [True, False])
async def test_a_form_filled_in_for_another_store_asks_first(opened, filled, other, seen):
    async with opened() as pilot:
        await press(pilot, "j", "n", "text:Gravel")
        deleted(filled.path, None)
        moved(other.path, filled.path)
        if seen:
            await until(pilot, lambda: pilot.app.session.replaced == 1)
        count = len(page(filled, LIBRARY).updates)
        await press(pilot, "enter", "enter", "enter")
        assert isinstance(pilot.app.screen, Form)
        assert len(page(filled, LIBRARY).updates) == count, "typing ahead confirms nothing"
        assert pilot.app.focused.value == "Gravel"
        await pilot.pause(0.6)
        for _ in range(2):
            if isinstance(pilot.app.screen, Form):
                await press(pilot, "enter")
                await pilot.pause(0.6)
        assert len(page(filled, LIBRARY).updates) == count + 1


async def test_a_backup_restored_while_a_form_is_open_is_no_other_store(opened, filled, tmp_path):
    back_up(filled.path, tmp_path / "copy.db", busy_ms=1000)
    async with opened() as pilot:
        await press(pilot, "c", "enter")
        await press(pilot, "n", "text:Gravel")
        restore(filled.path, tmp_path / "copy.db", busy_ms=1000)
        await until(
            pilot, lambda: "✓ 완료 2" in str(pilot.app.screen_stack[0].query_one("#counts").visual)
        )
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, BoardScreen)


# -- how to begin ------------------------------------------------------------------------------


async def test_keys_typed_before_the_beginning_shows_begin_nothing(opened, office, monkeypatch):
    monkeypatch.setattr(
        "tracker.tui.shell.board_source._UNSEEN", 60.0
    )  # however slowly a machine types
    office.path.unlink(missing_ok=True)
    async with opened(office) as pilot:
        record(office, BATCH)
        await until(pilot, lambda: isinstance(pilot.app.screen, BoardScreen))
        with office.writing() as store:
            store.undo(by="colleague", now=datetime(2026, 11, 2, tzinfo=UTC), today=office.today)
        await until(pilot, pilot.app.session.empty)
        for _ in range(30):
            await pilot.press("enter", "1")
            await pilot.pause(0.01)
        with office.reading() as reader:
            assert not reader.totals()


async def test_the_beginning_comes_over_no_form(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:Gravel")
        with filled.writing() as store:
            store.undo(by="colleague", now=datetime(2026, 11, 2, tzinfo=UTC), today=filled.today)
        await until(pilot, pilot.app.session.empty)
        await pilot.pause(1.2)
        assert isinstance(pilot.app.screen, Form)
        assert pilot.app.focused.value == "Gravel"
