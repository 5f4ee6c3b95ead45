"""The columns of the list of facilities, and which of them there are at a width."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from db.model.fields import FIELDS, FacilityField, FieldType
from db.model.records import Facility, Kind
from tracker.domain.board import FacilityLine
from tracker.domain.field_text import field_text
from tracker.tui.lists.milestone_columns import slip_tone, state_tone
from tracker.tui.widgets.columns import Column, days_text, in_years, short_day, spread
from tracker.words import GLYPHS, Words
from tracker.words.cells import cell_len

__all__ = ["COLUMNS", "RAG_GLYPHS", "facility_columns", "funding_text", "rag_text"]

RAG_GLYPHS = {"green": "□", "amber": "▣", "red": "■"}
_SHARES = ("national", "province", "city", "local", "private", "national_and_city")
_LISTED = tuple(field for field in FIELDS if field.width)
COLUMNS = tuple(
    dict.fromkeys(
        (
            *("name", "type", "city", "cluster", "programme", "phase", "next", "when", "d_day"),
            *("rag", "confidence", "slip"),
            *(field.key for field in _LISTED if field.type is not FieldType.TEXT),
            *("operator", "site", "updated", "owner"),
            *(field.key for field in _LISTED),
        )
    )
)
_FIRST = (
    *("name", "next", "d_day", "rag", "slip", "updated", "when", "phase", "confidence", "city"),
    *("cost", "owner", "funding", "cluster", "programme"),
)
"""Which columns are shown where nobody chose any: those named first go last."""
_MOST = {"name": 40, "next": 16, "when": 20, "funding": 40, "city": 16, "cluster": 30, "owner": 24}

_NAME_AND_SLIP = 25  # cells: a longer heading of the slip takes them from the name


def rag_text(grade: str | None, words: Words) -> str:
    """Glyph and word of a verdict."""
    return f"{RAG_GLYPHS[grade]} {words.of('rag', grade)}" if grade in RAG_GLYPHS else ""


def funding_text(facility: Facility, words: Words) -> str:
    """Who pays how much of it, in percent."""
    shares = {k: v for k, v in facility.funding.items() if k in _SHARES and isinstance(v, int)}
    whole = max(facility.cost_krw or 0, sum(shares.values()))
    if not whole:
        return ""
    known = [
        (words.of("funding", k), round(100 * shares[k] / whole)) for k in _SHARES if k in shares
    ]
    return " ".join(f"{name} {percent}%" for name, percent in known)


def facility_columns(
    width: int, words: Words, chosen: Sequence[str] = ()
) -> list[Column[FacilityLine]]:
    """The columns that fit `width` cells: those chosen, in order, or the most telling ones."""
    known = {column.name: column for column in _all(words)}
    least = _NAME_AND_SLIP - known["slip"].width
    known["name"] = replace(known["name"], width=max(least, min(_MOST["name"], width // 5)))
    if chosen:
        return spread([known[n] for n in chosen if n in known], width, _MOST)
    room = width + 1
    kept: list[str] = []
    for name in _FIRST:
        room -= known[name].width + 1
        if room < 0 and kept:
            break
        kept.append(name)
    return spread([known[n] for n in COLUMNS if n in kept], width, _MOST)


def _all(words: Words) -> list[Column[FacilityLine]]:
    return [
        Column("type", words("col.type"), 9, lambda line: words.type(line.summary.facility.type)),
        _phase(words),
        _next(words),
        _when(words),
        _d_day(words),
        *_verdicts(words),
        _slip(words),
        _updated(words),
        *(_field(field, words) for field in _LISTED),
    ]


def _field(field: FacilityField, words: Words) -> Column[FacilityLine]:
    """The column of a field; a number that is too wide is rounded, and says so."""

    def text(line: FacilityLine) -> str:
        facility = line.summary.facility
        if field.type is FieldType.SHARES:
            return funding_text(facility, words)
        shown = field_text(field, getattr(facility, field.name), words)
        return shown.removesuffix(" 원") if field.type is FieldType.MONEY else shown

    def briefer(line: FacilityLine) -> list[str]:
        number = getattr(line.summary.facility, field.name)
        if not number:
            return []
        if field.type is FieldType.MONEY:
            rounded = [round(number, -digits) for digits in (8, 10, 12)]
            return [f"≈{words.money(won).removesuffix(' 원')}" for won in rounded if won]
        return [f"≈{number:,.0f} ㎡", f"≈{number:,.0f}㎡"] if field.type is FieldType.AREA else []

    is_number = field.type.is_number
    heading = words("col.facility") if field.name == "name" else words.of("field", field.name)
    return Column(
        field.key,
        heading,
        field.width,
        text,
        right=is_number,
        briefer=briefer if is_number else None,
    )


def _phase(words: Words) -> Column[FacilityLine]:
    def text(line: FacilityLine) -> str:
        phase = line.summary.phase
        return words.kind(phase) if phase else ""

    def briefer(line: FacilityLine) -> list[str]:
        phase = line.summary.phase
        return [words.brief_milestone(phase, None)] if phase else []

    width = 8 if words.lang == "ko" else 10
    return Column("phase", words("col.phase"), width, text, briefer=briefer)


def _next(words: Words) -> Column[FacilityLine]:
    def called(line: FacilityLine, name: Callable[[Kind, str | None], str]) -> str:
        if line.next is None:
            return ""
        m = line.next.milestone
        return f"{GLYPHS[line.next.judged.state]} {name(m.kind, m.title)}"

    return Column(
        "next",
        words("col.next"),
        10,
        lambda line: called(line, words.milestone),
        tone=_tone_of_next,
        squeezed=True,
        briefer=lambda line: [called(line, words.brief_milestone)],
    )


def _tone_of_next(line: FacilityLine) -> str:
    return state_tone(line.next) if line.next else ""


def _when(words: Words) -> Column[FacilityLine]:
    def text(line: FacilityLine) -> str:
        return words.period(line.next.milestone.forecast) if line.next else ""

    def briefer(line: FacilityLine) -> list[str]:
        return words.briefer(line.next.milestone.forecast) if line.next else []

    return Column("when", words("col.deadline"), 16, text, briefer=briefer)


def _d_day(words: Words) -> Column[FacilityLine]:
    def text(line: FacilityLine) -> str:
        return words.d_day(line.next.judged.to_deadline) if line.next else ""

    def briefer(line: FacilityLine) -> list[str]:
        return in_years(line.next.judged.to_deadline, words) if line.next else []

    return Column(
        "d_day", words("col.d_day"), 6, text, right=True, tone=_tone_of_next, briefer=briefer
    )


def _verdicts(words: Words) -> list[Column[FacilityLine]]:
    def rag(line: FacilityLine) -> str:
        return line.summary.rag.value if line.summary.rag else ""

    def confidence(line: FacilityLine) -> str:
        return line.summary.facility.confidence or ""

    width = max(cell_len(rag_text(grade, words)) for grade in RAG_GLYPHS)
    return [
        Column("rag", words("field.rag"), width, lambda line: rag_text(rag(line), words), tone=rag),
        Column(
            "confidence",
            words("col.confidence"),
            max(width, cell_len(words("col.confidence")) + 1),
            lambda line: rag_text(confidence(line), words),
            tone=confidence,
        ),
    ]


def _slip(words: Words) -> Column[FacilityLine]:
    return Column(
        "slip",
        words("col.slip"),
        max(7, cell_len(words("col.slip")) + 1),
        lambda line: days_text(line.slip),
        right=True,
        tone=lambda line: slip_tone(line.slip),
    )


def _updated(words: Words) -> Column[FacilityLine]:
    def text(line: FacilityLine) -> str:
        day = line.summary.facility.updated_on
        return short_day(day.isoformat()) + ("!" if line.stale else "") if day else ""

    column = Column("updated", words("col.updated"), 9, text)
    return replace(column, tone=lambda line: "stale" if line.stale else "")
