"""Commands about the program itself: how a phrase is read, and completion for shells."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from db.model.errors import TrackerError
from db.model.text import clean
from tracker.app.workspace import Workspace
from tracker.cli.args.options import everywhere, json_option, parse_day
from tracker.cli.args.workspace_options import office
from tracker.cli.output.streams import Exit, complain, print_json, read_lines, say
from tracker.domain.json_shapes import Shapes
from tracker.phrases import is_undated, read

__all__ = ["completion_command", "period_command"]


@click.command("period")
@click.argument("text", nargs=-1, required=True)
@click.option("--dated", metavar="DATE")
@json_option
@everywhere
def period_command(text: tuple[str, ...], dated: str | None, as_json: bool) -> Exit:
    here = office()
    day = parse_day(dated, here.today) if dated else here.today
    failed = False
    for phrase, said_on in _asked(" ".join(text), day, here):
        answer = _answer(phrase, said_on, here)
        failed |= answer["problem"] is not None
        if as_json:
            print_json(answer, indent=None)
        else:
            _show(answer, here)
    return Exit.WRONG if failed and " ".join(text) != "-" else Exit.DONE


def _asked(text: str, day: date, here: Workspace) -> Iterator[tuple[str, date | str]]:
    """The phrase, or with `-` the lines of TEXT⇥DATE on standard input."""
    if text != "-":
        yield text, day
        return
    for line in read_lines():
        phrase, tab, said_on = line.partition("\t")
        try:
            yield phrase, parse_day(said_on.strip(), here.today) if tab else day
        except TrackerError:
            yield phrase, said_on


def _answer(phrase: str, said_on: date | str, here: Workspace) -> dict[str, Any]:
    period, problem = None, None
    if isinstance(said_on, str):
        problem = here.words("error.bad-day", text=said_on)
    elif not is_undated(phrase):
        try:
            period = read(phrase, said_on)
        except TrackerError as error:
            problem = here.words.error(error)
    return {
        "text": clean(phrase),
        "dated": clean(str(said_on)),
        "period": Shapes(here.words).period(period),
        "problem": clean(problem) if problem else None,
    }


def _show(answer: dict[str, Any], here: Workspace) -> None:
    period = answer["period"]
    if answer["problem"]:
        complain(answer["problem"])
    elif period is None:
        say(here.words("period.undated"))
    else:
        soft = f" · {here.words('period.approximate')}" if period["approximate"] else ""
        window = f"{period['earliest'] or ''} ~ {period['latest'] or ''}".strip()
        say(f"{period['text']} · {window}{soft} · {period['edtf']}")


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
@everywhere
def completion_command(context: click.Context, shell: str) -> None:
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    if script is not None:
        say(script(context.find_root().command, {}, "tracker", "_TRACKER_COMPLETE").source())
