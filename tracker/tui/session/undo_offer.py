"""The offer of a status line to take an act back."""

from dataclasses import dataclass

__all__ = ["UndoOffer"]


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """An act named in the status line, and the action that takes just that one back.

    `item` is the item of a weekly check that was left without a decision, which is no act.
    """

    action: str
    act: int | None = None
    item: int | None = None
