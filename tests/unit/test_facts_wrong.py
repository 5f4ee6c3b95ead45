"""What is wrong with a file of facts is told with its line, and what would be right."""

import re
from itertools import chain

import pytest
from facts_text import fault, problems, read
from hypothesis import example, given
from hypothesis import strategies as st

from db.model.text import clean
from tracker.exchange.facts import FactsError, Problem, plain_number

ADVICE = "; write for example 2026-06-30, 2026년 6월, 2026년 상반기 or by Dec 2027"
NO_MONEY = "is not an amount of won: write 221억 원, 1,105억 8,000만 원, 22100000000 or KRW 22.1bn"


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
            "gimhae.facts:1: “Gimhae” is not a slug: lower-case letters, Hangul, digits and "
            "hyphens, such as gimhae-robot-refurb-center"
        ),
        "gimhae.facts:2: there is no key “nome”; did you mean “name”?",
        "gimhae.facts:3: there is no kind “openning”; did you mean “opening”?",
        "gimhae.facts:3: there is no source “sss”; write “source sss” with its title",
        "gimhae.facts:4: 2027-01-01 is after today, 2026-11-21: it cannot have been reported yet",
        (
            "gimhae.facts:5: there is no statement “foo”; it is one of plan, original, baseline, "
            "actual, progress, hold, resume, cancel, reopen, confirm, note, set"
        ),
        "gimhae.facts:5: “2025-02-30” is not a day of the calendar",
        "gimhae.facts:6: there is no line “facilty”; did you mean “facility”?",
    )


def test_the_error_says_the_first_fault_and_how_many_more() -> None:
    error = FactsError("a.facts", (Problem(3, "x"), Problem(4, "y"), Problem(5, "z")))
    assert str(error) == "a.facts:3: x (and 2 more)"
    assert str(FactsError("a.facts", (Problem(3, "x"),))) == "a.facts:3: x"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "2025-01-06 opening plan 2023-02-29",
            "“2023-02-29”: “2023-02-29” names a day that does not exist" + ADVICE,
        ),
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
                    "“계획” needs a date: write “undated” to remove the date, "
                    "or - where none was named"
                ),
            )
            for plan in ("계획", "계획 @s", '계획 "2027년 상반기"')
        ),
        ("2025-01-06 opening baseline 2026", "“baseline” needs a reason: add a line “reason: …”"),
        ("2025-01-06 - hold", "“hold” needs a reason: add a line “reason: …”"),
        ("2025-01-06 - cancel", "“cancel” needs a reason: add a line “reason: …”"),
        ("2025-01-06 - plan 2025", "“plan” applies to a milestone, not to the facility as a whole"),
        ("2025-01-06 - note", 'a note needs its text, once: note "text"'),
        ("2025-01-06 opening resume 2025", "“resume” takes no date: remove “2025”"),
        ("2025-01-06 opening", "a statement is: day, milestone (or -), kind of statement, …"),
        ("2025-01-06 - set", "name what is set, such as “set owner: 전략산업과”"),
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
            "“set” takes no date: remove “전략산업과”",
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
        ("cost: 10,00", "“10,00” " + NO_MONEY),
        ("cost: -5", "“-5” " + NO_MONEY),
        ("cost: 9999999999999999999", "“9999999999999999999” is out of range"),
        ("floor_area: 큼", "“큼” is not a number: write 2033 or 2,033.5"),
        ("target_count: ten", "“ten” is not a number: write 22,100,000,000 or 22100000000"),
        ("duration: 2029/2025", "“2029/2025”: “[2029..2025]” ends before it starts" + ADVICE),
        ("site:", "there is nothing after the colon"),
        ("site: x\nsite: y", "“site” is given twice"),
        ("funding: 5", "name whose share it is, such as “funding national: 10,000,000,000”"),
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
        ("name: 가", "“name” does not belong to anything: begin a facility first"),
        ("# x\n" + "x" * 10_001, "the line is longer than 10,000 characters"),
        ("PK\x03\0", "the line holds a NUL: this is not a text file"),
        (
            "facility a\nname: 가",
            "nothing is reported: add “described: DAY” to say as of when",
        ),
        ("source a\npublished: 2025-02-30", "“2025-02-30” is not a day of the calendar"),
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
