"""A question whose answer takes longer than a person should wait, asked in a thread."""

from collections.abc import Callable
from typing import Generic, TypeVar

from db.model.errors import TrackerError
from db.read.reader import Reader
from tracker.app.workspace import Workspace

__all__ = ["BackgroundQuery"]

Answer = TypeVar("Answer")


class BackgroundQuery(Generic[Answer]):
    """A question to a reader of its own, which looks at the store as it is today."""

    def __init__(self, workspace: Workspace, question: Callable[[Reader], Answer]) -> None:
        """Be ready to ask."""
        self._workspace, self._question = workspace, question
        self._reader: Reader | None = None
        self.given_up = False

    def run(self) -> Answer | None:
        """The answer; None where it was given up, or the store cannot be read."""
        try:
            with self._workspace.reading() as self._reader:
                return None if self.given_up else self._question(self._reader)
        except TrackerError:  # the same failure meets whoever reads the list, who says it
            return None
        finally:
            self._reader = None

    def cancel(self) -> None:
        """End it; from another thread."""
        self.given_up = True
        if (reader := self._reader) is not None:
            reader.interrupt()
