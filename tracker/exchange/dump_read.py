"""Reading what `dump.write_dump` wrote, from its beginning to its end in one pass.

Identities and acts are held, updates are handed on act by act and forgotten: as the program
writes them, they stand in the order of their numbers, and those of one act together. Where a
file has another order, all of them are held and put in order first.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, TypeVar

from db.errors import RefusedError
from db.period import Period
from db.records import (
    Act,
    ActKind,
    Basis,
    Batch,
    Kind,
    NewFacility,
    NewMilestone,
    Type,
    Update,
    UpdateKind,
)
from db.text import clean
from db.values import check_value
from db.watch import Stage, counted
from tracker.exchange.dump import FORMAT, VERSION, WITHOUT_REVIEWS
from tracker.exchange.dump_checks import (
    check_acts,
    check_identities,
    checked_number,
    checked_source,
    checked_text,
    checked_texts,
    refuse_twice,
)
from tracker.exchange.dump_reviews import RecordedReview, parse_review
from tracker.exchange.json_parts import Parts, bad_part

__all__ = ["Dump", "OutOfOrderError"]

T = TypeVar("T")
_LONGEST = 100  # characters of who typed something
_WRONG = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


class OutOfOrderError(Exception):
    """Updates do not stand in the order in which the program writes them: hold them all."""


class Dump:
    """A document, read once: `rows` at first, then `acts`, then `reviews`.

    Attributes:
        rows: The facilities and milestones of it.
        number: How many acts it has.
    """

    def __init__(self, blocks: Iterable[str], name: str, *, in_order: bool = True) -> None:
        """Read as far as the acts.

        Args:
            blocks: The text, in pieces.
            name: What the file is called.
            in_order: Hold no more than one act, and raise `OutOfOrderError` where that will
                not do.

        Raises:
            RefusedError: It is no JSON, no dump, of a newer version, or a part of it is wrong;
                the message names the line or the part.
        """
        self._name, self._in_order = name, in_order
        self._parts = Parts(blocks, name)
        if self._parts.value("format") != FORMAT:
            self._parts.finish()
            raise RefusedError(f"{name}: this is not an export", code="no-dump", path=name)
        self._version = self._parts.value("version")
        if self._version not in (WITHOUT_REVIEWS, VERSION):
            raise bad_part(name, f"version {self._version!r} is not known here")
        self.rows = Batch(
            statements=(),
            facilities=tuple(self._each("facilities", _new_facility)),
            milestones=tuple(self._each("milestones", _new_milestone)),
        )
        said = list(self._each("acts", _act))
        self._checked(lambda: check_identities(self.rows))
        self._checked(lambda: check_acts(said))
        self._acts = {act.id: act for act in sorted(said, key=lambda act: act.id)}
        self.number = len(said)
        self._steps: dict[str, list[str]] = {f.slug: [] for f in self.rows.facilities}
        for m in self.rows.milestones:
            self._steps[m.facility].append(m.slug)
        self._ids = array("q")

    def acts(self) -> Iterator[tuple[Act, list[Update]]]:
        """Every act with its updates, in the order of recording.

        Raises:
            RefusedError: A part is wrong.
            OutOfOrderError: They are to be held.
        """
        updates: Iterator[Update] = self._each("updates", self._update)
        if not self._in_order:
            held = sorted(updates, key=lambda u: (u.act, u.id))
            self._checked(lambda: refuse_twice([u.id for u in held], "the update"))
            self._ids = array("q", sorted(u.id for u in held))
            updates = iter(held)
        waiting = next(updates, None)
        for number, act in counted(self._acts.items(), self.number, Stage.READ):
            said = []
            while waiting is not None and waiting.act == number:
                self._check(waiting)
                said.append(waiting)
                waiting = next(updates, None)
            if not said and (waiting is None or not self._in_order):
                raise bad_part(self._name, f"act {number} says nothing")
            if not said:
                raise OutOfOrderError
            if len({u.seq for u in said}) < len(said):
                raise bad_part(self._name, f"a place in act {number} stands twice")
            yield act, said
        if waiting is not None:
            raise OutOfOrderError

    def reviews(self) -> Iterator[RecordedReview]:
        """Every weekly check, read to the end of the document."""
        if self._version != WITHOUT_REVIEWS:
            yield from self._each("reviews", lambda item: parse_review(item, self._acts))
        self._parts.finish()

    def _each(self, part: str, make: Callable[[Any], T]) -> Iterator[T]:
        for place, item in enumerate(self._parts.items(part)):
            try:
                made = make(item)
            except _WRONG as error:
                why = f"{error} is missing" if isinstance(error, KeyError) else str(error)
                raise bad_part(f"{self._name}: {part}[{place}]", why) from None
            yield made

    def _checked(self, check: Callable[[], None]) -> None:
        try:
            check()
        except (RefusedError, ValueError) as error:
            raise bad_part(self._name, str(error)) from None

    def _update(self, item: Any) -> Update:  # noqa: ANN401
        number, act = checked_number(item["id"]), self._acts.get(checked_number(item["act"]))
        if act is None:
            raise ValueError(f"there is no act {item['act']}")
        kind, value = _update_kind(item["kind"]), item["value"]
        milestone = checked_text(item["milestone"])
        return Update(
            id=number,
            act=act.id,
            seq=checked_number(item["seq"]),
            facility=_shared(str(item["facility"])),
            milestone=milestone,
            kind=kind,
            period=_period(item["period"]) if item["period"] else None,
            value=value,
            phrase=checked_text(item["phrase"]),
            reported_on=_day(item["reported_on"]),
            reported_basis=_basis(item["reported_basis"]),
            recorded_at=act.recorded_at,
            reason=checked_text(item["reason"]),
            action=checked_text(item["action"]),
            evidence=checked_texts(item["evidence"]),
            source=checked_source(item["source"]),
            retracts=None if item["retracts"] is None else checked_number(item["retracts"]),
        )

    def _check(self, u: Update) -> None:
        """Refuse an update that refers to what is not there, or holds what no statement can."""
        steps = self._steps.get(u.facility)
        why = None
        if self._in_order:
            if self._ids and u.id <= self._ids[-1]:
                raise OutOfOrderError
            self._ids.append(u.id)
        if steps is None:
            why = f"the facility “{u.facility}” is missing"
        elif u.milestone is not None and u.milestone not in steps:
            why = f"the milestone “{u.milestone}” is missing"
        elif u.retracts is not None and not self._is_before(u.retracts, u.id):
            why = f"it takes back {u.retracts}, which is not before it"
        if why is not None:
            raise bad_part(self._name, f"update {u.id}: {why}")
        of_milestone = u.milestone is not None
        try:
            check_value(u.kind, u.value, of_milestone=of_milestone)
        except (RefusedError, ValueError) as error:
            raise bad_part(self._name, str(error)) from None

    def _is_before(self, target: int, number: int) -> bool:
        place = bisect_left(self._ids, target)
        return target < number and place < len(self._ids) and self._ids[place] == target


_update_kind, _basis, _kind = cache(UpdateKind), cache(Basis), cache(Kind)
_period = lru_cache(8192)(Period.parse)
_day = lru_cache(8192)(date.fromisoformat)


@lru_cache(8192)
def _shared(text: str) -> str:
    """The same text for equal ones, of which a document has many."""
    return text


def _new_facility(item: Any) -> NewFacility:  # noqa: ANN401
    return NewFacility(_shared(str(item["slug"])), Type(item["type"]))


def _new_milestone(item: Any) -> NewMilestone:  # noqa: ANN401
    facility, slug = _shared(str(item["facility"])), _shared(str(item["slug"]))
    return NewMilestone(facility, slug, _kind(item["kind"]))


def _act(item: Any) -> Act:  # noqa: ANN401
    moment = datetime.fromisoformat(item["recorded_at"])
    if moment.tzinfo is None:
        raise ValueError("recorded_at is without a time zone")
    by = checked_text(item["by"])
    return Act(
        checked_number(item["id"]),
        ActKind(item["kind"]),
        moment,
        clean(by)[:_LONGEST] if by else None,
    )
