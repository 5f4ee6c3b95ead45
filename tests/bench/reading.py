"""Reading announcements: an article, and texts that are made to be slow."""

from collections.abc import Callable
from contextlib import suppress
from statistics import median
from time import process_time

from db.model.errors import TrackerError
from tests.announcing import DATED, articles
from tests.bench.verdict import Row, Verdict
from tests.extremes import HUGE, M
from tracker.announcements import read_article
from tracker.announcements.text.documents import read_document

__all__ = ["rows"]

_LENGTH = 3_000
_RUNS = 15


def rows(_size: int) -> list[Row]:
    """What is measured of the reader, whatever the store."""
    return [Row("reader", lambda: [_article(), _worst()])]


def _article() -> Verdict:
    article = max(articles("tuning"), key=lambda a: len(a.text))
    text = (article.text + "\n\n") * (1 + _LENGTH // len(article.text))
    read_article(text[:_LENGTH], article.dated)
    taken = median(
        _taken(lambda: read_article(text[:_LENGTH], article.dated)) for _ in range(_RUNS)
    )
    return Verdict(f"an article of {_LENGTH:,} characters", taken * 1000, 50)


def _worst() -> Verdict:
    """The slowest of the texts that are made to be slow."""
    taken = {what: _taken(lambda text=text: _attempt(text)) for what, text in HUGE.items()}
    slowest = max(taken, key=lambda what: taken[what])
    return Verdict("a megabyte of anything", taken[slowest] * 1000, 2000, note=slowest)


def _attempt(text: str) -> None:
    with suppress(TrackerError):
        read_article(read_document(text.encode()[:M]).text, DATED)


def _taken(act: Callable[[], object]) -> float:
    begun = process_time()
    act()
    return process_time() - begun
