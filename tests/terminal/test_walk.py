"""The real program in a real terminal: found, completed, undone, quit; the store says the same."""

import pytest
from virtual import Terminal

SIZES = [(80, 24), (200, 60)]
JAMO = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ",
        strict=True,
    )
)


@pytest.fixture
def opened(demo):
    terminals = []

    def open_(columns, rows):
        terminal = Terminal(["--db", str(demo), "--lang", "ko"], columns, rows)
        terminals.append(terminal)
        return terminal

    yield open_
    for terminal in terminals:
        terminal.child.close(force=True)


def opening(reader):
    (m,) = [m for m in reader.milestones_of("gimhae-robot-refurb-center") if m.slug == "opening"]
    return m


@pytest.mark.parametrize(("columns", "rows"), SIZES)
@pytest.mark.parametrize("jamo", [False, True], ids=["latin", "jamo"])
def test_find_complete_undo_quit(opened, demo, read_store, columns, rows, jamo):
    def key(letter):
        return JAMO[letter] if jamo else letter

    terminal = opened(columns, rows)
    terminal.wait("Enter 열기")
    terminal.press("/")
    terminal.wait("찾기")
    terminal.press("리퍼")
    terminal.wait("한국로봇리퍼브센터")
    terminal.wait(lambda text: "AMRC" not in text)
    terminal.press("\r")
    terminal.wait(lambda text: "D+" in text)
    line = next(r for r in terminal.lines if "개소" in r and "2025년 10월" in r)
    assert "D+386" in line
    terminal.press(key("j"))
    terminal.read(0.5)
    terminal.press(key("c"))
    terminal.wait("개소 — 완료")
    terminal.press("\x15")
    terminal.wait("계획대로(")
    terminal.press("2025-10-28")
    terminal.wait("2025년 10월 28일")
    terminal.press("\r")
    terminal.wait("되돌리기")
    terminal.wait(lambda text: "2025년 10월 28일 완료" in text)
    assert str(read_store(demo, opening).actual) == "2025-10-28"
    terminal.press(key("u"))
    terminal.wait(lambda text: "D+386" in text)
    assert read_store(demo, opening).actual is None
    terminal.press("\x11")
    assert terminal.end() == 0
    log = read_store(demo, lambda reader: reader.log("gimhae-robot-refurb-center", limit=2)[1])
    assert [u.kind.value for u in log] == ["retract", "actual"]


def test_a_composed_syllable_writes_nothing(opened, demo, read_store):
    before = read_store(demo, lambda reader: reader.log(limit=0)[0])
    terminal = opened(80, 24)
    terminal.wait("Enter 열기")
    terminal.press("초코유우가나다")
    terminal.read(1.0)
    terminal.press("\x11")
    assert terminal.end() == 0
    assert read_store(demo, lambda reader: reader.log(limit=0)[0]) == before


def test_nothing_of_the_data_reaches_the_terminal_as_a_sequence(opened, demo, tmp_path):
    import sqlite3

    raw = sqlite3.connect(demo)
    raw.execute("UPDATE facility SET name = char(27) || ']0;owned' || char(7) || '[red]x [/nope]'")
    raw.commit()
    raw.close()
    terminal = opened(80, 24)
    terminal.wait("[red]x [/nope]")
    terminal.press("\x11")
    assert terminal.end() == 0
    assert b"owned" not in terminal.raw
