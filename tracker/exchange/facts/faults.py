"""What is wrong with a facts file, line by line, and how it is said."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import TypeVar

from db.model.errors import RefusedError, TrackerError
from db.model.text import clean
from tracker.words import Words

__all__ = ["FactsError", "Faults", "Problem", "TooManyFaultsError", "fault", "shown", "unknown"]

_T = TypeVar("_T")
_MOST = 10_000  # faults; after them the file is not read on
_COMPARED = 200  # known words that a wrong one is compared with
_LONGEST_WORD = 40  # in a message; no known word is longer, so nothing longer is compared


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: the line it stands on, counted from 1, and what would be right.

    `why` is the same as `message`, to be said in any language.
    """

    line: int
    message: str
    why: TrackerError | None = field(default=None, compare=False)


class FactsError(RefusedError):
    """A facts file that was refused as a whole; its text is the first fault.

    Attributes:
        name: What the file is called.
        problems: Every fault, in the order of the lines.
    """

    def __init__(self, name: str, problems: tuple[Problem, ...], *, complete: bool = True) -> None:
        """Keep all faults, and say the first and how many more there are.

        Without `complete` the file was not read to its end.
        """
        self.name = clean(name)
        self.problems = problems
        number = len(problems) - 1
        more = f" (and {'' if complete else 'more than '}{number} more)" if number else ""
        code = "facts-more" if complete else "facts-many"
        super().__init__(
            f"{self._located(problems[0])}{more}",
            code=code if more else "facts-one",
            first=self._located(problems[0]),
            more=number,
        )

    @property
    def lines(self) -> tuple[str, ...]:
        """Every fault as one line of text: `gimhae.facts:40: there is no kind …`."""
        return self.said_in(str)

    def said_in(self, say: Callable[[TrackerError], str]) -> tuple[str, ...]:
        """The same as `say` words each of them."""
        return tuple(say(self._located(p)) for p in self.problems)

    def _located(self, problem: Problem) -> RefusedError:
        return RefusedError(
            f"{self.name}:{problem.line}: {problem.message}",
            code="facts-line",
            name=self.name,
            line=problem.line,
            why=problem.why or problem.message,
        )


class TooManyFaultsError(Exception):
    """There are more than anybody reads: stop."""


class Faults:
    """Collects faults while a file is read, so that all of them are told at once."""

    def __init__(self) -> None:
        """Start with none."""
        self._problems: list[Problem] = []

    def add(self, line: int, why: TrackerError) -> None:
        """Note a fault.

        Raises:
            TooManyFaultsError: As many are noted as are told at most.
        """
        if len(self._problems) == _MOST:
            raise TooManyFaultsError
        self._problems.append(Problem(line, clean(str(why)), why))

    def attempt(self, line: int, read: Callable[[], _T]) -> _T | None:
        """Return what `read` returns, or None when it refuses, and note why."""
        try:
            return read()
        except TrackerError as error:
            self.add(line, error)
        except (ValueError, OverflowError) as error:
            self.add(line, RefusedError(str(error)))
        return None

    def raise_if_any(self, name: str) -> None:
        """End the reading if anything was noted.

        Raises:
            FactsError: At least one fault was noted.
        """
        if self._problems:
            complete = len(self._problems) < _MOST
            raise FactsError(name, tuple(sorted(set(self._problems))), complete=complete)


def fault(what: str, **fields: object) -> RefusedError:
    """The refusal that the catalogues have under `error.facts-` and `what`; its text is English."""
    code = f"facts-{what}"
    return RefusedError(_english().of("error", code, **fields), code=code, **fields)


@cache
def _english() -> Words:
    return Words("en")


def shown(word: str) -> str:
    """Return the word in quotation marks, shortened when it is long."""
    return f"“{word if len(word) <= _LONGEST_WORD else word[: _LONGEST_WORD - 1] + '…'}”"


def unknown(
    what: str, word: str, known: Iterable[str], otherwise: RefusedError | None = None
) -> RefusedError:
    """Return the refusal of a word, with the known word that is nearest to it.

    Args:
        what: What the word should have been: kind, key, line, statement, source, basis or
            confidence.
        word: The word as written.
        known: The words that would be right; the nearest of the first `_COMPARED` is named.
        otherwise: What to say when none is near; by default all known words, if few.
    """
    choices = list(dict.fromkeys(islice(known, _COMPARED)))
    near = get_close_matches(word.casefold(), choices, n=1) if len(word) <= _LONGEST_WORD else []
    hint = otherwise or fault("hint-one-of", known=", ".join(choices))
    if near:
        hint = fault("hint-near", near=near[0])
    return fault(f"no-{what}", word=shown(word), hint=hint)
