"""The office that a command works in: from options, the environment and the settings."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from db.text import clean_lines
from tracker import clock, paths
from tracker.cli.options import parse_day
from tracker.config import load
from tracker.office import Office
from tracker.words import Words, choose_language

__all__ = ["office", "open_screen", "print_json", "say"]


def office(*, default: Path | None = None, context: click.Context | None = None) -> Office:
    """The office of this command line.

    Args:
        default: The store where neither `--db` nor `TRACKER_DB` names one.
        context: Whose options count; the command's that is running, by default.

    Raises:
        RefusedError: An option, a variable or a setting is wrong.
    """
    own = context or click.get_current_context()
    asked: dict[str, str] = own.find_root().obj or {}
    config = load(paths.config_file())
    words = Words(choose_language(asked.get("lang") or os.environ.get("TRACKER_LANG"), config.lang))
    day = asked.get("today") or os.environ.get("TRACKER_TODAY")
    named = asked.get("db") or os.environ.get("TRACKER_DB")
    actual = clock.today(config.timezone)
    return Office(
        path=Path(named).expanduser() if named else (default or paths.store()),
        today=parse_day(day, actual) if day else actual,
        config=config,
        words=words,
    )


def open_screen(here: Office, *, view: str = "board") -> None:
    """Show the screens until the person leaves; a day that was not given moves on at midnight."""
    from tracker.tui import run

    asked = click.get_current_context().find_root().obj or {}
    given = asked.get("today") or os.environ.get("TRACKER_TODAY")
    run(here, clock=None if given else lambda: clock.today(here.config.timezone), view=view)


def say(text: str) -> None:
    """Print lines on standard output, whatever they were made of."""
    click.echo(clean_lines(text))


def print_json(value: Any) -> None:
    """Print one JSON value, and nothing else, on standard output."""
    import json

    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
