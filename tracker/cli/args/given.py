"""The office that options and variables ask for; nothing here needs click."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from db.engine.connect import followed
from db.model.errors import RefusedError
from tracker.app import clock, paths
from tracker.app.config import load
from tracker.app.quiet import quiet_libraries
from tracker.app.workspace import Workspace
from tracker.cli.args.days import parse_day
from tracker.cli.output.streams import RUN, Exit, complain
from tracker.words import Words, choose_language

if TYPE_CHECKING:
    from tracker.acts.announcement_acts import Announcement

__all__ = ["office_of", "show_screens"]


def office_of(asked: Mapping[str, str], *, default: Path | None = None) -> Workspace:
    """The office of a command line.

    Args:
        asked: The options `db`, `today` and `lang`, where they were given.
        default: The store where neither `db` nor `TRACKER_DB` names one.

    Raises:
        RefusedError: An option, a variable or a setting is wrong.
        StoreError: The store that is named is a folder.
    """
    config = load(paths.config_file())
    words = Words(choose_language(asked.get("lang") or os.environ.get("TRACKER_LANG"), config.lang))
    day = asked.get("today") or os.environ.get("TRACKER_TODAY")
    named = asked.get("db", os.environ.get("TRACKER_DB") or None)
    actual = clock.today(config.timezone)
    return Workspace(
        path=followed(default or paths.store() if named is None else paths.named_store(named)),
        today=parse_day(day, actual) if day else actual,
        config=config,
        words=words,
    )


def show_screens(
    here: Workspace,
    asked: Mapping[str, str],
    *,
    view: str = "board",
    announcement: "Announcement | None" = None,
) -> Exit:
    """Show the screens until the person leaves; a day that was not given moves on at midnight.

    Returns:
        How the command ends; a failure was said.

    Raises:
        RefusedError: There is no terminal to show them in.
    """
    from tracker.tui import run

    _refuse_other_terminals()
    quiet_libraries()
    RUN.reset()  # what was done before is seen on the screen
    given = asked.get("today") or os.environ.get("TRACKER_TODAY")
    failure = run(
        here,
        clock=None if given else lambda: clock.today(here.config.timezone),
        view=view,
        announcement=announcement,
    )
    if failure:
        complain(failure)
    return Exit.UNREADABLE if failure else Exit.DONE


def _refuse_other_terminals() -> None:
    """Refuse to draw where nobody sees it or types, or in letters that the terminal lacks."""
    if not all(s is not None and s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)):
        raise RefusedError(
            "the screen needs a terminal: tracker status, tracker alerts and tracker list print",
            code="no-terminal",
        )
    encoding = sys.stderr.encoding  # which Textual draws on
    if encoding.lower().replace("-", "") != "utf8":
        raise RefusedError(
            f"the screen needs a terminal in UTF-8, not {encoding}: set it to that, "
            "and LC_ALL=C.UTF-8",
            code="no-utf8-terminal",
            encoding=encoding,
        )
