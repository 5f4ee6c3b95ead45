"""Two processes that do the same at once: one does it, the other sees that it is done."""

import multiprocessing
import os
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

import pytest
from effort import either
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan, said

from db.engine.connect import connect
from db.read.reader import Reader
from db.upkeep.doctor import examine
from tracker.cli.main import run

ROUNDS = either(4, 60)
PATIENCE = 120  # seconds in which even a loaded machine gets round to a command

FACTS = """\
facility hall
  name: 회관
  described: 2026-01-05
2026-01-05  opening  plan  2026-10
2026-02-05  opening  plan  2026-12
"""
OFFICE_CSV = "시설명,착공,준공\n회관,2025년 3월,2026년 하반기\n별관,2026년 5월,2027년 상반기\n"


def _work(line, together, told):
    """Run the commands of `line` at the same instant as the other process; tell what came of it."""
    while (arguments := line.get()) is not None:
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            together.wait(PATIENCE)
            code = run(arguments)
        told.put((code, out.getvalue() + err.getvalue()))


@pytest.fixture(scope="module")
def both():
    """Give both of two processes one command; return how they ended, the lower code first."""
    processes = multiprocessing.get_context("spawn")
    together = processes.Barrier(2)
    lines, told = [processes.Queue() for _ in range(2)], processes.Queue()
    started = [processes.Process(target=_work, args=(line, together, told)) for line in lines]
    before = dict(os.environ)
    os.environ.update(TRACKER_TODAY=TODAY.isoformat(), TRACKER_CONFIG=os.devnull, TRACKER_LANG="en")
    for process in started:
        process.start()
    os.environ.clear()
    os.environ.update(before)

    def run_both(*arguments, other=None):
        for line, said_ in zip(lines, (arguments, other or arguments), strict=True):
            line.put([str(a) for a in said_])
        return sorted(told.get(timeout=PATIENCE) for _ in lines)

    yield run_both
    for line in lines:
        line.put(None)
    for process in started:
        process.join(PATIENCE)


def asked(path, question):
    connection = connect(path, busy_ms=BUSY_MS)
    try:
        return question(Reader(connection))
    finally:
        connection.close()


def filled(path, *more):
    with new_store(path) as store:
        first = batch(said("set", "2026-01-01", None, value={"name": "본관"}), *more)
        store.record(first, by="start", now=NOW, today=TODAY)
    return path


def written(folder, form):
    """A file of each form, and how many statements it makes."""
    file = folder / f"new.{form}"
    if form == "facts":
        file.write_text(FACTS, "utf-8")
    elif form == "office.csv":
        file.write_text(OFFICE_CSV, "utf-8")
    else:
        with redirect_stdout(StringIO()):
            (folder / "new.facts").write_text(FACTS, "utf-8")
            assert run(["import", str(folder / "new.facts"), "--db", str(folder / "o.db")]) == 0
            assert run(["export", str(file), "--db", str(folder / "o.db")]) == 0
    return file


@pytest.mark.parametrize("existing", [True, False], ids=["store", "no-store"])
@pytest.mark.parametrize("form", ["facts", "json", "csv", "office.csv"])
def test_two_imports_of_one_file_record_it_once(both, tmp_path, form, existing):
    file = written(tmp_path, form)
    for number in range(ROUNDS):
        path = tmp_path / f"r{number}" / "t.db"
        path.parent.mkdir()
        before = 0
        if existing:
            filled(path)
            before = 1
        ends = both("import", file, "--db", path)
        assert [code for code, _ in ends] == [0, 0], ends
        acts = asked(path, lambda r: list(r.acts()))
        said_ = asked(path, lambda r: list(r.everything()))
        assert len(acts) == before + 1, "nothing is recorded twice, and there is no empty act"
        assert len(
            {
                (u.facility, u.milestone, u.kind, u.reported_on, str(u.period), str(u.value))
                for u in said_
            }
        ) == len(said_)
        told = sorted(text.splitlines()[0] for _, text in ends)
        assert told[0] != told[1], "one says that it is new, the other that it is there"
        assert len(list(path.parent.glob("backups/*"))) == existing, "no backup for nothing"
        assert examine(path, busy_ms=BUSY_MS) == []


def test_two_additions_of_one_facility_make_one(both, tmp_path):
    for number in range(ROUNDS):
        path = filled(tmp_path / f"{number}.db")
        ends = both("add", "facility", "새 도서관", "--db", path)
        assert [code for code, _ in ends] == [0, 2], ends
        assert len(asked(path, lambda r: list(r.acts()))) == 2


def test_two_additions_of_one_step_make_one(both, tmp_path):
    for number in range(ROUNDS):
        path = filled(tmp_path / f"{number}.db")
        ends = both("add", "milestone", "hall", "opening", "2027", "--db", path)
        told = sum("already recorded" in text for _, text in ends)
        assert ([code for code, _ in ends], told) in (([0, 2], 0), ([0, 0], 1)), ends
        assert len(asked(path, lambda r: list(r.acts()))) == 2


def test_two_mergers_of_the_same_say_it_once(both, tmp_path):
    for number in range(ROUNDS):
        path = filled(
            tmp_path / f"{number}.db",
            plan("2027", "2026-01-02", facility="annex"),
            said("set", "2026-01-01", None, "annex", value={"name": "별관"}),
        )
        ends = both("merge", "hall", "annex", "--db", path)
        assert [code for code, _ in ends] == [0, 2], ends
        assert len(asked(path, lambda r: list(r.acts()))) == 2


def test_two_completions_of_one_step_complete_it_once(both, tmp_path):
    for number in range(ROUNDS):
        path = filled(tmp_path / f"{number}.db", plan("2026", "2026-01-02"))
        ends = both("complete", "hall", "opening", "--db", path)
        assert [code for code, _ in ends] == [0, 0], ends
        assert sum("already recorded" in told for _, told in ends) == 1
        assert len(asked(path, lambda r: list(r.acts()))) == 2


def test_two_that_take_one_statement_back_do_it_once(both, tmp_path):
    for number in range(ROUNDS):
        path = filled(tmp_path / f"{number}.db", plan("2026", "2026-01-02"))
        ends = both("retract", "2", "--db", path)
        assert [code for code, _ in ends] == [0, 2], ends
        assert len(asked(path, lambda r: list(r.acts()))) == 2


def test_of_two_new_names_of_a_facility_none_is_lost(both, tmp_path):
    for number in range(ROUNDS):
        path = filled(tmp_path / f"{number}.db")
        edit = ("edit", "facility", "hall", "--db", path, "--alias")
        ends = both(*edit, "본청", other=(*edit, "청사"))
        assert [code for code, _ in ends] == [0, 0], ends
        assert set(asked(path, lambda r: r.facility("hall")).aliases) == {"본청", "청사"}


def test_two_applications_of_one_article_record_it_once(both, tmp_path):
    article = tmp_path / "a.txt"
    article.write_text(
        "가람시는 '가람로봇센터' 개소 시기를 오는 9월로 조정했다고 18일 밝혔다.\n", "utf-8"
    )
    for number in range(ROUNDS):
        path = filled(
            tmp_path / f"{number}.db",
            said("set", "2026-01-01", None, "robots", value={"name": "가람로봇센터"}),
            plan("2026-06", "2026-01-02", facility="robots"),
        )
        ends = both("read", article, "--dated", "2026-03-18", "--apply", "--db", path)
        assert [code for code, _ in ends] == [0, 0], ends
        assert len(asked(path, lambda r: list(r.acts()))) == 2, ends
