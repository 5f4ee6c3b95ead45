"""Files that the program writes go nowhere else, are private, and spare what others put there."""

import json
import os
import stat
import threading
from pathlib import Path

import pytest
from making import TODAY

from db.model.errors import TrackerError
from tracker.app.atomic_write import write_file
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.notify.sent import opened
from tracker.tui.facilities.arrangement import Arrangement, save_views
from tracker.tui.review.save_report import save_weekly
from tracker.tui.session.toml_file import write_state
from tracker.words import Words

LEFT = b"somebody's own"
ENDINGS = (".part", ".new", ".tmp", f".{os.getpid()}.part", f".{os.getpid()}.new")


def state(_, target):
    write_state(target, theme="dark")


def views(_, target):
    save_views(target, {"mine": Arrangement()})


def record(_, target):
    with opened(target.with_name("t")) as sent:
        sent.begin("json://x", {})


def screen_report(_, target):
    store = Path(os.environ["TRACKER_DB"])
    save_weekly(Workspace(store, TODAY, Config(), Words("en")), TODAY, target)


def export(tracker, target):
    done(tracker("export", target, "--format", "facts"))


def report(tracker, target):
    done(tracker("report", "weekly", "--out", target, "--format", "md"))


def backup(tracker, target):
    done(tracker("backup", target))


def done(ran):
    if ran.code:
        assert len(ran.err.splitlines()) == 1
        raise TrackerError(ran.err)


ASKED = (export, report, screen_report)  # a person names the file
OWN = (state, views, record)
WRITERS = (*ASKED, *OWN, backup)
every_writer = pytest.mark.parametrize("write", WRITERS, ids=lambda w: w.__name__)


@pytest.fixture
def target(demo, tmp_path):
    """Of one name for all: the record of a store `t` has it, a report would be Markdown."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder / "t.notified.json"


def names(folder):
    return {path.name for path in folder.iterdir() if not path.name.endswith(".lock")}


@every_writer
def test_links_and_files_of_names_one_could_guess_are_left_alone(write, target, tracker, tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(LEFT)
    planted = [target.with_name(target.name + ending) for ending in ENDINGS]
    for number, path in enumerate(planted):
        if number % 2:
            path.symlink_to(victim)
        else:
            path.write_bytes(LEFT)
    write(tracker, target)
    assert {path.read_bytes() for path in (victim, *planted)} == {LEFT}
    assert names(target.parent) == {target.name, *(path.name for path in planted)}


@every_writer
def test_a_file_that_all_may_read_is_replaced_by_a_private_one(write, target, tracker):
    if write is record:
        record(tracker, target)
    else:
        target.write_bytes(LEFT)
    target.chmod(0o666)
    write(tracker, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.read_bytes() != LEFT


@every_writer
def test_a_link_stays_one(write, target, tracker, tmp_path):
    real = tmp_path / "real"
    write(tracker, target)
    target.rename(real)
    real.chmod(0o644)
    target.symlink_to(real)
    write(tracker, target)
    assert target.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert real.read_bytes()


@pytest.mark.parametrize("write", ASKED, ids=lambda w: w.__name__)
def test_a_pipe_that_a_person_names_is_written_into(write, target, tracker):
    os.mkfifo(target)
    read = []
    reader = threading.Thread(target=lambda: read.append(target.read_bytes()), daemon=True)
    reader.start()
    write(tracker, target)
    reader.join(10)
    assert len(read[0]) > 1000
    assert stat.S_ISFIFO(target.stat().st_mode)
    assert names(target.parent) == {target.name}


@pytest.mark.parametrize("write", [*OWN, backup], ids=lambda w: w.__name__)
def test_a_pipe_elsewhere_is_refused_and_stays(write, target, tracker):
    os.mkfifo(target)
    with pytest.raises(TrackerError):
        write(tracker, target)
    assert stat.S_ISFIFO(target.stat().st_mode)
    assert names(target.parent) == {target.name}


@every_writer
def test_a_folder_is_refused_and_stays(write, target, tracker):
    target.mkdir()
    (target / "in it").write_bytes(LEFT)
    with pytest.raises(TrackerError):
        write(tracker, target)
    assert (target / "in it").read_bytes() == LEFT
    assert names(target.parent) == {target.name}


@pytest.mark.parametrize("write", ASKED, ids=lambda w: w.__name__)
def test_a_store_is_spared(write, target, tracker, demo):
    before = demo.read_bytes()
    target.symlink_to(demo)
    with pytest.raises(TrackerError):
        write(tracker, target)
    assert demo.read_bytes() == before


@pytest.mark.parametrize("kind", ["file", "pipe"])
def test_what_is_written_may_come_in_parts(tmp_path, kind):
    target = tmp_path / "t"
    if kind == "pipe":
        os.mkfifo(target)
    read = []
    reader = threading.Thread(target=lambda: read.append(target.read_bytes()), daemon=True)
    if kind == "pipe":
        reader.start()
    write_file(target, (part for part in (b"one ", b"two")))
    if kind == "file":
        reader.start()
    reader.join(10)
    assert read == [b"one two"]


def test_parts_that_fail_leave_the_file_as_it_was(tmp_path):
    def parts():
        yield b"half"
        raise TrackerError("no more")

    (tmp_path / "t").write_bytes(LEFT)
    with pytest.raises(TrackerError, match="no more"):
        write_file(tmp_path / "t", parts())
    assert (tmp_path / "t").read_bytes() == LEFT
    assert names(tmp_path) == {"t"}


@pytest.mark.parametrize("planted", ["link", "dangling link", "hard link", "folder", "pipe"])
def test_the_lock_of_the_record_is_a_file_of_its_own(tmp_path, planted):
    lock, victim = tmp_path / "t.notified.json.lock", tmp_path / "victim"
    if planted != "dangling link":
        victim.write_bytes(LEFT)
    if "link" in planted:
        (lock.hardlink_to if planted == "hard link" else lock.symlink_to)(victim)
    elif planted == "folder":
        lock.mkdir()
    else:
        os.mkfifo(lock)
    with pytest.raises(TrackerError), opened(tmp_path / "t"):
        pass
    assert not victim.exists() if planted == "dangling link" else victim.read_bytes() == LEFT


def test_a_lock_that_all_may_open_becomes_private(tmp_path):
    lock = tmp_path / "t.notified.json.lock"
    lock.touch()
    lock.chmod(0o666)
    with opened(tmp_path / "t"):
        assert stat.S_IMODE(lock.stat().st_mode) == 0o600


def test_who_waits_for_another_who_sends_is_told(tmp_path):
    with (
        opened(tmp_path / "t"),
        pytest.raises(TrackerError) as refused,
        opened(tmp_path / "t", patience=0.1),
    ):
        pass
    assert refused.value.code == "busy"


@pytest.mark.parametrize("content", ["[" * 100_000, json.dumps([]), "\0", '{"version": 1}'])
def test_a_record_that_is_none_is_refused(tmp_path, content):
    (tmp_path / "t.notified.json").write_text(content, "utf-8")
    with pytest.raises(TrackerError) as refused, opened(tmp_path / "t"):
        pass
    assert refused.value.code == "notified-damaged"
