"""What the READMEs show is what the program does."""

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ["README.md", "README.ko.md"]


def blocks(name):
    """The indented blocks of a README, without their indentation."""
    text = (ROOT / name).read_text("utf-8")
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", text, flags=re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE).strip() for block in found]


@pytest.mark.parametrize("name", READMES)
def test_the_weekly_commands_run(demo, tracker, name):
    (week,) = [b for b in blocks(name) if "tracker status" in b]
    lines = [shlex.split(line, comments=True) for line in week.splitlines()]
    assert len(lines) == 10
    for words in lines:
        assert words[0] == "tracker"
        if words[1:]:
            ran = tracker(*words[1:])
            assert ran.code == 0, ran


@pytest.mark.parametrize("name", READMES)
def test_the_fact_file_imports(tracker, tmp_path, name):
    (facts,) = [b for b in blocks(name) if "haenuri-library" in b]
    path = tmp_path / "library.facts"
    path.write_text(facts)
    db = tmp_path / "t.db"
    assert tracker("--db", db, "import", path).code == 0
    assert tracker("--db", db, "import", path).code == 0
    shown = tracker("--db", db, "show", "해누리", "--json").json
    opening = next(m for m in shown["milestones"] if m["kind"] == "opening")
    assert opening["forecast"]["edtf"] == "[..2027-12]"
    assert opening["slip"]["days"] == 184
    assert shown["facility"]["cost_krw"] == 12_000_000_000


@pytest.mark.parametrize("name", READMES)
def test_the_settings_are_settings(demo, tracker, tmp_path, monkeypatch, name):
    (settings,) = [b for b in blocks(name) if b.startswith("author")]
    path = tmp_path / "config.toml"
    path.write_text(settings)
    monkeypatch.setenv("TRACKER_CONFIG", str(path))
    assert tracker("status").code == 0


@pytest.mark.parametrize("name", READMES)
def test_every_file_that_is_linked_is_there(name):
    for link in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text("utf-8")):
        assert (ROOT / link).exists(), link


def test_both_languages_have_the_same_parts():
    def parts(name):
        text = (ROOT / name).read_text("utf-8")
        return [len(line.split()[0]) for line in text.splitlines() if line.startswith("#")]

    assert parts("README.md") == parts("README.ko.md")
