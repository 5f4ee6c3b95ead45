"""A quick answer is the answer that click would have given."""

import pytest

from tracker.cli import quick

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
