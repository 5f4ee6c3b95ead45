"""What `status`, `alerts` and `list` print; nothing here needs click."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from db.model.errors import NotFoundError
from db.read.reader import Filter, Reader
from tracker.app.workspace import Workspace
from tracker.cli.args.days import parse_day, parse_instant
from tracker.cli.output.streams import RUN, Exit, print_json
from tracker.domain.alerts import any_overdue, read_alerts
from tracker.domain.board import read_board, read_status
from tracker.domain.json_shapes import Shapes
from tracker.domain.statement_labels import late_among

__all__ = ["alerts", "listed", "reading", "status"]

_SHOWN = 20  # statements of the last week that the status shows


@contextmanager
def reading(
    here: Workspace, as_of: str | None, known_at: str | None
) -> Iterator[tuple[Reader, date]]:
    """A reader of the day and the knowledge that the options ask for, and that day."""
    day = parse_day(as_of, here.today) if as_of else None
    instant = parse_instant(known_at) if known_at else None
    try:
        with here.reading(day, instant) as reader:
            yield reader, day or here.today
    except NotFoundError as error:
        if error.code == "no-facility" and (day or instant):
            _refuse_unknown_yet(here, str(error.fields["name"]), as_of or known_at)
        raise


def _refuse_unknown_yet(here: Workspace, name: str, when: str | None) -> None:
    """Tell a facility that was not known by then from one that nobody knows."""
    with here.reading() as reader:
        known = reader.facility(reader.resolve(name)).name
    raise NotFoundError(
        f"{known} was not known yet on {when}", code="not-known-yet", name=known, day=when
    ) from None


def status(here: Workspace, as_of: str | None, known_at: str | None, *, as_json: bool) -> Exit:
    """Counts by state, what changed, what comes next."""
    with reading(here, as_of, known_at) as (reader, day):
        found = read_status(reader, day, here.config.limits)
        shown = () if as_json else found.changed[:_SHOWN]
        names = reader.names(u.facility for u in shown)
        late = late_among(reader, shown)
    if as_json:
        print_json(Shapes(here.words).status(found))
    else:
        from tracker.cli.output.tables import print_status

        print_status(found, shown, names, here.words, late)
    return Exit.DONE


def alerts(
    here: Workspace,
    as_of: str | None,
    known_at: str | None,
    *,
    limit: int,
    exit_code: bool,
    as_json: bool,
) -> Exit:
    """What wants attention; with `exit_code` it is told whether something is overdue."""
    limits = here.config.limits
    with reading(here, as_of, known_at) as (reader, day):
        total, found = read_alerts(reader, day, limits, limit=limit)
        overdue = exit_code and any_overdue(reader, day, limits)
    RUN.answer = Exit.FOUND if overdue else Exit.DONE
    if as_json:
        print_json(Shapes(here.words).alerts(day, total, found))
    else:
        from tracker.cli.output.tables import print_alerts

        print_alerts(found, total, here.words)
    return RUN.answer


def listed(
    here: Workspace,
    as_of: str | None,
    known_at: str | None,
    wanted: Filter,
    *,
    limit: int,
    offset: int,
    as_json: bool,
) -> Exit:
    """Milestones by urgency."""
    with reading(here, as_of, known_at) as (reader, day):
        board = read_board(reader, day, here.config.limits, wanted, limit=limit, offset=offset)
        none_there = wanted.city is not None and not board.total
        like = [c for c in reader.values_of("city") if str(wanted.city) in c] if none_there else []
    if as_json:
        print_json(Shapes(here.words).board(board))
    else:
        from tracker.cli.output.tables import print_board

        print_board(board, here.words, offset=offset, meant=like[0] if len(like) == 1 else "")
    return Exit.DONE
