"""Only text that can be seen leaves the program, whoever wrote it and wherever it comes from."""

import ast
import io
import shutil
from pathlib import Path

import pytest
from effort import either
from hostile import (
    ALL,
    HOSTILE,
    columns,
    poison,
    poison_texts,
    rich_store,
    unseen,
    unseen_in_json,
)

import tracker.cli
from db.model.kinds import commands
from tracker.cli.main import COMMANDS

TABLES = {
    "status": ("status",),
    "alerts": ("alerts",),
    "list": ("list",),
    "list with a search": ("list", "--search", "가람"),
    "list as of": ("list", "--as-of", "2026-11-20"),
    "show": ("show", "hall"),
    "show as of": ("show", "hall", "--as-of", "2026-11-20"),
    "timeline": ("timeline", "hall", "--open"),
    "timeline by city": ("timeline", "--group", "city"),
    "trend": ("trend", "hall"),
    "log": ("log",),
    "log of one": ("log", "hall"),
}
ONLY_TEXT = {
    "facts": ("export", "--format", "facts"),
    "csv": ("export", "--format", "csv"),
    "ics": ("export", "--format", "ics"),
    "report as text": ("report", "weekly"),
    "report as markdown": ("report", "weekly", "--format", "md"),
    "report as a page": ("report", "weekly", "--format", "html"),
    "digest": ("notify", "--dry-run"),
    "line": ("status", "--line"),
    "doctor": ("doctor",),
    "an ambiguous name": ("show", "a"),
}
ONLY_JSON = {"dump": ("export", "--format", "json")}
READING = {
    *("status", "alerts", "list", "show", "log", "timeline", "trend", "report", "review"),
    *("export", "doctor", "period", "completion", "read", "notify"),
}
WRITING = {
    *commands(),
    *("confidence", "snooze", "undo", "redo", "retract", "correct", "add", "edit"),
    *("merge", "demo", "import", "backup", "restore"),
}


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    path = tmp_path_factory.mktemp("rich") / "t.db"
    rich_store(path)
    return path


@pytest.fixture
def store(rich, tmp_path, monkeypatch):
    path = tmp_path / "t.db"
    shutil.copy(rich, path)
    monkeypatch.setenv("TRACKER_DB", str(path))
    return path


def plain(text):
    """Without what belongs to the formats: a mark of byte order, the line ends of CSV and ICS."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def assert_seen(ran):
    assert unseen(plain(ran.out)) == []
    assert unseen(ran.err) == []
    assert "Traceback" not in ran.err


def test_every_command_is_tried_here():
    assert set(COMMANDS) == READING | WRITING
    tried = {line[0] for group in (TABLES, ONLY_TEXT, ONLY_JSON) for line in group.values()}
    assert READING - tried == {"period", "completion", "read", "review"}


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_store_full_of_hostile_text_shows_only_what_can_be_seen(store, tracker, text, lang):
    poison_texts(store, HOSTILE[text])
    for line in TABLES.values():
        ran = tracker(*line, "--lang", lang)
        assert ran.code == 0, ran.err
        assert_seen(ran)
        assert "가" in ran.out
        ran = tracker(*line, "--json", "--lang", lang)
        assert ran.code == 0, ran.err
        assert_seen(ran)
        assert unseen_in_json(ran.out) == []
    for line in (*ONLY_TEXT.values(), *ONLY_JSON.values()):
        assert_seen(tracker(*line, "--lang", lang))
    assert unseen_in_json(tracker(*ONLY_JSON["dump"]).out) == []


WRONG_TYPES = either(
    [ALL, "2026-13-45", b"\x1b\xff"],
    [ALL, "2026-13-45", b"\x1b\xff", "", '{"a": [1', 7, -1.5, None],
)
READS = either(
    [("show", "hall", "--json"), ("log",), ("list", "--as-of", "2026-11-20")],
    [line for line in TABLES.values() if line[0] != "alerts"],
)


@pytest.mark.parametrize("value", WRONG_TYPES, ids=range(len(WRONG_TYPES)))
def test_any_column_may_hold_anything(rich, tracker, tmp_path, monkeypatch, value):
    """What cannot be read is said to be damage, in one line, with 3; nothing else happens."""
    path = tmp_path / "t.db"
    monkeypatch.setenv("TRACKER_DB", str(path))
    for table, column in columns(rich):
        shutil.copy(rich, path)
        poison(path, table, column, value)
        for line in READS:
            check_damaged(tracker(*line), table, column)
        ran = tracker("doctor")
        assert ran.code in {0, 3}, (table, column, ran)
        assert_seen(ran)


def check_damaged(ran, table, column):
    assert ran.code in {0, 2, 3}, (table, column, ran)
    assert_seen(ran)
    if ran.code:
        assert ran.err.count("\n") == 1, (table, column, ran)
        assert ran.out == ""


def test_what_is_typed_is_echoed_and_stored_clean(store, tracker):
    for number, text in enumerate(HOSTILE.values()):
        for line in (
            ("note", "hall", text, "--by", text, "--source", text, "--evidence", text),
            ("plan", "hall", "opening", "2027", "--reason", text, "--action", text),
            ("hold", "hall", "--reason", text),
            ("edit", "facility", "hall", "--alias", text, "--city", text, "--owner", text),
            ("edit", "facility", "hall", "--funding", f"{text.replace('=', '')}=3억"),
            ("add", "facility", text, "--slug", f"other-{number}"),
            ("add", "milestone", "hall", "event", "2027", "--title", text, "--slug", f"e-{number}"),
            ("undo",),
            ("redo",),
        ):
            ran = tracker(*line)
            assert ran.code == 0, (line, ran)
            assert_seen(ran)
    assert unseen_in_json(tracker("log", "--json", "--limit", "10000").out) == []
    assert tracker("doctor").code == 0


def test_what_is_refused_is_named_clean(store, tracker, tmp_path):
    for text in HOSTILE.values():
        for line in (
            ("show", text),
            ("plan", "hall", text, "2027"),
            ("plan", "hall", "opening", text),
            ("complete", "hall", "opening", "--on", text),
            ("list", "--state", text),
            ("list", "--as-of", text),
            ("list", "--known-at", text),
            ("list", "--kind", text),
            ("list", "--lang", text),
            ("list", "--today", text),
            ("list", "--limit", text),
            (f"--{text}",),
            (text,),
            ("import", text.replace("\x00", "")),
            ("retract", text),
            ("--db", text.replace("\x00", ""), "list"),
            ("period", text),
            ("period", text, "--json"),
        ):
            ran = tracker(*line)
            assert ran.code in {2, 3}, (line, ran)
            assert_seen(ran)
    assert tracker("list", "--search", ALL).code == 0


def test_the_weekly_check_is_shown_clean(store, tracker, monkeypatch):
    for text in HOSTILE.values():
        poison_texts(store, text)
        for line in (
            ("--json",),
            ("--no-tui",),
            ("--show", "2026-W47"),
            ("--show", "2026-W47", "--json"),
        ):
            monkeypatch.setattr("sys.stdin", io.StringIO("?\nq\n"))
            ran = tracker("review", *line, "--teller", text, "--by", text)
            assert_seen(ran)
            if "--json" in line and ran.code == 0:
                assert unseen_in_json(ran.out) == []


def test_an_article_is_shown_clean(store, tracker, tmp_path):
    for text in HOSTILE.values():
        article = tmp_path / "article.txt"
        words = f"가람회관 {text}은 2027년 6월 개관할 예정이라고 {text} 밝혔다."
        article.write_text(words, "utf-8", "surrogatepass")
        for line in (("--json",), (), ("--apply",)):
            assert_seen(tracker("read", article, "--dated", "2026-11-20", *line))


def test_text_that_is_not_utf_8_is_an_error_and_not_a_crash(store, tracker):
    import sqlite3

    raw = sqlite3.connect(store)
    raw.execute("UPDATE facility SET name = CAST(x'1b5b324aff' AS TEXT)")
    raw.commit()
    raw.close()
    ran = tracker("list")
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert_seen(ran)


ALLOWED_TO_PRINT = {
    ("streams.py", "write"),
    ("streams.py", "print_json"),
    ("progress_bar.py", "pour"),  # bytes of a file, made of what the store hands out clean
}


def test_commands_print_through_one_place():
    """Tables are made of `Text` by `tables`; everything else is said by these functions."""
    found = set()
    for file in Path(tracker.cli.__file__).parent.rglob("*.py"):
        for function in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                found |= {
                    (file.name, function.name)
                    for node in ast.walk(function)
                    if isinstance(node, ast.Call)
                    and ast.unparse(node.func)
                    in {"click.echo", "print", "sys.stdout.write", "sys.stdout.buffer.write"}
                }
    assert found <= ALLOWED_TO_PRINT
