"""What an import did, or would do, in lines."""

from collections.abc import Iterator

from tracker.exchange.claims import Finding, Verdict
from tracker.exchange.describing import conflict_text
from tracker.exchange.outcome import Outcome
from tracker.words import Words

__all__ = ["finding_lines", "outcome_lines", "warning_lines"]

_SIGNS = {
    Verdict.NEW: "+",
    Verdict.CHANGED: "~",
    Verdict.SAME: "=",
    Verdict.CONFLICTING: "!",
}


def finding_lines(outcome: Outcome, words: Words) -> Iterator[str]:
    """Every cell with its verdict: `+ 새로 3행 준공 · 가람도서관: 2026. 6.`."""
    for found in outcome.findings:
        verdict = words(f"import.{found.verdict.value}")
        yield f"{_SIGNS[found.verdict]} {verdict} {_said(found, words)}"


def _said(found: Finding, words: Words) -> str:
    where = f"{found.place.said(words)} · " if found.place else ""
    step = "" if found.place else f" {found.step}"
    if found.verdict is Verdict.CONFLICTING and found.place:
        return f"{where}{found.facility}{step}: {conflict_text(found, words)}"
    known = ""
    if found.known and found.verdict in {Verdict.CHANGED, Verdict.CONFLICTING}:
        known = f" ({words('import.known', known=found.known)})"
    return f"{where}{found.facility}{step}: {found.told}{known}"


def outcome_lines(outcome: Outcome, words: Words) -> Iterator[str]:
    """The numbers, and what of a spreadsheet was passed over."""
    yield outcome.told(words)
    if outcome.changed or outcome.conflicting:
        yield words("import.weighed", changed=outcome.changed, conflicting=outcome.conflicting)
    if outcome.unmapped:
        yield words("import.unmapped", columns=", ".join(outcome.unmapped))
    if outcome.skipped:
        places = ", ".join(place.said(words) for place in outcome.skipped)
        yield words("import.skipped", rows=places)
    yield from outcome.notices


def warning_lines(outcome: Outcome, words: Words, most: int | None = 20) -> Iterator[str]:
    """What a person should look at: plans of what is done, and what the store has otherwise.

    Of more than `most`, the first ones and how many more there are.
    """
    lines = [
        *(
            words(
                "import.lookalike",
                name=like.name,
                slug=like.slug,
                other=like.other_name,
                other_slug=like.other_slug,
            )
            for like in outcome.lookalikes
        ),
        *(
            words("import.warn_completed", facility=facility, milestone=milestone)
            for facility, milestone in outcome.after_completion
        ),
        *(
            words("import.warn_conflict", what=_said(found, words))
            for found in outcome.findings
            if found.verdict is Verdict.CONFLICTING
        ),
    ]
    yield from lines[:most]
    if most is not None and len(lines) > most:
        yield words("import.more_warnings", rest=len(lines) - most)
    if any(f.place and f.verdict is Verdict.CONFLICTING for f in outcome.findings):
        yield words("import.conflict.how")
