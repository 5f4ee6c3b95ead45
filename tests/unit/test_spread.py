"""Where lines are that groups and opened rows add, compared with a list that has them all."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.tui.widgets.line_layout import Spot, Spread


def spelled_out(rows, groups, opened):
    """Every line, one by one."""
    heads = {}
    first = 0
    for number, size in enumerate(groups):
        heads[first] = Spot(group=number)
        first += size
    lines = []
    for row in range(rows):
        lines += [heads[row]] if row in heads else []
        lines.append(Spot(row=row))
        lines += [Spot(row=row, step=step) for step in range(opened.get(row, 0))]
    return lines


@given(st.data(), st.lists(st.integers(1, 4), max_size=4), st.integers(0, 6))
def test_lines_are_where_they_would_be_if_all_were_made(data, groups, rows):
    rows = sum(groups) if groups else rows
    steps = st.dictionaries(st.integers(0, rows - 1), st.integers(0, 3))
    opened = data.draw(steps) if rows else {}
    lines = spelled_out(rows, groups, opened)
    spread = Spread(rows, groups, opened)
    assert spread.total == len(lines)
    assert spread.between(0, len(lines) + 3) == lines
    assert [spread.line_of(row) for row in range(rows)] == [
        lines.index(Spot(row=row)) for row in range(rows)
    ]
