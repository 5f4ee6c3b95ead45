"""Data is never run, no path from it is opened, and nothing goes out unasked."""

import ast
import io
import re
import socket
from functools import cache
from pathlib import Path

import pytest
from hostile import rich_store

import db
import tracker as program

PACKAGES = [Path(p.__file__).parent for p in (program, db)]
NEVER = {"eval", "exec", "os.system", "os.popen", "pickle.loads", "marshal.loads", "yaml.load"}
NETWORK = {"socket", "urllib.request", "http.client", "requests", "ftplib", "smtplib", "apprise"}


@cache
def modules():
    """Every module with all that stands in it."""
    files = [file for package in PACKAGES for file in package.rglob("*.py")]
    return [(file, list(ast.walk(ast.parse(file.read_text("utf-8"))))) for file in files]


OF_ITS_OWN = {("record.py", "exec")}  # makes `__init__` of the names of our own records


def test_nothing_in_the_program_runs_data():
    for file, nodes in modules():
        for node in nodes:
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in NEVER or (file.name, called) in OF_ITS_OWN, file


def test_only_notify_knows_the_network():
    found = set()
    for file, nodes in modules():
        for node in nodes:
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            if any(n in NETWORK or n.partition(".")[0] in NETWORK for n in names):
                found.add(file.stem)
    assert all("notif" in name or "send" in name for name in found), found


@pytest.fixture
def offline(monkeypatch):
    """A machine without any network: to open a socket is a failure."""

    def refuse(*_, **__):
        raise AssertionError("something opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_paths_and_addresses_in_data_are_texts(offline, tracker, tmp_path, monkeypatch):
    """Evidence may name any file and a source any address: nothing follows them."""
    secret = tmp_path / "secret"
    secret.write_text("for nobody")
    store = tmp_path / "t.db"
    rich_store(store)
    monkeypatch.setenv("TRACKER_DB", str(store))
    for text in (secret, f"file://{secret}", "http://127.0.0.1:9/x", "../../secret"):
        line = ("--evidence", text, "--source", text, "--by", text, "--reason", text)
        assert tracker("plan", "hall", "opening", "2027", *line).code == 0
    opened = []
    real = open
    for name in ("builtins.open", "io.open"):
        monkeypatch.setattr(name, lambda *a, **k: opened.append(str(a[0])) or real(*a, **k))
    for line in (
        ("list",),
        ("status", "--json"),
        ("show", "hall"),
        ("log",),
        ("alerts",),
        ("export",),
        ("export", "--format", "csv"),
        ("export", "--format", "ics"),
        ("export", tmp_path / "out.xlsx"),
        ("report", "weekly"),
    ):
        ran = tracker(*line)
        assert ran.code == 0, ran
        assert "for nobody" not in ran.out
    assert not [path for path in opened if path.endswith("secret")]


SQL = [
    "'; DROP TABLE act; --",
    '" OR 1=1 --',
    "%' OR '1'='1",
    "?1",
    ":day",
    "a' MATCH 'b",
    '"NEAR("',
]


QUOTES = '\'); DROP TABLE act; --" OR "1"="1'
WHOLE = {  # what each command needs to get as far as the store
    **dict.fromkeys(("plan", "baseline"), ("hall", "opening", "2027", "--reason", "r")),
    **dict.fromkeys(("complete", "confirm", "hold", "cancel"), ("hall", "opening")),
    **dict.fromkeys(("resume", "reopen"), ("hall", "completion")),
    **dict.fromkeys(("show", "trend", "log", "timeline"), ("hall",)),
    "note": ("hall", "text"),
    "progress": ("hall", "--actual", "70"),
    "confidence": ("hall", "green"),
    "snooze": ("hall", "opening", "2026-12-01", "--reason", "r"),
    "retract": ("1",),
    "correct": ("1", "--reason", "r"),
    "add facility": ("other",),
    "add programme": ("other fund",),
    "add milestone": ("hall", "event", "2027"),
    "edit facility": ("hall", "--city", "x"),
    "edit milestone": ("hall", "opening", "--title", "x"),
    "merge": ("hall", "fund"),
    "review": ("--json",),
    "report weekly": (),
    "notify": ("--dry-run",),
    "demo": ("--no-tui",),
    "period": ("2027",),
    "completion": ("bash",),
}
OWN_FILES = {"--db", "--out", "--to", "--to-file", "--theme"}


def every_line():
    """Every command with a hostile text in the place of each of its arguments and options."""
    from click import Context, Group, Option

    from tracker.cli.main import COMMANDS
    from tracker.cli.main import tracker as group

    def under(name, command):
        if isinstance(command, Group):
            for part, inner in command.commands.items():
                yield from under(f"{name} {part}", inner)
            return
        words, given = name.split(), WHOLE.get(name, ())
        places = [i for i, word in enumerate(given) if not word.startswith("--")]
        for i in places:
            yield [*words, *given[:i], QUOTES, *given[i + 1 :]]
        for option in command.params:
            takes_text = isinstance(option, Option) and not option.is_flag
            if takes_text and not OWN_FILES & {*option.opts}:
                yield [*words, *given, option.opts[0], QUOTES]

    for name in COMMANDS:
        if name not in {"import", "read", "backup", "restore", "export"}:  # of files alone
            yield from under(name, group.get_command(Context(group), name))


def test_quotes_in_any_argument_are_text(tracker, tmp_path, monkeypatch):
    store = tmp_path / "t.db"
    rich_store(store)
    monkeypatch.setenv("TRACKER_DB", str(store))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    lines = list(every_line())
    assert len(lines) > 100
    done = 0
    for line in lines:
        ran = tracker(*line)
        assert ran.code in {0, 2}, (line, ran)
        assert not re.search("sql|syntax|Traceback", ran.err.replace(QUOTES, "")), (line, ran)
        done += ran.code == 0
    assert done > 30
    assert tracker("doctor").code == 0


@pytest.mark.parametrize("text", SQL)
def test_text_is_never_sql(tracker, tmp_path, monkeypatch, text):
    store = tmp_path / "t.db"
    rich_store(store)
    monkeypatch.setenv("TRACKER_DB", str(store))
    for line in (
        ("list", "--search", text),
        ("list", "--city", text),
        ("list", "--owner", text),
        ("list", "--cluster", text),
    ):
        ran = tracker(*line, "--json")
        assert (ran.code, ran.json["total"]) == (0, 0)
    assert tracker("show", text).code == 2
    assert tracker("log", text).code == 2
    for line in (
        ("note", "hall", text, "--by", text),
        ("edit", "facility", "hall", "--city", text, "--alias", text),
        ("show", text),
        ("list", "--city", text),
        ("undo",),
    ):
        assert tracker(*line).code == 0, line
    assert tracker("doctor").code == 0
