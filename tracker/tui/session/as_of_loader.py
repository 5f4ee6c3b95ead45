"""Load the store as of another day in a thread: the first page first, then the rest."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from sqlite3 import Error

from db.engine.connect import explain
from db.model.progress import Stage, watched
from db.read.reader import Reader
from tracker.app.workspace import Workspace
from tracker.domain.board import Board, Row, read_board
from tracker.domain.schedule import judge

__all__ = ["AsOfLoader", "Level", "ReadDay"]

_PAGE = 100


class Level(IntEnum):
    """How much of a day is loaded.

    `FIRST` is its first page and any one facility; `LISTS` any page, and any filter of
    milestones, with the counts; `ALL` everything.
    """

    FIRST = 1
    LISTS = 2
    ALL = 3


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A reader of a day; its owner closes it by `stack`. `rows` are the first page."""

    day: date
    level: Level
    reader: Reader
    stack: ExitStack
    rows: tuple[Row, ...] = ()


class AsOfLoader:
    """Loads one day in a thread; another thread may cancel it."""

    def __init__(self, workspace: Workspace, day: date, level: Level) -> None:
        """Load `day` of the store of `workspace` up to `level`."""
        self.day = day
        self.level = level
        self.share = 0.0
        self._workspace = workspace
        self._reader: Reader | None = None
        self._unwanted = False

    def cancel(self) -> None:
        """Stop reading; what was handed over so far stays."""
        self._unwanted = True
        if self._reader is not None:
            self._reader.interrupt()

    def read(
        self, arrived: Callable[[ReadDay], object], counted: Callable[[Board], object]
    ) -> None:
        """Read, handing over a reader of the first page first, if that is quick, then another.

        Between the two the day is counted, since that takes a third of the time.

        Raises:
            StoreError: The store cannot be read.
        """
        stack = ExitStack()
        try:
            reader = self._opened(stack)
            with reader.snapshot():
                first = reader.first_of_past(_PAGE)
            if first is not None:
                limits = self._workspace.config.limits
                rows = tuple(Row(m, judge(m, self.day, limits)) for m in first)
                arrived(ReadDay(self.day, Level.FIRST, reader, stack, rows))
                stack = ExitStack()
                reader = self._opened(stack)
                with reader.snapshot():
                    board = read_board(reader, self.day, limits, limit=0)
                counted(board)
            with watched(self._watch), reader.snapshot():
                reader.prepare(self._soon)
                if self.level is Level.ALL:
                    reader.prepare_everything()
            self._heed()
        except _UnwantedError:
            stack.close()
        except Error as error:
            stack.close()
            if not self._unwanted:
                raise explain(error, self._workspace.path) from error
        except BaseException:
            stack.close()
            raise
        else:
            arrived(ReadDay(self.day, self.level, reader, stack))

    def _opened(self, stack: ExitStack) -> Reader:
        self._heed()
        self._reader = stack.enter_context(self._workspace.open_reader(self.day))
        return self._reader

    @property
    def _soon(self) -> int:
        return self._workspace.config.limits.due_soon

    def _watch(self, stage: Stage, done: int, total: int) -> None:
        del stage
        self.share = done / total if total else 0.0
        self._heed()

    def _heed(self) -> None:
        if self._unwanted:
            raise _UnwantedError


class _UnwantedError(Exception):
    """The load was cancelled."""
