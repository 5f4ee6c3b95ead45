"""Every interactive act on a large store against the same act on a small one."""

from collections import defaultdict
from pathlib import Path

from tests.bench.commands import copy_of, tracker
from tests.bench.stores import large
from tests.bench.terminal import Terminal
from tests.bench.verdict import Row, Verdict, middle

__all__ = ["rows"]

_SMALL = 1000
_READY = "도움말"
_ROUNDS = 3
# What is measured, and its key; without a name it only leads back.
_ACTS = (
    ("facilities", "2"),
    ("", "home"),
    ("the last facility", "end"),
    ("", "1"),
    ("the timeline", "3"),
    ("", "1"),
    ("the trend", "4"),
    ("", "1"),
    ("the log", "6"),
    ("", "home"),
    ("the first thing said", "end"),
    ("", "1"),
    ("the page of a facility", "enter"),
    ("", "escape"),
    ("a form", "n"),
    ("", "escape"),
    ("filters", "f"),
    ("", "escape"),
)


def rows(size: int) -> list[Row]:
    """What is measured of acts."""
    return [Row("growth", lambda: _growth(size))]


def _growth(size: int) -> list[Verdict]:
    """Each act three times, another milestone chosen every time, so that views are read anew."""
    small, big = _all(large(_SMALL)), _all(large(size))
    return [
        Verdict(f"{name}, {size:,} milestones", ours, 1.5, floor)
        for (name, _), ours, floor in zip(_ACTS, big, small, strict=True)
        if name
    ]


def _all(store: Path) -> list[float]:
    """The median of seconds from each key to the settled screen."""
    samples: dict[int, list[float]] = defaultdict(list)
    board = Terminal(tracker("--db", copy_of(store)))
    board.wait_for(_READY)
    board.settle(0.5)
    for _ in range(_ROUNDS):
        board.nudge("down")
        for place, (name, key) in enumerate(_ACTS):
            if name:
                samples[place].append(max(board.press(key), board.settled))
            else:
                board.nudge(key)
    board.close()
    return [middle(samples[place] or [0.0]) for place in range(len(_ACTS))]
