"""Articles of our own with what is to be read from them, and how well that is done."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.model.period import Period
from db.model.records import Kind
from db.schema.search_columns import name_key
from tracker.announcements import Proposal, Status, read_article
from tracker.announcements.names.registry import dice

HERE = Path(__file__).parent / "announcements"
SOFT = {Kind.EVENT, Kind.OTHER}
DATED = date(2025, 3, 10)


def read(text: str, dated: date = DATED) -> set[tuple[str, str, str, str | None]]:
    """Facility, kind, status and date of each proposal that a text makes on a day."""
    return {
        (p.facility, p.kind.value, p.status.value, p.period.edtf if p.period else None)
        for p in read_article(text, dated)
    }


@dataclass(frozen=True)
class Article:
    """A text with its day; `expected` must be read, `tolerated` may be."""

    name: str
    dated: date
    text: str
    expected: list[dict]
    tolerated: list[dict]


def articles(half: str) -> list[Article]:
    """The articles that rules were made with (`tuning`), kept aside (`held_out`), and more."""
    found = json.loads((HERE / half / "expected.json").read_text(encoding="utf-8"))
    return [
        Article(
            name,
            date.fromisoformat(entry["dated"]),
            (HERE / half / f"{name}.txt").read_text(encoding="utf-8"),
            entry["expected"],
            entry["tolerated"],
        )
        for name, entry in found.items()
    ]


@dataclass
class Score:
    right: int = 0
    wrong: int = 0
    missed: int = 0
    status_right: int = 0

    def add(self, other: "Score") -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.status_right += other.status_right

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0


def score(proposals: list[Proposal], article: Article) -> Score:
    """Facility, kind and last day must be right; an old plan need not be read.

    Events and other steps count neither way, and no proposal counts twice.
    """
    live = [
        p
        for p in proposals
        if p.period and p.status in {Status.PLANNED, Status.ACTUAL} and p.kind not in SOFT
    ]
    wanted = [
        e for e in article.expected if e["status"] != "baseline" and Kind(e["kind"]) not in SOFT
    ]
    result = Score()
    open_ = list(wanted)
    for proposal in live:
        hit = next((e for e in open_ if _is(proposal, e)), None)
        if hit is not None:
            open_.remove(hit)
            result.right += 1
            result.status_right += proposal.status.value == hit["status"]
        elif not any(_is(proposal, e) for e in wanted) and not _tolerated(proposal, article):
            result.wrong += 1
    result.missed = len(open_)
    return result


def _is(proposal: Proposal, expected: dict) -> bool:
    return (
        proposal.kind.value == expected["kind"]
        and proposal.period.latest == Period.parse(expected["edtf"]).latest
        and any(_named_alike(proposal.facility, n) for n in (expected["name"], *expected["also"]))
    )


def _tolerated(proposal: Proposal, article: Article) -> bool:
    return any(
        proposal.period.latest == Period.parse(t["edtf"]).latest
        and (t["name"] == "*" or _named_alike(proposal.facility, t["name"]))
        for t in article.tolerated
    )


def _named_alike(printed: str, wanted: str) -> bool:
    a, b = name_key(printed), name_key(wanted)
    return a == b or a.endswith(b) or b.endswith(a) or dice(a, b) >= 0.8
