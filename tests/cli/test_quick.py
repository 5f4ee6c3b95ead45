"""A quick answer is the answer that click would have given, and has the same options."""

import json
import subprocess
import sys

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.cli import quick
from tracker.cli.main import tracker as group
from tracker.cli.output.json_text import json_text

PLAIN = [
    "status",
    "status --json",
    "status --as-of 2025-06-30 --json",
    "alerts",
    "alerts --json",
    "alerts --limit 3",
    "alerts --limit=3 --json",
    "alerts --exit-code --limit 0",
    "alerts --json --as-of 2024-01-01 --known-at 2026-12-01",
    "--lang en alerts --limit 5",
    "alerts --lang=en --today 2026-01-05 --json",
    "--today 2026-01-05 status",
    "status --line",
]
LEFT_TO_CLICK = [
    "alerts --help",
    "alerts --limit -1",
    "alerts --limit many",
    "alerts --limit",
    "alerts --limit --json",
    "alerts extra",
    "status --limit 3",
    "--nope",
    "nope",
    "list",
    "alerts --json=yes",
    "--json",
    "alerts --as-of someday",
    "alerts --lang fr",
    "status --db /nowhere/at/all.db",
]


@pytest.mark.parametrize("line", PLAIN)
def test_what_is_plain_is_answered_as_click_does(tracker, demo, capsys, line):
    by_click = tracker(*line.split())
    code = quick.answer(line.split())
    if "--line" in line:
        assert code is None
        return
    assert (code, capsys.readouterr().out) == (by_click.code, by_click.out)


@pytest.mark.parametrize("line", LEFT_TO_CLICK)
def test_what_is_not_plain_is_left_to_click_with_nothing_printed(demo, capsys, line):
    assert quick.answer(line.split()) is None
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("name", quick.COMMANDS)
def test_the_options_are_those_of_the_command(name):
    command = group.get_command(click.Context(group), name)
    left = {"--line", "--help"}
    options = {p.opts[0]: p for p in command.params if isinstance(p, click.Option)}
    known = quick.COMMANDS[name] | quick.EVERYWHERE
    assert known.keys() == options.keys() - left
    for option, kind in known.items():
        parameter = options[option]
        assert parameter.is_flag is (kind is bool)
        assert isinstance(parameter.type, click.types.IntRange) is (kind is int)
        if kind is int:
            assert parameter.default == quick.DEFAULTS[option]


def test_a_quick_answer_imports_little(demo):
    code = (
        "import contextlib, datetime, json, pathlib, re, sqlite3, sys; loaded = set(sys.modules);"
        "from tracker.cli.quick import answer; answer(['alerts', '--json']);"
        "heavy = {'click', 'dataclasses', 'inspect', 'rich', 'platformdirs', 'zoneinfo', 'tomllib',"
        " 'textual', 'typing', 'sqlmodel'} - loaded;"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(value=JSON)
def test_json_is_what_the_standard_library_writes(value):
    assert json_text(value) == json.dumps(value, ensure_ascii=False, indent=1)
