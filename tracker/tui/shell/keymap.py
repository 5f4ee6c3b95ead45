"""Other keys than the usual ones, from `keymap.toml` beside the settings.

Each line gives a binding its keys, all of them: `"sheet.note" = "f4"` or
`"list.down" = ["j", "ctrl+n"]`. `python -m tracker.tui.shell.keymap` writes them all as they are.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from textual.binding import Binding

from tracker.app.config import NoTomlError, read_toml
from tracker.tui.shell.all_keys import Part, ids, parts
from tracker.words import Words
from tracker.words.cells import plain

__all__ = ["Keymap", "load_keymap"]


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys of some bindings by their ids, and what is wrong in one line (or nothing)."""

    keys: Mapping[str, str]
    wrong: str = ""


def load_keymap(path: Path, words: Words) -> Keymap:
    """Read the file; what is wrong in it is left out, and said in one line."""
    try:
        given = read_toml(path)
    except FileNotFoundError:
        return Keymap({})
    except NoTomlError as error:
        return Keymap({}, words("keymap.no_toml", file=path.name, line=error.line))
    except (OSError, ValueError) as error:
        why = plain(str(error).partition("\n")[0])
        return Keymap({}, words("keymap.unread", path=path, why=why))
    known = ids()
    wanted = {name: _keys(value) for name, value in _flat(given)}
    unknown = [name for name in wanted if name not in known or not wanted[name]]
    keys = {name: k for name, k in wanted.items() if name not in unknown}
    clashes = _clashes(keys, parts())
    for _, _, name in clashes:
        keys.pop(name, None)
    said = [words("keymap.unknown", names=", ".join(map(plain, unknown)))] if unknown else []
    said += [
        words("keymap.clash", shared=key, one=one, other=other)
        for key, one, other in dict.fromkeys(clashes)
    ]
    return Keymap(keys, f"{path.name}: {' · '.join(said)}" if said else "")


def _flat(given: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Names with a dot, whether they were quoted or stand in a table; none has two."""
    found: list[tuple[str, Any]] = []
    for name, value in given.items():
        if isinstance(value, dict):
            found += [(f"{name}.{inner}", keys) for inner, keys in value.items()]
        else:
            found.append((name, value))
    return found


def _keys(value: object) -> str:
    """Keys as Textual wants them; empty where they are none."""
    listed = value if isinstance(value, list) else [value]
    keys = [key.strip() for key in listed if isinstance(key, str)]
    return ",".join(map(_named, keys)) if len(keys) == len(listed) and all(keys) else ""


def _named(key: str) -> str:
    """Return the name by which Textual knows a key: `slash` for `/`."""
    if key == ",":  # which stands between the keys of a binding
        return "comma"
    return next(iter(Binding.make_bindings([Binding(key, "")]))).key


def _clashes(keys: Mapping[str, str], where: list[Part]) -> list[tuple[str, str, str]]:
    """Keys that two bindings of one screen would share that do not share one as they come.

    The second name of each is one that the keymap changed.
    """
    found: list[tuple[str, str, str]] = []
    for part in where:
        of = {b.id: (b.key, keys.get(b.id, b.key)) for b in part.bindings if b.id}
        for one, other in combinations(of, 2):
            usual = set(of[one][0].split(",")) & set(of[other][0].split(","))
            shared = set(of[one][1].split(",")) & set(of[other][1].split(","))
            changed = other if other in keys else one
            kept = one if changed == other else other
            found += [(key, kept, changed) for key in sorted(shared - usual)]
    return list(dict.fromkeys(found))


def main() -> None:
    """Write a keymap with every name and the keys it has without one."""
    for name, binding in sorted(ids().items()):
        keys = json.dumps(binding.key.split(","))
        sys.stdout.write(f"{json.dumps(name)} = {keys}\n")


if __name__ == "__main__":
    main()
