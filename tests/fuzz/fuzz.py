"""Coverage-guided fuzzing of everything that reads what others wrote; run by hand.

    pip install atheris
    python tests/fuzz/fuzz.py facts -runs=200000 -max_len=2000
    python tests/fuzz/fuzz.py period -runs=2000000 -max_len=80

The first word says what is fuzzed: one of `TARGETS`; libFuzzer's own options follow. What
is found is written to the current folder; put it under `tests/fuzz/found/TARGET/`, where
the tests try it ever after. CONTRIBUTING.md says how long each target ran last.
"""

import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent), str(HERE.parent / "torture")]

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def facts(data: bytes) -> None:
    """A fact file, from its bytes on."""
    from tracker.exchange.facts import read_facts

    text = data.decode("utf-8", "replace")
    read_facts(text, name="a.facts", today=TODAY)


def dump(data: bytes) -> None:
    """A dump in JSON."""
    from tracker.exchange.dump.checks import Clock
    from tracker.exchange.dump.parse import Dump

    text, clock = data.decode("utf-8", "replace"), Clock(NOW, TODAY)
    read = Dump([text], "a.json", clock=clock, in_order=False)
    for part in (read.acts(), read.reviews(), read.runs()):
        list(part)


def csv(data: bytes) -> None:
    """A table in CSV, up to the statements that it makes."""
    _import(data, "a.csv")


def xlsx(data: bytes) -> None:
    """A workbook: what is in the archive, and what is in its sheets."""
    _import(data, "a.xlsx")


def _import(data: bytes, name: str) -> None:
    from tracker.app.config import Config
    from tracker.app.workspace import Workspace
    from tracker.exchange.imports.importing import import_file
    from tracker.words import Words

    file = _written(data, name)
    office = Workspace(file.with_name("none.db"), TODAY, Config(), Words("en"))
    import_file(office, file, dry_run=True)


def period(data: bytes) -> None:
    """A phrase that may be a date, and what it says about itself afterwards."""
    from db.model.period import Period
    from tracker.phrases import read
    from tracker.words import Words

    text = data.decode("utf-8", "replace")
    found = read(text, TODAY)
    assert Period.parse(str(found)) == found
    assert Words("ko").period(found)


def text(data: bytes) -> None:
    """Cleaning: nothing that cannot be seen is left, and a second time changes nothing."""
    from hostile import unseen

    from db.model.text import clean

    cleaned = clean(data.decode("utf-8", "surrogateescape"))
    assert not unseen(cleaned)
    assert clean(cleaned) == cleaned


def config(data: bytes) -> None:
    """A file of settings."""
    from tracker.app.config import load

    load(_written(data, "config.toml"))


def keymap(data: bytes) -> None:
    """Other keys: what is wrong is one line."""
    from tracker.tui.shell.keymap import load_keymap
    from tracker.words import Words

    assert "\n" not in load_keymap(_written(data, "keymap.toml"), Words("en")).wrong


def article(data: bytes) -> None:
    """An announcement, from its bytes on."""
    from tracker.announcements.reading import read_article
    from tracker.announcements.text.documents import read_document

    for proposal in read_article(read_document(data).text, TODAY):
        assert 0 <= proposal.date_span.start < proposal.date_span.end


def _written(data: bytes, name: str) -> Path:
    file = Path(_FOLDER.name) / name
    file.write_bytes(data)
    return file


_FOLDER = tempfile.TemporaryDirectory(prefix="tracker-fuzz-")
TARGETS = {f.__name__: f for f in (facts, dump, csv, xlsx, period, text, config, keymap, article)}


def survives(target: str, data: bytes) -> None:
    """Run a target; a refusal in words is an answer, anything else is a find."""
    from db.model.errors import TrackerError

    try:
        TARGETS[target](data)
    except TrackerError as error:
        said = str(error)
    else:
        return
    assert said.strip()


def main() -> None:
    """Fuzz one target."""
    import atheris

    target = sys.argv.pop(1) if len(sys.argv) > 1 else ""
    if target not in TARGETS:
        sys.exit(f"say which: {', '.join(TARGETS)}")
    with atheris.instrument_imports(include=["tracker", "db"]):
        for name in ("facts.parse", "dump.parse", "imports.importing", "imports.import_sheet"):
            __import__(f"tracker.exchange.{name}")
        for name in ("phrases", "app.config", "tui.keys.keymap", "announcements.reading"):
            __import__(f"tracker.{name}")
    seeds = Path(_FOLDER.name) / "seeds"
    seeds.mkdir()
    for number, seed in enumerate(seeds_of(target)):
        (seeds / str(number)).write_bytes(seed)
    atheris.Setup([*sys.argv, str(seeds)], lambda data: survives(target, data))
    atheris.Fuzz()


def seeds_of(target: str) -> list[bytes]:
    """Where the fuzzer starts: what is right, and what was found before."""
    import json

    from bad_input import CSV, DUMP, FACTS, OWN

    right = {
        "facts": [FACTS],
        "dump": [json.dumps(DUMP, ensure_ascii=False)],
        "csv": [CSV, OWN],
        "period": [
            "2025년 상반기",
            "2027년 12월까지",
            "[2026-05~..2026-08]",
            "H1 2025",
            "6월 하순",
        ],
        "text": ["준공\x1b[2J 완료\u202e", "e\u0301\u0301"],
        "config": ['author = "김"\n[limits]\ndue_soon = 3\n'],
        "keymap": ['"sheet.note" = ["#", "f4"]\n[list]\ndown = "ctrl+n"\n'],
        "article": [
            "김해시 가람도서관은 2027년 6월 개관할 예정이다. 당초 2026년 상반기였다.",
            "<html><head><meta charset=euc-kr></head><body><p>입력 2025-03-18</p></body></html>",
        ],
    }
    found = [p.read_bytes() for p in (HERE / "found" / target).glob("*")]
    if target == "xlsx":
        found.append(_workbook(CSV))
    return [t.encode() for t in right.get(target, [])] + found


def _workbook(table: str) -> bytes:
    from io import BytesIO

    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(table.splitlines()):
            sheet.write_row(number, 0, line.split(","))
    return made.getvalue()


if __name__ == "__main__":
    main()
