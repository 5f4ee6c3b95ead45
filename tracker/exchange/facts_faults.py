"""What is wrong with a facts file, line by line, and how it is said."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from db.errors import RefusedError
from db.text import clean

__all__ = ["FactsError", "Faults", "Problem", "shown", "unknown"]

_T = TypeVar("_T")
_LONGEST_WORD = 40  # in a message; no known word is longer, so nothing longer is compared


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: the line it stands on, counted from 1, and what would be right."""

    line: int
    message: str


class FactsError(RefusedError):
    """A facts file that was refused as a whole; its text is the first fault.

    Attributes:
        name: What the file is called.
        problems: Every fault, in the order of the lines.
    """

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        """Keep all faults, and say the first and how many more there are."""
        self.name = clean(name)
        self.problems = problems
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        first = self.lines[0] if problems else f"{self.name}: nothing is wrong"
        super().__init__(f"{first}{more}", code="facts", first=first, more=len(problems) - 1)

    @property
    def lines(self) -> tuple[str, ...]:
        """Every fault as one line of text: `gimhae.facts:40: there is no kind …`."""
        return tuple(f"{self.name}:{p.line}: {p.message}" for p in self.problems)


class Faults:
    """Collects faults while a file is read, so that all of them are told at once."""

    def __init__(self) -> None:
        """Start with none."""
        self._problems: list[Problem] = []

    def add(self, line: int, message: str) -> None:
        """Note a fault."""
        self._problems.append(Problem(line, clean(message)))

    def attempt(self, line: int, read: Callable[[], _T]) -> _T | None:
        """Return what `read` returns, or None when it refuses, and note why."""
        try:
            return read()
        except (RefusedError, ValueError, OverflowError) as error:
            self.add(line, str(error))
            return None

    def raise_if_any(self, name: str) -> None:
        """End the reading if anything was noted.

        Raises:
            FactsError: At least one fault was noted.
        """
        if self._problems:
            raise FactsError(name, tuple(sorted(set(self._problems))))


def shown(word: str) -> str:
    """Return the word in quotation marks, shortened when it is long."""
    return f"“{word if len(word) <= _LONGEST_WORD else word[: _LONGEST_WORD - 1] + '…'}”"


def unknown(what: str, word: str, known: Iterable[str], otherwise: str = "") -> RefusedError:
    """Return the refusal of a word, with the known word that is nearest to it.

    Args:
        what: What the word should have been, such as `kind`.
        word: The word as written.
        known: All words that would be right.
        otherwise: What to say when none is near; by default all known words, if few.
    """
    choices = list(dict.fromkeys(known))
    near = get_close_matches(word.casefold(), choices, n=1) if len(word) <= _LONGEST_WORD else []
    if near:
        hint = f"; did you mean “{near[0]}”?"
    elif otherwise:
        hint = f"; {otherwise}"
    else:
        hint = f": it is one of {', '.join(choices)}" if choices else ""
    return RefusedError(f"there is no {what} {shown(word)}{hint}")
