"""Completion as planned (계획대로): of each milestone, its own current plan is what happened."""

from collections.abc import Sequence
from datetime import date

from db.model.errors import RefusedError
from db.model.records import Milestone, Statement, UpdateKind
from tracker.words import Words

__all__ = ["as_planned", "is_as_planned", "lies_ahead", "told"]

_WORDS = {"계획대로", "계획대로각각", "각각계획대로", "예정대로", "asplanned", "eachasplanned"}
_TOLD = 5  # milestones that a preview names


def is_as_planned(text: str) -> bool:
    """Return whether a text in a date field means "each as planned".

    >>> is_as_planned("계획대로 각각"), is_as_planned("As planned"), is_as_planned("2026")
    (True, True, False)
    """
    return "".join(text.casefold().replace("-", " ").split()) in _WORDS


def lies_ahead(m: Milestone, today: date) -> bool:
    """Return whether the plan of a milestone has not begun by `today`.

    A plan "by" a later day, and a milestone without a date, have not begun.
    """
    plan = m.forecast
    if plan is None:
        return True
    first = plan.earliest or plan.latest
    return first is None or first > today


def as_planned(
    milestones: Sequence[Milestone], today: date, phrase: str, words: Words
) -> tuple[Statement, ...]:
    """Return the completions of those whose plan has begun; the others are left as they are.

    Raises:
        RefusedError: The plans of all of them are still to come; they are named.
    """
    begun = [m for m in milestones if not lies_ahead(m, today)]
    if not begun:
        raise RefusedError(
            "what is to come is a plan: nothing of it was completed as planned",
            code="planned-ahead",
            listed=_listed(milestones, words),
        )
    return tuple(
        Statement(m.facility, m.slug, UpdateKind.ACTUAL, today, m.forecast, phrase=phrase)
        for m in begun
    )


def told(milestones: Sequence[Milestone], today: date, words: Words) -> str:
    """Describe what would be recorded, and which milestones would be left; a few are named."""
    begun = [m for m in milestones if not lies_ahead(m, today)]
    ahead = [m for m in milestones if lies_ahead(m, today)]
    parts = [_listed(begun, words)] if begun else []
    if ahead:
        parts.append(words("ui.planned_ahead", count=len(ahead), what=_listed(ahead, words)))
    return " · ".join(parts)


def _listed(milestones: Sequence[Milestone], words: Words) -> str:
    named = ", ".join(
        f"{m.facility_name} {words.milestone(m.kind, m.title)} {words.period(m.forecast)}"
        for m in milestones[:_TOLD]
    )
    rest = len(milestones) - _TOLD
    return words("ui.and_more", what=named, rest=rest) if rest > 0 else named
