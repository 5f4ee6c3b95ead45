"""The forms that add and edit facilities and milestones."""

from collections.abc import Callable
from functools import partial
from typing import Any

from db.model.errors import RefusedError
from db.model.period import Period
from db.model.records import Batch, Facility, Kind, Milestone, Statement, Type, UpdateKind
from db.read.reader import Reader
from tracker.acts.adding import (
    LADDER,
    TEXTS,
    details,
    kind_of,
    new_facility,
    new_milestone,
    read_aliases,
    read_shares,
    refuse_lookalike,
    refuse_namesake,
    refuse_taken,
    slug_of,
    step_slug,
)
from tracker.acts.statements import joined
from tracker.acts.typed_date import Reading, read_date
from tracker.tui.forms.field import Field
from tracker.tui.forms.form import Answers, Form
from tracker.tui.session.store_session import StoreSession

__all__ = ["Adding"]

_DONE = ("완료", "done")
_PROGRAMME = ("target_count", "duration")
_LISTS = (("alias", "aliases"), ("funding", "funding"))
_DETAILS = ("name", *TEXTS, "cost", "floor_area", "alias", "funding")


class Adding:
    """Makes the forms that add and those that edit."""

    def __init__(self, session: StoreSession) -> None:
        """Add to the store of `session`, on its day."""
        self._session = session
        self._words = session.words

    # -- new -------------------------------------------------------------------------------------

    def facility(self, type_: Type) -> Form:
        """Return the form of a new facility with the usual steps, or of a programme."""
        steps = LADDER if type_ is Type.FACILITY else ()
        fields = [self._name(), *self._details(type_), *map(self._step_field, steps)]
        asked: set[str] = set()  # names of which was said that others look like them

        def build(answers: Answers) -> Batch:
            given = self._given(answers, type_)
            value = {k: v for k, v in given.items() if v is not None}
            slug = self._free_slug(answers.text("name"), answers.text("name_en"))
            self._ask_once(answers.text("name"), asked)
            batch = new_facility(slug, type_, value, self._session.today, unlike=True)
            return joined([batch, *self._steps(slug, answers, steps)])

        return Form(self._session, self._words.of("ui.add", type_.value), fields, build)

    def milestone(self, facility: Facility) -> Form:
        """Return the form of a new step of a facility."""
        words = self._words
        fields = [
            Field(
                "kind",
                words("field.kind"),
                hint=words("ui.kind_hint"),
                read=lambda text: words.kind(kind_of(text)) if text else "",
                needed=True,
            ),
            Field("title", words("field.title"), hint=words("ui.title_hint")),
            Field("when", words("field.period"), hint=words("ui.step_hint"), read=self._planned),
        ]

        def build(answers: Answers) -> Batch:
            kind, title = kind_of(answers.text("kind")), answers.text("title") or None
            taken = self._session.ask(lambda r: r.kinds_of(facility.slug))
            slug = step_slug(taken, kind, title)
            return self._step(facility.slug, slug, kind, answers.text("when"), title=title)

        return Form(self._session, words("ui.add.milestone", name=facility.name), fields, build)

    def _name(self) -> Field:
        def read(text: str) -> str:
            slug = self._free_slug(text, "") if text else ""
            return self._words("ui.new_slug", slug=slug) if slug else ""

        return Field("name", self._words("field.name"), read=read, needed=True)

    def _ask_once(self, name: str, asked: set[str]) -> None:
        """Refuse a name similar to that of another facility, once: saving again confirms it."""
        if name in asked or not self._session.has_store:
            return
        try:
            self._session.ask(lambda r: refuse_lookalike(r, name))
        except RefusedError as error:
            asked.add(name)
            known = error.fields["known"]
            raise RefusedError(self._words("ui.looks_like", known=known)) from None

    def _free_slug(self, name: str, name_en: str) -> str:
        slug = slug_of(name, name_en or None)
        if not self._session.has_store:
            return slug
        try:
            self._session.ask(lambda r: refuse_namesake(r, name))
            self._session.ask(lambda r: refuse_taken(r, slug))
        except RefusedError as error:
            if error.code not in {"name-taken", "slug-taken"}:
                raise
            taken = error.fields.get("name", slug)  # a form has no --slug to name it apart
            raise RefusedError(self._words("ui.name_taken", name=taken)) from None
        return slug

    # -- steps -----------------------------------------------------------------------------------

    def _step_field(self, kind: Kind) -> Field:
        label, hint = self._words.kind(kind), self._words("ui.step_hint")
        return Field(f"step.{kind.value}", label, hint=hint, read=self._planned)

    def _reading(self, text: str) -> tuple[Reading, bool]:
        """Read the text of a step: its period, and whether it is done."""
        last = text.rsplit(None, 1)[-1].casefold() if text else ""
        done = last in _DONE
        when = text[: -len(last)].strip() if done else text
        return read_date(when or "today", self._session.today, self._session.read_period), done

    def _planned(self, text: str) -> str:
        if not text:
            return ""
        reading, done = self._reading(text)
        shown = reading.shown(self._words, self._session.today)
        kind = UpdateKind.ACTUAL if done else UpdateKind.PLAN
        return f"{self._words.update(kind)} · {shown}"

    def _steps(self, slug: str, answers: Answers, steps: tuple[Kind, ...]) -> list[Batch]:
        given = [(kind, answers.text(f"step.{kind.value}")) for kind in steps]
        return [self._step(slug, kind.value, kind, text) for kind, text in given if text]

    def _step(
        self, facility: str, slug: str, kind: Kind, text: str, *, title: str | None = None
    ) -> Batch:
        reading, done = self._reading(text) if text else (Reading(), False)
        if done:
            self._refuse_future(reading)
        return new_milestone(
            facility,
            slug,
            kind,
            self._session.today,
            period=reading.period,
            phrase=text or None,
            title=title,
            done=done,
        )

    def _refuse_future(self, reading: Reading) -> None:
        today, period = self._session.today, reading.period
        if period and period.earliest and period.earliest > today:
            raise RefusedError(
                f"{period} is after {today}",
                code="completed-in-future",
                day=period.earliest.isoformat(),
                today=today.isoformat(),
            )

    # -- changes ---------------------------------------------------------------------------------

    def edit(self, facility: Facility, milestone: Milestone | None) -> Form:
        """Return the form that edits a facility, and the title of one of its milestones."""
        before = _shown(facility, self._words)
        name = Field("name", self._words("field.name"), before["name"], needed=True)
        fields = [name, *self._details(facility.type, before)]
        if milestone is not None:
            step = self._words.milestone(milestone.kind, milestone.title)
            label = self._words("ui.step_title", step=step)
            fields.append(Field("title", label, milestone.title or ""))

        def build(answers: Answers) -> Batch:
            return self._changes(facility, milestone, before, answers)

        return Form(self._session, self._words("ui.edit_title", name=facility.name), fields, build)

    def _changes(
        self,
        facility: Facility,
        milestone: Milestone | None,
        before: dict[str, str],
        answers: Answers,
    ) -> Batch:
        today, statements = self._session.today, []
        changed = {n for n in self._names(facility.type) if answers.text(n) != before[n]}
        value = self._given(answers, facility.type, only=changed)
        if value:
            statements.append(Statement(facility.slug, None, UpdateKind.SET, today, value=value))
        title = answers.text("title") if milestone is not None else ""
        if milestone is not None and title != (milestone.title or ""):
            named = {"title": title or None}
            statements.append(
                Statement(facility.slug, milestone.slug, UpdateKind.SET, today, value=named)
            )
        if not statements:
            raise RefusedError(self._words("ui.nothing_changed"))
        lists = {a for n, a in _LISTS if n in changed}

        def check(reader: Reader) -> None:
            """Refuse if a list has changed meanwhile: it is set as a whole."""
            now = reader.facility(facility.slug)
            if any(getattr(now, name) != getattr(facility, name) for name in lists):
                raise RefusedError(
                    f"{facility.name}: somebody has changed its names or its funding; look again",
                    code="changed-meanwhile",
                    facility=facility.name,
                )

        return Batch(tuple(statements), checks=(check,))

    # -- details ---------------------------------------------------------------------------------

    def _names(self, type_: Type) -> tuple[str, ...]:
        return (*_DETAILS, *(_PROGRAMME if type_ is Type.PROGRAMME else ()))

    def _details(self, type_: Type, before: dict[str, str] | None = None) -> list[Field]:
        readers: dict[str, Callable[[str], Any]] = {
            name: partial(self._read, name)
            for name in ("cost", "floor_area", "funding", *_PROGRAMME)
        }
        hints = {"cost": "ui.cost_hint", "funding": "ui.funding_hint", "alias": "ui.aliases_hint"}
        return [
            Field(
                name,
                self._words.of("field", name),
                (before or {}).get(name, ""),
                hint=self._words.lookup(hints[name]) if name in hints else "",
                read=readers.get(name),
            )
            for name in self._names(type_)
            if name != "name"
        ]

    def _read(self, name: str, text: str) -> str:
        """Return what a detail was understood as; empty if that is what was typed."""
        if not text:
            return ""
        if name == "funding":
            shown = _funding(read_shares(text), self._words)
        else:
            (value,) = details({name: text}, self._period).values()
            if name == "cost":
                shown = self._words.money(value)
            elif name == "duration":
                shown = self._words.period(Period.parse(value))
            else:
                shown = f"{value:,.10g}"
        return "" if shown == text else shown

    def _period(self, text: str) -> Period:
        return self._session.read_period(text, self._session.today)

    def _given(self, answers: Answers, type_: Type, only: set[str] | None = None) -> dict[str, Any]:
        """Return the answers as attributes; an empty one removes the detail."""
        names = [n for n in self._names(type_) if only is None or n in only]
        texts = {n: answers.text(n) for n in names}
        plain = {n: t for n, t in texts.items() if n not in {"alias", "funding"}}
        value = details(plain, self._period)
        if "alias" in texts:
            value["aliases"] = read_aliases(texts["alias"]) or None
        if "funding" in texts:
            value["funding"] = read_shares(texts["funding"]) or None
        return value


def _shown(f: Facility, words: Any) -> dict[str, str]:  # noqa: ANN401 - Words
    """Return the attributes of a facility as they would be typed."""
    return {
        **{name: getattr(f, name) or "" for name in ("name", *TEXTS)},
        "cost": words.money(f.cost_krw) if f.cost_krw is not None else "",
        "floor_area": f"{f.floor_area_m2:,.10g}" if f.floor_area_m2 is not None else "",
        "alias": ", ".join(f.aliases),
        "funding": _funding(f.funding, words),
        "target_count": f"{f.target_count:,}" if f.target_count is not None else "",
        "duration": words.period(f.duration) if f.duration else "",
    }


def _funding(shares: Any, words: Any) -> str:  # noqa: ANN401
    return " · ".join(
        f"{words.of('funding', k) if words.has(f'funding.{k}') else k} "
        f"{words.money(v) if isinstance(v, int) else v}"
        for k, v in shares.items()
    )
