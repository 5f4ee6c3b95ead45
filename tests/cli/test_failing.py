"""Whatever is raised: one line and an exit code, which is 1 only where something is overdue."""

import ast
import errno
import string
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

import db
import tracker as program
from db.model.errors import RefusedError, StoreError
from tracker.cli.failures import answered
from tracker.cli.output import streams
from tracker.cli.output.streams import RUN, Exit
from tracker.words import GLYPHS
from tracker.words.en import CATALOGUE as EN
from tracker.words.ko import CATALOGUE as KO
from tracker.words.signs import STAND_INS, stand_in

RAISED = [
    *(ZeroDivisionError("x"), RecursionError(), MemoryError(), KeyError("x"), AssertionError()),
    *(
        OSError(errno.EIO, "broken", "/some/file"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
    ),
    *(SystemExit(1), SystemExit("text"), StopIteration(), StoreError("x"), RuntimeError("a\nb")),
]


def raising(error, *, done=False):
    def work():
        if done:
            RUN.done()
        raise error

    return work


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("error", RAISED, ids=repr)
def test_anything_unexpected_is_one_line_and_3(capsys, error, lang):
    assert answered(raising(error), ["--lang", lang]) is Exit.UNREADABLE
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert told.err.startswith("tracker: ")
    assert "Traceback" not in told.err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EOFError(), RefusedError("x")], ids=repr)
def test_what_a_person_did_is_2(capsys, error):
    assert answered(raising(error), []) is Exit.WRONG
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("error", [*RAISED, KeyboardInterrupt()], ids=repr)
def test_what_is_done_stays_done(capsys, error):
    """A retry would do it twice."""
    assert answered(raising(error, done=True), ["--lang", "en"]) is Exit.DONE
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "no need to run it again" in told


def test_a_developer_sees_where_it_came_from(capsys, monkeypatch):
    monkeypatch.setenv("TRACKER_DEBUG", "1")
    assert answered(raising(ZeroDivisionError("x")), []) is Exit.UNREADABLE
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert "in work" in told


@pytest.mark.parametrize("outcome", [None, 1, True, "x", 7])
def test_what_a_command_returns_by_the_way_is_no_exit_code(outcome):
    assert answered(lambda: outcome, []) is Exit.DONE


def test_nothing_but_alerts_ends_with_1():
    """`Exit.FOUND` is named where alerts are counted; 1 has no other way out."""
    found = {
        file.name
        for file in Path(program.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "FOUND"
    }
    assert found == {"answers.py"}


@pytest.mark.parametrize("line", ["status", "list"])
def test_a_fault_of_the_program_is_3_in_both_ways_in(demo, line):
    code = (
        "import sys, tracker.cli.answers as a\n"
        "def fail(*_, **__): raise ZeroDivisionError('x')\n"
        "a.status = a.listed = fail\n"
        f"sys.argv = ['tracker', {line!r}]\n"
        "from tracker.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)


# -- signs ---------------------------------------------------------------------------------------


def test_a_stand_in_is_as_wide_as_its_sign_and_in_every_encoding():
    for sign, instead in STAND_INS.items():
        assert cell_len(sign) == cell_len(instead), sign
        assert instead.isascii(), sign


def test_every_sign_that_the_program_says_has_a_stand_in():
    said = {*"".join([*KO.values(), *EN.values(), *GLYPHS.values()])}
    assert not {c for c in said if not c.isascii() and cell_len(c) == 1 and "?" in stand_in(c)}


def test_every_sign_that_is_drawn_has_a_stand_in():
    drawn = set()
    for file in (Path(p.__file__).parent for p in (program, db)):
        for module in [*file.glob("*.py"), *file.glob("cli/*.py"), *file.glob("reports/*.py")]:
            for node in ast.walk(ast.parse(module.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    drawn |= {c for c in node.value if "\u2190" <= c <= "\u27ff"}
    assert drawn
    assert not {c for c in drawn if stand_in(c) == "?"}


@pytest.mark.parametrize("encoding", ["ascii", "cp949", "euc_kr", "latin-1", "shift_jis"])
def test_any_text_can_be_written_in_any_encoding(encoding):
    import codecs

    codecs.register_error(streams.STAND_INS, streams._stand_ins)  # noqa: SLF001 - as `prepare` does
    text = (
        "가Ä́́é✓…→\ud800\udcff\U0001f600힣"
        + string.printable
        + "".join(map(chr, range(0x2500, 0x2600)))
    )
    for c in (text, *text):
        assert c.encode(encoding, streams.STAND_INS).decode(encoding) or c == "\u0301"
