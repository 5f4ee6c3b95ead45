"""A query that takes longer than a person should wait, run in a thread."""

from collections.abc import Callable
from typing import Generic, TypeVar

from db.model.errors import TrackerError
from db.read.reader import Reader
from tracker.app.workspace import Workspace

__all__ = ["BackgroundQuery"]

Answer = TypeVar("Answer")


class BackgroundQuery(Generic[Answer]):
    """A query on a reader of its own, as of today."""

    def __init__(self, workspace: Workspace, question: Callable[[Reader], Answer]) -> None:
        """Prepare to ask `question`."""
        self._workspace, self._question = workspace, question
        self._reader: Reader | None = None
        self.given_up = False

    def run(self) -> Answer | None:
        """Return the answer; None if it was cancelled or the store cannot be read."""
        try:
            with self._workspace.reading() as self._reader:
                return None if self.given_up else self._question(self._reader)
        except TrackerError:  # the same failure meets whoever reads the list, who says it
            return None
        finally:
            self._reader = None

    def cancel(self) -> None:
        """Stop the query; called from another thread."""
        self.given_up = True
        if (reader := self._reader) is not None:
            reader.interrupt()
