"""Commands that draw: timeline and trend."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from db.model.errors import RefusedError
from tracker.app.workspace import Workspace
from tracker.charts.canvas import Line
from tracker.charts.timeline_rows import Group, Sort, Timeline, read_timeline, windows_of
from tracker.charts.timescale import Scale, Zoom, fitting, spanning
from tracker.cli.args.names import complete_facility
from tracker.cli.args.options import as_of_options, everywhere, json_option, read_period
from tracker.cli.args.workspace_options import office
from tracker.cli.commands.read import reading
from tracker.cli.output.progress_bar import console
from tracker.cli.output.streams import print_json
from tracker.domain.board import read_facility
from tracker.domain.json_shapes import Shapes
from tracker.words import Words

if TYPE_CHECKING:
    from tracker.charts.trend import Trace

__all__ = ["timeline_command", "trend_command"]

_PIPED_WIDTH = 200
_WIDE = 120  # cells from which a quarter is wide enough to begin with
_LONG = 40  # lines after which the axis is shown again
_CHART = (12, 30)  # the lowest and the highest chart
_UP = str.maketrans("┬▼", "┴▲")
_WIDEST = 120  # cells from which a chart only gets flatter

_STYLES = {
    "overdue": "red",
    "due_soon": "yellow",
    "in_window": "cyan",
    "undated": "yellow",
    "completed": "green",
    "on_hold": "magenta",
    "passed": "dim",
    "cancelled": "dim",
    "off": "dim",
    "late": "yellow",
    "early": "green",
    "today": "bold cyan",
    "as_of": "bold magenta",
    "group": "bold",
    **dict.fromkeys(("baseline", "grid", "axis", "muted", "label", "diagonal"), "dim"),
    "line-0": "cyan",
    "line-1": "magenta",
    "line-2": "yellow",
    "line-3": "green",
    "line-4": "blue",
    "line-5": "red",
}


@click.command("timeline")
@click.argument("facility", nargs=-1, shell_complete=complete_facility)
@click.option("--from", "since", metavar="DATE")
@click.option("--to", "until", metavar="DATE")
@click.option("--zoom", type=click.Choice([z.value for z in Zoom]))
@click.option("--group", type=click.Choice([g.value for g in Group]))
@click.option("--sort", type=click.Choice([s.value for s in Sort]), default="next")
@click.option("--open", "opened", is_flag=True)
@as_of_options
@json_option
@everywhere
def timeline_command(
    facility: tuple[str, ...],
    since: str | None,
    until: str | None,
    zoom: str | None,
    group: str | None,
    sort: str,
    opened: bool,
    as_of: str | None,
    known_at: str | None,
    as_json: bool,
) -> None:
    here = office()
    ends = _ends(since, until, zoom, here.today)
    with reading(here, as_of, known_at) as (reader, day):
        found = read_timeline(
            reader,
            day,
            here.config.limits,
            here.words,
            sort=Sort(sort),
            group=Group(group) if group else None,
            among=[reader.resolve(name) for name in facility],
        )
    look = Zoom(zoom) if zoom else None
    if as_json:
        scale = _scale(found, ends, look, _PIPED_WIDTH, whole=bool(facility))
        print_json(_timeline_json(found, scale, here))
        return
    _print_timeline(found, ends, look, here, whole=bool(facility), opened=opened)


def _ends(
    since: str | None, until: str | None, zoom: str | None, today: date
) -> tuple[date | None, date | None]:
    """The first day of what `--from` says and the last of what `--to` says."""
    first = read_period(since, today).earliest if since else None
    last = read_period(until, today).latest if until else None
    if first and last and first > last:
        raise RefusedError(
            f"from {first} to {last}: the end is before the beginning",
            code="reversed-range",
            first=first,
            last=last,
        )
    if first and last and zoom:
        raise RefusedError(
            "--from, --to and --zoom: two of them settle what is drawn", code="zoom-and-range"
        )
    return first, last


def _scale(
    found: Timeline,
    ends: tuple[date | None, date | None],
    zoom: Zoom | None,
    cells: int,
    *,
    whole: bool,
) -> Scale:
    """From one end to the other; else by the zoom; else what fits, or the years around the day."""
    first, last = ends
    windows = windows_of(found.lanes, only_open=False)
    days = [d for w in windows for d in (w.earliest, w.latest) if d is not None]
    if zoom is None and (first or last):
        first = first or min([*days, found.as_of, last or found.as_of])
        return spanning(first, last or max([*days, found.as_of, first]), cells)
    if zoom is None and whole:
        return fitting(windows, found.as_of, cells)
    near = zoom or (Zoom.QUARTER if cells >= _WIDE * 2 // 3 else Zoom.HALF)
    if first is not None:
        return Scale.around(first, near, cells, 0)
    if last is not None:
        return Scale.around(last, near, cells, cells - 1)
    return Scale.around(found.as_of, near, cells, cells * 3 // 5)


def _print_timeline(
    found: Timeline,
    ends: tuple[date | None, date | None],
    zoom: Zoom | None,
    here: Workspace,
    *,
    whole: bool,
    opened: bool,
) -> None:
    from tracker.charts.axis import Axis
    from tracker.charts.timeline import draw, entries, head, layout_for, legend, slip_width

    shell = _Shell()
    if not found.groups:
        shell.say(here.words("timeline.empty"))
        return
    layout = layout_for(shell.width, slip=slip_width(here.words))
    scale = _scale(found, ends, zoom, layout.axis, whole=whole)
    axis = Axis(scale, found.as_of, here.today, here.words)
    top = head(axis, layout)
    slugs = {lane.slug for lane in found.lanes} if opened else set()
    lines = [draw(e, axis, layout) for e in entries(found.groups, slugs)]
    shell.print(top)
    shell.print(lines)
    shell.print(_upward(top) if len(lines) > _LONG else ())
    shell.print(legend(axis, shell.width))
    if found.left_out:
        shell.say(here.words("timeline.left_out", left_out=found.left_out))


def _upward(top: list[Line]) -> list[Line]:
    """The axis as it stands below the lines, its ticks pointing up."""
    return [[(text.translate(_UP), style) for text, style in line] for line in reversed(top)]


def _timeline_json(found: Timeline, scale: Scale, here: Workspace) -> dict[str, Any]:
    shapes = Shapes(here.words)
    return {
        "as_of": found.as_of.isoformat(),
        "from": scale.start.isoformat(),
        "to": scale.end.isoformat(),
        "zoom": scale.zoom.value if scale.zoom else None,
        "total": len(found.lanes) + found.left_out,
        "lanes": [
            {
                "group": name,
                "facility": shapes.facility(lane.summary),
                "milestones": [shapes.milestone(row) for row in lane.rows],
            }
            for name, lanes in found.groups
            for lane in lanes
        ],
    }


@click.command("trend")
@click.argument("facility", shell_complete=complete_facility)
@as_of_options
@json_option
@everywhere
def trend_command(facility: str, as_of: str | None, known_at: str | None, as_json: bool) -> None:
    from tracker.charts.trend import draw_trend, traces_of
    from tracker.charts.trend_table import trend_legend

    here = office()
    with reading(here, as_of, known_at) as (reader, day):
        page = read_facility(reader, reader.resolve(facility), day, here.config.limits)
    traces = traces_of(page)
    if as_json:
        print_json(_trend_json(page, traces, here))
        return
    shell, words, name = _Shell(), here.words, page.summary.facility.name
    if not traces:
        shell.say(words("trend.empty", facility=name))
        return
    low, high = _CHART
    height = max(low, min(high, shell.height * 2 // 3))
    shell.print([[(words("trend.title", facility=name), "group")]])
    shell.print(draw_trend(traces, page.as_of, (min(shell.width, _WIDEST), height), words))
    shell.print([[], *trend_legend(words, shell.width), []])
    _print_statements(traces, words)


def _print_statements(traces: Iterable["Trace"], words: Words) -> None:
    """What was reported of every milestone, by milestone and day."""
    from tracker.charts.trend_table import moved_by, printed_in, said_as, stated
    from tracker.cli.output.named_columns import period_cell, plain, table_of

    columns = ("letter", "milestone", "day", "what", "forecast", "moved", "source")
    table = table_of(columns, words)
    for trace in traces:
        m = trace.row.milestone
        for report in trace.reports:
            table.add_row(
                plain(trace.letter),
                plain(words.milestone(m.kind, m.title)),
                plain(words.reported(report.update)),
                plain(said_as(report, words)),
                period_cell(stated(report), words, words("undated")),
                plain(moved_by(report)[0]),
                plain(printed_in(report)),
            )
    console().print(table)


def _trend_json(page: Any, traces: Iterable[Any], here: Workspace) -> dict[str, Any]:
    shapes = Shapes(here.words)
    return {
        "as_of": page.as_of.isoformat(),
        "facility": shapes.facility(page.summary),
        "milestones": [
            {
                "milestone": shapes.milestone(trace.row),
                "reports": [
                    {
                        "update": report.update.id,
                        "kind": report.update.kind.value,
                        "reported_on": report.day.isoformat(),
                        "reported_basis": report.update.reported_basis.value,
                        "period": shapes.period(report.window),
                        "reached": report.reached,
                        "slip": shapes.slip(report.moved),
                        "phrase": report.update.phrase,
                        "source": shapes.source(report.update.source),
                    }
                    for report in trace.reports
                ],
            }
            for trace in traces
        ],
    }


class _Shell:
    """Lines printed in colours, as far as the terminal has them."""

    def __init__(self) -> None:
        self._console = console()
        self.width, self.height = self._console.size

    def say(self, text: str) -> None:
        """One sentence."""
        self.print([[(text, "")]])

    def print(self, lines: Iterable[Line]) -> None:
        """Lines as they were drawn, without the blanks at their ends."""
        from rich.text import Text

        for line in lines:
            pieces = ((text, _STYLES.get(style, "")) for text, style in line)
            text = Text.assemble(*pieces, no_wrap=True, overflow="crop", end="\n")
            text.rstrip()
            self._console.print(text, soft_wrap=True)
