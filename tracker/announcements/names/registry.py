"""Which names mean the same facility, and which facility a word like 센터 stands for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.announcements.names.candidates import Name, name_key
from tracker.announcements.names.facility_words import GENERIC

__all__ = ["Entry", "Registry", "dice"]

_ALIKE_QUOTED, _ALIKE = 0.86, 0.7
_MOST = 60  # facilities of one article; what names more is a directory
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
        existing: It is called 기존 or 옛: background, not news.
    """

    name: str
    span: tuple[int, int]
    head: str
    quoted: bool
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
        self._by_key: dict[str, Entry] = {}
        self._unknown: set[tuple[str, str]] = set()

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
                self._by_key.setdefault(name_key(spelling), entry)
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
        exact = self._by_key.get(key)
        if exact is not None or (key, name.head) in self._unknown:
            return exact
        best, score = None, 0.0
        for entry in self.entries if name.head else ():
            if _is_sister(key, name, entry):
                continue
            alike = max((_alike(key, name, other, entry) for other in entry.keys), default=0.0)
            if alike > score:
                best, score = entry, alike
        if best is not None:
            self._by_key[key] = best
        elif len(self.entries) >= _MOST:
            self._unknown.add((key, name.head))
        return best

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


def _alike(key: str, name: Name, other: str, entry: Entry) -> float:
    """How sure two spellings are one facility; 0 where they are not."""
    if not entry.head or _last(name.head) != _last(entry.head):
        return 0.0
    short, long = sorted((key, other), key=len)
    if long.endswith(short):
        whole = len(short) >= max(_SHORTEST_PART, len(name.head) + 1)
        return 0.9 if whole and _digits(key) == _digits(other) else 0.0
    if long.startswith(short):  # “박물관” and “박물관 어린이관”
        return 0.0
    if key[:2] != other[:2] or _digits(key) != _digits(other):
        return 0.0
    likeness = dice(key, other)
    return (
        likeness if likeness >= (_ALIKE_QUOTED if name.quoted and entry.quoted else _ALIKE) else 0.0
    )


def _last(head: str) -> str:
    """The syllable that a head ends with; 산단 and 산업단지 are one."""
    return "단" if head.endswith("산업단지") else head[-1]


def _is_sister(key: str, name: Name, entry: Entry) -> bool:
    """Whether two quoted names share their end alone: “하남 놀이터” and “위례 놀이터”."""
    if not (name.quoted and entry.quoted):
        return False
    ends = [k for k in entry.keys if k != key and key.endswith(k)]
    return bool(ends) and any(k != (own := name_key(entry.name)) and own.endswith(k) for k in ends)


def _digits(key: str) -> str:
    return "".join(c for c in key if c.isdigit())
