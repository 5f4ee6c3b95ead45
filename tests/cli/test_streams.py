"""Every command with output that is closed, full, at its end or in a narrow encoding.

The table in `docs/exit-codes.md` says how each ends. `TRACKER_GOLDEN=write pytest
tests/cli/test_streams.py` writes it anew; `TRACKER_LONG=1` checks every cell, in new processes.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import streams
from effort import LONG
from streams import ACTS, BYTES, CHANGES, FILES, LINES, READS, STREAMS, Streams

from tracker.cli.main import COMMANDS, tracker

PAGE = Path(__file__).parents[2] / "docs" / "exit-codes.md"
MARK = "<!-- table -->\n"
WRITING = os.environ.get("TRACKER_GOLDEN") == "write"
SHARE = 1 if LONG or WRITING else 6  # one of so many cells is tried
LOST = {"closed", "full", "ended"}


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    made = streams.Cases(tmp_path_factory.mktemp("streams"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def plain(cases):
    """What each command prints where nothing is in the way."""
    known = {}

    def printed(name):
        if name not in known:
            known[name] = cases.run(LINES[name], Streams()).out
        return known[name]

    return printed


def table():
    """The codes that the page promises, by command and streams."""
    rows = [
        line.split("|")[1:-1] for line in PAGE.read_text("utf-8").partition(MARK)[2].split("\n")
    ]
    rows = [[cell.strip().strip("`") for cell in row] for row in rows if row]
    return {row[0]: dict(zip(rows[0][1:], row[1:], strict=True)) for row in rows[2:]}


def check(name, kind, outcome, plain):
    """Judge one cell but for its code: one line, no traceback, done once, all signs readable."""
    where = (name, kind, outcome)
    how = STREAMS[kind]
    assert "Traceback" not in outcome.err, where
    assert "Exception" not in outcome.err, where
    acts = name in ACTS or name in FILES
    assert outcome.changes == CHANGES.get(name, acts), where
    told = outcome.code > 1 or (acts and how.out in LOST)
    assert outcome.err.count("\n") == (told and how.err == "open"), where
    if outcome.code == 0 and told and how.err == "open":
        assert "다시 실행하지 않아도" in outcome.err or how.encoding == "ascii", where
    if how.out in LOST:
        assert outcome.out == b"", where
    elif name in BYTES:
        assert outcome.out == plain(name) or name.endswith("xlsx"), where
    elif "--json" in name:
        assert json.loads(outcome.out.decode(how.encoding)) == json.loads(plain(name)), where
    else:
        lines = outcome.out.decode(how.encoding).count("\n")
        assert lines == plain(name).count(b"\n"), where


def cells(kind):
    """The commands that are tried with these streams; others with others."""
    first = list(STREAMS).index(kind)
    return [name for n, name in enumerate(LINES) if (n + first) % SHARE == 0]


def test_every_command_is_tried():
    tried = {" ".join(line[:2]) for line in LINES.values()}
    for name in COMMANDS:
        command = tracker.get_command(tracker.make_context("tracker", [], obj={}), name)
        parts = [f"{name} {part}" for part in getattr(command, "commands", ())] or [name]
        for part in parts:
            assert any(line == part or line.startswith(f"{part} ") for line in tried), part
    assert not READS.keys() & (ACTS.keys() | FILES.keys())


@pytest.mark.timeout(900)
@pytest.mark.skipif(WRITING, reason="the page is being written")
@pytest.mark.parametrize("kind", STREAMS)
def test_the_page_tells_how_every_command_ends(cases, plain, kind):
    promised = table()
    assert list(promised) == list(LINES)
    for name in cells(kind):
        outcome = cases.run(LINES[name], STREAMS[kind])
        assert promised[name][kind] == str(outcome.code), (name, kind, outcome)
        check(name, kind, outcome, plain)


REAL = ("note", "list --json") if not LONG else tuple(LINES)


@pytest.mark.timeout(1800)
@pytest.mark.skipif(WRITING, reason="the page is being written")
@pytest.mark.parametrize("kind", STREAMS)
def test_a_new_process_ends_so_too(cases, plain, kind):
    for name in REAL if LONG else REAL[list(STREAMS).index(kind) % 2 :][:1]:
        outcome = cases.run(LINES[name], STREAMS[kind], anew=True)
        assert table()[name][kind] == str(outcome.code), (name, kind, outcome)
        check(name, kind, outcome, plain)


@pytest.mark.timeout(1800)
@pytest.mark.skipif(not WRITING, reason="with TRACKER_GOLDEN=write")
def test_the_page_is_written(cases, plain):
    rows = [["command", *STREAMS], ["---"] * (len(STREAMS) + 1)]
    for name, line in LINES.items():
        outcomes = {kind: cases.run(line, how) for kind, how in STREAMS.items()}
        for kind, outcome in outcomes.items():
            check(name, kind, outcome, plain)
        rows.append([f"`{name}`", *(str(outcome.code) for outcome in outcomes.values())])
    text = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    PAGE.write_text(PAGE.read_text("utf-8").partition(MARK)[0] + MARK + text, "utf-8")


def test_only_alerts_promise_to_end_with_1():
    assert {name for name, row in table().items() if "1" in row.values()} == {"alerts --exit-code"}


@pytest.fixture(scope="module")
def locales(tmp_path_factory):
    """The Korean locales of older machines, where they can be made."""
    localedef = shutil.which("localedef")
    if localedef is None:
        pytest.skip("no localedef: PYTHONIOENCODING stands in for it")
    folder = tmp_path_factory.mktemp("locales")
    for charset in ("CP949", "EUC-KR"):
        made = [localedef, "-i", "ko_KR", "-f", charset, folder / f"ko_KR.{charset}"]
        if subprocess.run(made, capture_output=True, check=False).returncode > 1:
            pytest.skip("localedef has no charmaps")
    return folder


@pytest.mark.parametrize(("charset", "encoding"), [("CP949", "cp949"), ("EUC-KR", "euc_kr")])
def test_arguments_and_output_are_in_the_encoding_of_the_locale(demo, locales, charset, encoding):
    env = {**os.environ, "LOCPATH": str(locales), "LC_ALL": f"ko_KR.{charset}"}
    env.pop("PYTHONIOENCODING", None)

    def ran(*line):
        line = [a.encode(encoding) for a in (sys.executable, "-m", "tracker", *line)]
        return subprocess.run(line, env=env, capture_output=True, check=False)

    done = ran("note", "리퍼브", "메모 …")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "한국로봇리퍼브센터 → 메모: 메모 …" in done.stdout.decode(encoding)
    done = ran("show", "리퍼브")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "v 완료" in done.stdout.decode(encoding)
    assert "메모 …" in done.stdout.decode(encoding)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_no_file_takes_the_place_of_a_stream(demo, number):
    """The store would be what is printed into, if it were the first file that is opened."""
    line = f'exec "$0" -m tracker note 리퍼브 메모 {number}>&-'
    before = demo.read_bytes()[:100]
    done = subprocess.run(["bash", "-c", line, sys.executable], capture_output=True, check=False)
    assert done.returncode == 0
    assert demo.read_bytes()[:16] == before[:16]
    line = f'exec "$0" -m tracker doctor {number}>&-'
    done = subprocess.run(["bash", "-c", line, sys.executable], capture_output=True, check=False)
    assert done.returncode == (3 if number == 1 else 0)


def test_standard_input_that_is_closed_or_no_text_is_one_line(demo):
    def ran(line):
        line = ["bash", "-c", line, sys.executable]
        return subprocess.run(line, capture_output=True, text=True, check=False)

    for line in ("period - <&-", "read - --dated 2026-11-20 <&-"):
        done = ran(f'exec "$0" -m tracker {line}')
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    done = ran(r"""printf '\377\n2027\n' | "$0" -m tracker period - --json""")
    assert (done.returncode, done.stderr) == (0, "")
    unread, read = map(json.loads, done.stdout.splitlines())
    assert unread["problem"]
    assert read["period"]["edtf"] == "2027"
