"""The kinds of statements, declared once: what each needs, what it does and when it is refused.

A new kind is a member of `UpdateKind`, which names it in the store, JSON and facts files; its
`KindSpec`; and its words in both catalogues of `tracker.words`. Its command, its key or its entry
among the changes of state, and its fold follow from these, unless `db.fold.folding` or
`tracker.cli.commands.write` has a function of its own for it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from db.model.states import Standing, Word

__all__ = [
    "DATED",
    "MOVING",
    "PLANNED",
    "KindSpec",
    "Refusal",
    "UpdateKind",
    "UpdateValue",
    "commands",
]

_OVER = (Standing.COMPLETED, Standing.CANCELLED)


class UpdateValue(StrEnum):
    """What the value of a statement holds."""

    REMARK = "remark"
    TEXT = "text"
    PERCENTAGES = "percentages"
    ATTRIBUTES = "attributes"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a kind is refused: the code of the error and the end of its English sentence."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class KindSpec:
    """What a statement of one kind is.

    Attributes:
        facts: Korean words for it in facts files.
        needs_milestone: It is refused for a facility as a whole.
        needs_reason: It is refused without a reason.
        field: The date of a milestone that its period gives; empty where it has no period.
        needs_period: It is refused without a period.
        value: What its value holds.
        marks: Remarks on what its date rests on, see `db.model.values`.
        sets: The day of a milestone that it sets to the day of the report.
        keeps_first: It does not set that day again.
        repeats: It is recorded again and again, and the newest day counts.
        clears: What it takes away from a milestone.
        for_all: For a facility as a whole, it applies to its milestones.
        refused_on: Standings of a milestone on which a person cannot record it.
        only_on: The standings on which alone a person can record it, where there are any.
        otherwise: Why it is refused on others than those.
        overrules: Of two statements of a day whose kinds have this in common, the later counts.
        answers_doubt: It settles a doubted date, see `tracker.domain.doubts`.
        command: The command that records it; empty where none does.
        keys: The keys that record it on the screen; without any it is a change of state.
    """

    facts: tuple[str, ...] = ()
    needs_milestone: bool = False
    needs_reason: bool = False
    field: Literal["", "forecast", "baseline", "actual"] = ""
    needs_period: bool = False
    value: UpdateValue = UpdateValue.REMARK
    marks: tuple[str, ...] = ()
    sets: str = ""
    keeps_first: bool = False
    repeats: bool = False
    clears: tuple[str, ...] = ()
    for_all: bool = False
    refused_on: tuple[Standing, ...] = ()
    only_on: tuple[Standing, ...] = ()
    otherwise: Refusal | None = None
    overrules: Literal["", "dates", "standing"] = ""
    answers_doubt: bool = False
    command: str = ""
    keys: str = ""


class UpdateKind(Word):
    """What a status update says; `tracker.words` has the words for each."""

    PLAN = "plan"
    ORIGINAL = "original"
    BASELINE = "baseline"
    ACTUAL = "actual"
    PROGRESS = "progress"
    HOLD = "hold"
    RESUME = "resume"
    CANCEL = "cancel"
    REOPEN = "reopen"
    CONFIRM = "confirm"
    NOTE = "note"
    SET = "set"
    RETRACT = "retract"

    @property
    def spec(self) -> KindSpec:
        """Its declaration."""
        return _SPECS[self]

    @property
    def is_bare(self) -> bool:
        """Whether it gives no period and no value: the kind and perhaps a reason say it all."""
        spec = self.spec
        no_value = spec.value is UpdateValue.REMARK and not spec.field
        return no_value and self is not UpdateKind.RETRACT

    @property
    def is_explained(self) -> bool:
        """Whether its reason is what it says."""
        return self.is_bare and self.spec.needs_reason

    @property
    def is_about_dates(self) -> bool:
        """Whether it belongs to the history of a date."""
        return bool(self.spec.field) or self.is_bare


_SPECS = {
    UpdateKind.PLAN: KindSpec(
        facts=("계획", "예정"),
        needs_milestone=True,
        field="forecast",
        marks=("listed",),
        refused_on=_OVER,
        overrules="dates",
        answers_doubt=True,
        command="plan",
        keys="p,f3",
    ),
    UpdateKind.ORIGINAL: KindSpec(
        facts=("당초",),
        needs_milestone=True,
        field="baseline",
        needs_period=True,
        marks=("listed",),
        overrules="dates",
    ),
    UpdateKind.BASELINE: KindSpec(
        facts=("기준", "재승인"),
        needs_milestone=True,
        needs_reason=True,
        field="baseline",
        needs_period=True,
        overrules="dates",
        answers_doubt=True,
        command="baseline",
    ),
    UpdateKind.ACTUAL: KindSpec(
        facts=("실적", "완료"),
        needs_milestone=True,
        field="actual",
        needs_period=True,
        marks=("as_planned",),
        overrules="standing",
        answers_doubt=True,
        command="complete",
        keys="c,space,f2",
    ),
    UpdateKind.PROGRESS: KindSpec(
        facts=("공정률",), value=UpdateValue.PERCENTAGES, command="progress"
    ),
    UpdateKind.HOLD: KindSpec(
        facts=("보류",),
        needs_reason=True,
        sets="on_hold_since",
        keeps_first=True,
        for_all=True,
        refused_on=(*_OVER, Standing.ON_HOLD),
        overrules="standing",
        command="hold",
    ),
    UpdateKind.RESUME: KindSpec(
        facts=("재개",),
        clears=("on_hold_since",),
        for_all=True,
        only_on=(Standing.ON_HOLD,),
        otherwise=Refusal("not-on-hold", "is not on hold"),
        overrules="standing",
        command="resume",
    ),
    UpdateKind.CANCEL: KindSpec(
        facts=("취소·중단", "취소", "중단", "폐기"),  # 폐기: as earlier versions called it
        needs_reason=True,
        sets="cancelled_on",
        for_all=True,
        refused_on=_OVER,
        overrules="standing",
        command="cancel",
    ),
    UpdateKind.REOPEN: KindSpec(
        facts=("복원",),
        clears=("cancelled_on", "actual", "actual_on", "actual_by"),
        for_all=True,
        only_on=_OVER,
        otherwise=Refusal("not-over", "is neither completed nor cancelled"),
        overrules="standing",
        command="reopen",
    ),
    UpdateKind.CONFIRM: KindSpec(
        facts=("확인",),
        needs_milestone=True,
        sets="confirmed_on",
        repeats=True,
        refused_on=_OVER,
        answers_doubt=True,
        command="confirm",
        keys="v,f5",
    ),
    UpdateKind.NOTE: KindSpec(facts=("메모",), value=UpdateValue.TEXT, command="note", keys="n,f4"),
    UpdateKind.SET: KindSpec(facts=("변경", "설정"), value=UpdateValue.ATTRIBUTES),
    UpdateKind.RETRACT: KindSpec(),
}

DATED = frozenset(kind for kind in UpdateKind if kind.spec.field)
"""Kinds that give a period."""

PLANNED = frozenset(kind for kind in UpdateKind if "listed" in kind.spec.marks)
"""Kinds that give the first baseline."""

MOVING = frozenset(kind for kind in UpdateKind if kind.spec.overrules)
"""Kinds that change the dates or the standing of a milestone; after one, nothing is repeated."""


def commands() -> dict[str, UpdateKind]:
    """Return the kinds by their commands: those with a key first, then those that are bare."""
    known = {kind.spec.command: kind for kind in UpdateKind if kind.spec.command}
    return dict(
        sorted(known.items(), key=lambda item: (not item[1].spec.keys, not item[1].is_bare))
    )
