"""What tests draw: rows and lanes by Hypothesis, and lines as cells."""

from datetime import date

from hypothesis import strategies as st
from making import TODAY, days, periods
from rich.cells import cell_len

from db.model.records import Facility, Kind, Milestone, Standing, Type
from tracker.charts.timeline_rows import TimelineRow
from tracker.domain.board import Row, summarize
from tracker.domain.limits import Limits
from tracker.domain.schedule import judge

TITLES = st.none() | st.text(
    alphabet=st.sampled_from("가나a1 ,한e\u0301·ｱ-"), min_size=1, max_size=30
)


@st.composite
def milestones(draw: st.DrawFn, slug: str) -> Milestone:
    window = st.none() | periods()
    standing, forecast = draw(st.sampled_from(Standing)), draw(window)
    if standing is Standing.OPEN and (forecast is None or forecast.latest is None):
        standing = Standing.UNDATED
    return Milestone(
        facility="hall",
        facility_name="가람도서관",
        city=None,
        owner=None,
        slug=slug,
        kind=draw(st.sampled_from(Kind)),
        title=draw(TITLES),
        standing=standing,
        baseline=draw(window),
        forecast=forecast,
        actual=draw(periods()) if standing is Standing.COMPLETED else None,
        forecast_on=None,
        actual_on=None,
        confirmed_on=None,
        on_hold_since=None,
        cancelled_on=None,
        snoozed_until=None,
        updated_on=draw(days()),
        contradicted=False,
        breach=False,
        source=None,
    )


@st.composite
def lanes(draw: st.DrawFn, slug: str = "hall", day: date = TODAY) -> TimelineRow:
    own = [draw(milestones(f"m{n}")) for n in range(draw(st.integers(0, 5)))]
    name = draw(TITLES) or "가람"
    facility = Facility(slug, Type.FACILITY, name, city=draw(st.none() | st.just("김해시")))
    rows = tuple(Row(m, judge(m, day, Limits())) for m in own)
    return TimelineRow(summarize(facility, own, day, Limits()), rows)


def cells(line: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Every cell of a line as its character and style; the second of a wide one is empty."""
    found: list[tuple[str, str]] = []
    for text, style in line:
        for letter in text:
            size = cell_len(letter)
            if size:
                found += [(letter, style), *[("", style)] * (size - 1)]
    return found
