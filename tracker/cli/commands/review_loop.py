"""The weekly check as a conversation in a shell: a question, one key, the next question."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from db.model.errors import RefusedError, TrackerError
from db.model.records import Batch, Milestone, Source, Standing, Update, UpdateKind
from tracker.acts import statements
from tracker.acts.act_messages import acted, taken_back
from tracker.acts.review_acts import Reviewing, teller
from tracker.acts.review_summary import called, content, question, summary, told_by
from tracker.acts.typed_date import read_date
from tracker.app import clock
from tracker.app.workspace import Workspace
from tracker.cli.output.streams import RUN, ask, complain, say
from tracker.cli.output.weekly_check import print_recap
from tracker.domain.board import FacilityPage, read_facility
from tracker.domain.review import Check, Item, find_check, week_of
from tracker.domain.statement_labels import confirmed_late, label_of
from tracker.tui.keys.hangul import is_syllable, latin_of
from tracker.words import GLYPHS, Words

__all__ = ["walk"]

_UPDATES = 4


def _this_week(here: Workspace) -> Check | None:
    with here.reading() as reader:
        return find_check(reader, week_of(here.today), here.today, here.config.limits)


def walk(here: Workspace, by: str | None, source: Source | None) -> None:
    """Go through this week's check until it is over or the person stops."""
    writing, words = Reviewing(here, by), here.words
    check = _this_week(here)
    try:
        if check is not None and check.closed and not _yes("review.ask_again", words, check):
            print_recap(check, here)
            return
        if check is None and source is None:
            who = _ask(words("review.who"))
            source = teller(who, _ask(words("review.where")))
        writing.begin(source)
        _Walk(here, by, writing).run()
    except (EOFError, KeyboardInterrupt):
        check = _this_week(here)
        left = words("review.left", open=len(check.open_items)) if check else ""
        say(f"\n{left}".rstrip())


def _ask(label: str) -> str:
    return ask(f"{label}: ").strip()


def _yes(key: str, words: Words, check: Check, *, otherwise: bool = False) -> bool:
    answer = _ask(words.lookup(key, week=check.review.week))
    return answer[:1].lower() in words("review.yes") if answer else otherwise


@dataclass
class _Walk:
    """Where the conversation is; `at` is the position of the item that is asked about."""

    here: Workspace
    by: str | None
    writing: Reviewing
    at: int = 0
    trail: list[int] = field(default_factory=list)

    @property
    def words(self) -> Words:
        return self.here.words

    def _check(self) -> Check:
        check = _this_week(self.here)
        assert check is not None  # noqa: S101 - it was begun
        return check

    def run(self) -> None:
        """Ask until nothing is open any more, then whether to close."""
        following: Item | None = self._check().next_open()
        while following is not None:
            self.at = following.position
            following = self._about(following)
        check = self._check()
        say("")
        print_recap(check, self.here)
        if _yes("review.ask_end", self.words, check, otherwise=True):
            self.writing.close(check.review)
            RUN.done()
            say(self.words("review.ended", summary=summary(check, self.words)))

    def _about(self, item: Item) -> Item | None:
        """Talk about one item; the one to go on with, or None at the end."""
        RUN.reset()  # what was answered before can be seen in the check
        check = self._check()
        item = check.item(item.position) or item
        for line in _story(self.here, check, item):
            say(line)
        while True:
            try:
                typed = ask("> ").strip()
            except RefusedError as error:
                complain(self.words.error(error))
                continue
            key, rest = latin_of(typed[:1]) or typed[:1].lower(), typed[1:].strip()
            act = _KEYS.get(key)
            if act is None:
                self._help(key)
                continue
            try:
                return act(self, check, item, rest)
            except TrackerError as error:
                complain(self.words.error(error))
                check = self._check()
                item = check.item(item.position) or item
                say(question(item, self.words))

    def _help(self, key: str) -> None:
        if is_syllable(key):
            complain(self.words("ui.syllable"))
        elif key not in {"", "?"}:
            complain(self.words("review.unknown_key", typed=key))
        say(self.words("review.prompt"))

    def _next(self, item: Item) -> Item | None:
        self.trail.append(item.position)
        return self._check().next_open(item.position)

    # -- keys ------------------------------------------------------------------------------------

    def _record(self, check: Check, item: Item, batch: Batch) -> Item | None:
        source = check.review.source
        batch = replace(
            batch,
            statements=tuple(replace(s, source=s.source or source) for s in batch.statements),
            answering=check.answering(item),
        )
        with self.here.writing() as store:
            receipt = store.record(batch, by=self.by, now=clock.now(), today=self.here.today)
        RUN.done()
        asked = item.asked
        names = {asked.facility: called(item, self.words)[0]}
        say(acted(receipt, self.words, self.here.today, names, self.here.config.timezone))
        return self._next(item)

    def say(self, check: Check, item: Item, _: str, *, kind: UpdateKind) -> Item | None:
        return self._record(check, item, statements.say(_milestone(item), kind, self.here.today))

    def complete(self, check: Check, item: Item, when: str) -> Item | None:
        today = self.here.today
        when = when or _ask(self.words("review.ask_when")) or "today"
        reading = read_date(when, today)
        return self._record(check, item, statements.complete(_milestone(item), reading, today))

    def plan(self, check: Check, item: Item, when: str) -> Item | None:
        words, today = self.words, self.here.today
        reading = read_date(when or _ask(words("ui.new_period")), today)
        reason, action = _ask(words("field.reason")), _ask(words("field.action"))
        planned = statements.plan(
            _milestone(item), reading, today, reason=reason, action=action, source=""
        )
        return self._record(check, item, planned)

    def hold(self, check: Check, item: Item, reason: str) -> Item | None:
        m = _milestone(item)
        held = m.standing is Standing.ON_HOLD
        kind = UpdateKind.RESUME if held else UpdateKind.HOLD
        if not held and not reason:
            reason = _ask(self.words("field.reason"))
        said_so = statements.say(m, kind, self.here.today, reason=reason)
        return self._record(check, item, said_so)

    def note(self, check: Check, item: Item, text: str) -> Item | None:
        text = text or _ask(self.words("ui.text"))
        said_so = statements.say(_milestone(item), UpdateKind.NOTE, self.here.today, value=text)
        return self._record(check, item, said_so)

    def skip(self, check: Check, item: Item, _: str) -> Item | None:
        self.writing.skip(check.answering(item))
        RUN.done()
        return self._next(item)

    def back(self, check: Check, item: Item, _: str) -> Item | None:
        before = check.item(self.trail.pop() if self.trail else item.position - 1)
        if before is None:
            raise RefusedError(self.words("review.none_before"))
        return before

    def undo(self, check: Check, _item: Item, _: str) -> Item | None:
        last = check.last_step(self.by)
        if last is None:
            raise RefusedError("there is nothing to undo", code="nothing-to-undo")
        item, decision = last
        if decision is None:
            self.writing.skip(check.answering(item), back=True)
        else:
            receipt = self.writing.undo(decision.act)
        RUN.done()
        what = " · ".join(called(item, self.words))
        if decision is None:
            say(self.words("ui.undone", what=what))
        else:
            say(taken_back(receipt, what, self.words))
        return item

    def who(self, check: Check, item: Item, who: str) -> Item | None:
        who = who or _ask(self.words("review.who"))
        source = teller(who, _ask(self.words("review.where")))
        self.writing.tell(check.review, source)
        say(self.words("review.told", who=told_by(source) or "–"))
        return item

    def stop(self, _check: Check, _item: Item, _: str) -> Item | None:
        raise EOFError


_KEYS: dict[str, Callable[[_Walk, Check, Item, str], Item | None]] = {
    **{
        kind.spec.keys[0]: partial(_Walk.say, kind=kind)
        for kind in UpdateKind
        if kind.spec.keys and kind.is_bare
    },
    "c": _Walk.complete,
    "p": _Walk.plan,
    "s": _Walk.hold,
    "n": _Walk.note,
    "x": _Walk.skip,
    "b": _Walk.back,
    "u": _Walk.undo,
    "w": _Walk.who,
    "q": _Walk.stop,
}


def _milestone(item: Item) -> Milestone:
    if item.row is None:
        raise RefusedError("the milestone is gone", code="no-milestone-any-more")
    return item.row.milestone


# -- the story -----------------------------------------------------------------------------------


def _story(here: Workspace, check: Check, item: Item) -> Iterator[str]:
    """What an item asks, and what helps to answer: its facility, its steps, the last updates."""
    words = here.words
    place = words("review.place", place=item.position, total=len(check.items))
    done = words(
        "review.place", place=len(check.items) - len(check.open_items), total=len(check.items)
    )
    yield f"\n── {place} ── ✓ {done} ──"
    yield " · ".join(called(item, words))
    yield f"  {question(item, words)}"
    if item.row is None:
        return
    with here.reading() as reader:
        page = read_facility(reader, item.asked.facility, here.today, here.config.limits)
    f = page.summary.facility
    cost = words.money(f.cost_krw) if f.cost_krw is not None else None
    known = " · ".join(filter(None, (f.city, f.cluster, cost, f.owner)))
    yield f"  {known or '–'}"
    yield "  " + "  ".join(_steps(page, words))
    yield from _updates(page, words)


def _steps(page: FacilityPage, words: Words) -> Iterator[str]:
    for row in page.rows:
        m = row.milestone
        name = words.milestone(m.kind, m.title)
        yield f"{name} {words.period(m.actual or m.forecast)} {GLYPHS[row.judged.state]}"


def _tells(update: Update) -> bool:
    """Whether it is in force, and more than what a milestone is called."""
    only_title = update.kind is UpdateKind.SET and update.milestone is not None
    return update.retracted_by is None and update.retracts is None and not only_title


def _updates(page: FacilityPage, words: Words) -> Iterator[str]:
    titles = {
        r.milestone.slug: words.milestone(r.milestone.kind, r.milestone.title) for r in page.rows
    }
    shown = [u for u in page.updates if _tells(u)]
    late = confirmed_late(page.updates)
    for u in shown[:_UPDATES]:
        about = titles.get(u.milestone or "", "")
        where = (u.source.publisher or u.source.title or u.source.url or "") if u.source else ""
        phrase = f"“{u.phrase}”" if u.phrase else ""
        line = " ".join(filter(None, (about, label_of(u, words, late), content(u, words), phrase)))
        yield f"    {words.reported(u)}  {line}" + (f"  ({where})" if where else "")
