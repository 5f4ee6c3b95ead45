"""What a phrase can be refused for."""

from db.model.errors import BadPeriodError
from db.model.period import Period

__all__ = ["PhrasePartError", "UnreadablePhraseError"]

_SHOWN = 60  # of a long text, this much is repeated in the message


class UnreadablePhraseError(BadPeriodError):
    """A text that gives no date, or more than one.

    Attributes:
        text: The phrase as it was read, on one line, shortened when very long.
        word: The word that was not understood, or None where no single word is at fault.
        readings: What the phrase may mean, where that is more than one thing.
        why: The reason alone, in English, without the phrase and without advice.
    """

    def __init__(
        self,
        text: str,
        why: str,
        *,
        word: str | None = None,
        readings: tuple[Period, ...] = (),
        code: str = "",
    ) -> None:
        """Put the parts together into one line."""
        self.text = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        self.word = word if word is None or len(word) <= _SHOWN else word[:_SHOWN] + "…"
        self.readings = readings
        self.why = why
        advice = "write for example 2026-06-30, 2026년 6월, 2026년 상반기 or by Dec 2027"
        if readings:
            advice = "write " + " or ".join(str(period) for period in readings)
        super().__init__(
            f"“{self.text}”: {why}; {advice}",
            code=code or _code(readings, self.word),
            text=self.text,
            word=self.word or "",
            why=why,
            readings=readings,
        )


def _code(readings: tuple[Period, ...], word: str | None) -> str:
    """Which sentence another language says instead."""
    if readings:
        return "two-readings"
    return "unread-word" if word else "unread-period"


class PhrasePartError(Exception):
    """Inside this package: why reading stopped, before the whole phrase is known."""

    def __init__(
        self,
        why: str,
        word: str | None = None,
        readings: tuple[Period, ...] = (),
        code: str = "",
    ) -> None:
        """Keep the parts for `UnreadablePhraseError`."""
        super().__init__(why)
        self.code = code
        self.why = why
        self.word = word
        self.readings = readings

    @classmethod
    def unknown(cls, word: str) -> "PhrasePartError":
        """The word that is no part of a date."""
        shown = word if len(word) <= _SHOWN else word[:_SHOWN] + "…"
        return cls(f"“{shown}” is not understood as part of a date", word)

    @classmethod
    def vague(cls, word: str) -> "PhrasePartError":
        """Words that people do not agree on, such as the early part of a half-year."""
        return cls(f"“{word}” can be read in several ways here", word)

    @classmethod
    def second(cls, word: str) -> "PhrasePartError":
        """Two dates where one is wanted."""
        return cls(f"“{word}” makes it a second date: give one date or one range", word)
