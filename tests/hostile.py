"""Text that wants more than to be read, a store that is full of it, and what may be seen."""

import json
import re
import sqlite3
import unicodedata
from pathlib import Path

from making import NOW, TODAY, new_store

from db.model.period import Period
from db.model.records import (
    Batch,
    Kind,
    NewFacility,
    NewMilestone,
    Source,
    Statement,
    Type,
    UpdateKind,
)

ESCAPES = (
    "\x1b]0;title\x07\x1b]8;;http://x\x1b\\\x1b[2J\x1b[31m\x9b1A\x9d52;c;x\x9c\x1bPq\x1b\\\x1bc"
)
HOSTILE = {
    "escapes": f"가{ESCAPES}나",
    "unfinished": "가나\x1b]0;never ended",
    "controls": "가\x00\x07\x08\r\n\t\x0b\x7f\x85나",
    "bidi": "가\u202e\u2066\u2069\u200f나",
    "unseen": "가\u200b\u200d\ufeff\u3164\u115f\u1160\u2800\ufe0f\U000e0041\u00ad나",
    "lines": "가\u2028\u2029\u00a0나",
    "flood": "\u0301가" + "e" + "\u0301" * 200 + "\u1161" * 200 + "나",
    "private": "가\ue000\U0010ffff나",
    "markup": "가[red]x[/nope][@click=app.quit]y[/]나",
}
ALL = "".join(HOSTILE[name] for name in HOSTILE if name != "unfinished")

_RUN = re.compile(r"[\u0300-\u036f\u1160-\u11ff]{9}")
_NEVER = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_BLANK = set("\u034f\u115f\u1160\u2800\u3164\uffa0\ufe0f")


def unseen(text: str) -> list[str]:
    """What of `text` a screen would obey, hide or choke on."""
    bad = [c for c in text if c != "\n" and (unicodedata.category(c) in _NEVER or c in _BLANK)]
    return bad + _RUN.findall(text)


def unseen_in_json(text: str) -> list[str]:
    """The same of every text inside a JSON document; of one a line, of each."""
    found: list[str] = []

    def look(value: object) -> None:
        if isinstance(value, str):
            found.extend(unseen(value))
        elif isinstance(value, dict):
            look(list(value))
            look(list(value.values()))
        elif isinstance(value, list):
            for v in value:
                look(v)

    look(json.loads(text))
    return found


def _set(day: str, milestone: str | None = None, **value: object) -> Statement:
    return Statement(
        "hall", milestone, UpdateKind.SET, Period.parse(day).earliest or TODAY, value=value
    )


def rich_store(path: Path) -> None:
    """One facility and one programme of which everything is known that can be said."""
    source = Source("가신문", "회관 소식", "2026-01-05", "printed", "http://x.example/a", "a-1")
    say = lambda kind, day, step=None, **more: Statement(  # noqa: E731 - short, and only here
        "hall", step, UpdateKind(kind), Period.parse(day).earliest or TODAY, source=source, **more
    )
    with new_store(path) as store:
        store.record(
            Batch(
                (
                    _set(
                        "2026-01-01",
                        name="가람회관",
                        name_en="Garam Hall",
                        aliases=["옛 회관", "강당"],
                        city="김해시",
                        cluster="문화",
                        programme="지역 사업",
                        site="삼정동",
                        operator="김해시",
                        owner="김주무관",
                        cost_krw=22_100_000_000,
                        funding={"national": 100, "민자": "미정"},
                        floor_area_m2=1200.5,
                        floors="지상 3층",
                        confidence="amber",
                        confidence_note="비가 온다",
                    ),
                    _set("2026-01-01", "opening", title="정식 개관"),
                    say("plan", "2026-01-05", "completion", period=Period.parse("2026-06")),
                    say(
                        "plan",
                        "2026-01-05",
                        "opening",
                        period=Period.parse("2026-40"),
                        phrase="올해 상반기 개관",
                        reason="설계 변경",
                        action="야간 공사",
                        evidence=("http://x.example/b",),
                    ),
                    say("note", "2026-11-20", "opening", value="아직이다"),
                    say("progress", "2026-11-20", value={"planned": 80, "actual": 61.5}),
                    say("hold", "2026-11-19", "completion", reason="민원"),
                ),
                (NewFacility("hall"),),
                (
                    NewMilestone("hall", "opening", Kind.OPENING),
                    NewMilestone("hall", "completion", Kind.COMPLETION),
                ),
            ),
            by="김주무관",
            now=NOW,
            today=TODAY,
        )
        store.record(
            Batch(
                (
                    Statement(
                        "fund",
                        None,
                        UpdateKind.SET,
                        TODAY,
                        value={"name": "지역 사업", "target_count": 3, "duration": "2025/2028"},
                    ),
                ),
                (NewFacility("fund", Type.PROGRAMME),),
            ),
            by="김주무관",
            now=NOW,
            today=TODAY,
        )
        store.undo(by="김주무관", now=NOW, today=TODAY)
        store.redo(by="김주무관", now=NOW, today=TODAY)


def columns(path: Path) -> list[tuple[str, str]]:
    """Every column of every table that the program reads."""
    raw = sqlite3.connect(path)
    tables = ("act", "source", "facility", "milestone", "status_update", "facility_name")
    found = [
        (table, row[1]) for table in tables for row in raw.execute(f"PRAGMA table_info({table})")
    ]
    raw.close()
    return found


def poison(path: Path, table: str, column: str, value: object) -> None:
    """Write past the program and past every constraint, as any other program can."""
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("PRAGMA ignore_check_constraints = ON")
    try:
        raw.execute(f"UPDATE OR IGNORE {table} SET {column} = ?", (value,))
        raw.commit()
    except sqlite3.IntegrityError:
        pass  # a rowid takes numbers only
    raw.close()


FREE_TEXT = {
    "act": ("author",),
    "source": ("key", "publisher", "title", "basis", "url"),
    "facility": (
        "name",
        "name_en",
        "city",
        "cluster",
        "programme",
        "site",
        "operator",
        "owner",
        "floors",
        "confidence_note",
    ),
    "milestone": ("title",),
    "status_update": ("phrase", "reason", "action"),
}
IN_JSON = {"facility": ("aliases", "funding"), "status_update": ("value", "evidence")}
_NOT_TEXT = {"confidence", "duration", "snoozed_until"}


def poison_texts(path: Path, text: str) -> None:
    """Put `text` after every text that people wrote, in columns and inside JSON."""
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA ignore_check_constraints = ON")
    for table, names in FREE_TEXT.items():
        for name in names:
            raw.execute(f"UPDATE {table} SET {name} = coalesce({name}, '') || ?", (text,))
    for table, names in IN_JSON.items():
        for name in names:
            rows = raw.execute(f"SELECT rowid, {name} FROM {table} WHERE {name} IS NOT NULL")
            for number, stored in rows.fetchall():
                value = json.dumps(_poisoned(json.loads(stored), text), ensure_ascii=number % 2)
                raw.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (value, number))
    raw.commit()
    raw.close()


def _poisoned(value: object, text: str) -> object:
    if isinstance(value, str):
        return value + text
    if isinstance(value, list):
        return [_poisoned(v, text) for v in value]
    if isinstance(value, dict):
        return {
            (k + text if k in {"national", "민자"} else k): (
                v if k in _NOT_TEXT else _poisoned(v, text)
            )
            for k, v in value.items()
        }
    return value
