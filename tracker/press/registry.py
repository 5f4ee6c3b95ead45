"""Which names mean the same facility, and which facility a word like 센터 stands for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.press.facilitywords import GENERIC
from tracker.press.names import Name, name_key

__all__ = ["Entry", "Registry", "dice"]

_ALIKE_QUOTED, _ALIKE = 0.86, 0.7
_MOST = 100  # facilities of one article; what names more is a directory
_SHORTEST_PART = 3


@dataclass(slots=True)
class Entry:
    """One facility of the article.

    Attributes:
        name: The fullest spelling.
        span: Where that stands.
        spellings: Every spelling, in order.
        counts: How often each was used.
        keys: Their comparable forms.
        mentions: How often it was named.
        sure: It was quoted or ends with a word that facilities end with.
        existing: It is called 기존 or 옛: background, not news.
    """

    name: str
    span: tuple[int, int]
    head: str
    quoted: bool
    part_of: "Entry | None" = None
    spellings: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    mentions: int = 0
    existing: bool = False

    @property
    def sure(self) -> bool:
        """Whether nobody would doubt that it is a facility."""
        return bool(self.head)


def dice(a: str, b: str) -> float:
    """How many pairs of letters two names share, from 0 to 1 (Dice's coefficient)."""
    first = {a[i : i + 2] for i in range(len(a) - 1)}
    second = {b[i : i + 2] for i in range(len(b) - 1)}
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


class Registry:
    """The facilities of one article, in the order of their first mention."""

    def __init__(self) -> None:
        """Begin with none."""
        self.entries: list[Entry] = []
        self._found: dict[tuple[str, str], Entry] = {}

    def enter(self, names: Iterable[Name], text: str) -> None:
        """Take in every name that is one; words that stand for names are left out."""
        for name in sorted(names, key=lambda n: (not n.quoted, n.start)):
            if name.generic:
                continue
            entry = self.find(name)
            if entry is None and len(self.entries) >= _MOST:
                continue
            if entry is None:
                entry = Entry(name.text, (name.start, name.end), name.head, name.quoted)
                self.entries.append(entry)
            self._add(entry, name, text)
        self.entries.sort(key=lambda e: e.span)

    def _add(self, entry: Entry, name: Name, text: str) -> None:
        entry.mentions += 1
        for spelling in (name.text, name.alias):
            if spelling and spelling not in entry.spellings:
                entry.spellings.append(spelling)
                entry.keys.add(name_key(spelling))
        entry.counts[name.text] = entry.counts.get(name.text, 0) + 1
        known = (entry.quoted, entry.counts.get(entry.name, 0), len(entry.name))
        if (name.quoted, entry.counts[name.text], len(name.text)) > known:
            entry.name, entry.span, entry.quoted = name.text, (name.start, name.end), name.quoted
        entry.head = entry.head or name.head
        before = text[max(0, name.start - 5) : name.start]
        entry.existing = entry.existing or any(w in before for w in ("기존 ", "옛 ", "현재 "))

    def find(self, name: Name) -> Entry | None:
        """The facility that this name means, if it was named before."""
        key = name_key(name.text)
        known = self._found.get((key, name.head))
        if known is None:
            known = self._search(key, name)
            if known is not None:
                self._found[key, name.head] = known
        return known

    def _search(self, key: str, name: Name) -> Entry | None:
        exact = next((e for e in self.entries if key in e.keys), None)
        if exact is not None:
            return exact
        best, score = None, 0.0
        for entry in self.entries:
            alike = max((self._alike(key, name, other, entry) for other in entry.keys), default=0.0)
            if alike > score:
                best, score = entry, alike
        return best

    def _alike(self, key: str, name: Name, other: str, entry: Entry) -> float:
        """How sure two spellings are one facility; 0 where they are not."""
        if _digits(key) != _digits(other) or not name.head or not entry.head:
            return 0.0
        short, long = sorted((key, other), key=len)
        if long.endswith(short) and len(short) >= max(_SHORTEST_PART, len(name.head) + 1):
            return 0.9
        if name.head[-1] != entry.head[-1] or key[:2] != other[:2]:
            return 0.0
        likeness = dice(key, other)
        enough = _ALIKE_QUOTED if name.quoted and entry.quoted else _ALIKE
        return likeness if likeness >= enough else 0.0

    def meant_by(self, name: Name, before: list[Entry]) -> Entry | None:
        """The facility that a word stands for: the last one named that fits it."""
        endings = GENERIC.get(name.head)
        if endings is None:
            endings = (name_key(name.head),)
        for entry in before:
            fits = not endings or any(k.endswith(e) for k in entry.keys for e in endings)
            if fits:
                return entry
        return None


def _digits(key: str) -> str:
    return "".join(c for c in key if c.isdigit())
