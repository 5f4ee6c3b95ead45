"""A store that can be made can be kept and restored, however long its name is."""

import pytest

FACTS = "facility lab\n  name: 실험동\n2026-01-05  opening  plan  2026-10\n"
NAMES = [
    *("x" * (bytes_ - 3) + ".db" for bytes_ in (215, 216, 229, 240, 247)),
    "가" * 72 + ".db",
    "가" * 81 + ".db",
]


@pytest.fixture
def facts(tmp_path):
    facts = tmp_path / "new.facts"
    facts.write_text(FACTS)
    return facts


def backups(folder):
    return sorted(p.name for p in folder.glob("backups/*"))


@pytest.mark.parametrize("name", NAMES, ids=lambda name: f"{len(name.encode())}-{len(name)}")
def test_a_store_with_a_long_name_is_kept_and_restored(tmp_path, tracker, facts, name):
    path = tmp_path / "office" / name
    for line in (("add", "facility", "회관", "--slug", "hall"), ("backup",)):
        assert tracker("--db", path, *line).code == 0
    (backup,) = path.parent.glob("*.bak")
    before = tracker("--db", path, "export").out
    for line in (("import", facts), ("restore", backup, "--yes")):
        assert tracker("--db", path, *line).code == 0
    assert tracker("--db", path, "export").out == before
    assert [b.rpartition(".bak")[0][-19:] for b in backups(path.parent)] == [
        ".0001-before-import",
        "0002-before-restore",
    ]
    assert tracker("--db", path, "doctor").code == 0


def test_two_long_names_that_begin_alike_have_backups_of_their_own(tmp_path, tracker, facts):
    paths = [tmp_path / "office" / ("x" * 240 + end) for end in ("a", "b")]
    for path in paths:
        assert tracker("--db", path, "add", "facility", "회관", "--slug", "hall").code == 0
        assert tracker("--db", path, "import", facts).code == 0
    first, second = backups(paths[0].parent)
    assert first != second
    assert ".0001-" in first
    assert ".0001-" in second


@pytest.mark.parametrize("length", [248, 251, 255])
def test_a_name_beside_which_nothing_can_be_kept_is_refused(tmp_path, tracker, facts, length):
    path = tmp_path / "office" / ("x" * length)
    for line in (("import", facts), ("demo", "--no-tui"), ("add", "facility", "회관")):
        ran = tracker("--db", path, *line, "--lang", "en")
        assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
        assert "too long" in ran.err
    assert not path.parent.exists()


def test_a_path_that_is_too_long_for_a_backup_is_refused_at_once(tmp_path, tracker, facts):
    folder = tmp_path
    while len(str(folder)) < 470:
        folder = folder / ("y" * min(100, 475 - len(str(folder))))
    folder.mkdir(parents=True)
    ran = tracker("--db", folder / "t.db", "add", "facility", "회관", "--lang", "en")
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert "too long" in ran.err
    assert list(folder.iterdir()) == []
