"""A PDF may cost what an article is worth: more is refused in one line, soon, in little memory."""

import importlib.util
import json
import os
import resource
import subprocess
import sys
import time

import pytest
from effort import LONG
from pdfs import FONT, flate, line_shown, lzw, pdf_of, pdf_of_streams, stream

from tracker.announcements.model.errors import UnreadableArticleError
from tracker.announcements.text import pdf
from tracker.announcements.text.documents import read_document
from tracker.announcements.text.pdf import MEMORY, PAGES, read_pdf
from tracker.announcements.text.plain import LONGEST

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pypdf") is None, reason="pypdf is an extra"
)

SHOWN = line_shown("The Garam Library will open in March 2026.")
NOTHING = flate(b"BT /F1 12 Tf " + b"( ) Tj 0 0 Td " * 150_000 + b"ET")
CHILD = pdf._CHILD  # noqa: SLF001 - the program that is started
HOSTILE = {
    "forty pages of one slow stream": pdf_of_streams([NOTHING], PAGES),
    "many short operators": pdf_of_streams([flate(b"q Q " * 5_000_000)], 1),
    "one long string": pdf_of_streams([flate(b"BT (" + b"A" * 60_000_000 + b") Tj ET")], 1),
    "many long strings": pdf_of_streams([flate(b"(" + b"A" * 8_000_000 + b") Tj ")] * 8, 1),
    "packed by LZW": pdf_of_streams([lzw(2400)], PAGES),
    "packed by LZW, more than pypdf takes": pdf_of_streams([lzw(4000)], 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_costs_too_much_is_refused(name):
    """In its own time and memory: the child's are limited, this process does none of it."""
    seconds = 10 if LONG else 1
    before, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UnreadableArticleError) as refused:
        read_pdf(HOSTILE[name], "a.pdf", seconds=seconds)
    assert refused.value.code in {"slow-pdf", "large-pdf"}
    assert "\n" not in str(refused.value)
    assert time.process_time() - before < 1
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    assert grown < 50_000  # KiB


def test_a_file_of_kilobytes_takes_no_gigabytes(monkeypatch, tmp_path):
    """Whatever the library does with it: here it asks for four times as much as it may."""
    child = tmp_path / "child.py"
    begin = 'if __name__ == "__main__":'
    greedy = f"def _read(*_):\n    return bytearray({4 * MEMORY}), 1\n\n\n{begin}"
    child.write_text(CHILD.read_text("utf-8").replace(begin, greedy), "utf-8")
    monkeypatch.setattr(pdf, "_CHILD", child)
    with pytest.raises(UnreadableArticleError) as refused:
        read_pdf(pdf_of("x"), "a.pdf")
    assert refused.value.code == "large-pdf"


def test_no_limit_of_the_system_is_needed_for_the_clock(monkeypatch, tmp_path):
    """Where the system limits no processor time, the child is ended by the clock."""
    child = tmp_path / "child.py"
    child.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(pdf, "_CHILD", child)
    monkeypatch.setattr(pdf, "_WAIT", 0.5)
    with pytest.raises(UnreadableArticleError) as refused:
        read_pdf(pdf_of("x"), "a.pdf", seconds=1)
    assert refused.value.code == "slow-pdf"


def test_as_many_pages_are_read_as_may_be_and_that_is_said():
    document = read_document(pdf_of("Page of many.", pages=PAGES + 1))
    assert document.text.count("Page of many.") == PAGES
    assert not document.whole
    assert read_document(pdf_of("Page of many.", pages=PAGES)).whole


def test_as_many_characters_are_read_as_may_be(tmp_path):
    line = b"BT /F1 12 Tf 40 700 Td " + b"(The library will open.) Tj 0 -20 Td " * 1000 + b"ET"
    read = read_pdf(pdf_of_streams([flate(line)], PAGES), "a.pdf")
    assert read.total == PAGES
    assert LONGEST <= sum(map(len, read.pages)) <= 2 * LONGEST
    assert not read_document(b"The library will open.\n" * 5000).whole


def test_the_child_looks_for_modules_where_this_process_does_and_not_where_one_is(
    tmp_path, monkeypatch
):
    """A folder may hold a `pypdf.py` of somebody else."""
    (tmp_path / "pypdf.py").write_text("raise SystemExit(0)\n")
    (tmp_path / "json.py").write_text("raise SystemExit(0)\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert "open in March" in read_pdf(pdf_of_streams([stream(SHOWN)], 1), "a.pdf").pages[0]


def test_what_pypdf_says_of_a_file_is_not_shown(tmp_path):
    """Of an encoding that it does not know it tells the name, as it stands in the file."""
    font = FONT.replace(b">>", b"/Encoding /#1b#5b31mRed >>")
    article = tmp_path / "a.pdf"
    article.write_bytes(pdf_of("The library opens in March 2026.", font=font))
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "read", article, "--dated", "2026-01-01", "--json"],
        capture_output=True,
        check=True,
        env=os.environ | {"TRACKER_DB": str(tmp_path / "t.db"), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.stderr == b""
    assert json.loads(done.stdout)["dated"] == "2026-01-01"
