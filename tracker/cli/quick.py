"""The commands that are run most, answered without click when nothing is wrong with them.

Importing click takes longer than reading the store. So a command line that is plainly
`status`, `alerts` or the screens is understood here; whatever else it is (help,
another command, a mistake, a failure) is left to `tracker.cli.main`, which says it. Tests
hold both ways to the same answers and the same options.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.model.errors import TrackerError
from tracker.app.workspace import Workspace
from tracker.cli.args.given import office_of, show_screens
from tracker.cli.output.streams import RUN, Exit

if TYPE_CHECKING:
    from typing import Any

__all__ = ["COMMANDS", "DEFAULTS", "EVERYWHERE", "answer"]

EVERYWHERE = {"--db": str, "--today": str, "--lang": str}
_AS_OF = {"--as-of": str, "--known-at": str}
COMMANDS: dict[str, dict[str, type]] = {
    "status": {**_AS_OF, "--json": bool},
    "alerts": {**_AS_OF, "--json": bool, "--exit-code": bool, "--limit": int},
}
DEFAULTS: "dict[str, Any]" = {"--limit": 50}
_SCREENS = "screens"
_DIGITS = 18  # of a number that a store surely holds
_COMPLETING = "_TRACKER_COMPLETE"  # by which a shell asks click what could be typed next


def answer(arguments: Sequence[str]) -> Exit | None:
    """The exit code of a command line that was answered; None where it was not."""
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


def _run(command: str, here: Workspace, asked: dict[str, str], given: "dict[str, Any]") -> Exit:
    if command == _SCREENS:
        return show_screens(here, asked)
    from tracker.cli import answers

    as_of, known_at, as_json = (given.get(n) for n in ("--as-of", "--known-at", "--json"))
    if command == "status":
        return answers.status(here, as_of, known_at, as_json=bool(as_json))
    return answers.alerts(
        here,
        as_of,
        known_at,
        limit=given.get("--limit", DEFAULTS["--limit"]),
        exit_code=bool(given.get("--exit-code")),
        as_json=bool(as_json),
    )


def _understood(
    arguments: Sequence[str],
) -> "tuple[str, dict[str, str], dict[str, Any]] | None":
    """The command, the options of every command, and its own; None where not all is plain."""
    command = _SCREENS
    asked: dict[str, str] = {}
    given: dict[str, Any] = {}
    rest = iter(arguments)
    for word in rest:
        if not word.startswith("-"):
            if command != _SCREENS or word not in COMMANDS:
                return None
            command = word
            continue
        name, joined, value = word.partition("=")
        kind = EVERYWHERE.get(name) or COMMANDS.get(command, {}).get(name)
        if kind is bool and not joined:
            given[name] = True
            continue
        value = value if joined else next(rest, "")
        if kind not in {str, int} or not value or value.startswith("-"):
            return None
        if kind is int and not (value.isascii() and value.isdigit() and len(value) <= _DIGITS):
            return None
        if name in EVERYWHERE:
            asked[name.removeprefix("--")] = value
        else:
            given[name] = int(value) if kind is int else value
    return command, asked, given
