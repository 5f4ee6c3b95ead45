"""What to tell: the alerts that are new or changed, as one short message."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.alerts import Alert, message
from tracker.words import GLYPHS, Words

__all__ = ["Digest", "Marks", "digest_of", "fresh", "marks_of"]

_MOST = 40  # lines; the rest is a number

Marks = Mapping[str, Sequence[str]]
"""What was told of each alert: the milestone's path → the parts that, when one is new, are news."""


@dataclass(frozen=True, slots=True)
class Digest:
    """One message."""

    title: str
    body: str


def marks_of(alerts: Iterable[Alert]) -> dict[str, list[str]]:
    """What each alert says, without what changes by itself from day to day."""
    return {_path(alert): _mark(alert) for alert in alerts}


def fresh(alerts: Iterable[Alert], told: Marks) -> list[Alert]:
    """The alerts of which something is new since they were told."""
    return [a for a in alerts if not set(_mark(a)) <= set(told.get(_path(a), ()))]


def _path(alert: Alert) -> str:
    m = alert.row.milestone
    return f"{m.facility}/{m.slug}"


def _mark(alert: Alert) -> list[str]:
    """Its reasons, its window, since when, and whether it is confirmed.

    A reason that falls away is no news, which is why each part stands by itself.
    """
    m, judged = alert.row.milestone, alert.row.judged
    detail = judged.detail.value if judged.detail else "-"
    return [
        f"worst:{alert.type.value}",
        *sorted(f"reason:{kind.value}" for kind in (alert.type, *alert.also)),
        f"window:{m.forecast or '-'}",
        f"detail:{detail}",
    ]


def digest_of(new: Sequence[Alert], total: int, day: str, words: Words) -> Digest:
    """Word the alerts in `new`, of `total` that there are on `day`."""
    title = words("notify.title", number=len(new), day=day)
    return Digest(title, "\n".join(_lines(new, total, words)))


def _lines(new: Sequence[Alert], total: int, words: Words) -> Iterator[str]:
    heading = None
    for alert in new[:_MOST]:
        if alert.type is not heading:
            heading = alert.type
            number = sum(a.type is heading for a in new)
            yield words("notify.heading", type=words.of("alert.type", heading.value), number=number)
        m, judged = alert.row.milestone, alert.row.judged
        yield words(
            "notify.line",
            glyph=GLYPHS[judged.state],
            facility=m.facility_name,
            step=words.milestone(m.kind, m.title),
            d_day=words.d_day(judged.to_deadline) or "–",
            message=message(alert, words),
        )
    if len(new) > _MOST:
        yield words("notify.more", rest=len(new) - _MOST)
    if total > len(new):
        yield words("notify.known", rest=total - len(new))
