"""The table of keys in the READMEs, made from the bindings.

    python docs/readme_keys.py README.md README.ko.md

writes it between `<!-- keys -->` and `<!-- /keys -->`.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from textual.binding import Binding

from tracker.tui.keys.hangul import key_label
from tracker.tui.keys.key_table import MOVES, rank, rank_of
from tracker.tui.session.views import VIEWS
from tracker.tui.shell.all_keys import Part, parts
from tracker.words import Words

__all__ = ["key_table", "with_keys"]

_MARKS = re.compile(r"(<!-- keys -->\n).*?(<!-- /keys -->)", re.DOTALL)
_VIEWS = [f"view.{view.id}" for view in VIEWS]
_TOGETHER = ((*_VIEWS, "view.next", "view.previous"), tuple(MOVES))
_PAGES = ("page", "article", "import", "search", "form")
_LEFT_OUT = {"app.how_to_quit", "list.go"}  # said another way
_LABELS = ("key.all_views", "key.moves")


def key_table(words: Words) -> str:
    """Every key: first those of all views, then what each screen adds."""
    all_parts = parts()
    views = [part for part in all_parts if part.name in {view.id for view in VIEWS}]
    seen = Counter(b.id for part in views for b in part.bindings)
    shared = {name for name, times in seen.items() if 2 * times >= len(views)}
    usual = {b.id: b for part in reversed(views) for b in part.bindings if b.id in shared}
    heads = ("table.key", "table.also", "table.does")
    lines = ["| " + " | ".join(words.lookup(head) for head in heads) + " |", "|---|---|---|"]
    lines += _rows(Part("", tuple(usual.values())), words)
    for part in (part for part in all_parts if part in views or part.name in _PAGES):
        own = Part(part.name, tuple(b for b in part.bindings if b.id not in shared))
        rows = list(_rows(own, words))
        if rows:
            name = f"view.{part.name}" if part in views else f"part.{part.name}"
            lines += [f"| **{words.lookup(name)}** | | |", *rows]
    return "\n".join(lines) + "\n"


def _rows(part: Part, words: Words) -> Iterator[str]:
    bindings = {b.id: b for b in part.bindings if b.id and b.id not in _LEFT_OUT}
    for group, label in zip(_TOGETHER, _LABELS, strict=True):
        together = [bindings.pop(name) for name in group if name in bindings]
        if together:
            yield _row([key for b in together for key in b.key.split(",")], words.lookup(label))
    for binding in sorted(bindings.values(), key=lambda b: rank_of(b.id or "")):
        yield _row(binding.key.split(","), _meaning(binding, words))


def _row(keys: Sequence[str], meaning: str) -> str:
    ordered = sorted(dict.fromkeys(keys), key=rank)
    first = [k for k in ordered if rank(k) == rank(ordered[0])]
    also = [k for k in ordered if k not in first]
    return f"| {_shown(first)} | {_shown(also)} | {meaning} |"


def _shown(keys: Sequence[str]) -> str:
    return " ".join(f"`{key_label([key])}`" for key in keys).replace("`|`", "`\\|`")


def _meaning(binding: Binding, words: Words) -> str:
    at_length = f"{binding.description}.help"
    return words.lookup(at_length if words.has(at_length) else binding.description)


def with_keys(text: str, words: Words) -> str:
    """A README with the table as it is now."""
    return _MARKS.sub(lambda match: match[1] + key_table(words) + match[2], text)


def main(paths: Sequence[str]) -> None:
    """Write the table into these files."""
    for name in paths:
        path = Path(name)
        words = Words("ko" if ".ko." in path.name else "en")
        path.write_text(with_keys(path.read_text("utf-8"), words), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
