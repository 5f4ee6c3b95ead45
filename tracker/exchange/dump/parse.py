"""Reading what `dump.write_dump` wrote, from its beginning to its end in one pass.

Identities and acts are held in little memory, updates are handed on act by act and forgotten:
as the program writes them, they stand in the order of their numbers, and those of one act
together. Where a file has another order, all of them are held and put in order first.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from db.model.errors import RefusedError
from db.model.import_index import ImportIndex, refuse_twice
from db.model.period import Period
from db.model.progress import Stage, counted
from db.model.records import Act, ActKind, Basis, Kind, Type, Update, UpdateKind
from db.model.text import clean
from db.model.values import check_value
from db.read.imports import ANY_TABLE, Run
from db.schema.rows import from_micros, micros
from tracker.exchange.dump.checks import (
    Clock,
    FutureError,
    checked_number,
    checked_source,
    checked_text,
    checked_texts,
)
from tracker.exchange.dump.import_runs import parse_run
from tracker.exchange.dump.json_stream import Parts, bad_part
from tracker.exchange.dump.weekly_checks import RecordedReview, parse_review
from tracker.exchange.dump.write import FORMAT, VERSION, WITHOUT_REVIEWS

__all__ = ["Acts", "Dump", "OutOfOrderError"]

_LONGEST = 100  # characters of who typed something


class Acts(dict[int, Act]):
    """Added in any order; in the order of the numbers after `settle`."""

    def __init__(self, clock: Clock) -> None:
        """Begin without any; none may be later than `clock`."""
        super().__init__()
        self._clock = clock
        self._twice: list[int] = []

    def add(self, item: Any) -> None:  # noqa: ANN401 - JSON
        """Add one as it stands in the document.

        Raises:
            KeyError: A field is missing.
            ValueError: A value is none that could have been written.
            FutureError: Its instant is not yet.
            TypeError: As ValueError.
            OverflowError: Its instant is no day of any year.
        """
        moment = from_micros(micros(self._clock.instant(item, "recorded_at")))
        given = checked_text(item["by"])
        by = clean(given)[:_LONGEST] if given else None
        number, kind = checked_number(item["id"]), ActKind(item["kind"])
        if number in self:
            self._twice.append(number)
        self[number] = Act(number, kind, moment, by)

    def settle(self) -> None:
        """Put them in order.

        Raises:
            ValueError: Two have one number; it says which.
        """
        refuse_twice(self._twice * 2, "the act")
        acts = sorted(self.items())
        self.clear()
        self.update(acts)


T = TypeVar("T")
_WRONG = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


class OutOfOrderError(Exception):
    """Updates do not stand in the order in which the program writes them: hold them all."""


class Dump:
    """A document, read once: `rows` at first, then `acts`, then `reviews`, then `runs`.

    Attributes:
        rows: The facilities and milestones of it.
        number: How many acts it has.
    """

    def __init__(
        self, blocks: Iterable[str], name: str, *, clock: Clock, in_order: bool = True
    ) -> None:
        """Read as far as the acts.

        Args:
            blocks: The text, in pieces.
            name: What the file is called.
            clock: Nothing in it may be later by more than `CLOCK_ERROR`.
            in_order: Hold no more than one act, and raise `OutOfOrderError` where that will
                not do.

        Raises:
            RefusedError: It is no JSON, no dump, of a newer version, or a part of it is wrong;
                the message names the line or the part.
        """
        self._name, self._clock, self._in_order = name, clock, in_order
        self._parts = Parts(blocks, name)
        if self._parts.value("format") != FORMAT:
            self._parts.finish()
            raise RefusedError(f"{name}: this is not an export", code="no-dump", path=name)
        self._version = self._parts.value("version")
        if self._version not in (WITHOUT_REVIEWS, VERSION):
            raise bad_part(name, f"version {self._version!r} is not known here")
        self.rows, self._acts = ImportIndex(), Acts(clock)
        for part, add in (
            ("facilities", self._add_facility),
            ("milestones", self._add_milestone),
            ("acts", self._acts.add),
        ):
            for _ in self._each(part, add):
                pass
        self._checked(self.rows.check)
        self._checked(self._acts.settle)
        self.number = len(self._acts)
        self._ids = array("q")
        self._tables: list[Run] = []
        self._facility, self._steps = "", frozenset[str]()  # the last one, and its milestones

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
        for act in counted(self._acts.values(), self.number, Stage.READ):
            said, number = [], act.id
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
            self._note_table(act, said)
            yield act, said
        if waiting is not None:
            raise OutOfOrderError

    def _note_table(self, act: Act, said: list[Update]) -> None:
        """Note an import of a table; only fact files give every source a short name."""
        if act.kind is ActKind.IMPORT and not all(u.source and u.source.key for u in said):
            day = max(u.reported_on for u in said)
            self._tables.append(Run("", ANY_TABLE, day, {}, act.id, act.id, act.recorded_at))

    def reviews(self) -> Iterator[RecordedReview]:
        """Every weekly check."""
        if self._version != WITHOUT_REVIEWS:
            yield from self._each("reviews", self._review)

    def runs(self) -> Iterator[Run]:
        """Every import of a table, read to the end of the document.

        Older documents do not tell tables apart: their imports are of any table, as in a
        store of that time.
        """
        yield from self._each("imports", self._run, is_optional=True)
        if "imports" not in self._parts.met:
            yield from self._tables
        self._parts.finish()

    def _each(
        self, part: str, make: Callable[[Any], T], *, is_optional: bool = False
    ) -> Iterator[T]:
        for place, item in enumerate(self._parts.items(part, is_optional=is_optional)):
            try:
                made = make(item)
            except FutureError as error:
                raise self._of_future(f"{part}[{place}]", item, error) from None
            except _WRONG as error:
                why = f"{error} is missing" if isinstance(error, KeyError) else str(error)
                raise bad_part(f"{self._name}: {part}[{place}]", why) from None
            yield made

    def _of_future(self, where: str, item: Any, error: FutureError) -> RefusedError:  # noqa: ANN401 - JSON
        now = self._clock.now.isoformat(timespec="seconds")
        number = item.get("id", item.get("after"))
        return RefusedError(
            f"{self._name}: {where} (id {number}): {error.field} {error.value} is later than"
            f" now, {now}: a clock was wrong; correct it in the file",
            code="dump-in-future",
            path=self._name,
            where=where,
            number=number,
            field=error.field,
            value=error.value,
            now=now,
        )

    def _checked(self, check: Callable[[], None]) -> None:
        try:
            check()
        except (RefusedError, ValueError) as error:
            raise bad_part(self._name, str(error)) from None

    def _add_facility(self, item: Any) -> None:  # noqa: ANN401 - JSON
        self.rows.add_facility(str(item["slug"]), Type(item["type"]))

    def _add_milestone(self, item: Any) -> None:  # noqa: ANN401
        facility, slug, kind = str(item["facility"]), str(item["slug"]), _kind(item["kind"])
        self.rows.add_milestone(facility, slug, kind)

    def _review(self, item: Any) -> RecordedReview:  # noqa: ANN401
        return parse_review(item, self._acts, self._clock)

    def _run(self, item: Any) -> Run:  # noqa: ANN401
        return parse_run(item, self._acts, self._clock)

    def _day(self, text: str) -> date:
        day = _read_day(text)
        if day > self._clock.today:
            self._clock.check_day("reported_on", day)
        return day

    def _update(self, item: Any) -> Update:  # noqa: ANN401
        number, act_number, kind, value, milestone, seq, facility, *said = _FIELDS(item)
        period, phrase, day, basis, reason, action, evidence, source, retracts = said
        act = self._acts.get(checked_number(act_number))
        if act is None:
            checked_number(number)
            raise ValueError(f"there is no act {act_number}")
        return Update(
            facility if type(facility) is str else str(facility),
            checked_text(milestone),
            _update_kind(kind),
            self._day(day),
            _period(period) if period else None,
            value,
            checked_text(phrase),
            _basis(basis),
            checked_text(reason),
            checked_text(action),
            checked_texts(evidence),
            checked_source(source),
            None if retracts is None else checked_number(retracts),
            id=checked_number(number),
            act=act.id,
            seq=checked_number(seq),
            recorded_at=act.recorded_at,
        )

    def _check(self, u: Update) -> None:
        """Refuse an update that refers to what is not there, or holds what no statement can."""
        why = None
        if self._in_order:
            if self._ids and u.id <= self._ids[-1]:
                raise OutOfOrderError
            self._ids.append(u.id)
        if u.facility != self._facility and not self._turn_to(u.facility):
            why = f"the facility “{u.facility}” is missing"
        elif u.milestone is not None and u.milestone not in self._steps:
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

    def _turn_to(self, facility: str) -> bool:
        """Look up the milestones of a facility; tell whether there is one."""
        place = self.rows.place(facility)
        if place is not None:
            self._facility = facility
            self._steps = frozenset(slug for _, slug, _ in self.rows.steps_at(place))
        return place is not None

    def _is_before(self, target: int, number: int) -> bool:
        place = bisect_left(self._ids, target)
        return target < number and place < len(self._ids) and self._ids[place] == target


_FIELDS = itemgetter(
    *("id", "act", "kind", "value", "milestone", "seq", "facility", "period", "phrase"),
    *("reported_on", "reported_basis", "reason", "action", "evidence", "source", "retracts"),
)
_update_kind, _basis, _kind = cache(UpdateKind), cache(Basis), cache(Kind)
_period = lru_cache(8192)(Period.parse)
_read_day = lru_cache(8192)(date.fromisoformat)
