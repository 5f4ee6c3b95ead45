"""An announcement is decided about on one screen, and recorded as one act at its end."""

import unicodedata
from dataclasses import replace

import pytest
from article import DAY, NEW_PLAN, SAME, STARTED, TEXT, announce, written
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from stage import ROBOT, in_sizes, lines, milestone, page, press, refused, text_of

from db.model.period import Period
from db.model.records import ActKind, Batch, Statement, UpdateKind
from tracker.acts.announcement_acts import read_announcement
from tracker.announcements.matching import Verdict
from tracker.announcements.text.documents import read_document
from tracker.domain.doubts import doubts_of
from tracker.tui.announcement.article_text import ArticleText, lay_out
from tracker.tui.announcement.proposal_list import Choice
from tracker.tui.announcement.view import ArticleScreen
from tracker.tui.facility.warnings import findings
from tracker.words import Words

NEW = "다온-소방학교"


def newest(office):
    with office.reading() as reader:
        return reader.newest_act(ActKind.ACT)


def choices(screen):
    """A sign for every proposal: . t x."""
    signs = {Choice.OPEN: ".", Choice.TAKEN: "t", Choice.LEFT: "x"}
    return "".join(signs[o.choice] for o in screen._offers)  # noqa: SLF001 - nothing public tells


def toned(pilot, tone):
    """The words of the article that are drawn in one way."""
    text = pilot.app.screen.query_one(ArticleText)
    at = sorted(at for at, own in text._tones.items() if own == tone)  # noqa: SLF001
    return "".join(text._shown[i] + ("" if i + 1 in at else "|") for i in at)  # noqa: SLF001


async def test_the_article_stands_beside_its_proposals_and_why_they_were_read(opened, filled):
    async with opened(size=(80, 24)) as pilot:
        await announce(pilot, filled)
        await press(pilot, "j")
        drawn = lines(pilot)
        assert "제안 5 · 넣음 0 · 뺌 0" in drawn[0]
        assert all(cell_len(line) == 80 for line in drawn)
        assert "강변에 도서관" in drawn[1][:40]
        assert any("강변도서관" in line and "개소" in line for line in drawn)
        assert toned(pilot, "lit") == "한국로봇리퍼브센터|개소|내년 3월|"
        assert "강변도서관|" in toned(pilot, "other")
        why = text_of(pilot, "#offer")
        for part in (
            "개소 계획 · 2027년 3월",
            "새 계획 +516일",
            "내년 3월 · 개소",
            "시기를 당초 지난해 10월에서",
        ):
            assert part in why


async def test_nothing_is_written_before_the_end_and_then_one_act_with_its_source(opened, filled):
    before = newest(filled)
    async with opened() as pilot:
        screen = await announce(pilot, filled)
        await press(pilot, "j", "ㅅ", "x", "t", "t")
        assert choices(screen) == ".txtt"
        assert newest(filled) == before
        await press(pilot, "ㄴ")
        assert not isinstance(pilot.app.screen, ArticleScreen)
        assert "3건을 기록했습니다" in text_of(pilot, "#status")
    update = page(filled, ROBOT).updates[0]
    assert (update.kind, update.period, update.phrase) == (
        UpdateKind.PLAN,
        Period.parse("2027-03"),
        "내년 3월",
    )
    assert (update.reported_on, update.evidence) == (DAY, ("article.txt",))
    assert update.source.publisher == "강변일보"
    made = page(filled, NEW)
    assert made.summary.facility.name == "다온 소방학교"
    assert {r.milestone.slug for r in made.rows} == {"groundbreaking", "completion"}
    assert {u.act for u in made.updates} == {update.act}
    with filled.writing() as store:
        store.undo(by=filled.config.author, now=update.recorded_at, today=filled.today)
    assert newest(filled) == before


async def test_the_sure_ones_are_taken_at_once_and_a_choice_can_be_taken_back(opened, filled):
    async with opened() as pilot:
        screen = await announce(pilot, filled)
        await press(pilot, "a")
        assert choices(screen) == ".t..."
        await press(pilot, "x", "u", "u")
        assert choices(screen) == "....."
        await press(pilot, "u")
        assert "되돌릴" in text_of(pilot, "#status")


async def test_leaving_with_takes_asks_once(opened, filled):
    async with opened() as pilot:
        screen = await announce(pilot, filled)
        await press(pilot, "t", "escape")
        assert pilot.app.screen is screen
        assert "넣은 1건" in text_of(pilot, "#status")
        await press(pilot, "2")
        assert pilot.app.screen is not screen, "asked once, whichever way it is left"
        await announce(pilot, filled)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ArticleScreen)
    assert page(filled, ROBOT).updates[0].reported_on != DAY


@pytest.mark.parametrize("key", ["q", "3", "ctrl+q"])
async def test_every_way_out_asks(opened, filled, key):
    async with opened() as pilot:
        screen = await announce(pilot, filled)
        await press(pilot, "t", key)
        assert pilot.app.screen is screen
        assert pilot.app.is_running


async def test_a_proposal_is_put_right_before_it_is_taken(opened, filled):
    async with opened() as pilot:
        screen = await announce(pilot, filled)
        await press(
            pilot, *["j"] * STARTED, "e", "ctrl+u", "text:강변도서관", "tab", "tab", "ctrl+u"
        )
        await press(pilot, "text:계획", "tab", "ctrl+u", "text:내년 3분기")
        assert "2027년 3분기" in "\n".join(lines(pilot)), "read live, from the day of the article"
        await press(pilot, "enter")
        assert choices(screen) == "...t."
        await press(pilot, "s")
    started = milestone(filled, "river-library", "groundbreaking").milestone
    assert started.forecast == Period.parse("2027-35")


async def test_no_key_looks_for_names_like_the_one_that_is_typed(opened, filled, monkeypatch):
    asked = []
    monkeypatch.setattr("db.read.suggestions.near", lambda *given: asked.append(given) or [])
    async with opened() as pilot:
        await announce(pilot, filled)
        await press(pilot, *["j"] * STARTED, "e", "ctrl+u", "text:강변보서관")
        assert "모르는 시설" in "\n".join(lines(pilot))
    assert asked == []


async def test_a_plan_can_be_made_undated_by_a_person(opened, filled):
    async with opened() as pilot:
        await announce(pilot, filled)
        await press(
            pilot, *["j"] * SAME, "e", "tab", "tab", "tab", "ctrl+u", "text:미정", "enter", "s"
        )
    assert milestone(filled, "river-library", "opening").milestone.forecast is None


@pytest.mark.parametrize("said", ["실적", "옛 계획", "불투명"])
async def test_what_needs_a_date_is_refused_by_its_name(opened, filled, said):
    async with opened() as pilot:
        await announce(pilot, filled)
        await press(pilot, *["j"] * SAME, "e", "tab", "tab", "ctrl+u", f"text:{said}")
        await press(pilot, "tab", "ctrl+u", "text:미정", "enter")
        assert f"“{said}”에는 날짜가 필요합니다" in refused(pilot)


async def test_what_the_store_refuses_is_said_and_nothing_is_lost(opened, filled):
    text = TEXT.replace("개소 시기를 당초 지난해 10월에서", "준공 시기를")
    async with opened() as pilot:
        screen = await announce(pilot, filled, text)
        await press(pilot, "t", "s")
        assert pilot.app.screen is screen
        assert choices(screen).startswith("t")
        assert "완료" in text_of(pilot, "#status")


async def test_it_is_offered_by_name_with_the_printed_day_and_never_assumes_one(
    opened, filled, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    file = written(tmp_path).name
    async with opened() as pilot:
        await press(pilot, "colon", "text:announcement", "enter", "text:.", "enter")
        assert "파일을 읽을 수 없습니다" in text_of(pilot, "#form-status")
        await press(pilot, "ctrl+u", f"text:{file}")
        assert "찍힌 날짜 2026-11-12" in "\n".join(lines(pilot))
        await press(pilot, "enter")
        assert "2026-11-12" in text_of(pilot, "#form-status")
        await press(pilot, "tab", "text:2026-11-12", "enter")
        assert isinstance(pilot.app.screen, ArticleScreen)


async def test_on_the_board_of_another_day_it_refuses_in_one_line(opened, filled):
    async with opened() as pilot:
        await press(pilot, "comma")
        pilot.app.screen.run("app.read_article")
        await press(pilot)
        assert "읽기만 합니다" in text_of(pilot, "#status")
        await press(pilot, "full_stop")
        screen = await announce(pilot, filled)
        await press(pilot, "comma")
        assert pilot.app.screen is screen
        assert "오늘만" in text_of(pilot, "#status")


@pytest.mark.parametrize("lang", ["ko", "en"])
async def test_text_of_an_article_is_data(opened, filled, lang):
    text = TEXT.replace("굵게", "굵\x1b[31m게\u202e\u200b" + "e" + "\u0301" * 50)
    async with opened(replace(filled, words=Words(lang)), size=(80, 24)) as pilot:
        await announce(pilot, filled, text)
        for keys in ((), ("j",), ("shift+down",), ("e",), ("escape",)):
            await press(pilot, *keys)
            async for width in in_sizes(pilot, [(200, 60), (80, 24)]):
                drawn = lines(pilot)
                assert all(c.isprintable() for line in drawn for c in line)
                assert all(cell_len(line) == width for line in drawn)
        assert "[@click=app.quit]" in "\n".join(drawn)


async def test_where_nothing_is_proposed_it_says_so(opened, filled):
    async with opened(size=(80, 24)) as pilot:
        screen = await announce(pilot, filled, "군은 봄꽃 축제를 연다고 밝혔다.")
        assert any("일정을 찾지 못했습니다" in line for line in lines(pilot))
        await press(pilot, "t", "x", "e", "a", "s")
        assert pilot.app.screen is screen
        await press(pilot, "q")
        assert pilot.app.screen is not screen


async def test_loose_letters_are_lit_where_they_stand(opened, filled):
    async with opened() as pilot:
        await announce(pilot, filled, unicodedata.normalize("NFD", TEXT))
        await press(pilot, *["j"] * NEW_PLAN)
        assert toned(pilot, "lit") == "한국로봇리퍼브센터|개소|내년 3월|"


async def test_it_begins_without_a_store(opened, office):
    async with opened(office) as pilot:
        await announce(pilot, office)
        await press(pilot, "end", "t", "s")
        assert "기록했습니다" in text_of(pilot, "#status")
    assert milestone(office, NEW, "completion").milestone.forecast == Period.parse("2027-05")


@given(st.text(alphabet="가나 a\nb。é", max_size=60), st.integers(2, 20))
def test_lines_fit_and_lose_nothing(text, width):
    laid = lay_out(list(text), width)
    assert all(cell_len(text[a:b]) <= width for a, b in laid)
    shown = "".join(text[a:b] for a, b in laid)
    assert "".join(shown.split()) == "".join(text.split())


DOUBTED = """강변도서관 개관 불투명

강변일보 한나래 기자
입력 2026-11-12 10:42

'강변도서관'의 다음 달 10일 개관은 어려울 전망이다. 시는 대책을 찾고 있다.

'다온 소방학교'의 내년 5월 준공도 불투명하다.

저작권자 ⓒ 강변일보, 무단 전재 및 재배포 금지
"""


async def test_a_doubted_date_is_taken_as_a_note_that_warns_until_it_is_answered(opened, filled):
    async with opened() as pilot:
        screen = await announce(pilot, filled, DOUBTED)
        assert "개소 불투명" in text_of(pilot, "#offer")
        assert "메모로만" in text_of(pilot, "#offer")
        await press(pilot, "a")
        assert choices(screen) == "..", "nothing doubted is sure"
        await press(pilot, "t", "t")
        assert choices(screen) == "t."
        assert "모르는 시설" in text_of(pilot, "#status")
        await press(pilot, "s")
        assert "1건을 기록했습니다" in text_of(pilot, "#status")
    slug = screen._article.matches[0].facility  # noqa: SLF001 - nothing public tells
    before, (note, *_) = page(filled, slug).rows, page(filled, slug).updates
    assert (note.kind, note.milestone, note.period) == (UpdateKind.NOTE, "opening", None)
    assert note.source.publisher == "강변일보"
    assert "개관은 어려울 전망이다" in note.value
    (doubt,) = doubts_of(page(filled, slug))
    assert (doubt.period, doubt.row.milestone.slug) == (Period.parse("2026-12-10"), "opening")
    for lang in ("ko", "en"):
        (warned,) = findings(page(filled, slug), Words(lang), 500).plain.split("\n")
        assert "강변일보" in warned
    assert before[0].milestone.forecast == Period.parse("2026-12-10")
    said = Statement(slug, "opening", UpdateKind.CONFIRM, filled.today)
    with filled.writing() as store:
        store.record(Batch((said,)), by=None, now=note.recorded_at, today=filled.today)
    assert not list(doubts_of(page(filled, slug)))
    again = read_announcement(filled, read_document(DOUBTED.encode()), DAY, None).matches[0]
    assert again.verdict is Verdict.ALREADY_REPORTED
