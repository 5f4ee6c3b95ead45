"""Every command with standard streams that are closed, full, at their end or in other encodings.

`Cases` runs a command line with such streams, in a process that a warmed-up one forked
(this file as a program), or in a new one. What differs between the two is how Python itself
makes its streams, which the forked process does over.
"""

import json
import locale
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from hostile import rich_store
from making import BUSY_MS, TODAY, batch, said

from db.model.kinds import commands

TESTS = Path(__file__).parent
ARTICLE = "가람회관은 2027년 6월 개관할 예정이라고 김해시가 밝혔다."
FACTS = "facility lab\n  name: 실험동\n2026-01-05  opening  plan  2026-10\n"


@dataclass(frozen=True)
class Streams:
    """Standard streams: `open`, `closed`, `full` or `ended`, and what the environment says."""

    out: str = "open"
    err: str = "open"
    encoding: str = "utf-8"
    env: dict = field(default_factory=dict)


BARE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
STREAMS = {
    "UTF-8": Streams(),
    "output closed": Streams(out="closed"),
    "output full": Streams(out="full"),
    "pipe ends": Streams(out="ended"),
    "errors closed": Streams(err="closed"),
    "errors full": Streams(err="full"),
    "both closed": Streams(out="closed", err="closed"),
    "CP949": Streams(encoding="cp949", env={"PYTHONIOENCODING": "cp949"}),
    "EUC-KR": Streams(encoding="euc_kr", env={"PYTHONIOENCODING": "euc_kr"}),
    "ASCII": Streams(encoding="ascii", env={"PYTHONIOENCODING": "ascii"}),
    "C": Streams(encoding="utf-8", env=BARE),
}

HOW = ("--reason", "까닭 ✓ – …")
ACTS = {  # recorded exactly once, whatever becomes of the output
    "plan": ("plan", "hall", "opening", "2027", *HOW),
    "complete": ("complete", "hall", "opening"),
    "confirm": ("confirm", "hall", "opening"),
    "note": ("note", "hall", "메모 ✓ – …"),
    "hold": ("hold", "hall", "opening", *HOW),
    "resume": ("resume", "hall", "completion"),
    "cancel": ("cancel", "hall", *HOW),
    "reopen": ("reopen", "fund", "other"),
    "baseline": ("baseline", "hall", "opening", "2027", *HOW),
    "progress": ("progress", "hall", "--actual", "70"),
    "confidence": ("confidence", "hall", "green"),
    "snooze": ("snooze", "hall", "opening", "2026-12-01", *HOW),
    "undo": ("undo",),
    "redo": ("redo",),
    "retract": ("retract", "1"),
    "correct": ("correct", "1", *HOW),
    "add facility": ("add", "facility", "새 도서관", "--slug", "library"),
    "add programme": ("add", "programme", "새 사업", "--slug", "plan"),
    "add milestone": ("add", "milestone", "hall", "event", "2027"),
    "edit facility": ("edit", "facility", "hall", "--city", "부산시"),
    "edit programme": ("edit", "programme", "fund", "--city", "부산시"),
    "edit milestone": ("edit", "milestone", "hall", "opening", "--title", "문 열기"),
    "merge": ("merge", "hall", "annex"),
    "import": ("import", "lab.facts"),
    "read --apply": ("read", "article.txt", "--dated", "2026-11-20", "--apply"),
    "demo": ("demo", "--no-tui", "--db", "demo.db"),
}
ACTS |= {name: (name, "hall", "opening", *HOW) for name in commands() if name not in ACTS}
FILES = {  # made exactly once
    "review --close": ("review", "--close"),
    "export FILE": ("export", "out.json"),
    "report weekly --out": ("report", "weekly", "--out", "out.html"),
    "backup": ("backup", "copy.bak"),
    "restore --yes": ("restore", "old.bak", "--yes"),
}
READS = {
    "tracker": (),
    "tracker --help": ("--help",),
    "tracker --version": ("--version",),
    "status": ("status",),
    "status --line": ("status", "--line"),
    "status --json": ("status", "--json"),
    "alerts": ("alerts",),
    "alerts --exit-code": ("alerts", "--exit-code"),
    "alerts --json": ("alerts", "--json"),
    "list": ("list",),
    "list --json": ("list", "--json"),
    "list --help": ("list", "--help"),
    "show": ("show", "hall"),
    "show --json": ("show", "hall", "--json"),
    "show (unknown)": ("show", "없는 곳 ✓"),
    "timeline": ("timeline",),
    "timeline --json": ("timeline", "--json"),
    "trend": ("trend", "hall"),
    "trend --json": ("trend", "hall", "--json"),
    "log": ("log",),
    "log --json": ("log", "--json"),
    "review": ("review",),
    "review --json": ("review", "--json"),
    "report weekly": ("report", "weekly"),
    "report weekly --format html": ("report", "weekly", "--format", "html"),
    "export": ("export",),
    "export --format csv": ("export", "--format", "csv"),
    "export --format ics": ("export", "--format", "ics"),
    "export --format xlsx": ("export", "--format", "xlsx"),
    "import --dry-run": ("import", "lab.facts", "--dry-run"),
    "read": ("read", "article.txt", "--dated", "2026-11-20"),
    "read --json": ("read", "article.txt", "--dated", "2026-11-20", "--json"),
    "notify --dry-run": ("notify", "--dry-run"),
    "restore": ("restore", "old.bak"),
    "doctor": ("doctor",),
    "period": ("period", "내년 상반기"),
    "period --json": ("period", "내년 상반기", "--json"),
    "completion": ("completion", "bash"),
}
CHANGES = {"import": 2, "restore --yes": -1}
"""Where an act is not one change: a backup is made, and of a restore two acts go."""
LINES = {**READS, **ACTS, **FILES}
BYTES = {"export", "export --format csv", "export --format ics", "export --format xlsx"}
BYTES |= {"report weekly --format html"}
"""What prints a file as it is, in UTF-8 whatever the locale."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended, what it printed, and how often it changed the store."""

    code: int
    out: bytes
    err: str
    changes: int


class Cases:
    """Runs commands on fresh copies of one store."""

    def __init__(self, folder):
        self._pristine, self._work = folder / "pristine", folder / "work"
        self._pristine.mkdir()
        prepare(self._pristine)
        self._log = folder / "log"
        self._server = None

    def run(self, line, streams, *, anew=False):
        """Run a line; in a process of its own from the beginning on if `anew`."""
        shutil.rmtree(self._work, ignore_errors=True)
        shutil.copytree(self._pristine, self._work)
        self._log.mkdir(exist_ok=True)
        before = changes_in(self._work)
        code = (self._in_new_process if anew else self._in_fork)(line, streams)
        return Outcome(
            code,
            (self._log / "out").read_bytes(),
            (self._log / "err").read_bytes().decode(streams.encoding),
            changes_in(self._work) - before,
        )

    def close(self):
        if self._server is not None:
            self._server.communicate()

    def _environment(self, streams):
        plain = {"TRACKER_DB": "t.db", "TRACKER_TODAY": TODAY.isoformat(), "TRACKER_LANG": "ko"}
        plain |= {"HOME": str(self._work), "XDG_CONFIG_HOME": str(self._work), "LC_ALL": "C.UTF-8"}
        return (
            plain | {"PYTHONPATH": os.pathsep.join(map(str, (TESTS, TESTS.parent)))} | streams.env
        )

    def _in_new_process(self, line, streams):
        stdout, stderr = (
            {"open": self._log / name, "full": "/dev/full"}.get(kind)
            for name, kind in (("out", streams.out), ("err", streams.err))
        )
        for name in ("out", "err"):
            (self._log / name).write_bytes(b"")
        script = 'exec "$@"'
        script += f' >"{stdout}"' if stdout else " >&-" if streams.out == "closed" else ""
        script += f' 2>"{stderr}"' if stderr else " 2>&-"
        ended, writing = os.pipe()
        os.close(ended)
        with os.fdopen(writing, "wb") as pipe:
            done = subprocess.run(
                ["bash", "-c", script, "bash", sys.executable, "-m", "tracker", *line],
                cwd=self._work,
                env={**os.environ, **self._environment(streams)},
                stdin=subprocess.DEVNULL,
                stdout=pipe,
                check=False,
            )
        return done.returncode

    def _in_fork(self, line, streams):
        if self._server is None:
            self._server = subprocess.Popen(
                [sys.executable, __file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, **self._environment(Streams())},
            )
        asked = {
            "line": line,
            "folder": str(self._work),
            "log": str(self._log),
            "env": self._environment(streams),
            "encoding": "ascii" if streams.env is BARE else streams.encoding,
            "out": streams.out,
            "err": streams.err,
        }
        self._server.stdin.write(json.dumps(asked) + "\n")
        self._server.stdin.flush()
        return json.loads(self._server.stdout.readline())


def prepare(folder):
    """A store in which each of the acts can be done, its backup, and files to read."""
    from db.upkeep.backup import back_up
    from db.write.store import Store
    from tracker.acts.review_acts import Reviewing
    from tracker.app.config import Config
    from tracker.app.workspace import Workspace
    from tracker.words import Words

    path = folder / "t.db"
    rich_store(path)
    now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    how = {"by": None, "now": now, "today": TODAY}
    with Store.open(path, busy_ms=BUSY_MS) as store:
        annex = said("set", "2026-11-01", None, "annex", value={"name": "별관", "city": "김해시"})
        store.record(batch(annex), **how)
        store.record(batch(said("plan", "2026-11-01", "other", "fund")), **how)
        store.record(batch(said("cancel", "2026-11-01", "other", "fund", reason="까닭")), **how)
        store.record(batch(said("note", "2026-11-20", "opening", value="뒤에 적음")), **how)
        store.undo(**how)
    Reviewing(Workspace(path, TODAY, Config(), Words("ko")), None).begin()
    back_up(path, folder / "old.bak", busy_ms=BUSY_MS)
    with Store.open(path, busy_ms=BUSY_MS) as store:
        store.record(batch(said("note", "2026-11-20", "opening", value="그 뒤 적음")), **how)
        store.undo(**how)
    (folder / "article.txt").write_text(ARTICLE, "utf-8")
    (folder / "lab.facts").write_text(FACTS, "utf-8")


def changes_in(folder):
    """How many acts and ends of checks a store holds, and how many files are there."""
    with closing(sqlite3.connect(folder / "t.db")) as store:
        acts = store.execute("SELECT count(*) FROM act").fetchone()[0]
        closed = "SELECT count(*) FROM review WHERE closed_at IS NOT NULL"
        acts += store.execute(closed).fetchone()[0]
    made = [p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("t.db-")]
    return acts + len(made)


# -- the forking process -------------------------------------------------------------------------


def redirect(number, kind, log):
    """Make a descriptor what it is to be."""
    if kind == "closed":
        os.close(number)
        return
    if kind == "ended":
        ended, opened = os.pipe()
        os.close(ended)
    else:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        opened = os.open("/dev/full" if kind == "full" else log, flags, 0o600)
    os.dup2(opened, number)
    os.close(opened)


def make_streams(encoding):
    """Do what Python does when it starts."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            stream = None
        else:
            errors = "backslashreplace" if name == "stderr" else "strict"
            mode = "r" if name == "stdin" else "w"
            stream = open(number, mode, encoding=encoding, errors=errors, closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def child(asked):
    os.environ.clear()
    os.environ.update(asked["env"])
    locale.setlocale(locale.LC_ALL, "")
    os.chdir(asked["folder"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, "out"), (2, "err")):
        (Path(asked["log"]) / name).write_bytes(b"")
        redirect(number, asked[name], Path(asked["log"]) / name)
    make_streams(asked["encoding"])
    sys.argv = ["tracker", *asked["line"]]
    from tracker.__main__ import main

    code = 99
    try:
        main()
    except SystemExit as leave:
        code = leave.code
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except OSError:
                code = 120  # as Python ends
    os._exit(code)


def serve():
    import alembic.command
    import openpyxl
    import rich.console
    import xlsxwriter

    import db.upkeep.restore
    import db.write.store
    import tracker.cli.main
    import tracker.exchange.imports.importing

    for module in dict.fromkeys(tracker.cli.main.COMMANDS.values()):
        __import__(f"tracker.cli.commands.{module}")
    del alembic, openpyxl, rich, xlsxwriter, db
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            try:
                child(json.loads(line))
            finally:
                os._exit(98)  # a fault of the tests, or a traceback
        _, status = os.waitpid(process, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
