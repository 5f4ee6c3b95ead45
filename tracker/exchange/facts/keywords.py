"""The words of a facts file: English as the writer emits it, Korean as well on reading."""

from enum import StrEnum

from db.model.fields import FIELDS
from db.model.kinds import UpdateKind
from db.model.records import Type

__all__ = [
    "ATTRIBUTE_WORDS",
    "BASES",
    "HEAD_WORDS",
    "MARKS",
    "MARK_WORDS",
    "MILESTONE_WORDS",
    "NO_DATE",
    "PROGRESS_WORDS",
    "SOURCE_WORDS",
    "STATEMENT_WORDS",
    "UNDATED_WORDS",
    "UPDATE_WORDS",
    "Head",
]


class Head(StrEnum):
    """What begins at a line: a block, a statement, or something that could not be read."""

    SOURCE = "source"
    FACILITY = Type.FACILITY.value
    PROGRAMME = Type.PROGRAMME.value
    MILESTONE = "milestone"
    STATEMENT = "statement"
    LOST = "lost"


HEAD_WORDS = {
    "source": Head.SOURCE,
    "출처": Head.SOURCE,
    "facility": Head.FACILITY,
    "시설": Head.FACILITY,
    "programme": Head.PROGRAMME,
    "program": Head.PROGRAMME,
    "사업": Head.PROGRAMME,
    "milestone": Head.MILESTONE,
    "마일스톤": Head.MILESTONE,
}

_SPOKEN = [kind for kind in UpdateKind if kind is not UpdateKind.RETRACT]
UPDATE_WORDS = {kind.value: kind for kind in _SPOKEN} | {
    word: kind for kind in _SPOKEN for word in kind.spec.facts
}

NO_DATE = "-"  # of a plan: it is announced, and no date was named
UNDATED_WORDS = frozenset({"undated", "미정"})
PROGRESS_WORDS = {"planned": "planned", "계획": "planned", "actual": "actual", "실적": "actual"}

SOURCE_WORDS = {
    "publisher": "publisher",
    "매체": "publisher",
    "title": "title",
    "제목": "title",
    "published": "published",
    "날짜": "published",
    "basis": "basis",
    "근거": "basis",
    "url": "url",
    "주소": "url",
}
BASES = ("printed", "url", "inferred", "approximate")

STATEMENT_WORDS = {
    "note": "note",
    "비고": "note",
    "phrase": "phrase",
    "표현": "phrase",
    "reason": "reason",
    "사유": "reason",
    "action": "action",
    "대책": "action",
    "만회대책": "action",
    "evidence": "evidence",
    "증빙": "evidence",
    "basis": "basis",
    "근거": "basis",
}

MARK_WORDS = {"table": "listed", "표": "listed", "plan": "as_planned", "계획": "as_planned"}
"""What a date rests on, where nobody reported it: a table of an office, or the plan alone."""
MARKS = {"listed": "table", "as_planned": "plan"}

ATTRIBUTE_WORDS = {
    word: field.name for field in FIELDS for word in (field.key, field.keyword or field.key)
}
MILESTONE_WORDS = {"title": "title", "제목": "title", "snoozed_until": "snoozed_until"}
