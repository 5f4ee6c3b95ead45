"""The facts file: what it says."""

from datetime import date

import pytest
from facts_text import read, said

from db.model.period import Period
from db.model.records import (
    Basis,
    Kind,
    NewFacility,
    NewMilestone,
    Source,
    Statement,
    Type,
    UpdateKind,
)


def test_a_block_becomes_one_set_of_attributes_named_as_in_the_records() -> None:
    batch = read(
        """
        facility gimhae-robot-refurb-center
          name: 한국로봇리퍼브센터
          name_en: Korea Robot Refurb Center
          alias: 중고 로봇 리퍼브센터
          alias: 로봇리퍼브센터
          city: 김해시
          cluster: 물류·로봇·반도체 클러스터
          programme: 로봇리퍼브센터 기반구축 (2022-2026)
          site: 진례면
          operator: 한국로봇사용자협회
          owner: 전략산업과
          cost: 22,100,000,000
          funding national: 10,000,000,000
          funding note: 2023 report: total 21.5bn
          floor_area: 2,033.5 m2
          floors: 3F
          described: 2023-02-08
        """
    )
    assert batch.facilities == (NewFacility("gimhae-robot-refurb-center", Type.FACILITY),)
    (statement,) = batch.statements
    assert (statement.kind, statement.milestone) == (UpdateKind.SET, None)
    assert (statement.reported_on, statement.reported_basis) == (date(2023, 2, 8), Basis.EXACT)
    assert statement.value == {
        "name": "한국로봇리퍼브센터",
        "name_en": "Korea Robot Refurb Center",
        "aliases": ["중고 로봇 리퍼브센터", "로봇리퍼브센터"],
        "city": "김해시",
        "cluster": "물류·로봇·반도체 클러스터",
        "programme": "로봇리퍼브센터 기반구축 (2022-2026)",
        "site": "진례면",
        "operator": "한국로봇사용자협회",
        "owner": "전략산업과",
        "cost_krw": 22_100_000_000,
        "funding": {"national": 10_000_000_000, "note": "2023 report: total 21.5bn"},
        "floor_area_m2": 2033.5,
        "floors": "3F",
    }


def test_a_programme_has_a_target_and_a_duration_in_edtf() -> None:
    batch = read(
        "programme p\n name: 사업\n target_count: 10\n duration: 2025/2029\n described: 2025-01-06~"
    )
    assert batch.facilities == (NewFacility("p", Type.PROGRAMME),)
    assert batch.statements[0].value == {
        "name": "사업",
        "target_count": 10,
        "duration": "[2025..2029]",
    }
    assert batch.statements[0].reported_basis is Basis.APPROXIMATE


def test_attributes_hold_from_the_earliest_report_approximately_unless_described() -> None:
    batch = read("facility a\nname: 가\n2025-01-06 opening plan 2026\n2023-02-08 design plan 2024")
    assert batch.statements[0].reported_on == date(2023, 2, 8)
    assert batch.statements[0].reported_basis is Basis.APPROXIMATE


def test_described_may_name_its_source() -> None:
    batch = read("facility a\nname: 가\ndescribed: 2025-01-06~ @s\nsource s\ntitle: 제목")
    assert batch.statements[0].source == Source(key="s", title="제목")


def test_a_statement_carries_its_day_period_phrase_source_and_the_lines_below_it() -> None:
    statement = said(
        '2026-01-25~ p2 plan 2026-04 "오는 4월" @s',
        "note: 비고",
        "reason: 자재 수급",
        "action: 야간 작업",
        "evidence: https://a.example/1",
        "evidence: 공문.pdf",
    )
    assert statement == Statement(
        facility="a",
        milestone="p2",
        kind=UpdateKind.PLAN,
        reported_on=date(2026, 1, 25),
        period=Period.parse("2026-04"),
        value="비고",
        phrase="오는 4월",
        reported_basis=Basis.APPROXIMATE,
        reason="자재 수급",
        action="야간 작업",
        evidence=("https://a.example/1", "공문.pdf"),
        source=Source(key="s", publisher="뉴시스"),
    )


def test_a_milestone_of_its_own_has_a_kind_and_a_title_of_its_earliest_day() -> None:
    batch = read(
        'facility a\nname: 가\nmilestone phase-2 other "2단계 준공"\n'
        "2025-01-06 phase-2 plan 2026\n2024-03-02~ phase-2 plan 2025\n2020-01-01 opening plan 2021"
    )
    assert batch.milestones == (
        NewMilestone("a", "phase-2", Kind.OTHER),
        NewMilestone("a", "opening", Kind.OPENING),
    )
    title = batch.statements[1]
    assert (title.milestone, title.value) == ("phase-2", {"title": "2단계 준공"})
    assert (title.reported_on, title.reported_basis) == (date(2024, 3, 2), Basis.APPROXIMATE)


@pytest.mark.parametrize(
    ("korean", "milestone", "kind"),
    [
        ("2025-01-06 착공 계획 2026", "groundbreaking", UpdateKind.PLAN),
        ("2025-01-06 준공 실적 2024", "completion", UpdateKind.ACTUAL),
        ("2025-01-06 개소 당초 2024", "opening", UpdateKind.ORIGINAL),
        ("2025-01-06 개관 확인", "opening", UpdateKind.CONFIRM),
        ('2025-01-06 - 메모 "글"', None, UpdateKind.NOTE),
        ("2025-01-06 - 공정률 계획 40% 실적 35%", None, UpdateKind.PROGRESS),
        ("2025-01-06 인증 재개", "accreditation", UpdateKind.RESUME),
    ],
)
def test_kinds_and_statements_may_be_named_in_korean(
    korean: str, milestone: str | None, kind: UpdateKind
) -> None:
    statement = said(korean)
    assert (statement.milestone, statement.kind) == (milestone, kind)


def test_a_whole_file_may_be_in_korean() -> None:
    batch = read(
        "시설 a\n 이름: 가\n 별칭: 나\n 사업비: 10\n마일스톤 p2 기타 “2단계”\n"
        "2025-01-06 p2 보류 @출처-1\n 사유: 예산\n출처 출처-1\n 매체: 뉴시스\n 날짜: 2025-01-06"
    )
    assert batch.statements[0].value == {"name": "가", "aliases": ["나"], "cost_krw": 10}
    assert batch.statements[-1].reason == "예산"
    assert batch.statements[-1].source == Source(
        key="출처-1", publisher="뉴시스", published="2025-01-06"
    )


@pytest.mark.parametrize("word", ["undated", "미정"])
def test_an_undated_plan_takes_the_date_back_and_an_empty_one_does_not(word: str) -> None:
    assert said(f'2025-01-06 opening plan {word} "미정"').value == {"undated": True}
    assert said("2025-01-06 opening plan -", "note: 후속 사업").value == "후속 사업"
    assert said('2025-01-06 opening plan - "조만간"').phrase == "조만간"
    assert said("2025-01-06 opening plan -").period is None
    assert said("2025-01-06 opening plan -").value is None


def test_a_period_in_words_is_read_from_the_reported_day_and_is_the_phrase() -> None:
    batch = read(
        "facility a\nname: 가\n2025-12-31 opening plan 올해 상반기\n"
        '2026-01-01 opening plan 올해 상반기 "상반기 중"'
    )
    assert [s.period for s in batch.statements[1:]] == [
        Period.parse("2025-40"),
        Period.parse("2026-40"),
    ]
    assert [s.phrase for s in batch.statements] == [None, "올해 상반기", "상반기 중"]


def test_an_amount_is_money_and_anything_else_a_remark() -> None:
    batch = read(
        'facility a\nname: 가\ncost: 221억\nfunding city: 3억\nfunding note: "3억"\n'
        "described: 2025-01-06"
    )
    assert batch.statements[0].value["cost_krw"] == 22_100_000_000
    assert batch.statements[0].value["funding"] == {"city": 300_000_000, "note": "3억"}


def test_progress_is_planned_and_actual_percent() -> None:
    assert said("2025-01-06 - progress planned 40 actual 35.5").value == {
        "planned": 40,
        "actual": 35.5,
    }
    assert said("2025-01-06 opening progress actual 35 @s").value == {"planned": None, "actual": 35}


def test_set_changes_one_attribute_on_its_line_or_several_below_it() -> None:
    assert said("2025-01-06 - set owner: 전략산업과 @s").value == {"owner": "전략산업과"}
    assert said("2025-01-06 - set owner: 전략산업과 @s").source is not None
    assert said("2025-01-06 - set @s", "owner: 과", "cost: 1,000", "reason: 개편").value == {
        "owner": "과",
        "cost_krw": 1000,
    }
    assert said("2025-01-06 p2 set title: 2단계 준공").value == {"title": "2단계 준공"}
    assert said("2025-01-06 p2 set snoozed_until: 2027-01-01").value == {
        "snoozed_until": "2027-01-01"
    }


def test_set_with_nothing_after_the_colon_clears() -> None:
    value = said("2025-01-06 - set", "owner:", "alias:", "funding:").value
    assert value == {"owner": None, "aliases": [], "funding": {}}


def test_the_text_of_a_note_may_stand_below_it() -> None:
    assert said("2025-01-06 - note @s", "note: 긴 글").value == "긴 글"


def test_quotes_inside_quotes_are_escaped_or_curly() -> None:
    assert said(r'2025-01-06 opening plan - "그는 \"곧\" \\ 라고"').phrase == r'그는 "곧" \ 라고'
    assert said("2025-01-06 opening plan 2025-10 “오는 10월”").phrase == "오는 10월"
    assert said('2025-01-06 - note "「센터」 “10월” @ 김해"').value == "「센터」 “10월” @ 김해"


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    text = "facility a\n  name: 가\n\n# 주석\n2025-01-06 opening plan 2026\n"
    assert (
        read("\ufeff" + text.replace("\n", "\r\n")) == read(text) == read(text.replace("\n", "\r"))
    )


def test_control_characters_do_not_come_through() -> None:
    assert said('2025-01-06 - note "준공\x1b[2J \u202e완료"').value == "준공 완료"


def test_sources_may_stand_anywhere() -> None:
    body = "facility a\nname: 가\n2025-01-06 opening plan 2026 @s"
    assert read(f"source s\ntitle: 글\n{body}") == read(f"{body}\nsource s\ntitle: 글")
