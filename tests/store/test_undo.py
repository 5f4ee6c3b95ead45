"""Undo takes back an act of whoever asks; somebody else's needs its number."""

from datetime import timedelta

import pytest
from making import NOW, TODAY, as_statement, batch, new_store, plan, said
from test_store import Reading, everything

from db.model.errors import NotFoundError, RefusedError
from db.model.records import ActKind, UpdateKind
from db.upkeep.doctor import examine

KIM, LEE = "김주무관", "Lee"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "tracker.db"


@pytest.fixture
def store(path):
    with new_store(path) as store:
        yield store


def record(store, *statements, by=KIM, kind=ActKind.ACT):
    return store.record(batch(*statements), by=by, now=NOW, today=TODAY, kind=kind).act.id


def undo(store, by=KIM, act=None):
    return store.undo(by=by, now=NOW, today=TODAY, act=act)


def redo(store, by=KIM):
    return store.redo(by=by, now=NOW, today=TODAY)


def refused(job):
    with pytest.raises(RefusedError) as refusal:
        job()
    return refusal.value


def test_each_takes_back_their_own_newest_act(store, path):
    kims = record(store, plan("2025-10", "2025-01-04"))
    lees = record(store, plan("2025-12", "2025-02-04"), by=LEE)
    mine = undo(store, KIM)
    assert (mine.of.id, mine.of.by) == (kims, KIM)
    assert undo(store, LEE).of.id == lees
    assert redo(store, KIM).of.id == kims
    assert redo(store, LEE).of.id == lees


@pytest.mark.parametrize(
    ("theirs", "asks", "code"),
    [
        (KIM, LEE, "nothing-of-yours-to-undo"),
        (None, LEE, "nothing-of-yours-unnamed-to-undo"),
        (KIM, None, "nothing-of-nobody-to-undo"),
    ],
)
def test_an_act_of_somebody_else_is_named_and_not_taken_back(store, path, theirs, asks, code):
    act = record(store, plan("2025-10", "2025-01-04"), by=theirs)
    before = everything(path)
    error = refused(lambda: undo(store, asks))
    assert (error.code, error.fields["act"], error.fields["of"]) == (code, act, theirs)
    assert everything(path) == before
    taken = undo(store, asks, act)
    assert (taken.of.id, taken.of.by, taken.act.by) == (act, theirs, asks)
    assert everything(path) != before


def test_an_undo_of_somebody_else_is_not_redone_without_its_number(store, path):
    record(store, plan("2025-10", "2025-01-04"))
    before = everything(path)
    theirs = undo(store, KIM).act.id
    error = refused(lambda: redo(store, LEE))
    assert (error.code, error.fields["act"]) == ("nothing-of-yours-to-redo", theirs)
    undo(store, LEE, theirs)
    assert everything(path) == before


def test_a_name_is_compared_as_it_is_kept(store):
    record(store, plan("2025-10", "2025-01-04"), by=f"  {KIM}\x1b[31m ")
    assert undo(store, f"{KIM}\u202e ").of.by == KIM
    long = "김" * 150
    record(store, plan("2025-11", "2025-01-05"), by=long)
    assert undo(store, long).of.by == long[:100]


def test_an_act_is_taken_back_once_and_must_be_there(store):
    act = record(store, plan("2025-10", "2025-01-04"))
    undo(store, act=act)
    assert refused(lambda: undo(store, act=act)).code == "act-taken-back"
    for number in (0, -1, 999, 2**63, 2**70):
        with pytest.raises(NotFoundError, match=str(number)):
            undo(store, act=number)


def test_what_was_retracted_by_itself_stays_so_when_its_act_is_undone_and_redone(store, path):
    receipt = store.record(
        batch(plan("2025-10", "2025-01-04"), plan("2025-12", "2025-02-04")),
        by=KIM,
        now=NOW,
        today=TODAY,
    )
    store.retract(receipt.updates[1].id, by=KIM, now=NOW, today=TODAY)
    before = everything(path)
    assert undo(store, act=receipt.act.id).number == 2  # neither is to come back by another undo
    redo(store)
    assert everything(path) == before
    undo(store)  # the retraction
    with Reading(path) as reader:
        assert str(reader.milestones_of("hall")[0].forecast) == "2025-12"


def test_an_undo_and_a_redo_are_taken_back_by_their_numbers(store, path):
    record(store, plan("2025-10", "2025-01-04"))
    there = everything(path)
    gone = undo(store).act.id
    away = everything(path)
    assert undo(store, act=gone).of.id == gone
    assert everything(path) == there
    assert redo(store).of.id == gone, "the newest undo is the one of the undo"
    assert everything(path) == away


def test_redo_after_another_act_brings_the_newest_undo_back(store, path):
    record(store, plan("2025-10", "2025-01-04"))
    undone = undo(store).of.id
    record(store, said("note", "2025-03-01", None, value="전화함"))
    assert redo(store).of.id == undone


# -- imports -------------------------------------------------------------------------------------


def named(name="가람도서관"):
    return said("set", "2025-01-01", None, value={"name": name})


def test_an_import_is_taken_back_whole_and_brought_back(store, path):
    nothing = everything(path)
    act = record(store, named(), plan("2025-10", "2025-01-04"), kind=ActKind.IMPORT)
    brought = everything(path)
    receipt = undo(store)
    assert (receipt.of.id, receipt.of.kind, receipt.kept) == (act, ActKind.IMPORT, 0)
    assert everything(path) == nothing
    redo(store)
    assert everything(path) == brought
    assert examine(path, busy_ms=1000) == []


def test_a_newer_import_is_not_passed_over(store):
    record(store, plan("2025-10", "2025-01-04"))
    imported = record(store, plan("2025-12", "2025-02-04"), kind=ActKind.IMPORT)
    assert undo(store).of.id == imported


def test_what_an_import_made_and_a_later_act_speaks_of_stays(store, path):
    imported = record(
        store,
        named(),
        plan("2025-10", "2025-01-04"),
        plan("2025-06", "2025-01-04", milestone="completion"),
        kind=ActKind.IMPORT,
    )
    record(store, said("confirm", "2025-05-01"), by=LEE)
    receipt = undo(store)
    assert (receipt.of.id, receipt.kept) == (imported, 2)
    with Reading(path) as reader:
        (left,) = reader.milestones_of("hall")
        assert (left.slug, left.facility_name, str(left.forecast)) == (
            "opening",
            "가람도서관",
            "2025-10",
        )
    assert refused(lambda: undo(store, act=imported)).code == "act-spoken-of"
    assert examine(path, busy_ms=1000) == []


def test_what_an_import_only_added_to_is_as_it_was_before(store, path):
    record(store, named(), plan("2025-10", "2025-01-04"), by=LEE)
    record(store, plan("2025-12", "2025-02-04"), kind=ActKind.IMPORT)
    record(store, said("confirm", "2025-05-01"), by=LEE)
    assert undo(store).kept == 0
    with Reading(path) as reader:
        assert str(reader.milestones_of("hall")[0].forecast) == "2025-10"


def test_what_was_taken_back_speaks_of_nothing(store, path):
    record(store, named(), plan("2025-10", "2025-01-04"), kind=ActKind.IMPORT)
    record(store, said("confirm", "2025-05-01"), by=LEE)
    undo(store, LEE)
    assert undo(store).kept == 0
    with Reading(path) as reader:
        assert reader.facilities() == []


def test_a_thousand_rows_are_taken_back_and_brought_back(store, path):
    rows = [as_statement(plan(f"{2020 + n % 9}", "2025-01-04"), f"hall-{n}") for n in range(1000)]
    record(store, *rows, kind=ActKind.IMPORT)
    before = everything(path)
    assert undo(store).number == 1000
    assert redo(store).number == 1000
    assert everything(path) == before


def test_each_undo_is_dated_after_what_it_takes_back(store, path):
    record(store, plan("2025-10", TODAY.isoformat()))
    earlier = TODAY - timedelta(days=1)
    store.undo(by=KIM, now=NOW, today=earlier)
    with Reading(path) as reader:
        newest = reader.log(limit=1)[1][0]
        assert (newest.kind, newest.reported_on) == (UpdateKind.RETRACT, TODAY)


# -- what others speak of ------------------------------------------------------------------------


def test_what_names_a_thing_stays_where_others_speak_of_it(store, path):
    made = record(store, named(), said("note", "2025-01-01", None, value="전화함"))
    record(store, plan("2025-10", "2025-01-04"), by=LEE)
    receipt = undo(store)
    assert (receipt.of.id, receipt.number, receipt.kept) == (made, 1, 1)
    with Reading(path) as reader:
        assert reader.facility("hall").name == "가람도서관"
    assert examine(path, busy_ms=1000) == []


def test_an_act_that_only_named_what_others_speak_of_is_refused_and_says_who(store, path):
    made = record(store, named())
    later = record(store, plan("2025-10", "2025-01-04"), by=LEE)
    before = everything(path)
    error = refused(lambda: undo(store))
    assert error.code == "act-spoken-of"
    assert error.fields == {"act": made, "later": later, "of": LEE}
    assert everything(path) == before


def test_what_was_spoken_of_before_it_had_a_name_may_lose_it_again(store, path):
    record(store, plan("2025-10", "2025-01-04"), by=LEE)
    before = everything(path)
    record(store, named())
    undo(store)
    assert everything(path) == before


def test_a_redo_is_not_taken_back_where_that_would_take_a_name(store, path):
    record(store, named())
    undo(store)
    again = redo(store).act.id
    record(store, plan("2025-10", "2025-01-04"), by=LEE)
    assert refused(lambda: undo(store, act=again)).code == "would-be-nameless"


def test_a_plan_of_a_step_that_others_confirm_is_still_taken_back(store, path):
    record(store, named(), by=LEE)
    record(store, plan("2025-10", "2025-01-04"))
    record(store, said("confirm", "2025-05-01"), by=LEE)
    assert undo(store).kept == 0
    with Reading(path) as reader:
        (left,) = reader.milestones_of("hall")
        assert (left.forecast, str(left.confirmed_on)) == (None, "2025-05-01")


def test_an_import_of_which_a_part_stayed_is_not_taken_back_again(store):
    earlier = record(store, plan("2025-05", "2025-01-01", facility="annex"))
    record(store, named(), plan("2025-10", "2025-01-04"), kind=ActKind.IMPORT)
    record(store, said("note", "2025-05-01", None, value="전화함"), by=LEE)
    assert undo(store).kept == 1
    assert undo(store).of.id == earlier


def test_an_undo_leaves_what_folding_everything_anew_would(store, path):
    """What is cleared and counted in bulk is what the doctor finds."""
    rows = [as_statement(plan(f"{2020 + n % 9}", "2025-01-04"), f"hall-{n}") for n in range(40)]
    record(store, *rows[:20], by=LEE)
    record(store, *rows[10:], kind=ActKind.IMPORT)
    for step in (undo, redo, undo, undo, redo):
        try:
            step(store)
        except RefusedError:
            step(store, LEE)
        kept = everything(path)
        assert examine(path, busy_ms=1000) == []
        store.refold()
        assert everything(path) == kept


def test_what_somebody_else_had_taken_back_does_not_come_back_with_it(store, path):
    """Undone are all statements of an act, also those that a later correction overrules."""
    kims = record(store, plan("2025-10", "2025-01-04"), plan("2025-11", "2025-01-05"))
    with Reading(path) as reader:
        first = reader.updates_of_act(kims)[0].id
    lees = store.retract(first, by=LEE, now=NOW, today=TODAY).act.id
    before = everything(path)
    assert undo(store, KIM).of.id == kims
    assert undo(store, LEE).of.id == lees
    with Reading(path) as reader:
        assert not [u for u in reader.updates_of_act(kims) if u.retracted_by is None]
    redo(store, LEE)
    redo(store, KIM)
    assert everything(path) == before
    assert examine(path, busy_ms=1000) == []
