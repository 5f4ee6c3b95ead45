"""The shipped facts on the board of any day, against a plain reading of the rules."""

from collections import Counter
from datetime import date, timedelta

import pytest

LIFECYCLE = [
    "selection",
    "feasibility",
    "design",
    "groundbreaking",
    "completion",
    "opening",
    "operation",
]
COUNTED = {*LIFECYCLE, "designation", "accreditation"}
SPLIT = {
    ("gyeongsan-knowledge-district", "groundbreaking"),
    ("gyeongsan-knowledge-district", "completion"),
    ("gimhae-bio-agency-kolas", "accreditation"),
}


def day(text):
    return date.fromisoformat(text) if text else None


class Plain:
    """The rules once more, as plainly as they can be written: a list and some loops."""

    def __init__(self, updates, as_of):
        self.as_of = as_of
        self.rows = {}
        said = [u for u in updates if day(u["reported_on"]) <= as_of and u["milestone"]]
        said.sort(key=lambda u: (u["reported_on"], u["kind"] != "original", u["id"]))
        for u in said:
            row = self.rows.setdefault(
                (u["facility"], u["milestone"]), dict.fromkeys(("base", "plan", "done", "told"))
            )
            row["seen"] = u["reported_on"]
            window = u["period"] and (day(u["period"]["earliest"]), day(u["period"]["latest"]))
            if u["kind"] in ("plan", "original") and window:
                row["base"] = row["base"] or window
                if u["kind"] == "plan" or row["plan"] is None:
                    row["plan"] = window
            if u["kind"] == "actual":
                row["told"] = u["reported_on"]
                if row["done"] is None or not self.coarser(window, row["done"]):
                    row["done"] = window

    @staticmethod
    def coarser(new, old):
        starts = new[0] is None or (old[0] is not None and new[0] <= old[0])
        ends = new[1] is None or (old[1] is not None and new[1] >= old[1])
        return starts and ends and new != old

    def state(self, key, kinds):
        row, today = self.rows[key], self.as_of
        if row["done"]:
            return "completed"
        if kinds[key] in LIFECYCLE:
            place = LIFECYCLE.index(kinds[key])
            for other, them in self.rows.items():
                later = other[0] == key[0] and kinds[other] in LIFECYCLE[place + 1 :]
                if later and them["done"] and them["told"] >= row["seen"]:
                    return "passed"
        if row["plan"] is None or row["plan"][1] is None:
            return "undated"
        first, last = row["plan"]
        if today > last:
            return "overdue"
        if last - today <= timedelta(30):
            return "due_soon"
        return "in_window" if first is None or first <= today else "upcoming"


@pytest.fixture
def said(demo, tracker):
    return tracker("log", "--json", "--limit", 100000).json["updates"]


def board(tracker, as_of):
    items = tracker("list", "--as-of", as_of, "--json", "--limit", 100000).json["items"]
    return {(m["facility"], m["milestone"]): m for m in items}


def window(period):
    return period and (day(period["earliest"]), day(period["latest"]))


def test_every_milestone_is_as_the_rules_say_on_any_day(demo, tracker, said):
    kinds = {key: m["kind"] for key, m in board(tracker, "2026-11-21").items()}
    for year in range(2018, 2027):
        for month_day in ("01-01", "02-01", "04-17", "06-10", "11-21"):
            as_of = f"{year}-{month_day}"
            found = board(tracker, as_of)
            plain = Plain(said, day(as_of))
            assert found.keys() == plain.rows.keys(), as_of
            for key, m in found.items():
                row = plain.rows[key]
                assert window(m["forecast"]) == row["plan"], (as_of, key)
                assert window(m["baseline"]) == row["base"], (as_of, key)
                assert window(m["actual"]) == row["done"], (as_of, key)
                assert m["state"] == plain.state(key, kinds), (as_of, key)


@pytest.mark.parametrize(
    ("as_of", "states"),
    [
        (
            "2026-11-21",
            {"overdue": 32, "completed": 75, "passed": 7, "in_window": 5, "upcoming": 8},
        ),
        (
            "2025-02-01",
            {"overdue": 15, "completed": 64, "passed": 4, "in_window": 6, "upcoming": 23},
        ),
    ],
)
def test_the_counts_of_the_39_facilities(demo, tracker, as_of, states, slugs_of_the_facts):
    counted = Counter(
        m["state"]
        for key, m in board(tracker, as_of).items()
        if m["kind"] in COUNTED and key[0] in slugs_of_the_facts and key not in SPLIT
    )
    assert counted == states


@pytest.fixture
def slugs_of_the_facts():
    from test_fixtures import WATCHED

    return set(WATCHED)


REFURB = ("gimhae-robot-refurb-center", "opening")


@pytest.mark.parametrize(
    ("as_of", "d_day"), [("2025-10-01", "D-30"), ("2025-10-31", "D-DAY"), ("2025-11-01", "D+1")]
)
def test_the_refurb_centre_counts_down(demo, tracker, as_of, d_day):
    assert board(tracker, as_of)[REFURB]["d_day"] == d_day


def test_the_refurb_centre_is_overdue_with_its_building_done(demo, tracker):
    today = board(tracker, "2026-11-21")
    assert (today[REFURB]["state"], today[REFURB]["detail"]) == ("overdue", "unconfirmed")
    assert today[REFURB]["d_day"] == "D+386"
    assert today[REFURB[0], "completion"]["state"] == "completed"


def test_complete_undo_redo_move_it_there_and_back_and_the_log_keeps_all(demo, tracker):
    def seen():
        return {
            command: tracker(*command.split(), "--json").out
            for command in ("list", "status", "alerts")
        }

    def page():
        shown = tracker("show", REFURB[0], "--json").json
        return shown["facility"], shown["milestones"]

    before, before_page = seen(), page()
    done = tracker("complete", "리퍼브", "개소", "--on", "2025-10-28")
    assert done.code == 0
    assert "한국로봇리퍼브센터 · 개소 → 2025년 10월 28일 완료" in done.out
    assert "tracker undo" in done.out
    after, after_page = seen(), page()
    assert board(tracker, "2026-11-21")[REFURB]["state"] == "completed"
    tracker("undo")
    assert (seen(), page()) == (before, before_page)
    tracker("redo")
    assert (seen(), page()) == (after, after_page)
    log = tracker("log", REFURB[0], "--json", "--limit", 3).json["updates"]
    assert [u["kind"] for u in log] == ["retract", "retract", "actual"]
    assert log[2]["retracted_by"] is None
