"""What `export` says it has written is what stands in the file."""

import csv
import io
import json
import os
import re
from io import BytesIO

import pytest
from openpyxl import load_workbook


def numbers(line):
    return [int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", line.partition(": ")[2])]


def in_table(rows):
    """Facilities, programmes and milestones of a table, by the slugs in its last columns."""
    kinds = {row[-2]: row[-12] for row in rows}
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
        heads = [line.split()[0] for line in data.decode().splitlines() if line[:1].isalpha()]
        milestones = sum(tracker("status", "--json").json["by_state"].values())
        assert told == [heads.count("facility"), heads.count("programme"), milestones]


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


def test_a_pipe_that_is_named_keeps_its_place(tracker, tmp_path, monkeypatch):
    """`export >(gzip)` writes into the pipe, it does not replace it."""
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "t.db"))
    tracker("add", "facility", "가람관")
    there, here = os.pipe()
    try:
        ran = tracker("export", f"/dev/fd/{here}", "--format", "csv")
        assert (ran.code, ran.err) == (0, "")
        assert "가람관" in os.read(there, 10_000).decode()
    finally:
        os.close(there)
        os.close(here)


def test_a_link_stays_one(demo, tracker, tmp_path):
    (tmp_path / "true.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "true.csv")
    tracker("export", tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert "리퍼브" in (tmp_path / "true.csv").read_text("utf-8")
