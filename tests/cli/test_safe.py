"""Data is never run, no path from it is opened, and nothing goes out unasked."""

import ast
import socket
from pathlib import Path

import pytest
from hostile import rich_store

import db
import tracker as program

PACKAGES = [Path(p.__file__).parent for p in (program, db)]
NEVER = {"eval", "exec", "os.system", "os.popen", "pickle.loads", "marshal.loads", "yaml.load"}
NETWORK = {"socket", "urllib.request", "http.client", "requests", "ftplib", "smtplib", "apprise"}


def modules():
    for package in PACKAGES:
        for file in package.rglob("*.py"):
            yield file, ast.parse(file.read_text("utf-8"))


OF_ITS_OWN = {("record.py", "exec")}  # makes `__init__` of the names of our own records


def test_nothing_in_the_program_runs_data():
    for file, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in NEVER or (file.name, called) in OF_ITS_OWN, file


def test_only_notify_knows_the_network():
    found = set()
    for file, tree in modules():
        for node in ast.walk(tree):
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
