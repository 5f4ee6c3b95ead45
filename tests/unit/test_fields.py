"""One declaration of a facility field is found wherever fields are read, shown or written."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.model.fields import FIELDS, fields_of
from db.model.records import Facility, Type
from tracker.words.en import CATALOGUE as EN
from tracker.words.ko import CATALOGUE as KO

ROOT = Path(__file__).parents[2]
DECLARED = """    FacilityField(
        "parking_spaces", FieldType.COUNT, key="parking", keyword="주차면수",
        headings=("주차대수",), width=8, reported=True,
    ),
    FacilityField("floors\""""
WORDS = {
    "ko": ("주차 면수", "주차 면수(면)", "주차 면수, 면", "주차"),
    "en": ("parking spaces", "Parking spaces", "parking spaces", "Parking"),
}
MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = "{new}"
down_revision = "{old}"


def upgrade():
    op.add_column("facility", sa.Column("parking_spaces", sa.BigInteger()))
"""
FORM_AND_LIST = """
import sys
from datetime import date
from pathlib import Path
from db.model.records import Type
from db.read.lists.facility_list import ORDERS
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.tui.facilities.facility_columns import COLUMNS, facility_columns
from tracker.tui.forms.add_forms import Adding
from tracker.tui.session.store_session import StoreSession
from tracker.words import Words

words = Words("ko")
here = Workspace(Path(sys.argv[1]), date(2026, 11, 21), Config(), words)
asked = {field.name: field for field in Adding(StoreSession(here))._details(Type.FACILITY)}
assert asked["parking"].label == "주차 면수"
assert asked["parking"].read("1200") == "1,200"
assert "parking" in COLUMNS and "parking" in ORDERS
assert [c.heading for c in facility_columns(80, words, ["parking"])] == ["주차 면수"]
"""


def replaced(path, pattern, text):
    before = path.read_text("utf-8")
    after = re.sub(pattern, lambda _: text, before, count=1)
    assert after != before
    path.write_text(after, "utf-8")


@pytest.fixture(scope="module")
def extended(tmp_path_factory):
    """The program with one more field, made as CONTRIBUTING tells."""
    root = tmp_path_factory.mktemp("extended")
    for name in ("db", "tracker", "fixtures"):
        shutil.copytree(ROOT / name, root / name)
    model = root / "db/model"
    replaced(model / "fields.py", r'    FacilityField\("floors"', DECLARED)
    replaced(
        model / "records.py",
        r"    floors: str \| None = None\n",
        "    parking_spaces: int | None = None\n    floors: str | None = None\n",
    )
    for lang, (label, sheet, option, report) in WORDS.items():
        lines = (
            f'    "field.parking_spaces": "{label}",\n    "sheet.parking_spaces": "{sheet}",\n'
            f'    "opt.parking": "{option}",\n    "report.col.parking": "{report}",\n'
        )
        path = root / f"tracker/words/{lang}.py"
        replaced(path, r'    "field\.floors"', f'{lines}    "field.floors"')
    versions = root / "db/schema/migrations/versions"
    old = max(path.name[:4] for path in versions.glob("[0-9]*.py"))
    new = f"{int(old) + 1:04}"
    (versions / f"{new}_parking.py").write_text(MIGRATION.format(new=new, old=old), "utf-8")
    return root


@pytest.fixture(scope="module")
def run(extended):
    def run(*command):
        done = subprocess.run(
            [sys.executable, *map(str, command)],
            cwd=extended,
            env={**os.environ, "PYTHONPATH": str(extended), "HOME": str(extended)},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="module")
def track(run, extended):
    def track(*command, store="here.db"):
        given = ("--db", extended / store, "--today", "2026-11-21", "--lang", "ko")
        return run("-m", "tracker", *command, *given)

    track("add", "facility", "강변도서관", "--slug", "lib", "--parking", "1200")
    track("add", "milestone", "lib", "opening", "2027-06")
    return track


def shown(track, store="here.db"):
    return json.loads(track("show", "lib", "--json", store=store))["facility"]["parking_spaces"]


def test_it_is_shown_in_the_details_in_json_and_in_the_log(track):
    assert re.search(r"주차 면수 +1,200\n", track("show", "lib"))
    assert shown(track) == 1200
    assert "주차 면수: 1,200" in track("log", "lib")


def test_help_explains_its_option_and_edit_and_correct_take_it(track, extended):
    assert re.search(r"--parking N +주차 면수, 면 ", track("edit", "facility", "--help"))
    shutil.copy(extended / "here.db", extended / "edited.db")
    track("correct", "1", "parking=1300", store="edited.db")
    assert shown(track, "edited.db") == 1300
    track("edit", "facility", "lib", "--parking", "1400", store="edited.db")
    assert shown(track, "edited.db") == 1400


@pytest.mark.parametrize("kind", ["csv", "xlsx", "facts", "json"])
def test_it_comes_back_from_every_file(track, extended, kind):
    path = extended / f"out.{kind}"
    track("export", path)
    if kind == "csv":
        assert "주차 면수(면)" in path.read_text("utf-8-sig").splitlines()[0]
    if kind == "xlsx":
        titles, values, *_ = load_workbook(path).worksheets[0].iter_rows(values_only=True)
        assert dict(zip(titles, values, strict=True))["주차 면수(면)"] == 1200
    if kind == "facts":
        assert "  parking: 1,200\n" in path.read_text("utf-8")
    back = f"{kind}.db"
    track("import", path, store=back)
    assert shown(track, back) == 1200


def test_a_table_of_an_office_has_a_column_of_it(track, extended):
    path = extended / "office.csv"
    path.write_text('시설명,주차대수,개소예정일\n강변도서관,"1,200",2027-06-01\n', "utf-8")
    track("import", path, "--reported", "2026-11-20", store="office.db")
    (found,) = json.loads(track("list", "--json", store="office.db"))["items"]
    page = json.loads(track("show", found["facility"], "--json", store="office.db"))
    assert page["facility"]["parking_spaces"] == 1200


def test_the_weekly_report_has_a_column_of_it(track):
    report = track("report", "weekly", "--format", "md")
    assert re.search(r"\| 주차 +\|", report)
    assert re.search(r"\| 1,200 +\|", report)


def test_forms_ask_for_it_and_lists_have_a_column(run, track, extended):
    run("-c", FORM_AND_LIST, extended / "here.db")


def test_fields_are_the_attributes_of_a_facility():
    derived = {"slug", "type", "progress", "updated_on"}
    assert [f.name for f in FIELDS] == [f.name for f in fields(Facility) if f.name not in derived]


def test_every_field_has_its_words():
    keys = {f"field.{f.name}" for f in FIELDS} | {f"sheet.{f.name}" for f in FIELDS if f.exported}
    keys |= {f"opt.{f.key}" for f in fields_of(Type.PROGRAMME)}
    keys |= {f"report.col.{f.key}" for f in FIELDS if f.reported}
    assert keys <= KO.keys()
    assert keys <= EN.keys()
