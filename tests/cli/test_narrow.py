"""What tables look like in narrow terminals: no number is cut, columns go in order of worth.

`TRACKER_GOLDEN=write pytest tests/cli/test_narrow.py` writes the files anew; read the
difference before it is kept.
"""

import io
import os
import re
import sys
from pathlib import Path

import making
import pytest
from rich.cells import cell_len

from db.model.period import Period
from db.model.records import Source
from tracker.cli.main import run

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = (60, 80, 120)
COMMANDS = {
    "list": ("list", "--limit", "12"),
    "status": ("status",),
    "alerts": ("alerts",),
    "log": ("log",),
    "show": ("show", "김해의생명센터"),
    "review": ("review",),
    "trend": ("trend", "김해의생명센터"),
    "timeline": ("timeline",),
    "which": ("complete", "센터", "개소"),
}
LONG = "김해 의생명·의료기기 산업 글로벌 진출과 기술 전환 지원센터(가칭) 2단계"


def plan(period, on, milestone, facility, **more):
    return making.said("plan", on, milestone, facility, period=Period.parse(period), **more)


class Terminal(io.StringIO):
    """Standard output that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """A store with long names, old dates, great sums and long owners."""
    path = tmp_path_factory.mktemp("narrow") / "t.db"
    paper = Source("경남도민일보", "의생명센터 개소 또 미뤄져", "2026-01-05", "printed")
    owner = "미래전략산업국 의생명산업과 바이오헬스팀 김가람"
    great = {"cost_krw": 1_234_567_890_000, "floor_area_m2": 123_456.75, "owner": owner}
    said = [
        making.said("set", "2018-01-05", None, "bio", value={"name": "김해의생명센터", **great}),
        making.said("set", "2018-01-05", None, "bio-2", value={"name": LONG, "city": "김해시"}),
        making.said("set", "2018-01-05", None, "amrc", value={"name": "AMRC ASIA 센터"}),
        plan("2018-40", "2018-01-05", "opening", "bio", source=paper, phrase="상반기"),
        plan("2018-06-22", "2018-01-06", "opening", "amrc"),
        plan("2022-12-16", "2021-02-03", "completion", "bio-2"),
        plan("2027-11-30", "2026-11-17", "completion", "bio-2", reason="공법 변경"),
        plan("[2026-12-01..2027-01-31]", "2026-11-16", "phase-2", "bio-2", source=paper),
        making.said("set", "2018-01-05", "phase-2", "bio-2", value={"title": "2단계 증축 1,250㎡"}),
        making.said(
            "actual", "2018-02-05", "groundbreaking", "bio", period=Period.parse("2018-01-31")
        ),
        making.said("progress", "2026-11-18", None, "bio", value={"planned": 100, "actual": 61.5}),
        making.said(
            "hold", "2026-11-19", "opening", "amrc", reason="국비 1,105억 8,000만 원 미확보"
        ),
    ]
    with making.new_store(path) as store:
        store.record(making.batch(*said), by="김가람 주무관", now=making.NOW, today=making.TODAY)
    return path


@pytest.fixture
def shown(office, monkeypatch):
    """Run a command in a terminal of so many cells."""

    def show(command, width, lang):
        for name, value in {
            "TRACKER_DB": office, "TRACKER_LANG": lang, "COLUMNS": width, "LINES": 24,
            "TERM": "dumb", "NO_COLOR": 1,
        }.items():  # fmt: skip
            monkeypatch.setenv(name, str(value))
        out, err = Terminal(), Terminal()
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        run(list(command))
        return out.getvalue() + err.getvalue()

    return show


def clipped(text):
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_table_fits_its_terminal(shown, name, lang):
    seen = {width: clipped(shown(COMMANDS[name], width, lang)) for width in WIDTHS}
    for width, text in seen.items():
        table = [line for line in text.split("\n") if not line.startswith("tracker: ")]
        assert max(map(cell_len, table)) <= width, text
    file = GOLDEN / f"{name}-{lang}.txt"
    text = "\n".join(f"{f'─ {width} ':─<{width}}\n{seen[width]}" for width in WIDTHS)
    if os.environ.get("TRACKER_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


@pytest.mark.parametrize("width", [40, 60, 80])
def test_the_longest_numbers_are_whole(shown, width):
    text = shown(COMMANDS["list"], width, "ko")
    assert "D+3066" in text
    assert "김해의생명센터" in text


@pytest.mark.parametrize("width", [60, 80])
def test_money_is_whole(shown, width):
    text = re.sub(r"\s+", " ", shown(COMMANDS["show"], width, "ko"))
    assert "1조 2,345억 6,789만 원" in text
    assert "123,456.75 ㎡" in text
