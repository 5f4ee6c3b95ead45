"""Invented facilities in any number, shaped as the shipped facts are, the same for a seed.

A few thousand patterns of a facility are folded by the store's own fold; a large store is
those patterns over and over under other names, since folding a million milestones would
take longer than measuring them.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from db.fold.facility_rollup import OUTLOOK
from db.fold.folding import order
from db.fold.milestone_history import Interval, fold_with_history
from db.model.period import Period
from db.model.records import Kind, Statement, Update, UpdateKind
from db.schema.fold_columns import facility_values, milestone_values, to_json

TODAY = date(2026, 11, 21)
START = datetime(2020, 1, 1, tzinfo=UTC)
PATTERNS = 2000
TOLD = ("updated_on", "first_on", "set_on", *OUTLOOK)
"""The columns of a facility that its statements give, whatever it is called."""

CITIES = (
    *("김해시", "창원시", "부산광역시 강서구", "부산광역시 남구", "양산시", "밀양시", "거제시"),
    *("진주시", "사천시", "통영시", "울산광역시 북구", "대구광역시 수성구", "포항시", "구미시"),
)
PLACES = (
    *("김해", "창원", "강서", "남구", "양산", "밀양", "거제", "진주", "사천", "통영", "울산"),
    *("수성", "포항", "구미", "한림", "주촌", "진영", "장유", "대저", "명지"),
)
THEMES = (
    *("로봇", "물류", "반도체", "의생명", "수소", "미래모빌리티", "디지털", "청년", "문화", "가야"),
    *("스마트", "인공지능", "바이오", "드론", "콘텐츠", "환경", "농업", "해양", "항공", "안전"),
)
BUILDINGS = (
    *("지원센터", "도서관", "실증센터", "체육관", "박물관", "복지관", "연구소", "산업단지"),
    *("문화회관", "교육원", "지식산업센터", "전시관", "공원", "주차타워", "청사"),
)
RARE = ("로봇 리퍼브센터", "중고로봇 리퍼브센터")
PUBLISHERS = (
    "경남신문",
    "연합뉴스",
    "김해뉴스",
    "부산일보",
    "국제신문",
    "시 보도자료",
    "의회 회의록",
)
CLUSTERS = ("물류·로봇·반도체", "의생명", "미래모빌리티", None)
PEOPLE = ("김주무관", "이주무관", "박팀장", "최과장", None)

_STEPS = (
    *(Kind.SELECTION, Kind.FEASIBILITY, Kind.DESIGN, Kind.GROUNDBREAKING),
    *(Kind.COMPLETION, Kind.OPENING, Kind.OPERATION),
)
_LATER = (Kind.OTHER, Kind.EVENT, Kind.DESIGNATION, Kind.ACCREDITATION)
_ENDS = (
    ("done", 42),
    ("overdue", 36),
    ("soon", 4),
    ("ahead", 10),
    ("undated", 6),
    ("hold", 2),
    ("cancelled", 1),
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A facility without a name: its steps and statements, and what they amount to.

    `columns` are the folded ones of each milestone, in which `stated_by` counts from the
    facility's first update; `spells` are those of each milestone; `told` are the facility's
    own columns of the names in `TOLD`.
    """

    steps: tuple[tuple[str, Kind], ...]
    said: tuple[Statement, ...]
    columns: tuple[dict[str, Any], ...]
    spells: tuple[list[Interval], ...]
    told: tuple[Any, ...]


def patterns(seed: int, statements: int, number: int = PATTERNS) -> list[Pattern]:
    """Patterns with about so many statements a milestone."""
    random = Random(seed)
    return [_pattern(random, statements) for _ in range(number)]


def _pattern(random: Random, statements: int) -> Pattern:
    steps = _steps(random)
    said = [Statement("f", None, UpdateKind.SET, date(2015, 1, 5), value={"name": "이름"})]
    begun = TODAY - timedelta(days=random.randrange(400, 3600))
    for (slug, _), end in zip(steps, _ends(random, len(steps)), strict=True):
        said += _history(random, slug, end, begun, statements)
        begun += timedelta(days=random.randrange(20, 200))
    recorded = sorted(map(_recorded, said, range(1, len(said) + 1)), key=order)
    folded, stood = fold_with_history(recorded, dict(steps))
    own = facility_values(folded, "f")
    return Pattern(
        steps=steps,
        said=tuple(said),
        columns=tuple(milestone_values(folded.milestones.get(slug)) for slug, _ in steps),
        spells=tuple(stood.get(slug, []) for slug, _ in steps),
        told=tuple(own[name] for name in TOLD),
    )


def _steps(random: Random) -> tuple[tuple[str, Kind], ...]:
    lifecycle = sorted(random.sample(range(len(_STEPS)), random.randrange(2, 7)))
    found = [(_STEPS[i].value, _STEPS[i]) for i in lifecycle]
    later = random.sample(_LATER, random.randrange(0, 3))
    found += [(f"{kind.value}-{random.randrange(1, 9)}", kind) for kind in later]
    return tuple(found)


def _recorded(s: Statement, number: int) -> Update:
    fields = {name: getattr(s, name) for name in Statement.__match_args__}
    moment = START + timedelta(seconds=number)
    return Update(**fields, id=number, act=1, seq=number, recorded_at=moment)


def _ends(random: Random, number: int) -> list[str]:
    """How steps stand; mostly the earlier ones are done, else the open ones are behind."""
    ends = random.choices([e for e, _ in _ENDS], [w for _, w in _ENDS], k=number)
    return ends if random.random() < 0.1 else sorted(ends, key=lambda end: end != "done")


def _history(random: Random, slug: str, end: str, begun: date, statements: int) -> list[Statement]:
    """What was said of one step: plans that slip, perhaps remarks, and how it ended."""
    plans = max(1, statements - 2 + random.randrange(-1, 2))
    due = _due(random, end)
    said_on = min(begun, TODAY - timedelta(days=30 * plans + 10))
    step = max(5, (TODAY - said_on).days // (plans + 2))
    found = []
    for n in range(plans):
        period = _window(
            random, end, due - timedelta(days=random.choice((0, 0, 31, 92)) * (plans - n - 1))
        )
        undated = end == "undated" and n == plans - 1
        found.append(
            Statement(
                *("f", slug, UpdateKind.PLAN, said_on),
                period=None if undated else period,
                value={"undated": True} if undated else None,
                phrase=None if undated else f"{period.edtf[:4]}년 중 목표로 추진",
            )
        )
        said_on += timedelta(days=random.randrange(step // 2, step))
    found += _end(random, end, slug, due, said_on)
    if statements > 2:
        found.append(
            Statement("f", slug, UpdateKind.NOTE, said_on, value="공정 회의에서 확인한 내용을 적음")
        )
    return [s if s.reported_on <= TODAY else replace(s, reported_on=TODAY) for s in found]


def _due(random: Random, end: str) -> date:
    """The day by which a step is expected, by how it stands today."""
    ahead = {
        "done": (-3000, -30),
        "overdue": (-1500, -35),
        "soon": (0, 30),
        "ahead": (40, 1500),
    }
    return TODAY + timedelta(days=random.randrange(*ahead.get(end, (-300, 900))))


def _window(random: Random, end: str, due: date) -> Period:
    """A window around a day, as imprecise as people are; soon before it, they know it better."""
    y, m = due.year, due.month
    if end == "soon":
        return Period.parse(random.choice((due.isoformat(), f"{y}-{m:02d}")))
    texts = {
        f"{y}-{m:02d}": 41,
        f"{y}": 20,
        f"{y}-{40 + (m > 6)}": 16,
        f"{y}-{33 + (m - 1) // 3}": 6,
        f"{y}-{m:02d}~": 6,
        due.isoformat(): 8,
        f"[..{y}]": 3,
    }
    return Period.parse(random.choices(list(texts), list(texts.values()))[0])


def _end(random: Random, end: str, slug: str, due: date, on: date) -> list[Statement]:
    on = min(max(on, due), TODAY - timedelta(days=random.randrange(1, 400)))
    if end == "done":
        return [Statement("f", slug, UpdateKind.ACTUAL, on, Period.parse(f"{on:%Y-%m}"))]
    if end == "hold":
        return [Statement("f", slug, UpdateKind.HOLD, on, reason="예산 미확보")]
    if end == "cancelled":
        return [Statement("f", slug, UpdateKind.CANCEL, on, reason="사업 취소")]
    if end == "overdue" and random.random() < 0.3:
        return [Statement("f", slug, UpdateKind.CONFIRM, on)]
    return []


@dataclass(frozen=True, slots=True)
class Named:
    """What a facility is called and where it is."""

    slug: str
    name: str
    name_en: str
    city: str
    cluster: str | None
    owner: str | None
    cost: int


def named(random: Random, number: int) -> Named:
    """The name of facility `number`."""
    place, theme = random.randrange(len(PLACES)), random.randrange(len(THEMES))
    building = random.randrange(len(BUILDINGS))
    rare = random.random() < 0.0005
    what = random.choice(RARE) if rare else f"{THEMES[theme]} {BUILDINGS[building]}"
    return Named(
        slug=f"hall-{place}-{theme}-{building}-{number}",
        name=f"{PLACES[place]} {what}" + (f" 제{number % 9 + 1}관" if number % 3 == 0 else ""),
        name_en=f"Hall {number} of {place}",
        city=CITIES[number % len(CITIES)],
        cluster=CLUSTERS[number % len(CLUSTERS)],
        owner=PEOPLE[number % len(PEOPLE)],
        cost=random.randrange(10, 5000) * 10**8,
    )


def value_json(s: Statement) -> str | None:
    """The stored form of a statement's value."""
    return to_json(s.value)
