"""Every kind of statement through every format: back into its store nothing is new."""

from dataclasses import replace
from datetime import date

import pytest
from making import NOW, TODAY, batch, new_store, said

from db.model.period import Period
from db.model.records import Basis, Source
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.cli.commands.exchange import exported
from tracker.domain.latest_remarks import latest_remarks
from tracker.exchange.imports.importing import import_file
from tracker.words import Words

ON = "2026-03-01"
LATER = "2026-03-02"
KEYED = Source("가신문", "제목", "2026-01-05", "printed", "http://a.kr/x", "k1")
KEYLESS = Source("나일보", None, "2026-02-01", "approximate")
TITLED = Source(title="업무보고")
ALL = {
    "phrase": "문구",
    "reason": "까닭",
    "action": "대책",
    "evidence": ("a.pdf", "http://x.kr"),
    "reported_basis": Basis.APPROXIMATE,
}
REASON = {"reason": "까닭"}
PERIODS = {"plan": "2027", "original": "2026", "baseline": "2027", "actual": "2026-02"}
ATTRIBUTES = {
    "name": "새 회관",
    "name_en": "Hall",
    "city": "김해시",
    "cluster": "묶음",
    "programme": "사업",
    "site": "터",
    "operator": "운영",
    "owner": "담당",
    "floors": "지상 3층",
    "aliases": ["가", "나"],
    "cost_krw": 22_100_000_000,
    "floor_area_m2": 2033.5,
    "funding": {"national": 100, "note": "남은 말", "기타": "5"},
    "target_count": 7,
    "duration": "[2025..2027]",
    "confidence": "red",
    "confidence_note": "말",
}
NOT_IN_A_TABLE = {"funding", "target_count", "duration", "confidence", "confidence_note"}


def stating(kind, milestone="opening", **more):
    period = Period.parse(PERIODS[kind]) if kind in PERIODS else None
    return said(kind, ON, milestone, period=period, **more)


def cases():
    for kind in (*PERIODS, "hold", "resume", "cancel", "reopen", "confirm"):
        yield kind, [stating(kind, **REASON)]
        yield f"{kind}-all", [stating(kind, **ALL, source=KEYED)]
        yield f"{kind}-value", [stating(kind, value="덧붙인 말", **REASON)]
    for kind in ("hold", "resume", "cancel", "reopen"):
        yield f"{kind}-of-facility", [stating(kind, None, **ALL, source=KEYLESS)]
    for source in (KEYED, KEYLESS, TITLED):
        yield (
            f"undated-{source.title}",
            [said("plan", ON, value={"undated": True}, **ALL, source=source)],
        )
        yield f"note-{source.title}", [said("note", ON, None, value="말", **ALL, source=source)]
    yield "plan-without-period", [said("plan", ON, **ALL)]
    yield "plan-of-a-table", [stating("plan", value={"listed": True}, **ALL)]
    yield "original-of-a-table", [stating("original", value={"listed": True}, **REASON)]
    yield (
        "as-planned",
        [
            stating("plan", value={"listed": True}),
            stating("actual", value={"as_planned": True}, **ALL),
        ],
    )
    yield "one-share", [said("progress", ON, None, value={"actual": 40})]
    yield "shares", [said("progress", ON, None, value={"planned": 50.5, "actual": 40}, **ALL)]
    yield "title", [said("set", ON, value={"title": "1단계"})]
    yield "title-all", [said("set", ON, value={"title": "1단계"}, **ALL)]
    snoozed = said("set", LATER, value={"snoozed_until": "2026-12-30"}, reason="기다림")
    yield "snooze", [stating("plan"), snoozed]
    yield "snooze-of-a-plan-with-reason", [stating("plan", **ALL), snoozed]
    yield "snooze-all", [stating("plan"), replace(snoozed, **ALL)]
    yield (
        "title-gone",
        [
            said("set", ON, value={"title": "1단계"}),
            said("set", LATER, value={"title": None}),
        ],
    )
    yield "zeros", [said("set", ON, None, value={"target_count": 0, "cost_krw": 0})]
    for name, value in ATTRIBUTES.items():
        yield f"set-{name}", [said("set", ON, None, value={name: value})]
        yield f"set-{name}-all", [said("set", ON, None, value={name: value}, **ALL)]
        if name != "name":
            yield (
                f"clear-{name}",
                [
                    said("set", ON, None, value={name: value}),
                    said("set", LATER, None, value={name: None}),
                ],
            )


CASES = dict(cases())


def office(path):
    return Workspace(path, TODAY, Config(), Words("ko"))


def written(folder, name, form, *, named):
    """A store of one case, and what is exported of it."""
    first = [said("set", "2026-01-01", None, value={"name": "회관"})] if named else []
    with new_store(folder / "a.db") as store:
        everything = batch(*first, *CASES[name])
        store.record(everything, by="김", now=NOW, today=TODAY, as_reported=True)
    file = folder / f"x.{form}"
    here = office(folder / "a.db")
    with here.reading() as reader:
        file.write_bytes(exported(reader, here, form).data)
    return file


def asked(path, question):
    with office(path).reading() as reader:
        return question(reader)


@pytest.mark.parametrize("form", ["facts", "csv", "xlsx", "json"])
@pytest.mark.parametrize("name", CASES)
def test_a_store_learns_nothing_from_its_own_export(tmp_path, name, form):
    for named in (True, False):
        folder = tmp_path / str(named)
        folder.mkdir()
        file = written(folder, name, form, named=named)
        before = asked(folder / "a.db", lambda r: list(r.everything()))
        outcome = import_file(office(folder / "a.db"), file)
        assert outcome.new == 0
        assert asked(folder / "a.db", lambda r: list(r.everything())) == before
        assert not list(folder.glob("backups/*"))


def in_one_form(u):
    """A statement without the key that a file gives its source, and what is empty as nothing."""
    value = u.value
    if isinstance(value, dict):
        value = sorted((k, str(v or None)) for k, v in value.items() if v or u.kind == "set")
    source = u.source and replace(u.source, key=None)
    return repr(
        (
            u.facility,
            u.milestone,
            u.kind,
            u.reported_on,
            u.reported_basis,
            u.period,
            value,
            u.phrase,
            u.reason,
            u.action,
            u.evidence,
            source,
        )
    )


@pytest.mark.parametrize("form", ["facts", "json"])
@pytest.mark.parametrize("name", CASES)
def test_an_empty_store_learns_every_statement(tmp_path, name, form):
    file = written(tmp_path, name, form, named=True)
    import_file(office(tmp_path / "b.db"), file)
    here, there = (
        sorted(map(in_one_form, asked(tmp_path / f"{n}.db", lambda r: list(r.everything()))))
        for n in "ab"
    )
    if name.startswith("set-name") and form == "facts":  # the name of the block is one more
        assert set(here) <= set(there)
    else:
        assert here == there


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", CASES)
def test_an_empty_store_learns_what_a_table_has_columns_for(tmp_path, name, form):
    file = written(tmp_path, name, form, named=True)
    import_file(office(tmp_path / "b.db"), file)

    def shown(reader):
        told = latest_remarks(reader.everything())
        columns = [c for c in ATTRIBUTES if c not in NOT_IN_A_TABLE]
        facility = reader.facility("hall")
        return (
            [getattr(facility, c) for c in columns],
            [
                replace(
                    m,
                    source=m.source and replace(m.source, key=None, basis=None),
                    updated_on=date.min,
                )
                for m in reader.milestones_of("hall")
            ],
            [
                (told["hall", m.slug].reason, told["hall", m.slug].action)
                for m in reader.milestones_of("hall")
            ],
        )

    assert asked(tmp_path / "b.db", shown) == asked(tmp_path / "a.db", shown)
