"""The group of all commands: finds the one that is meant, runs it, words its failures."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import cast

import click

from db.errors import RefusedError, StoreError, TrackerError
from db.text import clean
from tracker.cli.options import everywhere
from tracker.config import load
from tracker.paths import config_file
from tracker.words import LANGUAGES, Words, choose_language

__all__ = [
    "COMMANDS",
    "DONE",
    "FOUND",
    "UNREADABLE",
    "WRONG",
    "complain",
    "failed",
    "run",
    "tracker",
]

DONE, FOUND, WRONG, UNREADABLE = 0, 1, 2, 3
_MOST_FAULTS = 1000  # of a file that are listed one by one; nobody reads further

COMMANDS = {
    "status": "read",
    "alerts": "read",
    "list": "read",
    "show": "read",
    "timeline": "draw",
    "trend": "draw",
    "log": "read",
    "plan": "write",
    "complete": "write",
    "confirm": "write",
    "note": "write",
    "hold": "write",
    "resume": "write",
    "cancel": "write",
    "reopen": "write",
    "baseline": "write",
    "progress": "write",
    "confidence": "write",
    "snooze": "write",
    "undo": "back",
    "redo": "back",
    "retract": "back",
    "add": "edit",
    "edit": "edit",
    "merge": "edit",
    "review": "review",
    "report": "report",
    "notify": "notify",
    "demo": "files",
    "import": "files",
    "export": "files",
    "backup": "keep",
    "restore": "keep",
    "doctor": "keep",
    "read": "announce",
    "period": "phrase",
    "completion": "phrase",
}


class Commands(click.Group):
    """Imports a command when it is asked for, and speaks the person's language about it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of use."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"tracker.cli.{COMMANDS[cmd_name]}")
        command = cast("click.Command", getattr(module, f"{cmd_name}_command"))
        words = (ctx.find_root().obj or {}).get("help")
        if isinstance(words, Words):
            describe(command, f"cli.{cmd_name}", words)
        return command


def describe(command: click.Command, key: str, words: Words, *, parts: bool = True) -> None:
    """Give a command, its options and its parts their help in one language."""
    command.context_class = _speaking(words)
    command.help = words(key) if words.has(key) else command.help
    for parameter in command.get_params(command.context_class(command)):
        option = "opt.help" if "--help" in parameter.opts else f"opt.{parameter.name}"
        if isinstance(parameter, click.Option) and words.has(option):
            parameter.help = words(option)
    if parts and isinstance(command, click.Group):
        for name, part in command.commands.items():
            describe(part, f"{key}.{name}", words)


def _speaking(words: Words) -> type[click.Context]:
    """What lays help out under headings of one language."""

    class Formatter(click.HelpFormatter):
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, prefix or f"{words('help.usage')}: ")

        def write_heading(self, heading: str) -> None:
            key = f"help.{heading.lower()}"
            super().write_heading(words(key) if words.has(key) else heading)

    class Speaking(click.Context):
        formatter_class = Formatter

    return Speaking


@click.group(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["--help"]}
)
@click.version_option(package_name="tracker", message="%(prog)s %(version)s")
@everywhere
@click.pass_context
def tracker(context: click.Context) -> None:
    """Project timelines and milestones, in the terminal."""
    if context.invoked_subcommand is None:
        from tracker.cli.office import office, open_screen

        open_screen(office())


def run(arguments: Sequence[str]) -> int:
    """Run a command line; return its exit code, having said any failure in one line."""
    try:
        outcome = tracker.main(
            list(arguments), prog_name="tracker", standalone_mode=False, obj=_help(arguments)
        )
        sys.stdout.flush()
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except SystemExit as leave:  # how click ends when nobody reads on: `tracker list | head`
        if isinstance(leave.__context__, OSError):
            return failed(leave.__context__, arguments)
        raise
    except UnicodeEncodeError as error:
        unread = RefusedError(f"no UTF-8: {error.object!r}", code="no-text-utf8", text=error.object)
        return failed(unread, arguments)
    except (click.Abort, click.ClickException, TrackerError, OSError) as error:
        return failed(error, arguments)
    return outcome if isinstance(outcome, int) else DONE


def failed(error: BaseException, arguments: Sequence[str]) -> int:
    """Say in words why a command failed, and return its exit code."""
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    if isinstance(error, OSError):
        return _unprintable(error, _words(arguments))
    words = _words(arguments)
    lines = _lines(error, words)
    for line in lines[:_MOST_FAULTS]:
        complain(line)
    if len(lines) > _MOST_FAULTS:
        complain(words("error.more-faults", number=len(lines) - _MOST_FAULTS))
    return UNREADABLE if isinstance(error, StoreError) else WRONG


def complain(line: str) -> None:
    """Say one thing that is wrong, in one line on standard error, whatever it was made of."""
    click.echo(f"tracker: {' '.join(clean(line).split())}", err=True)


def _unprintable(error: OSError, words: Words) -> int:
    """Say that what was printed did not arrive; a disk it went to is full, say."""
    why = error.strerror or str(error)
    complain(words.error(StoreError(f"cannot print: {why}", code="cannot-print", why=why)))
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return UNREADABLE


def _help(arguments: Sequence[str]) -> dict[str, object]:
    """The language of the help, where help is asked for."""
    if "--help" not in arguments:
        return {}
    words = _words(arguments)
    describe(tracker, "cli.tracker", words, parts=False)
    return {"help": words}


def _lines(error: BaseException, words: Words) -> tuple[str, ...]:
    """A failure in words; of a file, every fault on a line of its own."""
    if isinstance(error, TrackerError):
        said_in = getattr(error, "said_in", None)
        lines = said_in(words.error) if said_in else getattr(error, "lines", None)
        return lines or (words.error(error),)
    if isinstance(error, click.ClickException):
        from tracker.cli.usage import usage_line

        return (usage_line(error, words),)
    return (words("error.interrupted"),)


def _words(arguments: Sequence[str]) -> Words:
    """The language to word a failure in, even of a command line that cannot be parsed."""
    asked = os.environ.get("TRACKER_LANG")
    for this, after in zip(arguments, [*arguments[1:], ""], strict=False):
        if this == "--lang":
            asked = after
        elif this.startswith("--lang="):
            asked = this.removeprefix("--lang=")
    for lang in (asked, os.environ.get("TRACKER_LANG")):
        if lang in LANGUAGES:
            return Words(lang)
    try:
        return Words(choose_language(None, load(config_file()).lang))
    except TrackerError:
        return Words(choose_language(None))
