"""The shipped facts: whole, well-formed, and what they amount to on two days."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from facts_text import write_facts

from db.fold.folding import fold, in_force
from db.model.records import (
    LIFECYCLE,
    Basis,
    Batch,
    Kind,
    Standing,
    Statement,
    Type,
    Update,
    UpdateKind,
)
from fixtures import files
from tracker.exchange.facts import read_facts

TODAY = date(2026, 11, 21)
NAMES = [
    "busan",
    "changwon",
    "daegu",
    "gimhae",
    "gumi",
    "gyeongju",
    "gyeongsan",
    "miryang",
    "muju",
    "national",
    "nonsan",
    "sejong",
    "wanju",
]
WATCHED = frozenset(
    {
        "busan-danggam-sports-center",
        "busan-mangmi-sports-center",
        "busan-namgu-sports-center-2",
        "busan-second-half-life-center",
        "changwon-3d-complex-platform",
        "changwon-defense-nuclear-complex",
        "changwon-medical-device-center",
        "changwon-remanufacturing-center",
        "daegu-advanced-robot-center",
        "gimhae-bio-agency-kolas",
        "gimhae-cryogenic-machinery-center",
        "gimhae-future-car-virtual-center",
        "gimhae-heavy-amr-test-center",
        "gimhae-hydrogen-compressor-testbed",
        "gimhae-logistics-robot-center",
        "gimhae-open-innovation-knowledge-center",
        "gimhae-power-semiconductor-center",
        "gimhae-rd-zone-phase2",
        "gimhae-robot-refurb-center",
        "gimhae-smart-sensing-unit-center",
        "gimhae-supersafe-digital-twin-center",
        "gimhae-thermal-management-center",
        "gumi-baas-test-center",
        "gumi-defense-promotion-center",
        "gumi-uam-vertiport",
        "gumi-usv-testbed",
        "gumi-xr-center",
        "gyeongju-advanced-forming-center",
        "gyeongsan-amrc-asia",
        "gyeongsan-blue-tech-cluster",
        "gyeongsan-carbon-design-center",
        "gyeongsan-knowledge-district",
        "gyeongsan-titanium-center",
        "jinhae-knowledge-center",
        "miryang-hydrogen-center",
        "muju-complex-library",
        "nonsan-defense-university",
        "sejong-knowledge-center",
        "wanju-goun-sambong-library",
    }
)
COUNTED = {*LIFECYCLE, Kind.DESIGNATION, Kind.ACCREDITATION}
LEFT_OUT = {
    ("gyeongsan-knowledge-district", "groundbreaking"),
    ("gyeongsan-knowledge-district", "completion"),
    ("gimhae-bio-agency-kolas", "accreditation"),
}


@cache
def texts() -> Mapping[str, str]:
    return {f.name.removesuffix(".facts"): f.read_text("utf-8") for f in files()}


@cache
def batch_of(name: str) -> Batch:
    return read_facts(texts()[name], name=f"{name}.facts", today=TODAY)


def everything() -> list[Statement]:
    return [s for name in NAMES for s in batch_of(name).statements]


def dated(s: Statement) -> bool:
    return s.kind in (UpdateKind.PLAN, UpdateKind.ACTUAL, UpdateKind.ORIGINAL)


def test_there_is_one_file_per_city_and_one_for_the_nation() -> None:
    assert list(texts()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_file_reads_and_writes_back(name: str) -> None:
    batch = batch_of(name)
    assert read_facts(write_facts(batch), name=name, today=TODAY) == batch


@pytest.mark.parametrize("name", NAMES)
def test_every_file_stands_in_the_columns_of_the_writer(name: str) -> None:
    lines = [line for line in texts()[name].splitlines() if not line.startswith("#")]
    plain = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    assert plain == write_facts(batch_of(name)).strip()


@pytest.mark.parametrize("name", NAMES)
def test_no_file_speaks_of_where_it_was_made(name: str) -> None:
    assert texts()[name].startswith("# ")
    assert not re.search(r"seed|\.txt|\bA[0-4]-\d|/work", texts()[name], re.IGNORECASE)


def test_all_39_facilities_are_there_with_their_312_statements() -> None:
    facilities = {f.slug: f.type for name in NAMES for f in batch_of(name).facilities}
    assert len(WATCHED) == 39
    assert facilities.keys() >= WATCHED
    assert {facilities[slug] for slug in WATCHED} == {Type.FACILITY}
    said = [s for s in everything() if s.facility in WATCHED and dated(s)]
    assert len(said) == 312
    assert Counter(s.kind for s in said) == {
        UpdateKind.PLAN: 209,
        UpdateKind.ACTUAL: 100,
        UpdateKind.ORIGINAL: 3,
    }
    assert all(s.period and s.phrase and s.source for s in said)


def test_everything_else_in_the_reports_has_a_row_of_its_own() -> None:
    others = [f for n in NAMES for f in batch_of(n).facilities if f.slug not in WATCHED]
    assert Counter(f.type for f in others) == {Type.FACILITY: 14, Type.PROGRAMME: 63}
    said = [s for s in everything() if s.facility not in WATCHED and dated(s)]
    assert len(said) == 97
    assert all(s.source for s in said)


def test_slugs_and_names_are_unique_over_all_files() -> None:
    slugs = [f.slug for name in NAMES for f in batch_of(name).facilities]
    assert len(slugs) == len(set(slugs))
    sets = [s.value for s in everything() if s.kind is UpdateKind.SET and s.milestone is None]
    names = [
        name
        for v in sets
        for name in {
            n.casefold().replace(" ", "")
            for n in (v["name"], v.get("name_en", v["name"]), *v.get("aliases", ()))
        }
    ]
    assert [n for n, count in Counter(names).items() if count > 1] == []


def test_only_the_nation_has_no_city() -> None:
    for name in NAMES:
        for s in batch_of(name).statements:
            if s.kind is UpdateKind.SET and s.milestone is None:
                assert ("city" in s.value) == (name != "national")


def test_milestones_of_no_fixed_kind_have_a_korean_title() -> None:
    titles = {
        (s.facility, s.milestone): s.value["title"]
        for s in everything()
        if s.kind is UpdateKind.SET and s.milestone is not None
    }
    for name in NAMES:
        for m in batch_of(name).milestones:
            if m.kind in (Kind.OTHER, Kind.EVENT):
                assert m.slug != m.kind.value
                assert re.search("[가-힣]", titles[m.facility, m.slug])
    assert titles["gimhae-bio-agency-kolas", "reassessment"] == "KOLAS 재평가"


def test_a_source_says_the_same_in_every_file_and_has_title_and_day() -> None:
    sources = {s.source for s in everything() if s.source}
    assert len({s.key for s in sources}) == len(sources) == 166
    for source in sources:
        assert source.title
        assert source.published
        assert date.fromisoformat(source.published) <= TODAY
        assert source.basis


def test_a_report_of_an_approximate_day_is_marked_so() -> None:
    for s in everything():
        if s.source is not None:
            approximate = s.source.basis == "approximate"
            assert (s.reported_basis is Basis.APPROXIMATE) == approximate
            assert s.reported_on.isoformat() == s.source.published
    keys = {s.source.key for s in everything() if s.source and s.source.basis == "approximate"}
    assert keys == {
        "ajunews-202601",
        "gimhaenews-202401",
        "kyongbuk-2018",
        "kyongbuk-202001",
        "lpk-2026",
        "sedaily-2021gb",
    }


def test_the_phases_of_one_district_do_not_move_each_other() -> None:
    kinds = {
        m.slug: m.kind
        for m in batch_of("gyeongsan").milestones
        if m.facility == "gyeongsan-knowledge-district"
    }
    assert kinds == {
        "phase-1": Kind.OTHER,
        "phase-2": Kind.OTHER,
        "phase-2-groundbreaking": Kind.OTHER,
        "groundbreaking": Kind.GROUNDBREAKING,
        "completion": Kind.COMPLETION,
    }


def states_on(day: date) -> Counter[str]:
    """How many of the counted milestones are in which state."""
    found: Counter[str] = Counter()
    for name in NAMES:
        batch = batch_of(name)
        for facility in WATCHED & {f.slug for f in batch.facilities}:
            kinds = {m.slug: m.kind for m in batch.milestones if m.facility == facility}
            updates = [as_update(s, n) for n, s in enumerate(batch.statements, 1)]
            folded = fold(in_force((u for u in updates if u.facility == facility), day=day), kinds)
            for m in folded.milestones.values():
                if m.kind not in COUNTED or (facility, m.slug) in LEFT_OUT:
                    continue
                state = m.standing.value
                if m.standing is Standing.OPEN:
                    assert m.forecast is not None
                    assert m.forecast.latest is not None
                    earliest, latest = m.forecast.earliest or date.min, m.forecast.latest
                    state = (
                        "overdue"
                        if latest < day
                        else "due soon"
                        if latest <= day + timedelta(30)
                        else "in window"
                        if earliest <= day
                        else "upcoming"
                    )
                found[state] += 1
    return found


def as_update(s: Statement, n: int) -> Update:
    return Update(
        facility=s.facility,
        milestone=s.milestone,
        kind=s.kind,
        reported_on=s.reported_on,
        period=s.period,
        value=s.value,
        source=s.source,
        id=n,
        act=1,
        seq=n,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_what_the_facts_amount_to_on_two_days() -> None:
    assert states_on(TODAY) == {
        "overdue": 32,
        "completed": 75,
        "passed": 7,
        "in window": 5,
        "upcoming": 8,
    }
    assert states_on(date(2025, 2, 1)) == {
        "overdue": 15,
        "completed": 64,
        "passed": 4,
        "in window": 6,
        "upcoming": 23,
    }
