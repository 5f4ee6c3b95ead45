"""From the names in a spreadsheet to the facilities and milestones that they mean."""

import re
from collections.abc import Iterable, Mapping

from db.model.errors import AmbiguousError, RefusedError
from db.model.records import Facility, Kind, Milestone
from db.model.slugs import make_slug
from db.schema.search_columns import name_key
from tracker.exchange.tables.claims import Subject

__all__ = ["Names", "without_number"]

_LONGEST = 100  # characters of a slug
_BULLET = r"[○●◎◦◇◆□■▷▶▸►☆★◈※•·ㆍ‧∙・*–—-]|ㅇ(?=\s)"
_CIRCLED = r"[①-⓿❶-➓㉠-㉻㊀-㊉]"
_NUMBERED = (
    r"[(（\[]\s*(?:\d{1,3}|[가나다라마바사아자차카타파하])\s*[)）\]]"
    r"|\d{1,3}(?:-\d{1,2})?\s*(?:[.)]\s*(?=[^\W\d])|[.)]\s+)"
    r"|[가나다라마바사아자차카타파하]\s*(?:\.\s+|\)\s*)"
    r"|(?:[ivxIVX]{1,4}|[Ⅰ-Ⅻ])\s*[.)]\s+"
)
_IN_FRONT = re.compile(rf"\s*(?:{_BULLET}|{_CIRCLED}|{_NUMBERED})\s*")


def without_number(name: str) -> str:
    """A name without the number or the bullet that a list puts in front of it.

    >>> without_number("1. 가나센터"), without_number("○ 가나센터"), without_number("3.1운동기념관")
    ('가나센터', '가나센터', '3.1운동기념관')
    """
    plain = name.strip()
    for _ in range(2):  # ○ 1. 가나센터
        match = _IN_FRONT.match(plain)
        rest = plain[match.end() :] if match else ""
        if not re.search(r"[^\W\d_]", rest):
            break
        plain = rest
    return plain


class Names:
    """Finds facilities by slug, name or alias, and their milestones by kind.

    A name that fits none is a new facility, with a slug made from it.
    """

    def __init__(
        self, facilities: Iterable[Facility], milestones: Mapping[tuple[str, str], Milestone]
    ) -> None:
        """Know what the store knows."""
        self._called: dict[str, dict[str, str]] = {}
        self._listed: dict[str, dict[str, str]] = {}  # the same without a number in front
        self._names: dict[str, str] = {}
        self._steps: dict[tuple[str, Kind], list[str]] = {}
        self._stored: set[str] = set()
        self._numbers: dict[str, int] = {}  # the last one behind a slug that is taken
        for f in facilities:
            self._names[f.slug] = f.name
            self._stored.add(f.slug)
            for name in (f.slug, f.name, f.name_en, *f.aliases):
                if name:
                    self._called.setdefault(name_key(name), {})[f.slug] = f.name
                    self._listed.setdefault(name_key(without_number(name)), {})[f.slug] = f.name
        for (facility, slug), m in milestones.items():
            self._steps.setdefault((facility, m.kind), []).append(slug)

    def find(self, name: str) -> Subject:
        """The facility of this name, or a new one, called so without a number in front.

        Raises:
            AmbiguousError: Several are called so.
            RefusedError: No slug can be made from the name.
        """
        found = self._called.get(name_key(name), {})
        if not found:
            name = without_number(name)
            key = name_key(name)
            found = self._called.get(key) or self._listed.get(key, {})
        if len(found) > 1:
            raise AmbiguousError(name, tuple(sorted(found.items())))
        if found:
            ((slug, known),) = found.items()
            return Subject(slug, known)
        return Subject(self._new_slug(name), name)

    def _new_slug(self, name: str) -> str:
        base = make_slug(name)
        if not base:
            raise RefusedError(f"no slug can be made from “{name}”", code="bad-slug", slug=name)
        slug, n = base, self._numbers.get(base, 1)
        while slug in self._names:
            n += 1
            slug = f"{base[: _LONGEST - len(str(n)) - 1].rstrip('-')}-{n}"
        self._numbers[base] = n
        self._names[slug] = name
        self._called[name_key(name)] = {slug: name}
        return slug

    def step(self, facility: Subject, kind: Kind) -> Subject:
        """The milestone of this kind.

        Raises:
            RefusedError: The facility has several of this kind, and none is named by it alone.
        """
        slugs = self._steps.get((facility.facility, kind), [])
        if len(slugs) > 1 and kind.value not in slugs:
            known = ", ".join(sorted(slugs))
            raise RefusedError(
                f"which milestone of {facility.name}: {known}",
                code="which-milestone",
                facility=facility.name,
                known=known,
            )
        slug = slugs[0] if len(slugs) == 1 else kind.value
        return Subject(facility.facility, facility.name, slug, kind, facility.type)

    def knows(self, slug: str) -> bool:
        """Whether the store has a facility of this slug."""
        return slug in self._stored
