"""Settings from one TOML file; without it, the defaults below.

author = "전략산업과 김주무관"   # who is written into updates
lang = "ko"                     # ko or en; else the locale
timezone = "Asia/Seoul"         # whose day it is; else the machine's
busy_ms = 5000                  # how long a write waits for another process

[limits]                        # all in days
due_soon = 30
stale_due_soon = 14
stale_overdue = 30
stale_otherwise = 90
delayed = 90
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from db.model.errors import RefusedError
from tracker.domain.limits import Limits

if TYPE_CHECKING:
    from typing import Any

__all__ = ["Config", "NoTomlError", "load", "read_toml"]

_MOST = 1_000_000  # days or milliseconds: more than anybody means, less than any date overflows at
_LARGEST = 1_000_000  # bytes


class NoTomlError(ValueError):
    """What stands in a file is no TOML, from this line on."""

    def __init__(self, why: str, line: int) -> None:
        """Keep the reader's own words, and the line apart from them."""
        super().__init__(why)
        self.line = line


@dataclass(frozen=True, slots=True)
class Config:
    """What can be set; see the module for the file."""

    author: str | None = None
    lang: str | None = None
    timezone: str | None = None
    theme: str | None = None
    busy_ms: int = 5000
    limits: Limits = field(default_factory=Limits)


def load(path: Path) -> Config:
    """Read the settings; a missing file means the defaults.

    Raises:
        RefusedError: The file is no TOML, or a setting is unknown or of the wrong kind.
    """
    try:
        given = read_toml(path)
    except FileNotFoundError:
        return Config()
    except NoTomlError as error:
        raise _bad(path, str(error), "config-no-toml", line=error.line) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise _bad(path, why) from None
    limits = given.pop("limits", {})
    if not isinstance(limits, dict):
        raise _bad(path, "[limits] is a table", "config-no-table", name="limits")
    _check(path, Config, given)
    _check(path, Limits, limits)
    return Config(**given, limits=Limits(**limits))


def read_toml(path: Path) -> "dict[str, Any]":
    """What stands in a small TOML file of a person's own.

    Raises:
        OSError: There is none, or it cannot be read.
        NoTomlError: It is no TOML.
        ValueError: It is no UTF-8, is nested beyond reason, or is no small file.
    """
    if path.is_fifo():
        raise ValueError("a pipe, which would be waited for without end")
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError(f"more than {_LARGEST:,} bytes")
    import tomllib  # noqa: PLC0415 - most have no settings to read

    text = data.decode("utf-8-sig")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = str(error).partition("(at line ")[2].partition(",")[0]
        raise NoTomlError(str(error), int(line or text.rstrip().count("\n") + 1)) from None
    except RecursionError:
        raise ValueError("tables within tables without end") from None


def _check(path: Path, settings: type[Config | Limits], given: "dict[str, Any]") -> None:
    known = {name: kind for name, kind in settings.__annotations__.items() if name != "limits"}
    for name, value in given.items():
        if name not in known:
            names = ", ".join(sorted(known))
            why = f"there is no setting “{name}”: {names}"
            raise _bad(path, why, "config-unknown", name=name, known=names)
        if known[name] is int:
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
                why = f"“{name}” is a whole number from 0 to {_MOST:,}"
                raise _bad(path, why, "config-no-number", name=name, most=_MOST)
        elif not isinstance(value, str):
            raise _bad(path, f"“{name}” is a text", "config-no-text", name=name)


def _bad(path: Path, why: str, code: str = "bad-config", **fields: object) -> RefusedError:
    named = {"why": why} if code == "bad-config" else fields
    return RefusedError(f"{path}: {why}", code=code, path=str(path), **named)
