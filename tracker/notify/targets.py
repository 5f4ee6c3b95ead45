"""Where to send: addresses that hold secrets, so that no message ever repeats one."""

import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from db.model.errors import RefusedError
from tracker.app import paths

__all__ = ["addresses", "scheme_of"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20})://")


def addresses(
    given: Iterable[str], named: Path | None, environment: Mapping[str, str]
) -> list[str]:
    """The addresses from the command line, else from a file, `TRACKER_NOTIFY`, or the settings.

    Args:
        given: From `--to`.
        named: From `--to-file`.
        environment: Where `TRACKER_NOTIFY` may stand, blanks between several.

    Raises:
        RefusedError: There are none, or the file is readable by others.
    """
    found = list(given)
    if not found and named is not None:
        found = _read(named)
    if not found and named is None:
        found = environment.get("TRACKER_NOTIFY", "").split()
    default = paths.config_file().with_name("notify.urls")
    if not found and named is None and default.exists():
        found = _read(default)
    if not found:
        raise RefusedError(
            f"there is nobody to tell: write addresses into {default}",
            code="no-target",
            path=str(default),
        )
    return list(dict.fromkeys(found))


def _read(path: Path) -> list[str]:
    """The lines of a file that only its owner may read; # begins a comment."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise RefusedError(
                    f"{path} holds secrets and others may read it: chmod 600 {path}",
                    code="not-private",
                    path=str(path),
                )
            lines = [line.strip() for line in file]
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "no UTF-8"
        raise RefusedError(
            f"cannot read {path}: {why}", code="no-file", path=str(path), why=why
        ) from None
    return [line for line in lines if line and not line.startswith("#")]


def scheme_of(address: str) -> str:
    """All of an address that may be shown: what stands before `://`."""
    match = _SCHEME.match(address)
    return match[1].lower() if match else "?"
