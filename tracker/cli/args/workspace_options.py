"""The office that a command works in: from options, the environment and the settings."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.engine.notices import listening
from tracker.app.workspace import Workspace
from tracker.cli.args.given import office_of, show_screens
from tracker.cli.output.streams import complain

if TYPE_CHECKING:
    from tracker.acts.announcement_acts import Announcement

__all__ = ["office", "open_screen"]


def office(*, default: Path | None = None, context: click.Context | None = None) -> Workspace:
    """The office of this command line; what the store has to tell meanwhile goes to stderr.

    Args:
        default: The store where neither `--db` nor `TRACKER_DB` names one.
        context: Whose options count; the command's that is running, by default.

    Raises:
        RefusedError: An option, a variable or a setting is wrong.
    """
    own = context or click.get_current_context()
    asked: dict[str, str] = own.find_root().obj or {}
    here = office_of(asked, default=default)
    own.with_resource(listening(lambda notice: complain(here.words.error(notice))))
    return here


def open_screen(
    here: Workspace, *, view: str = "board", announcement: "Announcement | None" = None
) -> None:
    """Show the screens until the person leaves; a day that was not given moves on at midnight."""
    context = click.get_current_context()
    asked = context.find_root().obj or {}
    code = show_screens(here, asked, view=view, announcement=announcement)
    if code:
        context.exit(code)
