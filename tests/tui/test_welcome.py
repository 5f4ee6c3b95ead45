"""A store that is missing or empty."""

import pytest
from stage import BATCH, page, press, record, refused, text_of, until

from tracker.tui.board.view import BoardScreen
from tracker.tui.forms.form import Form
from tracker.tui.session.store_session import StoreSession
from tracker.tui.welcome.welcome import WelcomeScreen

UNSEEN = 0.6  # seconds after which a key was meant for what is shown


async def test_without_a_store_there_are_three_ways_to_begin(opened, office):
    office.path.unlink(missing_ok=True)
    async with opened(office) as pilot:
        assert isinstance(pilot.app.screen, WelcomeScreen)
        assert not office.path.exists(), "looking makes nothing"


async def test_a_first_facility_with_its_city(opened, office):
    office.path.unlink(missing_ok=True)
    async with opened(office) as pilot:
        await press(pilot, "3", "text:별빛 천문대", "tab", "text:김해시", "enter")
        assert isinstance(pilot.app.screen, BoardScreen)
        facility = page(office, "별빛-천문대").summary.facility
        assert (facility.name, facility.city) == ("별빛 천문대", "김해시")
        assert "되돌리기" in text_of(pilot, "#status")
        await press(pilot, "u")
        assert isinstance(pilot.app.screen, WelcomeScreen), "empty again"


async def test_what_an_undo_emptied_is_done_again_by_the_key_that_is_offered(opened, office):
    office.path.unlink(missing_ok=True)
    async with opened(office) as pilot:
        await press(pilot, "ctrl+r")
        assert "다시 실행할 것이 없습니다" in text_of(pilot, "#status")
        await press(pilot, "3", "text:별빛 천문대", "tab", "text:김해시", "enter", "u")
        assert isinstance(pilot.app.screen, WelcomeScreen)
        assert "ctrl+r 다시 실행" in text_of(pilot, "#status")
        await pilot.pause(UNSEEN)
        await press(pilot, "ctrl+r")
        assert isinstance(pilot.app.screen, BoardScreen)
        assert page(office, "별빛-천문대").summary.facility.name == "별빛 천문대"


async def test_the_demo_fills_the_store(opened, office):
    office.path.unlink(missing_ok=True)
    async with opened(office) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, BoardScreen)
        assert pilot.app.screen.row is not None


async def test_a_file_that_is_not_there_is_one_line_in_the_form(opened, office, tmp_path):
    office.path.unlink(missing_ok=True)
    async with opened(office) as pilot:
        await press(pilot, "2", f"text:{tmp_path}/none.facts", "enter")
        assert isinstance(pilot.app.screen, Form)
        assert "none.facts" in refused(pilot)


async def test_what_another_process_puts_there_ends_the_welcome(opened, office):
    office.path.unlink(missing_ok=True)
    async with opened(office) as pilot:
        record(office, BATCH)
        await until(pilot, lambda: isinstance(pilot.app.screen, BoardScreen))
        assert "● 기한 경과 1" in text_of(pilot, "#counts")


@pytest.mark.parametrize("way", ["the demo", "a file", "the first facility"])
def test_what_a_lost_store_left_is_told_of_with_the_answer(office, tmp_path, way):
    office.path.unlink(missing_ok=True)
    office.path.with_name("tracker.db-wal").write_bytes(b"acts of somebody")
    facts = tmp_path / "new.facts"
    facts.write_text("facility lab\n  name: 실험동\n2026-01-05  opening  plan  2026-10\n")
    session = StoreSession(office)
    ways = {
        "the demo": session.fill_demo,
        "a file": lambda: session.import_file(facts).told,
        "the first facility": lambda: session.record(BATCH).told,
    }
    told = ways[way]()
    session.close_store()
    (kept,) = office.path.with_name("backups").iterdir()
    assert kept.read_bytes() == b"acts of somebody"
    assert told.endswith(f"{kept}에 보관했습니다")
