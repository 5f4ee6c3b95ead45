"""What was wrong with a command line, in one line."""

import click

from db.text import clean
from tracker.words import Words

__all__ = ["usage_line"]


def usage_line(error: click.ClickException, words: Words) -> str:
    """Say what is missing or unknown, and which help shows it."""
    context = getattr(error, "ctx", None)
    command = context.command_path.partition(" ")[2] if context else ""
    if isinstance(error, click.NoSuchOption):
        return words("error.no-option", name=clean(error.option_name), command=command)
    if isinstance(error, click.MissingParameter):
        name = _name(error.param) if error.param else str(error.param_hint)
        return words("error.missing", name=name, command=command)
    if isinstance(error, click.UsageError) and error.message.startswith("No such command"):
        name = error.message.partition("'")[2].partition("'")[0]
        return words("error.no-command", name=clean(name))
    return clean(error.format_message())


def _name(parameter: click.Parameter) -> str:
    """An option as it is typed, an argument as the help shows it."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.human_readable_name
