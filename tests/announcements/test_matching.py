"""What a proposal is to the store: which facility, and what is new."""

from datetime import date

import pytest
from making import NOW, TODAY, actual, batch, new_store, plan, said

from db.engine.connect import connect
from db.model.records import Facility
from db.read.reader import Reader
from tracker.announcements import read_article
from tracker.announcements.matching import Known, Verdict, judged, known_as

DATED = date(2026, 3, 10)


def facility(slug, name, *aliases, city="가람시", name_en=None):
    return Facility(slug, "facility", name, name_en, aliases, city)


FACILITIES = [
    facility("hall", "가람 생태관", "가람시립 생태관", name_en="Garam Ecology Hall"),
    facility("gym", "가람 국민체육센터 2관"),
    facility("robot", "한국로봇재제조센터", "중고 로봇 재제조센터"),
    facility("park", "가람 바이오 국가산업단지"),
    facility("lab", "다온 시험인증센터(수소 시험동)"),
]


@pytest.mark.parametrize(
    ("printed", "slug"),
    [
        ("가람 생태관", "hall"),
        ("가람생태관", "hall"),
        ("생태관", None),
        ("가람시립생태관", "hall"),
        ("Garam Ecology Hall", "hall"),
        ("중고로봇 재제조센터", "robot"),
        ("로봇 재제조센터", "robot"),
        ("가람 바이오 국가산단", "park"),
        ("바이오 국가산단", "park"),
        ("가람 국민체육센터 1관", None),
        ("국민체육센터 2관", "gym"),
        ("다온 시험인증센터", "lab"),
        ("수소 시험동", "lab"),
        ("나래 물류센터", None),
    ],
)
def test_names_are_known_in_other_spellings(printed, slug):
    assert known_as([printed], FACILITIES)[0] == slug


def test_a_name_that_fits_two_is_none():
    twins = [facility("a", "가람 북부도서관"), facility("b", "다온 북부도서관")]
    assert known_as(["북부도서관"], twins)[0] is None


@pytest.fixture
def known(tmp_path):
    """A store, and what it knew on the day of the article."""

    def made(*statements):
        path = tmp_path / "t.db"
        with new_store(path) as store:
            named = said("set", "2025-01-01", None, value={"name": "가람 생태관"})
            store.record(batch(named, *statements), by=None, now=NOW, today=TODAY)
        connection = connect(path, busy_ms=2000)
        reader = Reader(connection)
        facilities = reader.facilities()
        updates = {"hall": reader.updates_of("hall")}
        reader.at(DATED)
        milestones = {"hall": reader.milestones_of("hall")}
        connection.close()
        return Known(facilities, milestones, updates)

    return made


def verdicts(text, known):
    return [(m.verdict, m.slip_days) for m in judged(read_article(text, DATED), known, DATED)]


def verdict(text, known):
    ((found, _),) = verdicts(text, known)
    return found


def test_a_facility_nobody_knows(known):
    assert verdict("'다온 도서관'은 5월 개관한다.", known()) is Verdict.NEW_FACILITY


def test_a_step_it_does_not_have_yet(known):
    (match,) = judged(read_article("'가람 생태관'은 5월 개관한다.", DATED), known(), DATED)
    assert match.verdict is Verdict.NEW_MILESTONE
    assert (match.facility, match.milestone) == ("hall", "opening")


def test_a_new_forecast_says_how_far_it_slipped(known):
    store = known(plan("2026-05", "2025-12-01"))
    assert verdicts("'가람 생태관'은 7월 개관한다.", store) == [(Verdict.NEW_FORECAST, 61)]


def test_what_only_repeats_is_the_same(known):
    store = known(plan("2026-05", "2025-12-01"))
    assert verdict("'가람 생태관'은 5월 개관한다.", store) is Verdict.SAME


def test_what_is_recorded_of_that_day_is_already_reported(known):
    store = known(plan("2026-05", "2026-03-10"))
    assert verdict("'가람 생태관'은 5월 개관한다.", store) is Verdict.ALREADY_REPORTED


def test_two_reports_of_one_day_can_contradict(known):
    store = known(plan("2026-05", "2026-03-10"))
    assert verdict("'가람 생태관'은 9월 개관한다.", store) is Verdict.CONTRADICTS


def test_a_plan_for_what_is_done_contradicts(known):
    store = known(actual("2025-06", "2025-07-01"))
    assert verdict("'가람 생태관'은 9월 개관한다.", store) is Verdict.CONTRADICTS


def test_what_has_happened_is_completed(known):
    store = known(plan("2026-02", "2025-12-01"))
    assert verdict("'가람 생태관'은 지난달 20일 개관했다.", store) is Verdict.COMPLETED


def test_a_finer_day_of_what_is_done_is_news_a_coarser_one_is_not(known):
    store = known(actual("2025-06", "2025-07-01"))
    assert verdict("'가람 생태관'은 2025년 6월 3일 개관했다.", store) is Verdict.COMPLETED
    assert verdict("'가람 생태관'은 지난해 개관했다.", store) is Verdict.SAME
    assert verdict("'가람 생태관'은 2024년 6월 개관했다.", store) is Verdict.CONTRADICTS


def test_an_old_plan_that_is_known_is_the_same_and_another_contradicts(known):
    store = known(plan("2026-02", "2025-01-01"), plan("2026-05", "2025-12-01"))
    told = "'가람 생태관'은 당초 지난 2월 개관할 예정이었으나 7월로 미뤄졌다."
    assert verdicts(told, store) == [(Verdict.SAME, None), (Verdict.NEW_FORECAST, 61)]
    other = "'가람 생태관'은 당초 지난 1월 개관할 예정이었으나 5월로 미뤄졌다."
    assert verdicts(other, store) == [(Verdict.CONTRADICTS, None), (Verdict.SAME, None)]
