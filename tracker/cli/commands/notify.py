"""The command that tells people: notify."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.model.errors import RefusedError
from tracker.cli.args.options import everywhere
from tracker.cli.args.workspace_options import office
from tracker.cli.output.progress_bar import at_work
from tracker.cli.output.streams import RUN, complain, say
from tracker.domain.alerts import Alert, read_alerts
from tracker.words import Words

if TYPE_CHECKING:
    from tracker.notify.sending import Report

__all__ = ["notify_command"]


@click.command("notify")
@click.option("--to", metavar="URL", multiple=True)
@click.option("--to-file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True)
@everywhere
def notify_command(to: tuple[str, ...], to_file: Path | None, dry_run: bool) -> None:
    from tracker.notify.digest import digest_of
    from tracker.notify.sending import Report, mailboxes, tell
    from tracker.notify.sent import opened
    from tracker.notify.targets import addresses

    here = office()
    words, day = here.words, here.today.isoformat()

    def standing() -> Sequence[Alert]:
        with here.reading() as reader:
            return read_alerts(reader, here.today, here.config.limits, limit=-1)[1]

    if dry_run:
        alerts = standing()
        digest = digest_of(alerts, len(alerts), day, words)
        say(f"{digest.title}\n\n{digest.body}")
        return
    boxes = mailboxes(addresses(to, to_file, os.environ))
    report = Report()
    try:
        with at_work(words, "notify.at_work"), opened(here.path) as sent:
            # Read while no one else sends: what was told meanwhile must not be forgotten again.
            tell(standing(), boxes, sent, day, words, report)
        if report.told:
            RUN.done()
    finally:
        _say_what_happened(report, words)
    if report.failed:
        schemes = ", ".join(report.failed)
        raise RefusedError(f"not delivered: {schemes}", code="not-delivered", schemes=schemes)


def _say_what_happened(report: "Report", words: Words) -> None:
    """Say what was sent, and where nobody knows, even where not all of it could be noted."""
    for scheme in report.interrupted:
        complain(words("notify.interrupted", scheme=scheme))
    for scheme, number in report.told:
        key = "notify.told" if number else "notify.nothing"
        say(words.lookup(key, scheme=scheme, number=number))
