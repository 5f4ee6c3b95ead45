"""The forms that add and edit facilities and milestones."""

from functools import partial

from db.model.errors import RefusedError
from db.model.fields import FacilityField, FieldType, fields_of
from db.model.period import Period
from db.model.records import Batch, Facility, Kind, Milestone, Statement, Type, UpdateKind
from db.read.reader import Reader
from tracker.acts.adding import (
    LADDER,
    details,
    kind_of,
    new_facility,
    new_milestone,
    read_field,
    refuse_lookalike,
    refuse_namesake,
    refuse_taken,
    slug_of,
    step_slug,
)
from tracker.acts.statements import joined
from tracker.acts.typed_date import Reading, read_date
from tracker.domain.field_text import typed_text
from tracker.phrases import read
from tracker.tui.forms.field import Field
from tracker.tui.forms.form import Answers, Form
from tracker.tui.session.store_session import StoreSession

__all__ = ["Adding"]

_DONE = ("완료", "done")
_HINTS = {
    FieldType.MONEY: "ui.cost_hint",
    FieldType.SHARES: "ui.funding_hint",
    FieldType.NAMES: "ui.aliases_hint",
}
_ECHOED = frozenset(FieldType) - {FieldType.TEXT, FieldType.NAMES}
_LISTS = frozenset({FieldType.NAMES, FieldType.SHARES})


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
            given = details({f.key: answers.text(f.key) for f in fields_of(type_)}, self._period)
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
        return read_date(when or "today", self._session.today), done

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
        before = {
            field.key: typed_text(field, getattr(facility, field.name), self._words)
            for field in fields_of(facility.type)
        }
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
        changed = {key: text for key, was in before.items() if (text := answers.text(key)) != was}
        value = details(changed, self._period)
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
        lists = [f.name for f in fields_of(facility.type) if f.key in changed and f.type in _LISTS]

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

    def _details(self, type_: Type, before: dict[str, str] | None = None) -> list[Field]:
        return [
            Field(
                field.key,
                self._label(field),
                (before or {}).get(field.key, ""),
                hint=self._words.lookup(_HINTS[field.type]) if field.type in _HINTS else "",
                read=partial(self._echo, field) if field.type in _ECHOED else None,
            )
            for field in fields_of(type_)
            if field.name != "name"
        ]

    def _label(self, field: FacilityField) -> str:
        """Return what a form calls a field, which may differ from what a list of values does."""
        asked = f"field.{field.key}"
        return self._words.lookup(asked if self._words.has(asked) else f"field.{field.name}")

    def _echo(self, field: FacilityField, text: str) -> str:
        """Return what a detail was understood as; empty if that is what was typed."""
        shown = typed_text(field, read_field(field, text, self._period), self._words)
        return "" if shown == text else shown

    def _period(self, text: str) -> Period:
        return read(text, self._session.today)
