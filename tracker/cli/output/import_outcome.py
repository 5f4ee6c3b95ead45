"""What an import did, or would do, in lines."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from tracker.cli.output.streams import readable
from tracker.exchange.diff.choices import Past
from tracker.exchange.imports.outcome import (
    Outcome,
    counts,
    finding_line,
    listed,
    lookalike_lines,
    passed_over,
)
from tracker.exchange.tables.claims import Finding, Verdict
from tracker.words import Words

__all__ = [
    "done_lines",
    "doubtful_lines",
    "how_to_settle",
    "outcome_lines",
    "preview_lines",
    "warning_lines",
]

_FEW = 50  # lines of one verdict that a dry run shows unless all are wanted


def preview_lines(outcome: Outcome, words: Words, most: int | None = _FEW) -> Iterator[str]:
    """The counts by verdict, then a line for each change; what is the same is only counted.

    Of more than `most` of one verdict, the first ones and how many more there are.
    """
    yield counts(outcome, words)
    lines = [[finding_line(f, words) for f in findings] for findings in listed(outcome).values()]
    unread = [f"? {fault.said(words)}" for fault in outcome.left_out]
    for group in (*lines[:1], unread, *lines[1:]):
        yield from islice(group, most)
        if most is not None and len(group) > most:
            yield words("import.more", rest=len(group) - most)


def outcome_lines(outcome: Outcome, words: Words) -> Iterator[str]:
    """What was passed over of a spreadsheet, and what became of past dates."""
    if outcome.past:
        yield words.of("import.past", outcome.choice.value, count=outcome.past)
        if outcome.choice is Past.OPEN:
            yield words("import.past.how")
    yield from passed_over(outcome, words)


def done_lines(outcome: Outcome, left_out: Path | None, words: Words) -> Iterator[str]:
    """The numbers, how to take the import back, and which files it made."""
    yield outcome.told(words)
    if outcome.changed or outcome.conflicting:
        yield words("import.weighed", changed=outcome.changed, conflicting=outcome.conflicting)
    if outcome.act is not None:
        yield words("done.undo", act=outcome.act)
    if outcome.backup is not None:
        yield words("import.backup", path=readable(str(outcome.backup)))
    if left_out is not None:
        yield words("import.left_out", count=len(outcome.left_out), path=readable(str(left_out)))


def warning_lines(outcome: Outcome, words: Words, most: int | None = 20) -> Iterator[str]:
    """What a person should look at: names, plans of what is done, what the store has otherwise.

    Of more than `most`, the first ones and how many more there are.
    """
    lines = [*doubtful_lines(outcome, words), *_conflicts(outcome.findings, words)]
    yield from lines[:most]
    if most is not None and len(lines) > most:
        yield words("import.more_warnings", rest=len(lines) - most)
    yield from how_to_settle(outcome, words)


def how_to_settle(outcome: Outcome, words: Words) -> Iterator[str]:
    """How the conflicts of a table are decided, where there are any."""
    if any(f.place and f.verdict is Verdict.CONFLICTING for f in outcome.findings):
        yield words("import.conflict.how")


def doubtful_lines(outcome: Outcome, words: Words) -> Iterator[str]:
    """A line for each new name that looks like another, and each step planned after it was done."""
    yield from lookalike_lines(outcome, words)
    for facility, milestone in outcome.after_completion:
        yield words("import.warn_completed", facility=facility, milestone=milestone)


def _conflicts(findings: Iterable[Finding], words: Words) -> Iterator[str]:
    for found in findings:
        if found.verdict is Verdict.CONFLICTING:
            what = finding_line(found, words, signed=False)
            yield words("import.warn_conflict", what=what)
