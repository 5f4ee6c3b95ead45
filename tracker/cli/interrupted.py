"""Commands that a signal ends: unfinished files are removed before the signal has its way."""

import signal
from collections.abc import Sequence

from tracker.app.quiet import quiet_libraries
from tracker.app.signals import SignalError, end_by, raised
from tracker.cli.main import run
from tracker.cli.output.streams import Exit

__all__ = ["run_to_end"]

_SOFT = (signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))


def run_to_end(arguments: Sequence[str]) -> Exit:
    """Run a command line, and return its exit code unless a signal ends it.

    What is written then is rolled back or was finished; SIGQUIT ends it on the spot.
    """
    quiet_libraries()
    code = Exit.WRONG
    with raised(_SOFT) as arrived:
        try:
            code = run(arguments)
        except SignalError as ended:
            arrived.append(ended.number)
    if arrived:
        end_by(arrived[0])
    return code
