"""View 5: the weekly check on a screen, checked against the store through another reader."""

from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Event

import pytest
from stage import (
    HANGAR,
    LIBRARY,
    ROBOT,
    TODAY,
    chosen,
    in_sizes,
    lines,
    milestone,
    page,
    press,
    record,
    refused,
    text_of,
    until,
)

from db.model.period import Period
from db.model.records import Batch, Kind, NewMilestone, Standing, State, Statement, UpdateKind
from db.model.review_reasons import Need
from tracker.acts.review_acts import Reviewing
from tracker.domain.review import Outcome, read_check
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.forms.form import Form
from tracker.tui.session.background_query import BackgroundQuery

QUEUE = [(ROBOT, "opening"), (LIBRARY, "opening"), (HANGAR, "completion")]
BEGIN = ("5", "enter", "text:박팀장", "tab", "text:주간회의", "enter")


@pytest.fixture
def held(filled):
    """Overdue, due soon and on hold."""
    said = Statement(HANGAR, "completion", UpdateKind.HOLD, date(2026, 10, 5), reason="예산")
    record(filled, Batch((said,)))
    return filled


def check_of(office, number=0):
    """The newest check of the store, as another process sees it."""
    with office.reading() as reader:
        heads = reader.reviews.heads()
        if len(heads) <= number:
            return None
        return read_check(reader, heads[number], office.today, office.config.limits)


def outcomes(office):
    return [item.outcome.value for item in check_of(office).items]


def question(pilot):
    return text_of(pilot, "#question")


def recap(pilot):
    return text_of(pilot, "#recap-text")


async def test_before_it_begins_it_says_what_it_will_ask(opened, held):
    async with opened() as pilot:
        await press(pilot, "5")
        assert "주간 점검 2026-W47" in recap(pilot)
        assert "확인이 필요한 것 3건" in recap(pilot)
        assert check_of(held) is None, "looking writes nothing"


async def test_what_takes_long_to_count_is_counted_aside(opened, held, monkeypatch):
    monkeypatch.setattr("db.read.pending_counts._QUICK", -1)
    async with opened() as pilot:
        real, counted = BackgroundQuery.run, Event()
        monkeypatch.setattr(BackgroundQuery, "run", lambda aside: counted.wait(20) and real(aside))
        await press(pilot, "5")
        assert "주간 점검 2026-W47" in recap(pilot)
        assert "읽는 중" in recap(pilot)
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, Form), "how many it is about is told when it begins"
        counted.set()
        await until(pilot, lambda: "확인이 필요한 것 3건" in recap(pilot))
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: check_of(held) is not None)
        assert len(check_of(held).items) == 3


async def test_who_says_so_is_asked_once_and_goes_with_every_answer(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN)
        await press(pilot, "v", "n", "text:통화함", "enter")
        assert chosen(pilot) == QUEUE[2]
    check = check_of(held)
    assert (check.review.week, check.review.opened_by) == ("2026-W47", "김주무관")
    for slug in (ROBOT, LIBRARY):
        source = page(held, slug).updates[0].source
        assert (source.publisher, source.title) == ("박팀장", "주간회의")


async def test_one_key_each_and_on_to_the_next(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN)
        assert chosen(pilot) == QUEUE[0]
        assert question(pilot).startswith("1/3  2025년 10월 기한이 386일")
        await press(pilot, "v")
        assert chosen(pilot) == QUEUE[1]
        assert "19일 남았습니다" in question(pilot)
        assert "1/3" in text_of(pilot, "#progress")
        await press(pilot, "p", "text:2027 상반기", "tab", "text:설계 변경", "enter")
        assert chosen(pilot) == QUEUE[2]
        assert "보류 중입니다" in question(pilot)
        await press(pilot, "s", "1")
        assert "모두 보았습니다" in recap(pilot)
    assert outcomes(held) == ["decided"] * 3
    assert milestone(held, ROBOT, "opening").judged.detail == "confirmed"
    assert str(milestone(held, LIBRARY, "opening").milestone.forecast) == "2027-40"
    assert milestone(held, HANGAR, "completion").milestone.standing is Standing.OPEN
    kinds = [i.decisions[0].updates[0].kind.value for i in check_of(held).items]
    assert kinds == ["confirm", "plan", "resume"]


@pytest.mark.parametrize("key", ["x", "tab", "ㅌ"])
async def test_what_is_skipped_is_said_to_be(opened, held, key):
    async with opened() as pilot:
        await press(pilot, *BEGIN, key)
        assert chosen(pilot) == QUEUE[1]
        assert "건너뛰었습니다" in text_of(pilot, "#status")
    assert outcomes(held) == ["skipped", "open", "open"]
    assert check_of(held).items[0].asked.skipped_by == "김주무관"


async def test_undo_takes_the_last_decision_back_and_returns_to_its_item(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN, "c", "enter", "x", "u")
        assert chosen(pilot) == QUEUE[1]
        assert outcomes(held) == ["decided", "open", "open"]
        await press(pilot, "u")
        assert chosen(pilot) == QUEUE[0]
        assert outcomes(held) == ["open"] * 3
        assert milestone(held, ROBOT, "opening").judged.state is State.OVERDUE
        await press(pilot, "u")
        assert text_of(pilot, "#status") == "되돌릴 것이 없습니다", (
            "what is older is not the check's"
        )
        await press(pilot, "ctrl+r")
        assert outcomes(held) == ["decided", "open", "open"]


@pytest.mark.parametrize("key", ["b", "left", "ㅠ"])
async def test_back_goes_to_what_was_seen_before(opened, held, key):
    async with opened() as pilot:
        await press(pilot, *BEGIN, "v", key)
        assert chosen(pilot) == QUEUE[0]
        assert "변동 없음 — 김주무관" in question(pilot)
        await press(pilot, "p", "text:2027", "enter")
        assert chosen(pilot) == QUEUE[1]
    decided = check_of(held).items[0].decisions
    assert [d.updates[0].kind.value for d in decided] == ["confirm", "plan"]


async def test_the_recap_and_closing(opened, held):
    async with opened(size=(100, 40)) as pilot:
        await press(pilot, *BEGIN, "v", "x", "d")
        assert "3건: 결정 1 · 건너뜀 1 · 확인 불필요 0 · 남음 1" in recap(pilot)
        assert "tracker report weekly --week 2026-W47" in recap(pilot)
        await press(pilot, "b")
        assert chosen(pilot) == QUEUE[2]
        await press(pilot, "d", "enter")
        assert "닫은 점검입니다" in recap(pilot)
        assert "남은 1건은 답이 없는 채로 닫았습니다 · 다시 열기: o" in text_of(pilot, "#status")
        assert check_of(held).review.closed_by == "김주무관"
        await press(pilot, "v", "u")
        assert outcomes(held) == ["decided", "skipped", "open"], "nothing is written any more"
        await press(pilot, "o")
        assert chosen(pilot) == QUEUE[2]
        assert check_of(held).review.closed_at is None


async def test_it_goes_on_where_it_was_left(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN, "v")
    async with opened() as pilot:
        await press(pilot, "5")
        assert chosen(pilot) == QUEUE[1]
        assert "박팀장" in text_of(pilot, "#header")


async def test_who_says_so_can_be_changed_on_the_way(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN, "v", "w", "ctrl+a", "text:이주임", "enter", "v")
    assert page(held, ROBOT).updates[0].source.publisher == "박팀장"
    assert "이주임" in page(held, LIBRARY).updates[0].source.publisher


async def test_a_source_that_is_typed_goes_before_the_one_remembered(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN, "p", "text:2027", "tab", "tab", "tab", "text:공문", "enter")
    assert page(held, ROBOT).updates[0].source.title == "공문"


async def test_what_another_process_decides_shows_and_is_not_decided_twice(
    opened, held, monkeypatch
):
    monkeypatch.setattr("tracker.tui.shell.app._POLL", 3600)  # it has not looked since
    async with opened() as pilot:
        await press(pilot, *BEGIN)
        answering = check_of(held).answering(check_of(held).items[0])
        said = Statement(ROBOT, "opening", UpdateKind.CONFIRM, TODAY)
        record(held, Batch((said,), answering=answering))
        await press(pilot, "v")
        assert "colleague" in text_of(pilot, "#status")
        assert chosen(pilot) == QUEUE[0]
        assert "변동 없음 — colleague" in question(pilot)
        assert len(check_of(held).items[0].decisions) == 1
        await press(pilot, "v")
        assert len(check_of(held).items[0].decisions) == 2, "now that it was seen, it is knowingly"


async def test_what_another_process_decides_is_told_without_a_key(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN)
        answering = check_of(held).answering(check_of(held).items[0])
        said = Statement(ROBOT, "opening", UpdateKind.CONFIRM, TODAY)
        record(held, Batch((said,), answering=answering))
        await until(pilot, lambda: "colleague" in text_of(pilot, "#status"))
        assert chosen(pilot) == QUEUE[0]


async def test_a_form_that_another_was_faster_than_keeps_what_was_typed(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN, "n", "text:통화함")
        record(held, Batch((Statement(ROBOT, "opening", UpdateKind.CONFIRM, TODAY),)))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Form)
        assert "colleague" in refused(pilot)
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, Form)
    assert page(held, ROBOT).updates[0].value == "통화함"


async def test_what_is_settled_elsewhere_is_passed_over(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN)
        record(held, Batch((Statement(LIBRARY, "opening", UpdateKind.CANCEL, TODAY, reason="x"),)))
        await press(pilot, "v")
        assert chosen(pilot) == QUEUE[2]
    assert outcomes(held) == ["decided", "settled", "open"]


async def test_a_composed_syllable_decides_nothing(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN)
        before = check_of(held)
        await press(pilot, "페", "초", "하", "트", "유")
        assert "한/영" in text_of(pilot, "#status")
    assert check_of(held) == before


async def test_the_walk_with_jamo(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN, "ㅍ", "ㅌ", "ㅠ")
        assert chosen(pilot) == QUEUE[1]
        await press(pilot, "ㅕ", "ㅕ")
        assert chosen(pilot) == QUEUE[0]
        await press(pilot, "ㅇ")
        assert "아직 남은 것 3건" in recap(pilot)


async def test_enter_opens_the_facility_on_the_way(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN, "enter")
        assert isinstance(pilot.app.screen, FacilityScreen)
        await press(pilot, "escape")
        assert chosen(pilot) == QUEUE[0]


async def test_what_is_answered_on_the_page_of_the_facility_is_decided(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN, "enter")
        assert "이번 점검의 결정" in text_of(pilot, "#status")
        await press(pilot, "p", "text:2027 상반기", "enter")
        assert isinstance(pilot.app.screen, FacilityScreen)
        await press(pilot, "escape")
        assert chosen(pilot) == QUEUE[1]
    assert outcomes(held) == ["decided", "open", "open"]
    assert page(held, ROBOT).updates[0].source.publisher == "박팀장"


@pytest.fixture
def twice(held):
    """One facility that is asked about twice: 2 of 4 is the opening, 4 of 4 the completion."""
    said = Statement(HANGAR, "opening", UpdateKind.PLAN, TODAY, period=Period.parse("2026-11"))
    more = NewMilestone(HANGAR, "opening", Kind.OPENING)
    record(held, Batch((said,), milestones=(more,)))
    return held


async def test_an_answer_on_the_page_about_another_step(opened, twice):
    """A step that the check asks of is decided; any other one learns who said so."""
    async with opened() as pilot:
        await press(pilot, *BEGIN, "enter", "up", "n", "text:잔금 지급", "enter", "escape")
        assert chosen(pilot) == (ROBOT, "opening"), "it has no answer yet"
        await press(pilot, "x", "enter", "up", "n", "text:예산 확정", "enter", "escape")
        assert chosen(pilot) == (HANGAR, "opening")
        assert "다른 곳" not in text_of(pilot, "#status")
    assert outcomes(twice) == ["skipped", "open", "open", "decided"]
    note = page(twice, ROBOT).updates[0]
    assert (note.milestone, note.source.publisher) == ("completion", "박팀장")


async def test_one_act_on_the_page_decides_every_item_that_is_marked(opened, twice):
    async with opened() as pilot:
        await press(pilot, *BEGIN, "x", "enter", "ctrl+a", "n", "text:함께 미룸", "enter")
        assert outcomes(twice) == ["skipped", "decided", "open", "decided"]
        await press(pilot, "escape")
        assert chosen(pilot) == (LIBRARY, "opening")
        await press(pilot, "u")
    assert outcomes(twice) == ["skipped", "open", "open", "open"]


async def test_what_another_decides_while_the_page_is_covered_is_not_decided_twice(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN, "enter", "n", "text:통화함")
        record(held, Batch((Statement(ROBOT, "opening", UpdateKind.CONFIRM, TODAY),)))
        await press(pilot, "enter")
        assert "colleague" in text_of(pilot, "#form-status")


async def test_another_week_closes_the_check_that_was_left_open(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN, "v")
    later = replace(held, today=date(2026, 11, 25))
    async with opened(later) as pilot:
        await press(pilot, "5")
        assert "지난 점검 2026-W47 · 3건: 결정 1" in recap(pilot)
        await press(pilot, "enter")
        assert "박팀장" in " ".join(lines(pilot)), "who said so last time is offered"
        await press(pilot, "enter")
    newest, older = check_of(later), check_of(later, 1)
    assert (newest.review.week, older.review.week) == ("2026-W48", "2026-W47")
    assert older.review.closed_at is not None
    assert newest.items[0].asked.need is Need.OVERDUE_CONFIRMED


async def test_last_weeks_check_is_shown_as_of_last_week(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN, "v", "d", "enter")
    async with opened(replace(held, today=date(2026, 11, 28))) as pilot:
        await press(pilot, "5", "comma")
        assert "주간 점검 2026-W47" in recap(pilot)
        assert "변동 없음 1" in recap(pilot)
        await press(pilot, "o", "v")
        assert len(check_of(held).items[0].decisions) == 1, "the past is not written in"
        await press(pilot, "comma")
        assert "그 주에는 점검이 없습니다" in recap(pilot)


async def test_what_needs_a_word_since_is_added_on_demand(opened, held):
    with held.writing() as store:
        from db.read.reviews import Opening

        opening = Opening("2026-W47", TODAY, ((ROBOT, "opening", Need.OVERDUE_UNCONFIRMED),))
        store.review(opening, by="x", now=datetime(2026, 11, 21, tzinfo=UTC))
    async with opened() as pilot:
        await press(pilot, "5", "v")
        assert "새로 확인할 것 2건" in recap(pilot)
        await press(pilot, "o")
        assert chosen(pilot) == QUEUE[1]
    assert len(check_of(held).items) == 3


async def test_nothing_to_ask_is_a_check_too(opened, filled):
    for slug, step in ((ROBOT, "opening"), (LIBRARY, "opening")):
        record(filled, Batch((Statement(slug, step, UpdateKind.CANCEL, TODAY, reason="x"),)))
    async with opened() as pilot:
        await press(pilot, "5")
        assert "확인할 것이 없습니다" in recap(pilot)
        await press(pilot, "enter", "enter", "enter")
    assert check_of(filled).items == ()
    assert check_of(filled).review.closed_at is not None


async def test_the_report_is_saved(opened, held, tmp_path):
    file = tmp_path / "report.md"
    async with opened() as pilot:
        await press(pilot, *BEGIN, "r", "ctrl+a", "ctrl+k", f"text:{file}", "enter")
        assert str(file) in text_of(pilot, "#status")
    assert "2026" in file.read_text("utf-8")


async def test_it_fits(opened, held):
    async with opened() as pilot:
        await press(pilot, *BEGIN)
        async for _ in in_sizes(pilot, [(80, 24), (200, 60), (60, 15)]):
            shown = "\n".join(lines(pilot))
            assert "한국로봇" in shown
            assert "386일" in shown
            assert "2025년 10월" in shown


@pytest.mark.parametrize("over", [["question_mark"], ["enter"]], ids=["help", "page"])
async def test_the_facts_are_there_in_a_window_that_became_wide_below_another_screen(
    opened, held, over
):
    async with opened(size=(120, 30)) as pilot:
        await press(pilot, *BEGIN)
        walk = pilot.app.screen
        await press(pilot, *over)
        await pilot.resize_terminal(160, 40)
        await press(pilot, "escape")
        assert pilot.app.screen is walk
        await until(pilot, lambda: "물류·로봇" in text_of(pilot, "#facts"))


async def test_data_is_never_markup(opened, held):
    said = Statement(ROBOT, None, UpdateKind.SET, TODAY, value={"name": "[red]x [/nope]"})
    record(held, Batch((said,)))
    async with opened() as pilot:
        await press(pilot, *BEGIN, "n", "text:[@click=app.quit]y", "enter", "d")
        assert "[red]x [/nope]" in recap(pilot)
        assert "[@click=app.quit]y" in recap(pilot)


async def test_every_act_of_the_check_is_undone_with_it(opened, held):
    """What the check wrote and took back leaves the store's answers as they were."""
    before = [milestone(held, *key) for key in QUEUE]
    async with opened() as pilot:
        await press(pilot, *BEGIN, "v", "c", "enter", "s", "1", "u", "u", "u")
    assert [milestone(held, *key) for key in QUEUE] == before
    assert {i.outcome for i in check_of(held).items} == {Outcome.OPEN}


async def test_without_an_author_the_newest_step_is_taken_back(opened, held):
    nobody = replace(held, config=replace(held.config, author=None))
    Reviewing(nobody, None).begin()
    async with opened(nobody) as pilot:
        await press(pilot, "5", "v", "b")
        assert question(pilot) == "1/3  ✓ 변동 없음"
        await press(pilot, "u")
        assert chosen(pilot) == QUEUE[0]
        await press(pilot, "d")
        assert "–)" not in recap(pilot)
