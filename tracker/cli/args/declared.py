"""Options of every command and of the commands that are answered without click.

They are declared here once, without importing click: `tracker.cli.args.options` makes click's
options of them, `tracker.cli.quick` reads the plain command lines with them.
"""

from typing import NamedTuple

__all__ = ["AS_OF", "EVERYWHERE", "JSON", "OPTIONS", "Option"]


class Option(NamedTuple):
    """One option.

    Attributes:
        flag: How it is typed.
        name: The parameter of the command that takes its value.
        kind: What its value is; `bool` for an option without a value.
        metavar: What the help shows for the value.
        default: The value of a number that is not given.
    """

    flag: str
    name: str
    kind: type[str | int | bool] = str
    metavar: str | None = None
    default: int | None = None


EVERYWHERE = (
    Option("--db", "db", metavar="PATH"),
    Option("--today", "today", metavar="DATE"),
    Option("--lang", "lang", metavar="ko|en"),
)
AS_OF = (
    Option("--as-of", "as_of", metavar="DATE"),
    Option("--known-at", "known_at", metavar="INSTANT"),
)
JSON = Option("--json", "as_json", bool)
OPTIONS = {
    "status": (*AS_OF, JSON),
    "alerts": (
        Option("--exit-code", "exit_code", bool),
        Option("--limit", "limit", int, default=50),
        *AS_OF,
        JSON,
    ),
}
