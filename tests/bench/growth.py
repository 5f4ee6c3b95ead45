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
    """Each act for the first time, when what it shows is read, and two times after that."""
    small, big = _all(large(_SMALL)), _all(large(size))
    verdicts = []
    for (name, _), floor, ours in zip(_ACTS, small, big, strict=True):
        if name:
            verdicts += [
                Verdict(f"{name}, {size:,} milestones, at first", ours[0], 1.5, floor[0]),
                Verdict(f"{name}, {size:,} milestones, after that", ours[1], 1.5, floor[1]),
            ]
    return verdicts


def _all(store: Path) -> list[tuple[float, float]]:
    """Milliseconds from each key to the settled screen: at first, and the median after that."""
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
    return [
        (middle(samples[place][:1] or [0.0]), middle(samples[place][1:] or [0.0]))
        for place in range(len(_ACTS))
    ]
