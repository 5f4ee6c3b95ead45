"""A store that is a link is the file the link leads to, and stays a link."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from making import BUSY_MS, NOW, TODAY, batch, new_store, said

from db.engine.connect import connect, exists
from db.model.errors import StoreError
from db.read.reader import Reader
from db.upkeep.backup import back_up, back_up_before, back_up_beside, backups_of
from db.upkeep.restore import restore
from db.write.store import Store


def record(store, by):
    once = batch(said("set", "2026-01-01", None, value={"name": "회관"}))
    store.record(once, by=by, now=NOW, today=TODAY)


def authors(path):
    connection = connect(path, busy_ms=BUSY_MS)
    try:
        return [act.by for act in Reader(connection).acts()]
    finally:
        connection.close()


@pytest.fixture
def far(tmp_path):
    """The folder that a link leads into."""
    far = tmp_path / "far"
    far.mkdir()
    with new_store(far / "t.db") as store:
        record(store, "kim")
    return far


@pytest.fixture
def link(far, tmp_path):
    folder = tmp_path / "near"
    folder.mkdir()
    (folder / "between.db").symlink_to("../far/t.db")
    (folder / "link.db").symlink_to("between.db")
    return folder / "link.db"


def near(link):
    return sorted(p.name for p in link.parent.iterdir())


def test_what_is_beside_a_store_is_beside_the_file_that_its_link_leads_to(link, far):
    backup, _ = back_up_beside(link, ".now", busy_ms=BUSY_MS)
    automatic = back_up_before(link, "import", busy_ms=BUSY_MS)
    assert backup.parent == automatic.parent.parent == far
    assert backups_of(link) == [automatic]
    assert near(link) == ["between.db", "link.db"]


@pytest.mark.parametrize("damaged", [False, True])
def test_a_restore_leaves_the_link_a_link(link, far, damaged):
    backup, _ = back_up_beside(link, ".now", busy_ms=BUSY_MS)
    with Store.open(link, busy_ms=BUSY_MS) as store:
        record(store, "lee")
    if damaged:
        (far / "t.db").write_bytes(b"rubbish" * 1000)
    aside = restore(link, backup, busy_ms=BUSY_MS)
    assert link.is_symlink()
    assert link.with_name("between.db").is_symlink()
    assert authors(link) == authors(far / "t.db") == ["kim"]
    assert aside.parent == far / "backups"
    assert near(link) == ["between.db", "link.db"]


def test_a_backup_to_a_link_goes_where_it_leads(link, far, tmp_path):
    with new_store(tmp_path / "other.db") as store:
        record(store, "lee")
    back_up(tmp_path / "other.db", link, busy_ms=BUSY_MS)
    assert link.is_symlink()
    assert authors(far / "t.db") == ["lee"]


def test_a_link_in_a_circle_is_an_error(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(StoreError):
        exists(tmp_path / "a")


def test_a_linked_store_with_a_log_on_a_read_only_medium_shows_no_old_state(link, far, tmp_path):
    """The log lies beside the file, not beside the link, and cannot be read without writing."""
    with Store.open(link, busy_ms=BUSY_MS) as store:
        record(store, "lee")
        for suffix in ("", "-wal"):
            shutil.copy(far / f"t.db{suffix}", tmp_path / f"medium.db{suffix}")
    medium = tmp_path / "medium"
    medium.mkdir()
    for suffix in ("", "-wal"):
        (tmp_path / f"medium.db{suffix}").rename(medium / f"t.db{suffix}")
        (medium / f"t.db{suffix}").chmod(0o444)
    (tmp_path / "link.db").symlink_to(medium / "t.db")
    medium.chmod(0o555)
    for above in medium.parents[:4] if os.geteuid() == 0 else ():
        above.chmod(above.stat().st_mode | 0o055)
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from db.engine.connect import connect\n"
        "from db.model.errors import StoreError\n"
        "from db.read.reader import Reader\n"
        "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "try: print([a.by for a in Reader(connect(Path(sys.argv[1]), busy_ms=100)).acts()])\n"
        "except StoreError as error: print(error.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "link.db"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    medium.chmod(0o755)
    assert done.stdout in {"io\n", "['kim', 'lee']\n"}
