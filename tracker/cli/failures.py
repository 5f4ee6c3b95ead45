"""How a command line that failed is answered: one line, and an exit code.

Whatever is raised comes here, so that no command ends with a traceback, or with 1, which
means that something is overdue.
"""

import os
import sys
from collections.abc import Callable, Sequence

from db.model.errors import AmbiguousError, RefusedError, StoreError, TrackerError
from tracker.app.config import load
from tracker.app.paths import config_file
from tracker.cli.output.streams import RUN, Exit, complain, no_text, silence
from tracker.words import LANGUAGES, Words, choose_language

__all__ = ["answered", "failed", "words_for"]

_MOST_FAULTS = 1000  # of a file that are listed one by one; nobody reads further
_DEBUG = "TRACKER_DEBUG"  # set to 1, it shows where a failure came from


def answered(work: Callable[[], object], arguments: Sequence[str]) -> Exit:
    """Do what a command line asks for; return its exit code, having said any failure."""
    RUN.reset()
    try:
        outcome = work()
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt, SystemExit) as error:  # noqa: BLE001 - Python ends with 1
        return failed(error, arguments)
    if RUN.unwritten is not None:  # somebody caught it
        return failed(RUN.unwritten, arguments)
    return outcome if isinstance(outcome, Exit) else Exit.DONE


def failed(error: BaseException, arguments: Sequence[str]) -> Exit:
    """Say in words why a command failed, and return its exit code."""
    if RUN.unwritten is not None:
        return _unprintable(RUN.unwritten, words_for(arguments))
    if os.environ.get(_DEBUG) == "1":
        from traceback import print_exception

        print_exception(error)
    words = words_for(arguments)
    lines, code = _told(error, words)
    if RUN.is_on_disk and not isinstance(error, RefusedError):
        lines, code = (words("error.done-but", why=lines[0]),), Exit.DONE
    for line in lines[:_MOST_FAULTS]:
        complain(line)
    if isinstance(error, AmbiguousError):
        from tracker.cli.output.facility_candidates import print_candidates

        print_candidates(error, words)
    if len(lines) > _MOST_FAULTS:
        complain(words("error.more-faults", number=len(lines) - _MOST_FAULTS))
    return code


def _unprintable(error: OSError, words: Words) -> Exit:
    """Say that what was printed did not arrive; a disk it went to is full, say.

    What is done stays done, so that nobody does it again.
    """
    silence(sys.stdout)
    why = words.reason(error.strerror or str(error))
    if RUN.is_on_disk:
        complain(words("error.done-unprinted", why=why))
        return RUN.answer
    if isinstance(error, BrokenPipeError):  # nobody reads on: `tracker list | head`
        return RUN.answer
    complain(words("error.cannot-print", why=why))
    return Exit.UNREADABLE


def _told(error: BaseException, words: Words) -> tuple[tuple[str, ...], Exit]:
    """A failure in words and as an exit code; of a file, every fault on a line of its own."""
    if isinstance(error, TrackerError):
        said_in = getattr(error, "said_in", None)
        lines = said_in(words.error) if said_in else getattr(error, "lines", None)
        code = Exit.UNREADABLE if isinstance(error, StoreError) else Exit.WRONG
        return tuple(lines or (words.error(error),)), code
    if isinstance(error, UnicodeEncodeError):  # an argument or a name that is no text
        return (words.error(no_text(str(error.object))),), Exit.WRONG
    if isinstance(error, OSError):
        why = words.reason(error.strerror or str(error))
        where = (
            f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
        )
        return (words("error.system", where=where, why=why),), Exit.UNREADABLE
    return _told_by_click(error, words)


def _told_by_click(error: BaseException, words: Words) -> tuple[tuple[str, ...], Exit]:
    """What click raises, and whatever else: a fault of the program."""
    import click

    if isinstance(error, click.Abort | KeyboardInterrupt | EOFError):
        return (words("error.interrupted"),), Exit.WRONG
    if isinstance(error, click.ClickException):
        from tracker.cli.args.usage import usage_line

        return (usage_line(error, words),), Exit.WRONG
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    return (words("error.unexpected", what=what, debug=f"{_DEBUG}=1"),), Exit.UNREADABLE


def words_for(arguments: Sequence[str]) -> Words:
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
    except (TrackerError, OSError, ValueError, RuntimeError):
        return Words(choose_language(None))
