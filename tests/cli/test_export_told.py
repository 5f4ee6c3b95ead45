"""What `export` says it has written is what stands in the file."""

import csv
import io
import json
import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tracker.cli.main import run


def numbers(line):
    return [int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", line.partition(": ")[2])]


def in_table(rows):
    """Facilities, programmes and milestones of a table, by the slugs in its last columns."""
    kinds = {row[-2]: row[-13] for row in rows}
    steps = [row for row in rows if row[-1]]
    return [
        sum(kind == "시설" for kind in kinds.values()),
        sum(kind == "사업" for kind in kinds.values()),
        len(steps),
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx", "ics", "json", "facts"])
def test_the_counts_are_those_of_the_file(demo, tracker, tmp_path, form):
    tracker("complete", "리퍼브", "opening", "--on", "2026-11-02")
    tracker("undo")
    file = tmp_path / f"out.{form}"
    told = numbers(tracker("export", file).out)
    data = file.read_bytes()
    if form == "csv":
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert told == in_table(rows[1:])
    elif form == "xlsx":
        rows = list(load_workbook(BytesIO(data)).active.iter_rows(values_only=True))
        assert told == in_table(rows[1:])
    elif form == "ics":
        events = data.count(b"BEGIN:VEVENT")
        milestones = sum(tracker("status", "--json").json["by_state"].values())
        assert told == [events, milestones - events]
    elif form == "json":
        assert told == [len(json.loads(data)["updates"])]
    else:
        reached = tracker("log", "--json").json["total"]
        assert told == [reached - 2], "what was taken back, and the undo, are not in it"


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_hyphen_is_standard_output(demo, tracker, tmp_path, monkeypatch, form):
    monkeypatch.chdir(tmp_path)
    asked = tracker("export", "--format", form).out
    ran = tracker("export", "-", "--format", form)
    assert (ran.code, ran.out, ran.err) == (0, asked, "")
    assert not (tmp_path / "-").exists()


def test_a_report_to_a_hyphen_is_standard_output_too(demo, tracker, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = tracker("report", "weekly", "--format", "md")
    assert tracker("report", "weekly", "--format", "md", "--out", "-") == asked
    assert not (tmp_path / "-").exists()


def test_a_pipe_that_is_named_keeps_its_place(demo, tmp_path, capfdbinary):
    """`export /dev/fd/1` and `export >(gzip)` write into the pipe, they do not replace it."""
    assert run(["export", "/dev/fd/1", "--format", "ics"]) == 0
    assert b"BEGIN:VCALENDAR" in capfdbinary.readouterr().out
