"""New facilities of a table whose names look like others: perhaps they are the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from db.model.records import Batch, UpdateKind
from db.model.similar_names import NameSimilarity
from tracker.app.workspace import Workspace

__all__ = ["Lookalike", "lookalikes_of"]


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A new facility, and another one that it looks like.

    Attributes:
        slug, name: The new one.
        other_slug, other_name: The one that was known, or that the same table makes too.
    """

    slug: str
    name: str
    other_slug: str
    other_name: str


def lookalikes_of(office: Workspace, fresh: Batch) -> tuple[Lookalike, ...]:
    """The facilities that a batch makes and that look like others, in the order of making."""
    made = {f.slug for f in fresh.facilities}
    names = {
        s.facility: str(s.value["name"])
        for s in fresh.statements
        if s.kind is UpdateKind.SET
        and s.facility in made
        and s.milestone is None
        and isinstance(s.value, dict)
        and s.value.get("name")
    }
    if not names:
        return ()
    likeness = NameSimilarity(names.values())
    known = list(names.items())
    if office.exists:
        with office.reading() as reader:
            known = [*((s, n) for s, n in reader.called_by() if s not in made), *known]
    return tuple(_each(names, likeness.among(known)))


def _each(names: dict[str, str], like: dict[str, list[tuple[str, str]]]) -> Iterator[Lookalike]:
    told = set()
    for slug, name in names.items():
        for other, title in like.get(name, ()):
            if other != slug and (other, slug) not in told:
                told.add((slug, other))
                yield Lookalike(slug, name, other, title)
