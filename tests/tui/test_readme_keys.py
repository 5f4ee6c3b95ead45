"""The table of keys in both READMEs is the one the bindings make."""

from pathlib import Path

import pytest
from readme_keys import with_keys

from tracker.words import Words

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("name", "lang"), [("README.md", "en"), ("README.ko.md", "ko")])
def test_the_table_of_keys_is_true(name, lang):
    text = (ROOT / name).read_text("utf-8")
    assert "<!-- keys -->\n| " in text
    assert with_keys(text, Words(lang)) == text, (
        "python docs/readme_keys.py README.md README.ko.md writes it anew"
    )
