"""The screens; `run` opens them."""

import os
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from tracker.app.signals import ENDED_BY, end_by
from tracker.app.workspace import Workspace

if TYPE_CHECKING:
    from tracker.acts.announcement_acts import Announcement

__all__ = ["run"]

os.environ.setdefault("TEXTUAL_FPS", "1000")
"""What a key changes is not always drawn at once, and Textual draws the rest up to two frames
later: with its own 60 frames a second, a person would wait 33 ms for it. Nothing is drawn more
often for it, since nothing moves by itself."""


def run(
    workspace: Workspace,
    *,
    clock: Callable[[], date] | None = None,
    view: str = "board",
    announcement: "Announcement | None" = None,
) -> str:
    """Show the screens of `workspace` until the person leaves.

    Args:
        workspace: The store, the settings, the language, and the day it is.
        clock: Tells which day it is from then on, so that a screen left open moves on
            at midnight; without one the day stays the workspace's.
        view: The view that is shown first; see `tracker.tui.session.views`.
        announcement: An article to be decided about first.

    Returns:
        Why the screens failed, in one line; empty where the person left.

    Raises:
        StoreError: There is a store, but it cannot be read.
    """
    from tracker.tui.shell.app import TrackerApp
    from tracker.tui.shell.crash import Crash

    app = TrackerApp(workspace, clock=clock, view=view, announcement=announcement)
    crash = Crash(workspace.words)
    app.error_console = crash.console
    app.run()
    if (app.return_code or 0) > ENDED_BY:
        end_by((app.return_code or 0) - ENDED_BY)
    return crash.told()
