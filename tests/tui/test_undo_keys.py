"""On the screen `u` takes back the act that is named beside it, or one's own newest."""

import subprocess
import sys
from dataclasses import replace
from threading import Event

import pytest
from stage import LIBRARY, ROBOT, lines, milestone, press, record, text_of, until

from db.model.records import ActKind, Batch, Standing, Statement, UpdateKind
from tracker.tui.session.undo_offer import UndoOffer

_OTHER = """
import sys
from tracker.cli.main import run

assert run(sys.argv[1:]) == 0
"""


def by_another(office, *command, by="Lee"):
    """Write in another process, as another person."""
    words = [*command, "--db", str(office.path), "--by", by, "--today", office.today.isoformat()]
    subprocess.run([sys.executable, "-c", _OTHER, *words], check=True, capture_output=True)


def note(office, text, facility=ROBOT):
    return Batch((Statement(facility, None, UpdateKind.NOTE, office.today, value=text),))


def notes(office):
    with office.reading() as reader:
        return [
            u.value
            for u in reversed(reader.log()[1])
            if u.kind is UpdateKind.NOTE and u.retracted_by is None
        ]


def newest(office, kind=ActKind.ACT):
    with office.reading() as reader:
        return reader.newest_act(kind)


async def test_the_act_beside_the_key_is_taken_back_whatever_came_meanwhile(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:내 메모", "enter")
        assert "u 되돌리기" in text_of(pilot, "#status")
        by_another(filled, "note", LIBRARY, "남의 메모")
        with filled.writing() as store:  # the same person, elsewhere
            now = newest(filled).recorded_at
            store.record(note(filled, "둘째"), by="김주무관", now=now, today=filled.today)
        await press(pilot, "u")
        assert notes(filled) == ["남의 메모", "둘째"]
        assert "김주무관의" in text_of(pilot, "#status")
        assert "내 메모" in text_of(pilot, "#status")
        assert "ctrl+r" in text_of(pilot, "#status")


async def test_without_an_offer_ones_own_newest_is_taken_back_and_named(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:내 메모", "enter", "2")
        by_another(filled, "note", LIBRARY, "남의 메모")
        await until(pilot, lambda: pilot.app.session.changed() or len(notes(filled)) == 2)
        await press(pilot, "u")
        assert notes(filled) == ["남의 메모"]
        act = newest(filled, ActKind.UNDO)
        assert act.by == "김주무관"
        assert "김주무관의" in text_of(pilot, "#status")


async def test_somebody_elses_act_is_named_with_its_number_and_left(opened, filled):
    async with opened() as pilot:
        by_another(filled, "note", LIBRARY, "남의 메모")
        await press(pilot, "u")
        act = newest(filled)
        assert notes(filled) == ["남의 메모"]
        said = text_of(pilot, "#status")
        assert "김주무관이 한 작업 가운데 되돌릴 것이 없습니다" in said
        assert f"Lee의 {act.id}번" in said


async def test_who_has_no_name_leaves_what_has_one(opened, filled):
    nameless = replace(filled, config=replace(filled.config, author=None))
    async with opened(nameless) as pilot:
        await press(pilot, "u")
        assert "작성자 없이 한 작업 가운데" in text_of(pilot, "#status")
        assert newest(filled).by == "colleague"
        await press(pilot, "n", "text:이름 없는 메모", "enter", "u")
        assert notes(filled) == []
        assert "작성자가 없는" in text_of(pilot, "#status")


async def test_an_offer_is_withdrawn_once_its_act_is_taken_back_elsewhere(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:내 메모", "enter")
        by_another(filled, "undo", str(newest(filled).id))
        await until(pilot, lambda: "u 되돌리기" not in text_of(pilot, "#status"))
        assert "내 메모" in text_of(pilot, "#status"), "what was done stays said"


async def test_a_view_that_was_left_offers_no_old_act(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:하나", "enter", "2", "n", "text:둘", "enter", "1")
        assert "u 되돌리기" not in text_of(pilot, "#status")
        await press(pilot, "u")
        assert notes(filled) == ["하나"]


async def test_a_view_that_is_come_back_to_still_offers_what_was_done_last(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:하나", "enter", "2", "1")
        assert "u 되돌리기" in text_of(pilot, "#status")
        await press(pilot, "u")
        assert notes(filled) == []


async def test_redo_brings_back_the_undo_beside_it(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:하나", "enter", "n", "text:둘", "enter", "u")
        with filled.writing() as store:  # the same person undoes another act elsewhere
            now = newest(filled).recorded_at
            store.undo(by="김주무관", now=now, today=filled.today)
        assert notes(filled) == []
        await press(pilot, "ctrl+r")
        assert notes(filled) == ["둘"]
        await press(pilot, "ctrl+r")
        assert notes(filled) == ["하나", "둘"]


async def test_two_quick_keys_take_two_acts_back(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:하나", "enter", "n", "text:둘", "enter")
        await pilot.press("u", "u")
        await until(pilot, lambda: notes(filled) == [])


async def test_an_import_is_taken_back_whole_and_not_passed_over(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:하나", "enter", "2")
        with filled.writing() as store:
            now = newest(filled).recorded_at
            store.record_import(note(filled, "들어옴"), by="김주무관", now=now, today=filled.today)
        act = newest(filled, ActKind.IMPORT)
        await press(pilot, "u")
        assert f"김주무관의 {act.id}번 작업을 되돌렸습니다: 가져오기" in text_of(pilot, "#status")
        assert notes(filled) == ["하나"]
        await press(pilot, "ctrl+r")
        assert notes(filled) == ["하나", "들어옴"]


async def test_a_long_undo_says_so_and_leaves_the_screen_alive(opened, filled, monkeypatch):
    record(filled, note(filled, "하나"))
    async with opened() as pilot:
        await press(pilot, "n", "text:내 메모", "enter")
        session, go_on = pilot.app.session, Event()
        undo = session.undo
        monkeypatch.setattr(session, "undo", lambda act: go_on.wait(10) and undo(act))
        try:
            await pilot.press("u")
            await until(pilot, lambda: text_of(pilot, "#status") == "되돌리는 중…")
            before = pilot.app.screen.listing.cursor
            await pilot.press("j")
            await until(pilot, lambda: pilot.app.screen.listing.cursor == before + 1)
        finally:
            go_on.set()
        await until(pilot, lambda: "되돌렸습니다" in text_of(pilot, "#status"))
        await pilot.pause(0.4)
        assert "되돌렸습니다" in text_of(pilot, "#status"), "it is no longer said to go on"


async def test_an_undone_import_is_one_row_of_the_log_that_opens(opened, filled):
    with filled.writing() as store:
        now = newest(filled).recorded_at
        both = Batch(note(filled, "하나").statements + note(filled, "둘", LIBRARY).statements)
        store.record_import(both, by="김주무관", now=now, today=filled.today)
    act = newest(filled, ActKind.IMPORT).id
    async with opened() as pilot:
        await press(pilot, "u", "6")
        shown = [" ".join(line.split()) for line in lines(pilot)]
        assert any(f"작업 {act + 1} 되돌림 김주무관의 {act}번 작업" in s for s in shown)
        assert any(f"작업 {act} 가져오기" in s and "되돌려짐" in s for s in shown)
        await press(pilot, "x")
        assert "한 줄로 보이는 작업입니다" in text_of(pilot, "#status")
        await press(pilot, "j", "enter")
        assert "하나" in " ".join(lines(pilot))
        assert f"작업 {act}" in text_of(pilot, "#narrowed")
        await press(pilot, "escape", "home", "z")
        assert sorted(notes(filled)) == ["둘", "하나"], "the row of the undo is undone"


async def test_from_the_log_any_act_is_taken_back_whole(opened, filled):
    both = Batch(note(filled, "하나").statements + note(filled, "둘", LIBRARY).statements)
    record(filled, both)
    async with opened() as pilot:
        await press(pilot, "6", "z")
        assert notes(filled) == []
        assert "colleague의" in text_of(pilot, "#status")
        await press(pilot, "ctrl+r")
        assert sorted(notes(filled)) == ["둘", "하나"]


async def test_the_log_brings_back_what_somebody_undid(opened, filled):
    record(filled, note(filled, "하나"))
    by_another(filled, "undo", str(newest(filled).id))
    async with opened() as pilot:
        await press(pilot, "6", "z")
        assert notes(filled) == ["하나"]
        assert "Lee의" in text_of(pilot, "#status")


@pytest.mark.parametrize("lang", ["ko", "en"])
async def test_a_skip_that_is_offered_is_the_one_taken_back(opened, filled, lang):
    from tracker.words import Words

    office = replace(filled, words=Words(lang))
    async with opened(office) as pilot:
        await press(pilot, "5", "enter", "enter", "x")
        first = pilot.app.screen._check.items[0]  # noqa: SLF001 - the check it shows
        assert first.asked.skipped_by == "김주무관"
        await press(pilot, "u")
        assert pilot.app.screen._check.items[0].asked.skipped_at is None  # noqa: SLF001


async def test_screens_of_two_people_take_back_their_own(opened, filled):
    """Each step of the other comes from another process, between two keys."""
    async with opened() as pilot:
        for n in range(3):
            await press(pilot, "n", f"text:내{n}", "enter")
            by_another(filled, "note", LIBRARY, f"남{n}")
            await press(pilot, "u")
            by_another(filled, "undo")
        assert notes(filled) == []
        await press(pilot, "c", "enter")
        by_another(filled, "note", LIBRARY, "남")
        await press(pilot, "u")
        assert notes(filled) == ["남"]
        assert milestone(filled, ROBOT, "opening").milestone.standing is Standing.OPEN


async def test_a_skip_that_is_named_on_another_view_is_not_taken_for_an_act(opened, filled):
    record(filled, note(filled, "하나"))
    async with opened() as pilot:
        screen = pilot.app.screen
        screen.tell("skipped", offer=UndoOffer("undo", item=1))
        assert screen.offered("undo") is None
        await press(pilot, "5")
        pilot.app.screen.tell("skipped", offer=UndoOffer("undo", item=1))
        assert pilot.app.screen.offered("undo") is not None
