"""Four invented facilities, and what tests do on a screen and read from the store."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, date, datetime

from textual.pilot import Pilot
from textual.widgets import Static

from db.model.period import Period
from db.model.records import Batch, Kind, NewFacility, NewMilestone, Source, Statement, UpdateKind
from tracker.app.workspace import Workspace
from tracker.domain.board import FacilityPage, read_facility

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 1, tzinfo=UTC)

ROBOT = "robot-refurb"
LIBRARY = "river-library"
HANGAR = "drone-hangar"
LAB = "hydrogen-lab"

Opened = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


def about(slug: str, **value: object) -> Statement:
    return Statement(slug, None, UpdateKind.SET, date(2023, 1, 2), value=value)


def dated(slug: str, step: str, kind: UpdateKind, day: str, period: str | None) -> Statement:
    return Statement(
        slug,
        step,
        kind,
        date.fromisoformat(day),
        period=Period.parse(period) if period else None,
        phrase=f"{period} 예정" if kind is UpdateKind.PLAN else None,
        source=Source(publisher="강변일보", title="센터 소식", published=day),
    )


PLAN, ACTUAL = UpdateKind.PLAN, UpdateKind.ACTUAL

BATCH = Batch(
    facilities=tuple(map(NewFacility, (ROBOT, LIBRARY, HANGAR, LAB))),
    milestones=(
        NewMilestone(ROBOT, "groundbreaking", Kind.GROUNDBREAKING),
        NewMilestone(ROBOT, "completion", Kind.COMPLETION),
        NewMilestone(ROBOT, "opening", Kind.OPENING),
        NewMilestone(LIBRARY, "opening", Kind.OPENING),
        NewMilestone(HANGAR, "completion", Kind.COMPLETION),
        NewMilestone(LAB, "design", Kind.DESIGN),
    ),
    statements=(
        about(
            ROBOT,
            name="한국로봇리퍼브센터",
            name_en="Korea Robot Refurb Center",
            aliases=["로봇 재생 센터"],
            city="김해시",
            cluster="물류·로봇",
            cost_krw=22_100_000_000,
        ),
        about(LIBRARY, name="강변도서관", city="창원시", owner="김주무관"),
        about(HANGAR, name="드론 격납고", city="창원시"),
        about(LAB, name="수소 시험동", city="김해시"),
        dated(ROBOT, "groundbreaking", PLAN, "2023-01-02", "2023-12"),
        dated(ROBOT, "opening", PLAN, "2024-01-10", "2025-40"),
        dated(ROBOT, "groundbreaking", ACTUAL, "2024-04-20", "2024-04"),
        dated(ROBOT, "completion", ACTUAL, "2025-06-10", "2025-06"),
        dated(ROBOT, "opening", PLAN, "2025-06-10", "2025-10"),
        dated(LIBRARY, "opening", PLAN, "2026-11-01", "2026-12-10"),
        dated(HANGAR, "completion", PLAN, "2026-10-01", "2027-12"),
        dated(LAB, "design", PLAN, "2026-10-01", None),
    ),
)


def record(office: Workspace, batch: Batch) -> None:
    """Write as another process would."""
    with office.writing(create=True) as store:
        store.record(batch, by="colleague", now=NOW, today=office.today)


def page(office: Workspace, slug: str) -> FacilityPage:
    """What the store itself says of a facility."""
    with office.reading() as reader:
        return read_facility(reader, slug, office.today, office.config.limits)


def milestone(office: Workspace, slug: str, step: str):
    return next(r for r in page(office, slug).rows if r.milestone.slug == step)


async def in_sizes(pilot: Pilot[None], sizes: Sequence[tuple[int, int]]) -> AsyncIterator[int]:
    """Give the terminal one size after the other; yields the width."""
    for size in sizes:
        await pilot.resize_terminal(*size)
        await press(pilot)
        yield size[0]


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys; `text:…` types one key after the other. Waits for what is written."""
    for key in keys:
        await pilot.press(*(key[5:] if key.startswith("text:") else [key]))
        await _written(pilot)
    await pilot.pause()
    await pilot.pause()


def refused(pilot: Pilot[None]) -> str:
    """Why a form does not save: beside its fields, and in its last line."""
    beside = pilot.app.screen.query(".field--below.-wrong").results(Static)
    return " ".join([*(str(one.visual) for one in beside), text_of(pilot, "#form-status")]).strip()


async def _written(pilot: Pilot[None]) -> None:
    """Wait until what a key has written, or another day, shows, as a person would."""
    writing = [w for w in pilot.app.workers if w.group in {"write", "past"}]
    if writing:
        await pilot.app.workers.wait_for_complete(writing)
        await pilot.pause()
        await pilot.pause()


def chosen(pilot: Pilot[None]) -> tuple[str, str] | None:
    """The milestone that the cursor stands on."""
    row = pilot.app.screen.row
    return (row.milestone.facility, row.milestone.slug) if row else None


def text_of(pilot: Pilot[None], selector: str) -> str:
    """What a widget on the topmost screen shows."""
    return str(pilot.app.screen.query_one(selector).visual)


def lines(pilot: Pilot[None]) -> list[str]:
    """The whole terminal as it would be seen."""
    height = pilot.app.size.height
    return [
        "".join(segment.text for segment in strip)
        for strip in pilot.app.screen._compositor.render_strips()[:height]  # noqa: SLF001 - nothing public shows the drawn lines
    ]


async def until(
    pilot: Pilot[None], holds: Callable[[], bool], seconds: float = 8, every: float = 0.1
) -> None:
    """Wait for what comes by itself; on an idle machine that takes at most two seconds."""
    for _ in range(int(seconds / every)):
        if holds():
            return
        await pilot.pause(every)
    assert holds()
