"""What a file changes of known baselines because it was reported earlier; in sentences."""

from collections.abc import Iterable, Mapping

from db.model.records import Milestone, Statement, UpdateKind
from db.read.reader import Reader
from tracker.acts.report_effects import moved_lines, moves_of
from tracker.words import Words

__all__ = ["older_notices"]

_SETTING = (UpdateKind.PLAN, UpdateKind.ORIGINAL)
_MOST = 20  # sentences


def older_notices(
    reader: Reader,
    fresh: Iterable[Statement],
    standing: Mapping[tuple[str, str], Milestone],
    words: Words,
) -> tuple[str, ...]:
    """A sentence for each baseline that statements change by being older, and how many more.

    Args:
        reader: The store, without the statements.
        fresh: What a file says and the store does not hold yet.
        standing: The known milestones, by (facility, milestone).
        words: The language.
    """
    said = list(fresh)
    facilities = {s.facility for s in said if _may_move(s, standing)}
    moves = moves_of(reader, (s for s in said if s.facility in facilities))
    lines = moved_lines(reader, moves[:_MOST], words)
    if len(moves) > _MOST:
        lines.append(words("older.more", rest=len(moves) - _MOST))
    return tuple(lines)


def _may_move(s: Statement, standing: Mapping[tuple[str, str], Milestone]) -> bool:
    """Whether a statement can come before the one that had set a baseline."""
    m = standing.get((s.facility, s.milestone or ""))
    if m is None or m.baseline is None or s.period is None or s.kind not in _SETTING:
        return False
    return s.reported_on <= m.updated_on and not s.period.same_window(m.baseline)
