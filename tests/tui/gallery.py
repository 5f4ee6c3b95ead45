"""A store with something of everything, for pictures of the screens: names in mixed scripts too."""

from datetime import date

from stage import ACTUAL, HANGAR, LIBRARY, PLAN, ROBOT, dated, record

from db.model.period import Period
from db.model.records import (
    Batch,
    Kind,
    NewFacility,
    NewMilestone,
    Source,
    Statement,
    Type,
    UpdateKind,
)
from tracker.app.workspace import Workspace

FUND, MIXED = "growth-fund", "mixed-hall"


def said(slug: str, step: str | None, kind: UpdateKind, day: str, **more: object) -> Statement:
    return Statement(slug, step, kind, date.fromisoformat(day), **more)


def planned(slug: str, step: str, day: str, period: str, publisher: str) -> Statement:
    source = Source(publisher=publisher, published=day)
    return said(slug, step, PLAN, day, period=Period.parse(period), source=source)


MORE = Batch(
    facilities=(NewFacility(FUND, Type.PROGRAMME), NewFacility(MIXED)),
    milestones=(
        NewMilestone(ROBOT, "selection", Kind.SELECTION),
        NewMilestone(HANGAR, "opening", Kind.OPENING),
        NewMilestone(MIXED, "completion", Kind.COMPLETION),
        NewMilestone(MIXED, "phase-2", Kind.COMPLETION),
        NewMilestone(LIBRARY, "completion", Kind.COMPLETION),
    ),
    statements=(
        said(FUND, None, UpdateKind.SET, "2023-02-01", value={"name": "성장동력 기반구축 사업"}),
        said(
            MIXED,
            None,
            UpdateKind.SET,
            "2024-03-04",
            value={"name": "AI（인공지능）·Cafe\u0301 복합관", "city": "경산시", "owner": "이주임"},
        ),
        said(
            ROBOT,
            None,
            UpdateKind.SET,
            "2024-02-01",
            value={
                "funding": {"national": 10_000_000_000, "city": 10_600_000_000},
                "confidence": "amber",
                "confidence_note": "장비가 늦음",
                "programme": "성장동력 기반구축 사업",
                "site": "진례면",
            },
        ),
        dated(ROBOT, "selection", ACTUAL, "2022-05-01", "2022-05"),
        planned(HANGAR, "opening", "2026-10-01", "2027-06", "새벽신문"),
        planned(MIXED, "completion", "2026-02-10", "2026-40", "가람일보"),
        planned(MIXED, "completion", "2026-02-10", "2027", "나래통신"),
        said(MIXED, "phase-2", UpdateKind.SET, "2026-03-01", value={"title": "2단계 Hall B 준공"}),
        planned(MIXED, "phase-2", "2026-03-01", "[..2028-12]", "가람일보"),
        planned(LIBRARY, "completion", "2026-01-05", "2026-03-31", "강변일보"),
        said(LIBRARY, "completion", UpdateKind.HOLD, "2026-05-01", reason="예산 심의"),
    ),
)


def fill(office: Workspace) -> None:
    """Add to the four facilities of the stage."""
    record(office, MORE)
