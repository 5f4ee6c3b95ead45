"""The commands that are run most, answered without click when nothing is wrong with them.

Importing click and the commands takes a third of the time of an answer, more than the budget
of `tests/bench` leaves. So a plain command line of `status`, `alerts` or the screens is read
here, with the options of `tracker.cli.args.declared`. Anything else (help, another command, a
mistake, a failure) is left to `tracker.cli.main`. Tests compare both ways.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any

from db.model.errors import TrackerError
from tracker.app.workspace import Workspace
from tracker.cli.args.declared import EVERYWHERE, OPTIONS
from tracker.cli.args.given import office_of, show_screens
from tracker.cli.output.streams import RUN, Exit

__all__ = ["answer"]

_SCREENS = "screens"
_DIGITS = 18  # of a number that a store surely holds
_COMPLETING = "_TRACKER_COMPLETE"  # by which a shell asks click what could be typed next


def answer(arguments: Sequence[str]) -> Exit | None:
    """Return the exit code of a command line that was answered; None where it was not."""
    plain = _COMPLETING not in os.environ and "".join(arguments).isprintable()
    understood = _understood(arguments) if plain else None
    if understood is None:
        return None
    command, asked, given = understood
    RUN.reset()
    try:
        code = _run(command, office_of(asked), asked, given)
        sys.stdout.flush()
    except TrackerError:
        return None  # nothing was printed yet; the same again will say what is wrong
    except (Exception, KeyboardInterrupt, SystemExit) as error:  # noqa: BLE001 - Python ends with 1
        from tracker.cli.failures import failed

        return failed(error, arguments)
    return code


def _run(command: str, here: Workspace, asked: dict[str, str], given: dict[str, Any]) -> Exit:
    if command == _SCREENS:
        return show_screens(here, asked)
    from tracker.cli import answers

    return answers.status(here, **given) if command == "status" else answers.alerts(here, **given)


def _understood(arguments: Sequence[str]) -> tuple[str, dict[str, str], dict[str, Any]] | None:
    """Return the command, the options of every command and its own; None if not all is plain."""
    command = _SCREENS
    known = {option.flag: option for option in EVERYWHERE}
    asked: dict[str, str] = {}
    given: dict[str, Any] = {}
    rest = iter(arguments)
    for word in rest:
        if not word.startswith("-"):
            if command != _SCREENS or word not in OPTIONS:
                return None
            command = word
            known |= {option.flag: option for option in OPTIONS[command]}
            given = {o.name: False if o.kind is bool else o.default for o in OPTIONS[command]}
            continue
        flag, joined, value = word.partition("=")
        option = known.get(flag)
        if option is not None and option.kind is bool and not joined:
            given[option.name] = True
            continue
        value = value if joined else next(rest, "")
        if option is None or option.kind is bool or not value or value.startswith("-"):
            return None
        if option.kind is int and not (
            value.isascii() and value.isdigit() and len(value) <= _DIGITS
        ):
            return None
        if option in EVERYWHERE:
            asked[option.name] = value
        else:
            given[option.name] = int(value) if option.kind is int else value
    return command, asked, given
