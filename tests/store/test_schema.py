"""The models are the schema: of a new store, of a migrated one, and of what is read and written."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from making import BUSY_MS
from sqlalchemy import CheckConstraint, create_engine, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

import db.schema.models  # noqa: F401 - fills the metadata
from db.engine.connect import revision_of
from db.fold.milestone_history import COLUMNS as SPELL
from db.read.imports import COLUMNS as IMPORTED
from db.schema import rows
from db.schema.fold_columns import FACILITY_FOLD, MILESTONE_FOLD
from db.schema.version import HEAD, REVISIONS
from db.upkeep import migrate
from db.write import act_writer, identities

STORES = Path(__file__).parent / "stores"
TABLES = SQLModel.metadata.tables


@pytest.fixture(params=["new", *REVISIONS])
def store(request, tmp_path):
    """A new store, and one of every revision that was migrated."""
    path = tmp_path / "t.db"
    if request.param == "new":
        migrate.create(path, busy_ms=BUSY_MS)
    else:
        shutil.copy(STORES / f"{request.param}.db", path)
        migrate.upgrade(path, busy_ms=BUSY_MS)
    return path


def test_every_store_has_the_schema_of_the_models(store):
    engine = create_engine(f"sqlite:///{store}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda _o, name, *_: not name.startswith("facility_search")},
        )
        assert compare_metadata(context, SQLModel.metadata) == []
    found = inspect(engine)
    for name, table in TABLES.items():
        conditions = {
            (c.name, str(c.sqltext)) for c in table.constraints if isinstance(c, CheckConstraint)
        }
        checks = {(c["name"], c["sqltext"]) for c in found.get_check_constraints(name)}
        assert checks == conditions
    engine.dispose()
    with closing(sqlite3.connect(store)) as raw:
        assert revision_of(raw) == HEAD


@pytest.mark.parametrize("table", TABLES.values(), ids=str)
def test_every_table_can_be_made_on_postgresql(table):
    made = str(CreateTable(table).compile(dialect=postgresql.dialect()))
    assert made.strip().startswith(f"CREATE TABLE {table.name} ")
    for index in table.indexes:
        sql = str(CreateIndex(index).compile(dialect=postgresql.dialect()))
        is_partial = index.dialect_options["sqlite"]["where"] is not None
        assert (" WHERE " in sql) == is_partial


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("act", act_writer._ACT),  # noqa: SLF001 - what is written
        ("status_update", (*act_writer._UPDATE, "retracted_by")),  # noqa: SLF001 - the same
        ("source", ("id", *identities._SOURCE)),  # noqa: SLF001 - the same
        ("facility", ("id", "slug", "type", *FACILITY_FOLD)),
        ("milestone", ("id", "facility_id", "slug", "path", "kind", *MILESTONE_FOLD)),
        ("imported", IMPORTED),
        ("spell", SPELL),
    ],
)
def test_what_is_written_is_every_column_of_the_model(table, columns):
    assert sorted(columns) == sorted(TABLES[table].columns.keys())


def test_what_is_read_are_columns_of_the_models():
    aliases = {"f": "facility", "m": "milestone", "u": "status_update", "s": "source", "a": "act"}
    read = [rows.MILESTONE_COLUMNS, rows.FACILITY_COLUMNS, rows.UPDATES, rows.UPDATES_TO_FOLD]
    for alias, column in re.findall(r"\b([fmusa])\.(\w+)", " ".join(read)):
        assert column in TABLES[aliases[alias]].columns
