"""The keys of the catalogues as types, so that the type checker finds a wrong one.

`TRACKER_GOLDEN=write pytest tests/unit/test_catalogue_keys.py` writes them anew.
"""

import os
from pathlib import Path
from textwrap import fill

import tracker.words
from tracker.words import en, ko

HERE = Path(tracker.words.__file__).with_name("keys.py")


def literal(name, values):
    listed = fill(", ".join(f'"{v}"' for v in sorted(values)), 100, break_on_hyphens=False)
    return f"{name}: TypeAlias = Literal[\n{listed}\n]\n"


def families(keys):
    parts = [key.split(".") for key in keys]
    return {".".join(p[:end]) for p in parts for end in range(1, len(p))}


def test_the_keys_are_types():
    keys = set(ko.CATALOGUE)
    made = (
        '"""The keys of the catalogues, and the families they come in; made by a test."""\n\n'
        "from typing import Literal, TypeAlias\n\n"
        '__all__ = ["Family", "Key"]\n\n'
        "# fmt: off\n"
        f"{literal('Family', families(keys))}\n{literal('Key', keys)}"
    )
    if os.environ.get("TRACKER_GOLDEN") == "write":
        HERE.write_text(made, "utf-8")
    assert HERE.read_text("utf-8") == made


def test_both_languages_have_the_same_keys():
    assert ko.CATALOGUE.keys() == en.CATALOGUE.keys()
