"""What an import would do, as the shell and the screen show it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tracker.exchange.diff.describing import conflict_text
from tracker.exchange.imports.outcome import Outcome
from tracker.exchange.tables.claims import Finding, Verdict
from tracker.words import Words

__all__ = ["SIGNS", "counts", "finding_line", "listed", "lookalike_lines", "meaning", "passed_over"]

SIGNS = {
    Verdict.CONFLICTING: "!",
    Verdict.CHANGED: "~",
    Verdict.NEW: "+",
    Verdict.SAME: "=",
}
_LISTED = (Verdict.CONFLICTING, Verdict.CHANGED, Verdict.NEW)


def counts(outcome: Outcome, words: Words) -> str:
    """How many findings there are of each verdict: `어긋남 1 · 바뀜 3 · 새로 12 · 같음 245`."""
    numbers = {
        Verdict.CONFLICTING: outcome.conflicting,
        Verdict.CHANGED: outcome.changed,
        Verdict.NEW: _new(outcome),
        Verdict.SAME: outcome.same,
    }
    parts = [f"{words.of('import', v.value)} {number:,}" for v, number in numbers.items()]
    if outcome.left_out:
        parts.insert(0, f"{words('import.unread')} {len(outcome.left_out):,}")
    return " · ".join(parts)


def _new(outcome: Outcome) -> int:
    """Cells that say something new; of a file without cells, statements that change nothing."""
    if any(f.place is not None for f in outcome.findings):
        return sum(f.verdict is Verdict.NEW for f in outcome.findings)
    return max(0, outcome.new - outcome.changed - outcome.conflicting)


def listed(outcome: Outcome) -> Mapping[Verdict, Sequence[Finding]]:
    """The findings that a person should see, by verdict, conflicts first."""
    return {verdict: [f for f in outcome.findings if f.verdict is verdict] for verdict in _LISTED}


def lookalike_lines(outcome: Outcome, words: Words) -> Iterator[str]:
    """A line for each new facility whose name looks like another."""
    for like in outcome.lookalikes:
        yield words(
            "import.lookalike",
            name=like.name,
            slug=like.slug,
            other=like.other_name,
            other_slug=like.other_slug,
        )


def passed_over(outcome: Outcome, words: Words) -> Iterator[str]:
    """What of a spreadsheet was passed over: columns, rows, and what was left unread."""
    if outcome.unmapped:
        yield words("import.unmapped", columns=", ".join(outcome.unmapped))
    if outcome.skipped:
        places = ", ".join(place.said(words) for place in outcome.skipped)
        yield words("import.skipped", rows=places)
    yield from outcome.notices


def finding_line(found: Finding, words: Words, *, signed: bool = True) -> str:
    """One finding: `~ 가람도서관 · 준공 2026년 하반기 → 2027년 상반기, +181일 (3행 준공)`."""
    sign = f"{SIGNS[found.verdict]} " if signed else ""
    where = f" ({found.place.said(words)})" if found.place else ""
    return f"{sign}{found.facility} · {meaning(found, words)}{where}"


def meaning(found: Finding, words: Words) -> str:
    """What a finding comes to; of a conflict both sides, and who said what is known, and when."""
    said = found.understood or found.told
    if found.verdict is not Verdict.CONFLICTING:
        return said
    return conflict_text(replace(found, told=said), words)
