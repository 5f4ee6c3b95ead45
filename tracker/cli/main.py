"""The group of all commands: finds the one that is meant, runs it, words its failures."""

import os
from collections.abc import Sequence
from importlib import import_module
from typing import cast

import click

from db.model.kinds import commands
from tracker.cli.args.options import TEXT, everywhere
from tracker.cli.failures import answered, words_for
from tracker.cli.output.streams import Exit, write
from tracker.words import Words

__all__ = [
    "COMMANDS",
    "run",
    "tracker",
]

_COMPLETING = "_TRACKER_COMPLETE"  # by which a shell asks what could be typed next

COMMANDS = {
    "status": "read",
    "alerts": "read",
    "list": "read",
    "show": "read",
    "timeline": "draw",
    "trend": "draw",
    "log": "read",
    **dict.fromkeys([*commands(), "confidence", "snooze"], "write"),
    "undo": "undo",
    "redo": "undo",
    "retract": "undo",
    "correct": "correct",
    "add": "edit",
    "edit": "edit",
    "merge": "edit",
    "review": "review",
    "report": "report",
    "notify": "notify",
    "demo": "exchange",
    "import": "exchange",
    "export": "exchange",
    "backup": "backup",
    "restore": "backup",
    "doctor": "backup",
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
        module = import_module(f"tracker.cli.commands.{COMMANDS[cmd_name]}")
        made = getattr(module, "COMMANDS", {}).get(cmd_name)
        command = cast("click.Command", made or getattr(module, f"{cmd_name}_command"))
        take_utf8(command)
        words = (ctx.find_root().obj or {}).get("help")
        if isinstance(words, Words):
            describe(command, f"cli.{cmd_name}", words)
        return command


def take_utf8(command: click.Command) -> None:
    """Let a command and its parts refuse texts that are no UTF-8; names of files may be."""
    for parameter in command.params:
        if parameter.type is click.STRING:
            parameter.type = TEXT
    if isinstance(command, click.Group):
        for part in command.commands.values():
            take_utf8(part)


def describe(command: click.Command, key: str, words: Words, *, parts: bool = True) -> None:
    """Give a command, its options and its parts their help in one language."""
    command.context_class = _speaking(words)
    command.help = words(key) if words.has(key) else command.help
    for parameter in command.get_params(command.context_class(command)):
        option = f"opt.{parameter.name}"
        if "--help" in parameter.opts:
            option, parameter.callback = "opt.help", _show_help
        if isinstance(parameter, click.Option) and words.has(option):
            parameter.help = words(option)
    if parts and isinstance(command, click.Group):
        for name, part in command.commands.items():
            describe(part, f"{key}.{name}", words)


def _show_help(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        write(context.get_help() + "\n")
        context.exit()


def _show_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import version

        write(f"tracker {version('tracker')}\n")
        context.exit()


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
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
@everywhere
@click.pass_context
def tracker(context: click.Context) -> None:
    """Project timelines and milestones, in the terminal."""
    if context.invoked_subcommand is None:
        from tracker.cli.args.workspace_options import office, open_screen

        open_screen(office())


def run(arguments: Sequence[str]) -> Exit:
    """Run a command line; return its exit code, having said any failure in one line."""
    return answered(lambda: _run(arguments), arguments)


def _run(arguments: Sequence[str]) -> object:
    if _COMPLETING in os.environ:
        from click.shell_completion import shell_complete

        asked = os.environ[_COMPLETING]
        return Exit(2 * shell_complete(tracker, {}, "tracker", _COMPLETING, asked))
    try:
        with tracker.make_context("tracker", list(arguments), obj=_help(arguments)) as context:
            return tracker.invoke(context)
    except click.exceptions.Exit as leave:  # help or the version was printed
        return Exit(leave.exit_code)


def _help(arguments: Sequence[str]) -> dict[str, object]:
    """The language of the help, where help is asked for."""
    if "--help" not in arguments:
        return {}
    words = words_for(arguments)
    describe(tracker, "cli.tracker", words, parts=False)
    return {"help": words}
