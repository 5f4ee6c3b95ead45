"""Commands that read: status, alerts, list, show, log."""

import click

from db.model.errors import RefusedError
from db.model.records import Kind, State
from db.read.lists.log_list import LogFilter
from db.read.reader import Filter
from tracker.app.workspace import Workspace
from tracker.cli import answers
from tracker.cli.answers import reading
from tracker.cli.args.declared import OPTIONS
from tracker.cli.args.names import complete_facility, named
from tracker.cli.args.options import (
    COUNT,
    as_of_options,
    declared,
    everywhere,
    json_option,
)
from tracker.cli.args.workspace_options import office
from tracker.cli.output.streams import Exit, print_json, say
from tracker.domain.board import read_facility
from tracker.domain.json_shapes import Shapes
from tracker.domain.statement_labels import late_among
from tracker.words.kinds import read_kind

__all__ = [
    "alerts_command",
    "list_command",
    "log_command",
    "reading",
    "show_command",
    "status_command",
]


@click.command("status")
@click.option("--line", is_flag=True)
@declared(*OPTIONS["status"])
@everywhere
def status_command(line: bool, as_of: str | None, known_at: str | None, as_json: bool) -> None:
    here = office()
    if line and not as_json:
        from tracker.cli.output.status_line import status_line

        with reading(here, as_of, known_at) as (reader, day):
            say(status_line(reader, day, here))
        return
    answers.status(here, as_of, known_at, as_json=as_json)


@click.command("alerts")
@declared(*OPTIONS["alerts"])
@everywhere
def alerts_command(
    exit_code: bool,
    limit: int,
    as_of: str | None,
    known_at: str | None,
    as_json: bool,
) -> Exit:
    return answers.alerts(
        office(), as_of, known_at, limit=limit, exit_code=exit_code, as_json=as_json
    )


@click.command("list")
@click.option("--city", metavar="CITY")
@click.option("--cluster", metavar="CLUSTER")
@click.option("--state", metavar="STATE", multiple=True)
@click.option("--kind", metavar="KIND")
@click.option("--owner", metavar="OWNER")
@click.option("--search", metavar="TEXT")
@click.option("--limit", type=COUNT, default=200, show_default=True)
@click.option("--offset", type=COUNT, default=0)
@as_of_options
@json_option
@everywhere
def list_command(
    city: str | None,
    cluster: str | None,
    state: tuple[str, ...],
    kind: str | None,
    owner: str | None,
    search: str | None,
    limit: int,
    offset: int,
    as_of: str | None,
    known_at: str | None,
    as_json: bool,
) -> None:
    here = office()
    wanted = Filter(
        city=city,
        cluster=cluster,
        states=tuple(_state(text, here) for text in state),
        kind=_kind(kind) if kind else None,
        owner=owner,
        search=search,
    )
    answers.listed(here, as_of, known_at, wanted, limit=limit, offset=offset, as_json=as_json)


_FORMER_STATES = {"폐기": State.CANCELLED, "지난 단계": State.PASSED}  # words of earlier versions


def _state(text: str, here: Workspace) -> State:
    """A state by its name, with a hyphen or an underscore, or by its word."""
    name = text.strip().lower().replace("-", "_")
    for state in State:
        if name == state.value or text.strip() == here.words.state(state):
            return state
    parts = {s: here.words.state(s).replace("·", " ").split() for s in State}
    fitting = [s for s in State if text.strip() in parts[s]]
    if len(fitting) == 1:  # 경과 of 기한 경과, 취소 of 취소·중단
        return fitting[0]
    if text.strip() in _FORMER_STATES:
        return _FORMER_STATES[text.strip()]
    known = named({s.value: here.words.state(s) for s in State}, here.words)
    raise RefusedError(
        f"there is no state “{text}”: {known}", code="no-state", text=text, known=known
    )


def _kind(text: str) -> Kind:
    kind = read_kind(text)
    if kind is None:
        from tracker.acts.adding import no_kind

        raise no_kind(text)
    return kind


@click.command("show")
@click.argument("facility", shell_complete=complete_facility)
@as_of_options
@json_option
@everywhere
def show_command(
    facility: str,
    as_of: str | None,
    known_at: str | None,
    as_json: bool,
) -> None:
    here = office()
    with reading(here, as_of, known_at) as (reader, day):
        slug = reader.resolve(facility)
        page = read_facility(reader, slug, day, here.config.limits)
    if as_json:
        print_json(Shapes(here.words).page(page))
    else:
        from tracker.cli.output.tables import print_page

        print_page(page, here.words)


@click.command("log")
@click.argument("facility", required=False, shell_complete=complete_facility)
@click.option("--limit", type=COUNT, default=200, show_default=True)
@click.option("--offset", type=COUNT, default=0)
@click.option("--act", metavar="ACT", type=int)
@as_of_options
@json_option
@everywhere
def log_command(
    facility: str | None,
    limit: int,
    offset: int,
    act: int | None,
    as_of: str | None,
    known_at: str | None,
    as_json: bool,
) -> None:
    here = office()
    with reading(here, as_of, known_at) as (reader, _):
        slug = reader.resolve(facility) if facility else None
        if act is not None or not (as_json or slug or as_of or known_at):
            number = None if act is None else reader.act(act).id
            wanted = LogFilter(facility=slug, act=number)
            total = reader.log_list.total(wanted)
            updates = reader.log_list.page(wanted, limit=limit, offset=offset)
        else:
            total, updates = reader.log(slug, limit=limit, offset=offset)
        names = {} if as_json else reader.names(u.facility for u in updates)
        late = frozenset() if as_json else late_among(reader, updates)
    if as_json:
        shapes = Shapes(here.words)
        print_json({"total": total, "updates": [shapes.update(u) for u in updates]})
    else:
        from tracker.cli.output.tables import print_log

        print_log(updates, names, here.words, total=total, offset=offset, late=late)
