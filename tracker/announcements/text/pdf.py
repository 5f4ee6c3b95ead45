"""The text of a PDF, read by a process of its own that may not take more than its share.

A few kilobytes of PDF can stand for hours of work or gigabytes of memory, and pypdf cannot be
interrupted within a page. So a child process reads; where it takes too long or too much, it
ends, and the file is refused. What pypdf writes by itself ends with it.
"""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tracker.announcements.model.errors import UnreadableArticleError
from tracker.announcements.text.plain import LONGEST

__all__ = ["MEMORY", "PAGES", "SECONDS", "PdfText", "read_pdf"]

PAGES = 40
"""Pages that are read."""

SECONDS = 15
"""Seconds of processor time that reading may take."""

MEMORY = 512 * 1024 * 1024
"""Bytes that reading may take, where the system can limit them."""

_CHARACTERS = 2 * LONGEST  # lines of a PDF are joined afterwards, which makes a text shorter
_WAIT = 3  # times as long by the clock, on a machine that has other work
_TOO_MUCH = 70  # with which the child leaves
_CHILD = Path(__file__).with_name("pdf_child.py")


@dataclass(frozen=True, slots=True)
class PdfText:
    """What was read: the text of each page, and how many pages there are."""

    pages: tuple[str, ...]
    total: int


def read_pdf(data: bytes, name: str, *, seconds: int = SECONDS) -> PdfText:
    """Read the first pages of a PDF, as far as an article may be long.

    Args:
        data: The file.
        name: Its name, for the message of a failure.
        seconds: Processor time that reading may take.

    Raises:
        UnreadableArticleError: pypdf is absent, the file is damaged or locked, or reading it
            takes more time or memory than it may.
    """
    if find_spec("pypdf") is None:
        raise UnreadableArticleError("needs-pypdf", name)
    budget = {"pages": PAGES, "characters": _CHARACTERS, "seconds": seconds, "memory": MEMORY}
    try:
        done = subprocess.run(  # noqa: S603 - this Python and a file of ours
            [sys.executable, "-I", _CHILD, json.dumps(budget | {"path": sys.path})],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_WAIT * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableArticleError("slow-pdf", name, seconds=seconds) from None
    except OSError:
        raise UnreadableArticleError("bad-pdf", name) from None
    if done.returncode == -getattr(signal, "SIGXCPU", 0) != 0:
        raise UnreadableArticleError("slow-pdf", name, seconds=seconds)
    if done.returncode == _TOO_MUCH:
        raise UnreadableArticleError("large-pdf", name, memory=MEMORY)
    if done.returncode:
        raise UnreadableArticleError("bad-pdf", name)
    answer = json.loads(done.stdout)
    return PdfText(tuple(answer["pages"]), answer["total"])
