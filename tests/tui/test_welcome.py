"""A store that is missing or empty."""

from stage import BATCH, page, press, record, refused, text_of, until

from tracker.tui.board import BoardScreen
from tracker.tui.form import Form
from tracker.tui.welcome import WelcomeScreen


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
