"""Columns look as Rich's own table does; where they are too wide, no number is cut."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text
from work import growth

from tracker.cli.output.column_widths import Rule, broken
from tracker.cli.output.columns import Columns

WORDS = [
    "한국로봇리퍼브센터",
    "준공",
    "a",
    "2025년 10월",
    "x" * 30,
    "가" * 25,
    "“인용”",
    "e\u0301",
    "-",
]
CELLS = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
TABLES = st.integers(1, 6).flatmap(
    lambda n: st.tuples(
        st.lists(
            st.tuples(CELLS.map(lambda c: c[:12].strip()), st.booleans()), min_size=n, max_size=n
        ),
        st.lists(st.lists(CELLS, min_size=n, max_size=n), max_size=4),
    )
)


def printed(table, width, *, color=False, terminal=True):
    console = Console(
        file=io.StringIO(),
        width=width,
        highlight=False,
        force_terminal=terminal,
        color_system="standard" if color else None,
    )
    console.print(table, crop=False)
    return console.file.getvalue()


def rstripped(text):
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", text).split("\n")]


@given(TABLES, st.booleans())
def test_they_look_like_richs_table_where_there_is_room(drawn, color):
    columns, rows = drawn
    plain = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    quick = Columns("dim")
    for header, right in columns:
        plain.add_column(Text(header), justify="right" if right else "left", overflow="fold")
        quick.add_column(Text(header), Rule(right=right))
    for row in rows:
        for table in (plain, quick):
            table.add_row(*(Text(cell, style="bold red") for cell in row))
    seen = [rstripped(printed(table, 2000, color=color)) for table in (quick, plain)]
    assert seen[0] == seen[1]


def test_a_style_is_that_of_its_cell_alone():
    table = Columns()
    for name in ("a", "b"):
        table.add_column(Text(name), Rule())
    table.add_row(Text("계획", style="bold"), Text("x"))
    assert "\x1b[1m계획  \x1b[0mx" in printed(table, 80, color=True)


def test_rows_cost_alike_however_many_there_are():
    def show(count):
        table = Columns()
        for name in ("state", "facility", "said"):
            table.add_column(Text(name), Rule(least=0 if name == "state" else 16))
        for n in range(count):
            table.add_row(Text("●"), Text(f"시설 {n}"), Text("긴 말 " * 20))
        printed(table, 60)

    assert growth(show, 50) < 4.5


# -- where there is too little room --------------------------------------------------------------

NAMES = st.text("가각힣센터 도서관(·)ab-", min_size=1, max_size=30).filter(str.strip)
NUMBERS = st.one_of(
    st.integers(-99999, 99999).map("D{:+d}".format),
    st.integers(0, 10**15).map("{:,}".format),
    st.dates().map(str),
    st.integers(-9999, 9999).map("{:+,}".format),
)
SENTENCES = st.lists(st.one_of(NAMES, NUMBERS), max_size=6).map(" ".join)
COLUMNS = [
    ("state", Rule(worth=90, brief=45), st.just(("● 기한 경과", "●"))),
    ("name", Rule(worth=100, least=16), NAMES),
    ("d_day", Rule(worth=95, right=True), NUMBERS),
    ("money", Rule(worth=40, right=True), NUMBERS),
    ("when", Rule(worth=60, brief=20), NUMBERS.map(lambda n: (f"{n} ~ {n}", n))),
    ("by", Rule(worth=8, least=8), NAMES),
    ("said", Rule(worth=85, least=28, below=30), SENTENCES),
]
ROWS = st.lists(st.tuples(*(cells for _, _, cells in COLUMNS)), min_size=1, max_size=3)


def narrow(rows, width, *, terminal=True):
    left = []

    def say(names):
        left.extend(names)
        return ""

    table = Columns(left_out=say)
    for name, rule, _ in COLUMNS:
        table.add_column(Text(name), rule)
    for row in rows:
        table.add_row(*(tuple(map(Text, c)) if isinstance(c, tuple) else Text(c) for c in row))
    return printed(table, width, terminal=terminal), left


def numbers(text):
    return set(re.findall(r"[+-]?\d[\d,-]*", text))


@settings(max_examples=60)
@given(ROWS, st.integers(40, 200))
def test_no_line_is_too_wide_and_no_number_of_a_shown_column_is_cut(rows, width):
    text, left = narrow(rows, width)
    assert max(map(cell_len, text.split("\n"))) <= width
    for (name, _, _), *cells in zip(COLUMNS, *rows, strict=True):
        if name in left:
            continue
        for cell in cells:
            assert numbers(cell[-1] if isinstance(cell, tuple) else cell) <= numbers(text)
        if name in {"name", "by", "said"}:
            wanted = "".join(cells).replace(" ", "")
            assert all(text.count(c) >= wanted.count(c) for c in set(wanted)), "lost a sign"
    assert "name" not in left, "the dearest column stays"


@settings(max_examples=25)
@given(ROWS)
def test_what_is_no_terminal_gets_every_column_whole(rows):
    text, left = narrow(rows, 40, terminal=False)
    assert not left
    lines = text.split("\n")
    for row in rows:
        assert any(row[1].strip() in line and row[2] in line and row[3] in line for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("국비 22,100,000,000원", 14, ["국비", "22,100,000,000", "원"]),
        ("가나다라마바사", 6, ["가나다", "라마바", "사"]),
        ("제12345호실", 6, ["제", "12345", "호실"]),
        ("completion of works", 10, ["completion", "of works"]),
        ("", 5, []),
        ("가\n나", 5, ["가", "나"]),
    ],
)
def test_lines_break_where_nothing_is_torn(text, width, lines):
    assert broken(text, width) == lines
