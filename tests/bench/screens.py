"""The screens at any size: their start, moving, searching, completing, and what they hold."""

import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from time import perf_counter, sleep

from tests.bench.bare import HELLO, SHEET, TABLE, python
from tests.bench.commands import copy_of, shipped, tracker
from tests.bench.facts import TODAY
from tests.bench.stores import large
from tests.bench.terminal import Terminal
from tests.bench.verdict import Row, Verdict, middle, percentile

__all__ = ["rows"]

_READY = "도움말"
_COUNTED = "경과"  # stands above the list once all is counted
_RUNS, _KEYS = 7, 30
_MOVES = {"down": 100, "pagedown": 100, "end": 20, "home": 20}
_TURNS = 3
_HELD, _RATE = 60, 1 / 30
_WORDS = ("센터", "로봇 리퍼브", "ㄱㅎ")


def rows(size: int) -> list[Row]:
    """What is measured of screens."""
    return [
        Row("start", lambda: _start(size)),
        Row("move", lambda: _move(size)),
        Row("search", lambda: _search(size)),
        Row("write", lambda: _write(size)),
        Row("timeline", lambda: _timeline(size)),
        Row("another day", lambda: _another_day(size)),
    ]


def _first_answer(command: Sequence[str], ready: str) -> float:
    """Seconds from the start to the complete screen that has answered a key."""
    terminal = Terminal(command)
    begun = terminal.begun
    terminal.wait_for(ready)
    answered = terminal.press("down") + terminal.begun - begun
    terminal.close()
    return answered


def _start(size: int) -> list[Verdict]:
    samples: dict[str, list[float]] = {"hello": [], "small": [], "large": []}
    for run in range(_RUNS + 1):
        for name, command, ready in (
            ("hello", python(HELLO), "hello"),
            ("small", tracker("--db", shipped()), _READY),
            ("large", tracker("--db", large(size)), _READY),
        ):
            seconds = _first_answer(command, ready)
            if run:
                samples[name].append(seconds)
    hello, small, big = (middle(samples[name]) for name in samples)
    return [
        Verdict("tracker to its first board", small, 1.3, hello),
        Verdict(f"tracker to its first board, {size:,} milestones", big, 1.15, small),
    ]


def _move(size: int) -> list[Verdict]:
    table, board = Terminal(python(TABLE)), Terminal(tracker("--db", large(size)))
    table.wait_for("D.0")
    board.wait_for(_READY)
    table.settle(0.5)
    board.settle(0.5)
    floor = [table.press("down") for _ in range(_KEYS)]
    bare = _turned()
    found: dict[str, list[float]] = {}
    for key, times in _MOVES.items():
        found[key] = []
        for _ in range(times):
            if key in {"end", "home"}:
                board.nudge("home" if key == "end" else "end")
            found[key].append(board.press(key))
    lag = _hold(board)
    memory = board.memory
    table.close()
    board.close()
    keys = [s for samples in found.values() for s in samples]
    name = f"{size:,} rows"
    return [
        Verdict(f"a key, p50, {name}", percentile(found["down"], 50), 1.5, percentile(floor, 50)),
        Verdict(f"down, page down, end, home, p99, {name}", percentile(keys, 99), 17, note=bare),
        Verdict(f"lag after a key held, {name}", lag * 1000, 20),
        Verdict(f"memory before a write, {name}", memory, 40 + _hello_memory(), unit="MiB"),
    ]


def _sheet() -> Terminal:
    sheet = Terminal(python(SHEET))
    sheet.wait_for("D.30")
    sheet.settle(0.5)
    return sheet


def _least(samples: Sequence[float], percent: int) -> str:
    """What Textual itself takes for it, with nothing behind."""
    return f"bare Textual {percentile(samples, percent):.1f}"


def _turned() -> str:
    """Pages of lines that were made before."""
    sheet = _sheet()
    turned = [sheet.press("pagedown") for _ in range(_MOVES["pagedown"])]
    sheet.close()
    return _least(turned, 99)


def _typed() -> str:
    """A letter in a line, and a page of lines that were made before."""
    sheet = _sheet()
    sheet.nudge("/")
    samples = []
    for end in range(1, _KEYS + 1):
        sheet.send("센")
        samples.append(sheet.wait_for(f"“{'센' * end}”"))
        sheet.settle()
    sheet.close()
    return _least(samples, 95)


def _asked() -> str:
    """A box over such a page that closes, and the page turned."""
    sheet = _sheet()
    samples = []
    for _ in range(_KEYS):
        sheet.nudge("c")
        sheet.send("enter")
        samples.append(sheet.settle(0.2))
    sheet.close()
    return _least(samples[1:], 99)


def _hold(board: Terminal) -> float:
    """How long the screen goes on after the last of many keys at thirty a second."""
    for _ in range(_HELD):
        board.send("down")
        due = board.begun + _RATE
        while (left := due - perf_counter()) > 0:
            board._read(left)  # noqa: SLF001 - output is taken as a terminal takes it
    board.settled, board.begun = 0.0, perf_counter()
    return board.settle()


def _hello_memory() -> float:
    hello = Terminal(python(HELLO))
    hello.wait_for("hello")
    hello.settle(0.3)
    memory = hello.memory
    hello.close()
    return memory


def _search(size: int) -> list[Verdict]:
    board = Terminal(tracker("--db", large(size)))
    board.wait_for(_READY)
    board.settle(0.5)
    samples, counted = [], []
    for word in _WORDS:
        for _ in range(5):
            board.press("/")
            for end, letter in enumerate(word, 1):
                board.send(letter)
                if letter != " ":
                    samples.append(board.wait_for(f"“{re.escape(word[:end])}”"))
                if end == len(word):
                    counted.append(board.wait_for(rf"“{re.escape(word)}” · [\d,]+건"))
                board.settle()
            board.nudge("escape")
            board.nudge("escape")
    board.close()
    name = f"search as you type, {size:,} rows"
    return [
        Verdict(f"{name}, first page, p95", percentile(samples, 95), 50, note=_typed()),
        Verdict(f"{name}, counted, p95", percentile(counted, 95), 300),
    ]


def _write(size: int) -> list[Verdict]:
    small, _ = _complete_many(copy_of(shipped()))
    big, memory = _complete_many(copy_of(large(size)))
    bare = _asked()
    return [
        Verdict("completing, to the settled screen, p99", small, 50, note=bare),
        Verdict(f"completing, to the settled screen, p99, {size:,} rows", big, 50, note=bare),
        Verdict(f"memory after a write, {size:,} rows", memory, 80 + _hello_memory(), unit="MiB"),
    ]


def _timeline(size: int) -> list[Verdict]:
    board = Terminal(tracker("--db", large(size)))
    board.wait_for(_READY)
    board.nudge("3")
    board.settle(1.0)
    samples = []
    for _ in range(_KEYS // 2):
        samples += [board.press(key) for key in ("l", "h", "+", "-", "pagedown")]
    board.close()
    return [
        Verdict(f"timeline, pan and zoom, p99, {size:,} milestones", percentile(samples, 99), 50)
    ]


def _another_day(size: int) -> list[Verdict]:
    """A week before: its first rows, its counts, and keys that are pressed between the two."""
    shown, counted, answered = [], [], []
    for _ in range(_TURNS):
        board = Terminal(tracker("--db", large(size)))
        board.wait_for(_READY)
        board.settle(0.5)
        board.send(",")
        shown.append(board.wait_for((TODAY - timedelta(days=7)).isoformat()))
        counted.append(board.wait_for(_COUNTED))
        board.settle(0.5)
        board.send(",")
        board.wait_for((TODAY - timedelta(days=14)).isoformat())
        answered += [board.press(key) for key in ["down", "up"] * (_KEYS // 4)]
        board.close()
    name = f"{size:,} milestones"
    return [
        Verdict(f"a week before on the screen, first rows, {name}", middle(shown), 1200),
        Verdict(f"a week before on the screen, counts, {name}", middle(counted), 3000),
        Verdict(f"a key while it is read, p95, {name}", percentile(answered, 95), 50),
    ]


def _complete_many(store: Path) -> tuple[float, float]:
    board = Terminal(tracker("--db", store))
    board.wait_for(_READY)
    board.nudge("p")
    sleep(2)  # a form was opened: SQLModel is loaded meanwhile
    board.nudge("escape")
    board.settle(0.5)
    samples = []
    for _ in range(_KEYS):
        board.nudge("home")
        board.nudge("c")
        board.send("enter")
        samples.append(board.settle(0.2))
    memory = board.memory
    board.close()
    return percentile(samples[1:], 99), memory
