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
    floors, found = _all(large(_SMALL)), _all(large(size))
    return [
        Verdict(f"{name}, {size:,} milestones, {when}", middle(samples), 1.5, middle(floor))
        for name in found
        for when, samples, floor in (
            ("at first", found[name][:1], floors[name][:1]),
            ("after that", found[name][1:], floors[name][1:]),
        )
    ]


def _all(store: Path) -> dict[str, list[float]]:
    """Seconds from the key of each act to the settled screen, every time."""
    samples: dict[str, list[float]] = defaultdict(list)
    board = Terminal(tracker("--db", copy_of(store)))
    board.wait_for(_READY)
    board.settle(0.5)
    for _ in range(_ROUNDS):
        board.nudge("down")
        for name, key in _ACTS:
            if name:
                samples[name].append(max(board.press(key), board.settled))
            else:
                board.nudge(key)
    board.close()
    return samples
