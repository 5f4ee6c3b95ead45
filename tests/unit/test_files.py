"""Writing files: whole, under a name nobody can guess, never through a link."""

import os
import stat

import pytest

from db.engine.whole_files import atomic_write, move_to_new_name, unfinished_file


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_for_its_owner_only(tmp_path):
    atomic_write(tmp_path / "a", [b"one ", b"two"])
    assert (tmp_path / "a").read_bytes() == b"one two"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
    assert names(tmp_path) == ["a"]


def test_a_failure_leaves_the_file_as_it_was(tmp_path):
    def parts():
        yield b"half"
        raise OSError("no more")

    (tmp_path / "a").write_bytes(b"before")
    with pytest.raises(OSError, match="no more"):
        atomic_write(tmp_path / "a", parts())
    assert (tmp_path / "a").read_bytes() == b"before"
    assert names(tmp_path) == ["a"]


def test_a_link_stays_one(tmp_path):
    (tmp_path / "real").write_bytes(b"before")
    (tmp_path / "link").symlink_to("real")
    atomic_write(tmp_path / "link", b"after")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"after"


def test_an_unfinished_file_is_never_one_that_was_there(tmp_path, monkeypatch):
    monkeypatch.setattr("db.engine.whole_files.token_hex", lambda _: "0" * 16)
    planted = tmp_path / f".tracker-{os.getpid()}-{'0' * 16}.part"
    planted.symlink_to(tmp_path / "victim")
    with pytest.raises(FileExistsError), unfinished_file(tmp_path):
        pass
    assert not (tmp_path / "victim").exists()


@pytest.mark.parametrize("links", [True, False])
def test_a_new_name_is_never_one_that_is_taken(tmp_path, monkeypatch, links):
    if not links:

        def refuse(*_, **__):
            raise PermissionError(1, "no links here")

        monkeypatch.setattr("db.engine.whole_files.os.link", refuse)
    (tmp_path / "taken").write_bytes(b"before")
    with unfinished_file(tmp_path) as unfinished:
        unfinished.write_bytes(b"after")
        with pytest.raises(FileExistsError):
            move_to_new_name(unfinished, tmp_path / "taken")
        move_to_new_name(unfinished, tmp_path / "free")
    assert (tmp_path / "taken").read_bytes() == b"before"
    assert (tmp_path / "free").read_bytes() == b"after"
    assert names(tmp_path) == ["free", "taken"]


def test_what_a_killed_process_left_is_removed_and_nothing_else(tmp_path):
    gone = tmp_path / f".tracker-{2**22 + 7}-{'a' * 16}.part"
    own = tmp_path / "plan.part"
    for file in (gone, own):
        file.write_bytes(b"x")
    atomic_write(tmp_path / "a", b"")
    assert names(tmp_path) == ["a", "plan.part"]


def test_a_name_as_long_as_any_can_be_written(tmp_path):
    longest = tmp_path / ("가" * 85)
    atomic_write(longest, b"x")
    assert longest.read_bytes() == b"x"


def test_who_is_ended_as_soon_as_the_file_is_there_leaves_none(tmp_path, monkeypatch):
    def ended(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("db.engine.whole_files.os.close", ended)
    with pytest.raises(KeyboardInterrupt), unfinished_file(tmp_path):
        pass
    assert names(tmp_path) == []
