"""The words of a facts file: English as the writer emits it, Korean as well on reading."""

from enum import StrEnum

from db.model.records import Type, UpdateKind

__all__ = [
    "ATTRIBUTE_KEYS",
    "ATTRIBUTE_WORDS",
    "BASES",
    "HEAD_WORDS",
    "MARKED",
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

UPDATE_WORDS = {kind.value: kind for kind in UpdateKind if kind is not UpdateKind.RETRACT} | {
    "계획": UpdateKind.PLAN,
    "예정": UpdateKind.PLAN,
    "당초": UpdateKind.ORIGINAL,
    "기준": UpdateKind.BASELINE,
    "재승인": UpdateKind.BASELINE,
    "실적": UpdateKind.ACTUAL,
    "완료": UpdateKind.ACTUAL,
    "공정률": UpdateKind.PROGRESS,
    "보류": UpdateKind.HOLD,
    "재개": UpdateKind.RESUME,
    "취소·중단": UpdateKind.CANCEL,
    "취소": UpdateKind.CANCEL,
    "중단": UpdateKind.CANCEL,
    "폐기": UpdateKind.CANCEL,  # as earlier versions called it
    "복원": UpdateKind.REOPEN,
    "확인": UpdateKind.CONFIRM,
    "메모": UpdateKind.NOTE,
    "변경": UpdateKind.SET,
    "설정": UpdateKind.SET,
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
MARKED = {"listed": ("plan", "original"), "as_planned": ("actual",)}
"""The kinds of statements that each mark may stand below."""

ATTRIBUTE_KEYS = {
    "name": "name",
    "name_en": "name_en",
    "aliases": "alias",
    "city": "city",
    "cluster": "cluster",
    "programme": "programme",
    "site": "site",
    "operator": "operator",
    "owner": "owner",
    "cost_krw": "cost",
    "funding": "funding",
    "floor_area_m2": "floor_area",
    "floors": "floors",
    "target_count": "target_count",
    "duration": "duration",
    "confidence": "confidence",
    "confidence_note": "confidence_note",
}
ATTRIBUTE_WORDS = {word: attribute for attribute, word in ATTRIBUTE_KEYS.items()} | {
    "이름": "name",
    "영문명": "name_en",
    "별칭": "aliases",
    "도시": "city",
    "클러스터": "cluster",
    "사업": "programme",
    "위치": "site",
    "운영기관": "operator",
    "담당": "owner",
    "사업비": "cost_krw",
    "재원": "funding",
    "연면적": "floor_area_m2",
    "층수": "floors",
    "목표수": "target_count",
    "기간": "duration",
}
MILESTONE_WORDS = {"title": "title", "제목": "title", "snoozed_until": "snoozed_until"}
