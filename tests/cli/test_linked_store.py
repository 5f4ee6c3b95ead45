"""Commands on a store that is a link."""

import pytest

COMMANDS = {
    "status": ("status",),
    "list": ("list", "--json"),
    "add": ("add", "facility", "실험동", "--slug", "lab"),
    "import": ("import", "new.facts"),
    "demo": ("demo", "--no-tui"),
    "backup": ("backup",),
    "restore": ("restore", "copy.bak", "--yes"),
    "doctor": ("doctor",),
}


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_link_that_leads_nowhere_is_said_to(demo, tmp_path, tracker, command, lang):
    assert tracker("backup", tmp_path / "copy.bak").code == 0
    far, link = tmp_path / "unmounted", tmp_path / "link.db"
    link.symlink_to(far / "t.db")
    (tmp_path / "new.facts").write_text(
        "facility lab\n  name: 실험동\n2026-01-05  opening  plan  2026-10\n"
    )
    line = [str(tmp_path / a) if a.startswith(("new.", "copy.")) else a for a in COMMANDS[command]]
    ran = tracker("--db", link, *line, "--lang", lang)
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert str(far / "t.db") in ran.err
    assert {"ko": "링크", "en": "link to a missing file"}[lang] in ran.err
    assert not far.exists()


def test_what_is_done_to_a_link_is_done_to_the_file_it_leads_to(demo, tmp_path, tracker):
    link = tmp_path / "link.db"
    link.symlink_to(demo)
    assert tracker("--db", link, "note", "리퍼브", "메모").code == 0
    before = tracker("export").out
    assert tracker("--db", link, "backup", tmp_path / "copy.bak").code == 0
    assert tracker("--db", link, "undo").code == 0
    assert tracker("--db", link, "restore", tmp_path / "copy.bak", "--yes").code == 0
    assert tracker("export").out == tracker("--db", link, "export").out == before
    assert tracker("--db", link, "backup").code == 0
    assert link.is_symlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.bak", "link.db", "store"]
