"""Small TOML files that the screens write themselves."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from db.engine.whole_files import PRIVATE_FOLDER, atomic_write
from db.model.errors import RefusedError
from tracker.app.config import read_toml

__all__ = ["read_state", "write_state", "write_toml"]


def write_toml(path: Path, tables: Mapping[str, Mapping[str, Any]]) -> None:
    """Write tables of strings, booleans and lists of strings; leave out None.

    Raises:
        RefusedError: The file cannot be written.
    """
    text = "\n".join(f"[{_quoted(name)}]\n{_lines(table)}" for name, table in tables.items())
    try:
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        atomic_write(path, text.encode())
    except OSError as error:
        why = error.strerror or str(error)
        raise RefusedError(
            f"cannot write {path}: {why}", code="cannot-write", path=str(path), why=why
        ) from None


def _lines(table: Mapping[str, Any]) -> str:
    return "".join(f"{k} = {_quoted(v)}\n" for k, v in table.items() if v is not None)


def _quoted(value: object) -> str:
    """Return a value as JSON, which TOML takes."""
    return json.dumps(value, ensure_ascii=False)


def read_state(path: Path) -> dict[str, str]:
    """Return the remembered state; empty if there is no such file or it is none of ours."""
    try:
        state = read_toml(path).get("screen", {})
        return {str(k): v for k, v in state.items() if isinstance(v, str)}
    except (OSError, ValueError, AttributeError):
        return {}


def write_state(path: Path, **state: str) -> None:
    """Add to the remembered state.

    Raises:
        RefusedError: The file cannot be written.
    """
    write_toml(path, {"screen": read_state(path) | state})
