"""Facts that are written read back as what was said."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from facts_text import MANUAL, TODAY, read, write_facts
from hypothesis import given, settings
from hypothesis import strategies as st

from db.model.errors import RefusedError
from db.model.period import Period
from db.model.records import (
    Basis,
    Batch,
    Kind,
    NewFacility,
    NewMilestone,
    Source,
    Statement,
    Type,
    UpdateKind,
)
from db.model.text import clean

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).map(clean).filter(
    bool
) | st.sampled_from(['준공 "식"', "a: b", "x @key", "\\", '"', "“가”", "# 글", "- plan", "1억"])
SLUGS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
KEYS = st.from_regex(r"[a-z0-9가-힣]{1,8}(-[0-9]{1,4})?", fullmatch=True)
DAYS = st.dates(date(1990, 1, 1), TODAY)
PERIODS = st.one_of(
    DAYS.map(Period.day),
    st.sampled_from(["2025", "2025-40", "2025-12~", "[..2027-12]", "[2023..]"]).map(Period.parse),
)
BASES = st.sampled_from(Basis)
SOURCES = st.lists(
    st.builds(
        Source,
        key=KEYS,
        publisher=st.none() | TEXTS,
        title=st.none() | TEXTS,
        published=st.none() | DAYS.map(date.isoformat),
        basis=st.none() | st.sampled_from(["printed", "url", "inferred", "approximate"]),
        url=st.none() | TEXTS,
    ),
    max_size=3,
    unique_by=lambda s: s.key,
)
AMOUNTS = st.integers(0, 2**63 - 1)
ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(["name_en", "city", "cluster", "programme", "site", "owner"], TEXTS),
        **dict.fromkeys(["operator", "floors", "confidence_note"], TEXTS),
        "name": TEXTS,
        "aliases": st.lists(TEXTS, min_size=1, max_size=3),
        "cost_krw": AMOUNTS,
        "funding": st.dictionaries(
            st.from_regex(r"[a-z가-힣_]{1,9}", fullmatch=True), AMOUNTS | TEXTS, min_size=1
        ),
        "floor_area_m2": st.integers(0, 10**9) | st.decimals(0, 10**6, places=2).map(float),
        "target_count": AMOUNTS,
        "duration": PERIODS.map(str),
        "confidence": st.sampled_from(["green", "amber", "red"]),
    },
)
CLEARED: st.SearchStrategy[dict[str, Any]] = ATTRIBUTES.map(
    lambda v: {
        k: [] if k == "aliases" else {} if k == "funding" else None for k in v if k != "name"
    }
)
PERCENT = st.none() | st.integers(0, 100) | st.sampled_from([0.5, 99.25])
MILESTONE_SETS = st.fixed_dictionaries(
    {}, optional={"title": st.none() | TEXTS, "snoozed_until": st.none() | DAYS.map(str)}
)


def worded(draw: st.DrawFn, kind: UpdateKind, milestone: str | None) -> dict[str, Any]:
    """What a statement of this kind may say."""
    optional: dict[str, Any] = {"phrase": draw(st.none() | TEXTS), "value": draw(st.none() | TEXTS)}
    if kind in (UpdateKind.ORIGINAL, UpdateKind.BASELINE, UpdateKind.ACTUAL):
        return optional | {"period": draw(PERIODS)}
    if kind is UpdateKind.PLAN:
        period = draw(st.none() | PERIODS)
        undated = period is None and draw(st.booleans())
        return optional | {"period": period} | ({"value": {"undated": True}} if undated else {})
    if kind is UpdateKind.NOTE:
        return optional | {"value": draw(TEXTS)}
    if kind is UpdateKind.PROGRESS:
        parts = draw(st.tuples(PERCENT, PERCENT).filter(lambda p: p != (None, None)))
        return optional | {"value": dict(zip(("planned", "actual"), parts, strict=True))}
    if kind is UpdateKind.SET:
        sets = MILESTONE_SETS if milestone else ATTRIBUTES | CLEARED
        return optional | {"value": draw(sets.filter(bool))}
    return optional


@st.composite
def statements(
    draw: st.DrawFn, facility: str, milestones: Sequence[str], sources: Sequence[Source]
) -> Statement:
    kind = draw(st.sampled_from([k for k in UpdateKind if k is not UpdateKind.RETRACT]))
    of_one = kind in (
        UpdateKind.PLAN,
        UpdateKind.ORIGINAL,
        UpdateKind.BASELINE,
        UpdateKind.ACTUAL,
        UpdateKind.CONFIRM,
    )
    milestone = draw(st.sampled_from([*milestones, *([] if of_one else [None])]))
    needs_reason = kind in (UpdateKind.BASELINE, UpdateKind.HOLD, UpdateKind.CANCEL)
    return Statement(
        facility=facility,
        milestone=milestone,
        kind=kind,
        reported_on=draw(DAYS),
        reported_basis=draw(BASES),
        reason=draw(TEXTS if needs_reason else st.none() | TEXTS),
        action=draw(st.none() | TEXTS),
        evidence=tuple(draw(st.lists(TEXTS, max_size=2))),
        source=draw(st.sampled_from([None, *sources])),
        **worded(draw, kind, milestone),
    )


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    """Batches in any order of statements; `settled` brings them into the reader's."""
    sources = draw(SOURCES)
    slugs = draw(st.lists(SLUGS, max_size=3, unique=True))
    facilities = [NewFacility(s, draw(st.sampled_from(Type))) for s in slugs]
    own = st.dictionaries(SLUGS, st.sampled_from(Kind), max_size=2)
    milestones, said = [], []
    for slug in slugs:
        declared = draw(own)
        milestones += [NewMilestone(slug, s, k) for s, k in declared.items()]
        usable = [*declared, "opening", "completion"]
        described = Statement(
            slug,
            None,
            UpdateKind.SET,
            draw(DAYS),
            value=draw(ATTRIBUTES) | {"name": draw(TEXTS)},
            reported_basis=draw(BASES),
            source=draw(st.sampled_from([None, *sources])),
        )
        said += [described, *draw(st.lists(statements(slug, usable, sources), max_size=5))]
    return Batch(tuple(said), tuple(facilities), tuple(milestones))


@settings(deadline=None)
@given(batches())
def test_what_is_written_reads_back_as_what_was_said(batch: Batch) -> None:
    text = "# 머리말\n#\n# 둘째 줄\n\n" + write_facts(batch)
    again = read(text)
    assert again.statements == batch.statements
    assert again.facilities == batch.facilities
    assert set(again.milestones) >= set(batch.milestones)
    assert read(write_facts(again)) == again


@settings(deadline=None)
@given(batches(), st.randoms(use_true_random=False))
def test_any_order_of_statements_is_brought_into_one_that_stays(
    batch: Batch, random: Random
) -> None:
    shuffled = list(batch.statements)
    random.shuffle(shuffled)
    text = write_facts(Batch(tuple(shuffled), batch.facilities, batch.milestones))
    again = read(text)
    assert write_facts(again) == text
    assert all(s in again.statements for s in batch.statements)
    assert all(s in batch.statements or is_only_a_name(s) for s in again.statements)


def is_only_a_name(s: Statement) -> bool:
    return s.kind is UpdateKind.SET and s.milestone is None and set(s.value) == {"name"}


def test_a_first_description_with_a_reason_keeps_it() -> None:
    first = Statement(
        "a", None, UpdateKind.SET, TODAY, value={"name": "가", "owner": None}, reason="개편"
    )
    again = read(write_facts(Batch((first,))))
    assert [s.value for s in again.statements] == [{"name": "가"}, first.value]
    assert again.statements[1] == first


def test_titles_travel_in_the_milestone_lines() -> None:
    text = (
        'facility a\n  name: 가\n\nmilestone p2  other  "2단계"\n\n2025-01-06  p2  plan  2026\n'
        "2025-02-01  p2  set   title: 2단계 준공\n"
    )
    assert write_facts(read(text)) == text


def test_sources_without_a_key_or_with_a_taken_one_are_given_one() -> None:
    def note(source: Source) -> Statement:
        return Statement("a", None, UpdateKind.NOTE, date(2025, 1, 6), value="x", source=source)

    name = Statement("a", None, UpdateKind.SET, date(2025, 1, 6), value={"name": "가"})
    sources = [
        Source(publisher="뉴시스", published="2025-01-06"),
        Source(key="k", title="one"),
        Source(key="k", title="two"),
        Source(url="https://a.example"),
    ]
    again = read(write_facts(Batch((name, *map(note, sources)))))
    keys = [s.source.key for s in again.statements if s.source]
    assert keys == ["뉴시스-2025-01-06", "k", "k-2", "source"]


@pytest.mark.parametrize(
    "statement",
    [
        Statement("a", "opening", UpdateKind.PLAN, TODAY, value={"odd": 1}),
        Statement("a", None, UpdateKind.RETRACT, TODAY, retracts=3),
        Statement("a", "phase-2", UpdateKind.PLAN, TODAY),
        Statement("a", None, UpdateKind.SET, TODAY, value={"colour": "red"}),
    ],
)
def test_what_the_format_has_no_words_for_is_refused(statement: Statement) -> None:
    name = Statement("a", None, UpdateKind.SET, TODAY, value={"name": "가"})
    with pytest.raises(RefusedError):
        write_facts(Batch((name, statement)))
    with pytest.raises(RefusedError):
        write_facts(Batch((statement,)))


def test_the_example_in_the_manual_is_a_file_that_reads_and_writes_back() -> None:
    manual = MANUAL.read_text("utf-8")
    example_file = manual.split("<!-- example -->")[1].split("```")[1].partition("\n")[2]
    batch = read(example_file)
    assert [f.slug for f in batch.facilities] == [
        "gimhae-robot-refurb-center",
        "gimhae-rd-zone-programme",
    ]
    assert {s.kind for s in batch.statements} >= {
        UpdateKind.PLAN,
        UpdateKind.ACTUAL,
        UpdateKind.BASELINE,
        UpdateKind.HOLD,
        UpdateKind.PROGRESS,
    }
    assert max(s.reported_on for s in batch.statements) < TODAY - timedelta(days=30)
    assert read(write_facts(batch)) == batch
