"""Where lines are that groups and opened rows add, compared with a list that has them all."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.tui.widgets.line_layout import LineLayout, LinePosition


def spelled_out(rows, groups, opened):
    """Every line, one by one."""
    heads = {}
    first = 0
    for number, size in enumerate(groups):
        heads[first] = LinePosition(group=number)
        first += size
    lines = []
    for row in range(rows):
        lines += [heads[row]] if row in heads else []
        lines.append(LinePosition(row=row))
        lines += [LinePosition(row=row, step=step) for step in range(opened.get(row, 0))]
    return lines


@given(st.data(), st.lists(st.integers(1, 4), max_size=4), st.integers(0, 6))
def test_lines_are_where_they_would_be_if_all_were_made(data, groups, rows):
    rows = sum(groups) if groups else rows
    steps = st.dictionaries(st.integers(0, rows - 1), st.integers(0, 3))
    opened = data.draw(steps) if rows else {}
    lines = spelled_out(rows, groups, opened)
    layout = LineLayout(rows, groups, opened)
    assert layout.total == len(lines)
    assert layout.between(0, len(lines) + 3) == lines
    assert [layout.line_of(row) for row in range(rows)] == [
        lines.index(LinePosition(row=row)) for row in range(rows)
    ]
