"""Text → entries: what begins at which line, and the `key: value` lines that belong to it.

Indentation is for the eye. A line that starts with a digit is a statement; one that
starts with a word for a block begins that block; anything else with a colon in it
belongs to what began last.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from db.model.errors import RefusedError
from db.model.text import clean
from tracker.exchange.facts.faults import Faults, fault, shown, unknown
from tracker.exchange.facts.keywords import HEAD_WORDS, Head

__all__ = ["Entry", "Field", "Tail", "entries", "quoted", "read_field", "split_tail"]

_LONGEST_LINE = 10_000
_BREAK = re.compile(r"\r\n|\r|\n")
_QUOTES = {'"': '"', "“": "”"}
_NO_KEY = frozenset("@") | _QUOTES.keys()


@dataclass(frozen=True, slots=True)
class Field:
    """A `key: value` line; `share` is the word between them in `funding national: …`."""

    line: int
    key: str
    value: str
    share: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A block's first line or a statement; `text` is what follows the word that begins it."""

    line: int
    head: Head
    text: str
    fields: list[Field] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a line: free words, then a text in quotes and a source, in either order."""

    body: str
    quoted: str | None = None
    source: str | None = None


def entries(text: str, faults: Faults) -> list[Entry]:
    """Cut a file into entries; comments and empty lines fall away."""
    found: list[Entry] = []
    for line, content in _lines(text, faults):
        entry = _begun(line, content)
        if entry is not None:
            found.append(entry)
            continue
        read = read_field(line, content)
        if read is None:
            word = content.split()[0]
            faults.attempt(line, lambda word=word: _refuse(unknown("line", word, HEAD_WORDS)))  # type: ignore[misc]
            found.append(Entry(line, Head.LOST, content))
        elif not found:
            faults.add(line, fault("orphan", word=shown(read.key)))
        else:
            found[-1].fields.append(read)
    return found


def _refuse(error: RefusedError) -> None:
    raise error


def _lines(text: str, faults: Faults) -> Iterator[tuple[int, str]]:
    """Lines that say something, cleaned, with their numbers."""
    for number, raw in enumerate(_BREAK.split(text.removeprefix("\ufeff")), start=1):
        if len(raw) > _LONGEST_LINE:
            faults.add(number, fault("long-line", most=_LONGEST_LINE))
        elif "\0" in raw:
            faults.add(number, fault("nul"))
        else:
            content = clean(raw)
            if content and not content.startswith("#"):
                yield number, content


def _begun(line: int, content: str) -> Entry | None:
    """Return the entry that this line begins, if it begins one."""
    if content[0] in "0123456789":
        return Entry(line, Head.STATEMENT, content)
    word, _, rest = content.partition(" ")
    head = HEAD_WORDS.get(word.casefold())
    if head is None or rest.lstrip().startswith(":"):
        return None
    return Entry(line, head, rest.strip())


def read_field(line: int, content: str) -> Field | None:
    """Return a `key: value` or `key share: value` line, or None where there is no such key."""
    before, colon, value = content.partition(":")
    key, _, share = before.strip().partition(" ")
    if not colon or not key or key[0] in _NO_KEY:
        return None
    return Field(line, key, value.strip(), share.strip())


def split_tail(text: str) -> Tail:
    r"""Take the words, the quoted text and the source of a line apart.

    In straight quotes `\"` stands for a quote and `\\` for a backslash.

    >>> split_tail('2025-10  "오는 10월"  @newsis')
    Tail(body='2025-10', quoted='오는 10월', source='newsis')

    Raises:
        RefusedError: A quote is left open, or there is more than one of either.
    """
    body, rest = _split_body(text)
    said = source = None
    while rest:
        if rest[0] in _QUOTES and said is None:
            said, rest = _take_quoted(rest)
        elif rest[0] == "@" and source is None:
            source, _, rest = rest[1:].partition(" ")
            if not source:
                raise fault("empty-source")
        else:
            raise fault("stray", word=shown(rest))
        rest = rest.strip()
    return Tail(body, clean(said) or None if said else None, source)


def _split_body(text: str) -> tuple[str, str]:
    """Cut before the first quote or the first word that starts with @."""
    for i, c in enumerate(text):
        if c in _QUOTES or (c == "@" and (i == 0 or text[i - 1] == " ")):
            return text[:i].strip(), text[i:]
    return text.strip(), ""


def _take_quoted(text: str) -> tuple[str, str]:
    """Return the text in quotes at the start, and what follows it."""
    end = _QUOTES[text[0]]
    kept: list[str] = []
    i = 1
    while i < len(text) and text[i] != end:
        escaped = end == '"' and text[i] == "\\" and text[i + 1 : i + 2] in ("\\", '"')
        i += escaped
        kept.append(text[i : i + 1])
        i += 1
    if i >= len(text):
        raise fault("open-quote", word=shown(text))
    return "".join(kept), text[i + 1 :]


def quoted(text: str) -> str:
    """Return the text in straight quotes, as `split_tail` reads it back."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
