"""Columns look as Rich's own table does, and take work in proportion to their rows."""

import io
import re

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table
from rich.text import Text
from work import growth

from tracker.cli.columns import Columns

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
KINDS = st.sampled_from([("left", True), ("left", False), ("right", True)])
TABLES = st.integers(1, 6).flatmap(
    lambda n: st.tuples(
        st.lists(st.tuples(CELLS.map(lambda c: c[:12].strip()), KINDS), min_size=n, max_size=n),
        st.lists(st.lists(CELLS, min_size=n, max_size=n), max_size=4),
    )
)


def printed(table, width, *, color):
    console = Console(
        file=io.StringIO(), width=width, highlight=False, force_terminal=color, color_system=None
    )
    console.print(table)
    return re.sub(r"\x1b\[[0-9;]*m", "", console.file.getvalue())


@given(TABLES, st.integers(60, 200), st.booleans())
def test_they_look_like_richs_table(drawn, width, color):
    columns, rows = drawn
    plain = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    quick = Columns(header_style="dim")
    for header, (justify, no_wrap) in columns:
        more = {"justify": justify, "no_wrap": no_wrap}
        plain.add_column(Text(header), overflow="fold", **more)
        quick.add_column(Text(header), **more)
    for row in rows:
        for table in (plain, quick):
            table.add_row(*(Text(cell, style="bold red") for cell in row))
    assert printed(quick, width, color=color) == printed(plain, width, color=color)


def test_a_style_is_that_of_its_cell_alone():
    table = Columns()
    for name in ("a", "b"):
        table.add_column(Text(name), justify="left", no_wrap=True)
    table.add_row(Text("계획", style="bold"), Text("x"))
    out = io.StringIO()
    Console(file=out, force_terminal=True, color_system="standard").print(table)
    assert "\x1b[1m계획  \x1b[0mx" in out.getvalue()


def test_rows_cost_alike_however_many_there_are():
    def show(count):
        table = Columns()
        for name in ("state", "facility", "said"):
            table.add_column(Text(name), justify="left", no_wrap=name == "state")
        for n in range(count):
            table.add_row(Text("●"), Text(f"시설 {n}"), Text("긴 말 " * 20))
        printed(table, 60, color=False)

    assert growth(show, 50) < 4.5
