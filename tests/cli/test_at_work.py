"""The bar of long work: true shares, on a terminal alone; and work that is broken off."""

import sys
import time
from io import StringIO

import pytest

from db.model.progress import Stage, counted, watched
from tracker.cli.output import progress_bar
from tracker.cli.output.progress_bar import at_work
from tracker.words import Words

FACTS = """\
facility garam-hall
  name: 가람관
  cost: 1,000,000
2026-01-05  completion  plan  2026-12
2026-01-05  opening     plan  2027-03
programme garam-plan
  name: 가람 사업
  described: 2026-01-05
"""


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(progress_bar, "_PATIENCE", 0)
    monkeypatch.setattr(progress_bar, "_BLINK", 0.01)


def test_every_thing_is_told_of_once_it_is_done():
    heard = []
    with watched(lambda *told: heard.append(told)):
        for number in counted(range(200), 200, Stage.WRITE):
            assert all(done <= number for _, done, _ in heard)
    assert heard == [(Stage.WRITE, done, 200) for done in (0, 64, 128, 192, 200)]


def test_where_nobody_watches_nothing_is_counted():
    items = [1, 2]
    assert counted(items, lambda: 1 // 0, Stage.READ) is items


@pytest.mark.parametrize(("lang", "said"), [("ko", "쓰기"), ("en", "writing")])
def test_the_bar_shows_the_share_that_is_done(at_once, monkeypatch, lang, said):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with at_work(Words(lang), "export.at_work"):
        for number in counted(range(200), 200, Stage.WRITE):
            if number == 150:  # 128 of 200 were told of
                seen = wait_for(terminal, " 64%")
    assert said in seen
    assert "75%" not in terminal.getvalue()


def wait_for(terminal, text):
    end = time.monotonic() + 20
    while text not in terminal.getvalue():
        assert time.monotonic() < end, terminal.getvalue()
        time.sleep(0.01)
    return terminal.getvalue()


def test_there_is_no_bar_in_a_pipe(at_once, tracker, tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "t.db"))
    (tmp_path / "a.facts").write_text(FACTS, "utf-8")
    ran = tracker("import", tmp_path / "a.facts")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "새 시설 1곳, 새 사업 1건, 새 마일스톤 2건, 새 변경 이력 4건, 이미 있음 0건\n"
        "되돌리기: tracker undo 1\n"
    )


@pytest.mark.parametrize("where", ["refold", "tally"])
def test_an_import_that_is_broken_off_leaves_the_store_whole(
    demo, tracker, tmp_path, monkeypatch, where
):
    monkeypatch.setenv("TRACKER_DB", str(demo))
    (tmp_path / "a.facts").write_text(FACTS, "utf-8")
    before = tracker("export").out

    def broken_off(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        broken = "act_writer.refold" if where == "refold" else "refold.counters.add"
        patched.setattr(f"db.write.{broken}", broken_off)
        ran = tracker("import", tmp_path / "a.facts")
    assert ran.code == 2
    assert "멈췄습니다" in ran.err
    assert tracker("export").out == before
    assert tracker("doctor").code == 0
    assert tracker("import", tmp_path / "a.facts").out.startswith("새 시설 1곳, 새 사업 1건")


def test_an_export_that_is_broken_off_leaves_the_file_as_it_was(
    demo, tracker, tmp_path, monkeypatch
):
    monkeypatch.setenv("TRACKER_DB", str(demo))
    file = tmp_path / "a.csv"
    file.write_text("as it was")

    def broken_off(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("pathlib.Path.replace", broken_off)
    assert tracker("export", file).code == 2
    assert file.read_text() == "as it was"
    assert not list(tmp_path.glob("*.part"))
