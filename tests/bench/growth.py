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
_RUNS = 2
_QUIET = 0.25  # seconds in which nothing more is drawn
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
    ("the weekly check", "5"),
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
    """Each act for the first time, when what it shows is read, and after that.

    The two stores are measured in turn.
    """
    floors, found = _Acts(large(_SMALL)), _Acts(large(size))
    for _ in range(_RUNS):
        floors.run()
        found.run()
    return [
        Verdict(f"{name}, {size:,} milestones, {when}", middle(samples), 1.5, middle(floor))
        for name in found.first
        for when, samples, floor in (
            ("at first", found.first[name], floors.first[name]),
            ("after that", found.later[name], floors.later[name]),
        )
    ]


class _Acts:
    """Seconds from the key of each act to the settled screen, by the act's name."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self.first: dict[str, list[float]] = defaultdict(list)
        self.later: dict[str, list[float]] = defaultdict(list)

    def run(self) -> None:
        """Do every act in a program that has just begun, some times over."""
        board = Terminal(tracker("--db", copy_of(self._store)))
        board.wait_for(_READY)
        board.settle(0.5)
        for samples in (self.first, self.later, self.later):
            board.nudge("down")
            for name, key in _ACTS:
                if name:
                    board.send(key)
                    samples[name].append(board.settle(_QUIET))
                else:
                    board.nudge(key)
        board.close()
