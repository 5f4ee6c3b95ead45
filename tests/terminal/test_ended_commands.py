"""Commands that a signal ends leave nothing half done."""

import signal
import subprocess
import sys
import time

import pytest

SOFT = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)


@pytest.fixture
def rows(tmp_path):
    """A table that takes a while to import."""
    table = tmp_path / "rows.csv"
    lines = (f"시설 {n},2026-06,2027-06" for n in range(8_000))
    table.write_text("\n".join(["시설명,착공,준공", *lines]), "utf-8")
    return table


def end(number, store, rows, ready):
    """Import, send a signal as soon as something is `ready`; how the command ended."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tracker", "--db", store, "import", rows],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while not ready() and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    child.send_signal(number)
    out, err = child.communicate(timeout=60)
    assert child.returncode == -number, (out, err)
    assert (out, err) == (b"", b"")


@SOFT
def test_an_import_that_is_ended_leaves_no_new_store_and_nothing_unfinished(tmp_path, rows, number):
    folder = tmp_path / "new"
    folder.mkdir()
    end(number, folder / "tracker.db", rows, lambda: any(folder.iterdir()))
    assert list(folder.iterdir()) == []


@SOFT
def test_an_import_that_is_ended_leaves_the_store_as_it_was(demo, rows, read_store, number):
    def acts():
        return read_store(demo, lambda reader: reader.log(limit=0)[0])

    before, beside = acts(), demo.parent / "backups"
    end(number, demo, rows, beside.exists)
    assert acts() == before
    assert not [p for p in demo.parent.rglob("*") if p.suffix in {".part", ".new"}]
