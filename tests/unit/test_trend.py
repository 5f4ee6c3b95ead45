"""The trend chart: every letter where its report and its forecast say."""

from datetime import date
from fractions import Fraction
from math import floor

import pytest
from drawing import cells
from hypothesis import given
from hypothesis import strategies as st
from making import BUSY_MS, STEPS, TODAY, histories

from db.engine.connect import connect
from db.fold.folding import fold, in_force
from db.read.reader import Reader
from tracker.charts.canvas import width_of
from tracker.charts.trend import GUTTER, Trace, draw_trend, traces_of
from tracker.charts.trend_table import headings, statement_lines, trend_legend
from tracker.domain.board import Row, read_facility
from tracker.domain.forecast_history import history
from tracker.domain.limits import Limits
from tracker.words import Words

KO, EN = Words("ko"), Words("en")
LIBRARY = "wanju-goun-sambong-library"
REAL = ["gimhae-robot-refurb-center", LIBRARY, "gimhae-open-innovation-knowledge-center"]


@pytest.fixture(scope="module")
def page_of(demo_master):
    def reading(slug):
        connection = connect(demo_master, busy_ms=BUSY_MS)
        try:
            return read_facility(Reader(connection), slug, TODAY, Limits())
        finally:
            connection.close()

    return reading


def test_the_library_slipped_as_the_papers_had_it(page_of):
    opening = next(t for t in traces_of(page_of(LIBRARY)) if t.slug == "opening")
    told = [(str(r.day), str(r.window), r.moved.days if r.moved else None) for r in opening.reports]
    assert told == [
        ("2023-09-06", "2025-06", None),
        ("2023-10-17", "2025-40", 0),
        ("2024-04-23", "2025-41", 184),
        ("2026-01-29", "2026-07", 212),
        ("2026-01-29", "2026-07", 0),
    ]


def axis_of(traces):
    """First day and days of the axis across, as the fit is described."""
    ends = [TODAY]
    for trace in traces:
        for report in trace.reports:
            ends += [d for d in (report.window.earliest, report.window.latest) if d]
    return ends


@pytest.mark.parametrize("slug", REAL)
@pytest.mark.parametrize("size", [(80, 20), (120, 33), (200, 50)])
def test_letters_stand_on_the_row_of_the_report_and_in_the_cell_of_the_forecast(
    page_of, slug, size
):
    traces = traces_of(page_of(slug))
    width, height = size
    lines = [cells(line) for line in draw_trend(traces, TODAY, size, KO)]
    assert len(lines) == height
    across = width - GUTTER
    ends = axis_of(traces)
    room = max(1, ((max(ends) - min(ends)).days + 1) // max(8, across // 2))
    left, total = min(ends).toordinal() - room, (max(ends) - min(ends)).days + 1 + 2 * room
    begun = min(r.day for t in traces for r in t.reports)
    down = (TODAY - begun).days + 1
    for trace in traces:
        for report in trace.reports:
            row = floor(Fraction((report.day - begun).days * (height - 3), down))
            last = report.window.latest or report.window.earliest
            # the cell in which the last day ends
            x = -floor(-Fraction((last.toordinal() + 1 - left) * across, total)) - 1
            if report.window.earliest == report.window.latest:
                x = floor(Fraction((last.toordinal() - left) * across, total))
            there = [sign for sign, _ in lines[3 + row][GUTTER + x : GUTTER + x + 2]]
            meeting = {t.letter for t in traces} | {"*"}  # others that stand on the same cell
            assert trace.letter in there or there[0] in meeting, (trace.slug, report.day, there)


def test_a_stable_line_is_straight_and_a_slipping_one_leans_right(page_of):
    traces = traces_of(page_of(LIBRARY))
    opening = next(t for t in traces if t.slug == "opening")
    lines = [cells(line) for line in draw_trend([opening], TODAY, (100, 33), EN)][3:]
    places = []
    for line in lines:
        at = [c for c, (sign, _) in enumerate(line[GUTTER:]) if sign in {opening.letter, "┆"}]
        places.append(max(at))
    assert places == sorted(places)
    assert len(set(places)) == 3, "June and the first half end on the same day"


def test_a_line_ends_where_the_milestone_was_reached_near_the_diagonal(page_of):
    traces = traces_of(page_of(LIBRARY))
    completion = next(t for t in traces if t.slug == "completion")
    assert completion.reports[-1].reached
    lines = [cells(line) for line in draw_trend([completion], TODAY, (100, 33), EN)][3:]
    drawn = [y for y, line in enumerate(lines) if any(tone == completion.style for _, tone in line)]
    row = max(drawn)
    ticked = [c for c, (sign, _) in enumerate(lines[row]) if sign == "✓"]
    diagonal = [c for c, (sign, _) in enumerate(lines[row + 1]) if sign == "╲"]
    assert len(ticked) == len(diagonal) == 1
    assert abs(ticked[0] - diagonal[0]) <= 6
    assert row < len(lines) - 1


def test_the_chosen_one_stands_in_front_with_its_windows_shaded(page_of):
    traces = traces_of(page_of(LIBRARY))
    plain = [cells(line) for line in draw_trend(traces, TODAY, (100, 33), EN)]
    front = [cells(line) for line in draw_trend(traces, TODAY, (100, 33), EN, "opening")]
    shaded = [sum(sign == "░" for line in drawn for sign, _ in line) for drawn in (plain, front)]
    assert shaded[0] == 0 < shaded[1]


def test_the_table_has_a_line_for_every_statement(page_of):
    for slug in REAL:
        traces = traces_of(page_of(slug))
        found = list(statement_lines(traces, KO, 120))
        assert len(found) == sum(len(t.reports) for t in traces)
        texts = ["".join(text for text, _ in line) for _, _, line in found]
        for (trace, report, _), text in zip(found, texts, strict=True):
            assert text.startswith(trace.letter)
            assert KO.reported(report.update) in text
            if report.moved and report.moved.days:
                assert f"{report.moved.days:+,}" in text


@given(histories(), st.integers(20, 300), st.integers(1, 60), st.sampled_from([KO, EN]))
def test_any_history_is_drawn_in_exactly_its_width(updates, width, height, words):
    statements = in_force(updates)
    folded = fold(statements, STEPS)
    traces = [
        Trace(_Row(slug, folded.milestones[slug]), place, tuple(reports))
        for place, (slug, reports) in enumerate(history(statements, STEPS).items())
    ]
    lines = draw_trend(traces, TODAY, (width, height), words, "opening")
    assert 4 <= len(lines) <= max(4, height)
    lines += [headings(words, width), *trend_legend(words, width)]
    lines += [line for _, _, line in statement_lines(traces, words, width)]
    assert [width_of(line) for line in lines] == [width] * len(lines)


def test_nothing_to_draw_is_an_empty_chart():
    lines = draw_trend((), date(2026, 1, 1), (40, 10), KO)
    assert {width_of(line) for line in lines} == {40}


def _Row(slug, folded):  # noqa: N802 - stands in for the class
    """As much of a row as a trace asks for."""
    from types import SimpleNamespace

    m = SimpleNamespace(slug=slug, kind=folded.kind, title=folded.title)
    return SimpleNamespace(milestone=m, spec=Row)


def test_a_line_is_called_by_its_name_where_it_ends(page_of):
    traces = traces_of(page_of(LIBRARY))
    *_, last = draw_trend(traces, TODAY, (160, 40), KO, "opening")
    assert "d 개소" in "".join(text for text, _ in last)
    assert "인증" not in "".join(text for text, _ in last), "it ends under the opening"


def test_a_narrow_legend_leaves_signs_out_instead_of_cutting_them():
    for width in (40, 60, 78):
        signs, *_ = trend_legend(EN, width)
        assert width_of(signs) == width
        assert "…" not in "".join(text for text, _ in signs)
