"""What was wrong with a command line, in one line."""

from collections.abc import Iterable
from difflib import get_close_matches

import click

from db.model.text import clean, shorten
from tracker.cli.output.streams import readable
from tracker.words import Words

__all__ = ["usage_line"]

_LONGEST_NAME = 50  # characters that are compared with the names of commands and options


def usage_line(error: click.ClickException, words: Words) -> str:
    """Say what is missing, unknown or not to be read, and what would be right."""
    context = getattr(error, "ctx", None)
    command = context.command_path.partition(" ")[2] if context else ""
    if isinstance(error, click.NoSuchOption):
        line = words("error.no-option", name=_given(error.option_name), command=command)
        return line + _meant(error.option_name, error.possibilities or (), words)
    if isinstance(error, click.MissingParameter):
        name = _called(error.param, words) if error.param else str(error.param_hint)
        return words("error.missing", name=name, command=command)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _unreadable(error.param, words)
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and context:
        parts = ", ".join(context.command.list_commands(context))
        return words("error.which-part", command=command, parts=parts)
    return _told_by_message(error, command, _commands(context), words)


def _told_by_message(
    error: click.ClickException, command: str, known: Iterable[str], words: Words
) -> str:
    """What only the library's own sentence tells apart."""
    if error.message.startswith("No such command"):
        name = error.message.partition("'")[2].partition("'")[0]
        if command:
            parts = ", ".join(known)
            return words("error.no-part", name=_given(name), command=command, parts=parts)
        return words("error.no-command", name=_given(name)) + _meant(name, known, words)
    if error.message.startswith("Got unexpected extra"):
        extra = error.message.partition("(")[2].rpartition(")")[0]
        return words("error.extra", text=_given(extra), command=command)
    if isinstance(error, click.BadOptionUsage) and error.option_name:
        key = "takes-no-value" if "does not take" in error.message else "needs-value"
        return words.of("error", key, name=_given(error.option_name), command=command)
    return _given(error.format_message())


def _commands(context: click.Context | None) -> Iterable[str]:
    group = context.command if context else None
    return group.list_commands(context) if context and isinstance(group, click.Group) else ()


def _given(text: str) -> str:
    """What somebody gave, as a sentence repeats it."""
    return shorten(clean(readable(text)))


def _meant(typed: str, known: Iterable[str], words: Words) -> str:
    """What somebody may have meant, to be put behind a line."""
    close = get_close_matches(typed[:_LONGEST_NAME], list(known), n=1)
    return f" ({words('error.meant', name=close[0])})" if close else ""


def _name(parameter: click.Parameter) -> str:
    """An option as it is typed, an argument as the help shows it."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.human_readable_name.strip("[]")


def _called(parameter: click.Parameter, words: Words) -> str:
    """An option as it is typed, an argument by its word."""
    name = _name(parameter)
    key = f"arg.{'level' if '|' in name else name.lower()}"
    return words(key) if words.has(key) else name


def _unreadable(parameter: click.Parameter, words: Words) -> str:
    """What a parameter takes, where something else was given."""
    kind = parameter.type
    if isinstance(kind, click.Choice):
        return words(
            "error.not-a-choice", name=_called(parameter, words), known=", ".join(kind.choices)
        )
    if isinstance(kind, click.IntRange):
        return words("error.not-a-count", name=_called(parameter, words), least=kind.min or 0)
    return words("error.not-a-number", name=_called(parameter, words))
