"""The facts file: what it says, what is wrong with it by line, and its way back."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.errors import RefusedError
from db.period import Period
from db.records import (
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
from db.text import clean
from tracker.exchange.facts import FactsError, Problem, plain_number, read_facts, write_facts

TODAY = date(2026, 11, 21)
MANUAL = Path(__file__).parents[2] / "docs" / "facts.md"


def read(text: str) -> Batch:
    return read_facts(text, name="gimhae.facts", today=TODAY)


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(FactsError) as refused:
        read(text)
    assert all("\n" not in line for line in refused.value.lines)
    return refused.value.lines


def said(line: str, *below: str) -> Statement:
    """The one statement of a small file."""
    file = ["facility a", "  name: 가", *(['milestone p2 other "2단계"'] if " p2 " in line else [])]
    file += [line, *(f"  {b}" for b in below), "source s", "  publisher: 뉴시스"]
    return read("\n".join(file)).statements[-1]


def fault(line: str, *below: str) -> str:
    """The one fault of a small file whose third line is `line`."""
    with pytest.raises(FactsError) as refused:
        said(line, *below)
    assert len(refused.value.problems) == 1
    return refused.value.problems[0].message


# --- what it says -----------------------------------------------------------------


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
    asked: list[tuple[str, date]] = []

    def read_period(text: str, day: date) -> Period:
        asked.append((text, day))
        return Period.parse("2025-40")

    batch = read_facts(
        "facility a\nname: 가\n2025-01-06 opening plan 올해 상반기\n"
        '2025-01-07 opening plan 올해 상반기 "상반기 중"',
        name="a.facts",
        today=TODAY,
        read_period=read_period,
    )
    assert asked == [("올해 상반기", date(2025, 1, 6)), ("올해 상반기", date(2025, 1, 7))]
    assert [s.phrase for s in batch.statements] == [None, "올해 상반기", "상반기 중"]


def test_an_amount_is_read_by_what_it_is_given() -> None:
    def read_money(text: str) -> int:
        if not text.endswith("억"):
            raise RefusedError(text)
        return int(text[:-1]) * 10**8

    batch = read_facts(
        'facility a\nname: 가\ncost: 221억\nfunding city: 3억\nfunding note: "3억"\n'
        "described: 2025-01-06",
        name="a.facts",
        today=TODAY,
        read_money=read_money,
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


# --- what is wrong with it --------------------------------------------------------


def test_all_faults_are_told_each_with_its_line() -> None:
    assert problems(
        "facility Gimhae\n"
        "  nome: 가\n"
        "2025-01-06 openning plan 2025 @sss\n"
        "2027-01-01 opening plan 2023-02-29\n"
        "2025-02-30 opening foo\n"
        "facilty b\n"
        "  name: ignored\n"
    ) == (
        "gimhae.facts:1: “Gimhae” has no name: add a line “name: …”",
        (
            "gimhae.facts:1: “Gimhae” is not a slug: small letters, Hangul, digits and hyphens, "
            "such as gimhae-robot-refurb-center"
        ),
        "gimhae.facts:2: there is no key “nome”; did you mean “name”?",
        "gimhae.facts:3: there is no kind “openning”; did you mean “opening”?",
        "gimhae.facts:3: there is no source “sss”; write “source sss” with its title",
        "gimhae.facts:4: 2027-01-01 is after today, 2026-11-21: nothing was reported then yet",
        (
            "gimhae.facts:5: there is no statement “foo”; it is one of plan, original, baseline, "
            "actual, progress, hold, resume, cancel, reopen, confirm, note, set"
        ),
        "gimhae.facts:5: “2025-02-30” is a day that does not exist",
        "gimhae.facts:6: there is no line “facilty”; did you mean “facility”?",
    )


def test_the_error_says_the_first_fault_and_how_many_more() -> None:
    error = FactsError("a.facts", (Problem(3, "x"), Problem(4, "y"), Problem(5, "z")))
    assert str(error) == "a.facts:3: x (and 2 more)"
    assert str(FactsError("a.facts", (Problem(3, "x"),))) == "a.facts:3: x"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("2025-01-06 opening plan 2023-02-29", "“2023-02-29” names a day that does not exist"),
        ("2025-1-6 opening plan", "“2025-1-6” is not a day: write it as 2025-01-06"),
        (
            "2025-01-06 opening actual @s",
            "when was it? write [..2025-01-06] for “done by the report's day”",
        ),
        ("2025-01-06 opening original", "“original” needs a date"),
        *(
            (
                f"2025-01-06 개소 {plan}",
                (
                    "“계획” needs a date: write “undated” to take the date back, "
                    "or - where none was named"
                ),
            )
            for plan in ("계획", "계획 @s", '계획 "2027년 상반기"')
        ),
        ("2025-01-06 opening baseline 2026", "“baseline” needs a reason: add a line “reason: …”"),
        ("2025-01-06 - hold", "“hold” needs a reason: add a line “reason: …”"),
        ("2025-01-06 - cancel", "“cancel” needs a reason: add a line “reason: …”"),
        ("2025-01-06 - plan 2025", "“plan” is said of a milestone, not of the facility itself"),
        ("2025-01-06 - note", 'a note needs its text, once: note "text"'),
        ("2025-01-06 opening resume 2025", "“resume” takes no date: “2025” cannot stand here"),
        ("2025-01-06 opening", "a statement is: day, milestone (or -), what is said of it, …"),
        ("2025-01-06 - set", "say what is set, such as “set owner: 전략산업과”"),
        ("2025-01-06 - set ownr: 과", "there is no key “ownr”; did you mean “owner”?"),
        ("2025-01-06 - set name:", "there is nothing after the colon"),
        (
            "2025-01-06 p2 set owner: 과",
            "there is no key “owner”; it is one of title, snoozed_until",
        ),
        ("2025-01-06 - retract", "a file has nothing to retract: leave the statement out"),
        ('2025-01-06 opening plan "x', 'the quote “"x” is not closed'),
        ("2025-01-06 opening plan 2025 @", "the name of a source follows the @"),
        (
            '2025-01-06 opening plan "x" # why',
            (
                "“# why” cannot stand here: after the date come one text in quotes "
                "and one @source, and a comment has a line of its own"
            ),
        ),
        (
            "2025-01-06 - progress planned 140",
            "progress is in percent from 0 to 100: write “planned 40 actual 35”",
        ),
        (
            "2025-01-06 - progress 40",
            "progress is in percent from 0 to 100: write “planned 40 actual 35”",
        ),
        (
            "2025-01-06 phase-9 plan 2025",
            (
                "there is no kind “phase-9”; write “milestone phase-9 other "
                '"title"” above if it is one of its own'
            ),
        ),
    ],
)
def test_a_bad_statement_is_refused_with_what_would_be_right(line: str, message: str) -> None:
    assert fault(line) == message


@pytest.mark.parametrize(
    ("line", "below", "message"),
    [
        ('2025-01-06 opening plan 2026 "말"', "phrase: 말", "the phrase is given twice"),
        (
            "2025-01-06 opening plan undated",
            "note: 비고",
            "an undated plan takes no note: write “reason: …”",
        ),
        (
            "2025-01-06 - progress actual 5",
            "note: 비고",
            "progress takes no note: write a “note” statement of its own",
        ),
        (
            "2025-01-06 - set owner: 과",
            "note: 비고",
            "what is set takes no note: write “reason: …”",
        ),
        ('2025-01-06 - note "글"', "note: 글", 'a note needs its text, once: note "text"'),
        ("2025-01-06 p2 set title: 가", "title: 나", "“title” is given twice"),
        (
            "2025-01-06 - progress actual 5 actual 6",
            "reason: 정정",
            "progress is in percent from 0 to 100: write “planned 40 actual 35”",
        ),
        (
            "2025-01-06 - set 전략산업과",
            "owner: 과",
            "“set” takes no date: “전략산업과” cannot stand here",
        ),
    ],
)
def test_what_a_statement_and_the_line_below_it_cannot_both_say(
    line: str, below: str, message: str
) -> None:
    assert fault(line, below) == message


@pytest.mark.parametrize(
    ("below", "message"),
    [
        ("nota: x", "there is no key “nota”; did you mean “note”?"),
        ("reason:", "there is nothing after the colon"),
        ("reason: x\n  reason: y", "“reason” is given twice"),
        ("phrase: x\n  phrase: y", "“phrase” is given twice"),
    ],
)
def test_a_bad_line_below_a_statement_is_refused(below: str, message: str) -> None:
    assert fault("2025-01-06 opening plan 2026", below) == message


@pytest.mark.parametrize(
    ("attribute", "message"),
    [
        ("cost: 10,00", "“10,00” is not a number: write 22,100,000,000 or 22100000000"),
        ("cost: -5", "“-5” is not a number: write 22,100,000,000 or 22100000000"),
        ("cost: 9999999999999999999", "“9999999999999999999” is out of range"),
        ("floor_area: 큼", "“큼” is not a number: write 2033 or 2,033.5"),
        ("target_count: ten", "“ten” is not a number: write 22,100,000,000 or 22100000000"),
        ("duration: 2029/2025", "“2029/2025” ends before it starts"),
        ("site:", "there is nothing after the colon"),
        ("site: x\nsite: y", "“site” is given twice"),
        ("funding: 5", "say whose share it is, such as “funding national: 10,000,000,000”"),
        ("funding a: 5\nfunding a: 6", "the share “a” is given twice"),
        ("name korean: 가", "there is no key “name korean”; did you mean “name_en”?"),
        ("confidence: gren", "there is no confidence “gren”; did you mean “green”?"),
        ("described: 2025-01-06", "“described” is given twice"),
        ("name: " + "가" * 301, "“name” is given twice"),
        ("site: " + "가" * 301, "the text is longer than 300 characters"),
    ],
)
def test_a_bad_attribute_is_refused(attribute: str, message: str) -> None:
    with pytest.raises(FactsError) as refused:
        read(f"facility a\nname: 가\ndescribed: 2025-01-06\n{attribute}")
    assert [p.message for p in refused.value.problems] == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2025-01-06 opening plan", "this stands before any facility: begin with “facility SLUG”"),
        ("milestone a other", "this stands before any facility: begin with “facility SLUG”"),
        ("name: 가", "“name” belongs to nothing: begin a facility first"),
        ("# x\n" + "x" * 10_001, "the line is longer than 10,000 characters"),
        ("PK\x03\0", "the line holds a NUL: this is not a text file"),
        (
            "facility a\nname: 가",
            "nothing is reported: say as of when, “described: DAY”",
        ),
        ("source a\npublished: 2025-02-30", "“2025-02-30” is a day that does not exist"),
        ("source a\npublisched: x", "there is no key “publisched”; did you mean “published”?"),
        (
            "source a\nbasis: guess",
            "there is no basis “guess”; it is one of printed, url, inferred, approximate",
        ),
        ("source a\ntitle: x\ntitle: y", "“title” is given twice"),
        (
            'facility a\nname: 가\ndescribed: 2025-01-06 "x"',
            "“described” takes a day and a @source",
        ),
        (
            "facility a\nname: 가\ndescribed: 2025-01-06 @s",
            "there is no source “s”; write “source s” with its title",
        ),
        (
            "facility a\nname: 가\ndescribed: 2025-01-06\nmilestone b other\ntitle: 나",
            "“title” cannot follow a milestone: its title stands in quotes",
        ),
        ("source a\nsource a", "the source “a” stands on line 1 already"),
        (
            "source a b",
            (
                "“a b” cannot name a source: letters, digits, hyphens and dots, "
                "such as newsis-20250610"
            ),
        ),
    ],
)
def test_a_file_that_goes_wrong_as_a_whole_is_refused(text: str, message: str) -> None:
    with pytest.raises(FactsError) as refused:
        read(text)
    assert [p.message for p in refused.value.problems] == [message]


def test_a_facility_and_a_milestone_come_once() -> None:
    block = "facility a\nname: 가\ndescribed: 2025-01-06\n"
    assert problems(block * 2) == ("gimhae.facts:4: “a” stands on line 1 already",)
    assert problems(block + "milestone b other\nmilestone b event") == (
        "gimhae.facts:5: the milestone “b” is declared twice",
    )
    assert problems(block + "milestone b othr") == (
        "gimhae.facts:4: there is no kind “othr”; did you mean “other”?",
    )
    assert problems(block + "milestone 나 other 제목") == (
        'gimhae.facts:4: write “milestone phase-2 other "2단계 준공"”',
    )


def test_a_long_word_is_shortened_in_the_message() -> None:
    (line,) = problems("facility a\nname: 가\ndescribed: 2025-01-06\n" + "x" * 5000 + ": y")
    assert len(line) < 120


# --- the way back -----------------------------------------------------------------

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
    text = write_facts(batch, head="머리말\n\n둘째 줄")
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


# --- no text brings it down -------------------------------------------------------

FRAGMENTS = st.sampled_from(
    [
        *["facility a", "programme b", "source s", "milestone m other", "name: 가", "described:"],
        *["2025-01-06", "2025-01-06~", "9999-99-99", "opening", "착공", "-", "plan", "actual"],
        *["set", "progress", "note", "hold", "2025-40", "[..2027", '"', "“", "@s", "@", ":", "\\"],
        *["cost: 1,0", "funding x:", "owner:", "planned 4", "\n", "\n", "\n  ", "\0", "\ud800"],
    ]
)


@given(st.lists(FRAGMENTS | st.text(max_size=8)).map(" ".join) | st.text())
@example("facility a\nname: 가\n2025-01-06 opening plan " + "[" * 5000)
@example("x" + " " * 9_990 + "y")
@example("2025-01-06 - set a:" + " @a" * 3000)
def test_any_text_is_read_or_refused_with_lines(text: str) -> None:
    error = refusal(text)
    if error is not None:
        count = 1 + len(re.findall(r"\r\n|\r|\n", text))
        assert error.problems
        assert all(1 <= p.line <= count for p in error.problems)
        assert all(line == clean(line) for line in chain([str(error)], error.lines))


def refusal(text: str) -> FactsError | None:
    try:
        read(text)
    except FactsError as error:
        return error
    return None


@given(st.integers(0, 2**63 - 1))
def test_plain_numbers_read_back_with_and_without_commas(number: int) -> None:
    assert plain_number(f"{number:,}") == plain_number(str(number)) == number


# --- the manual -------------------------------------------------------------------


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
