"""Whatever a terminal sends, the screen stays, and so does the form with its text."""

import pytest

SENT = {
    "one byte": b"\xff",
    "EUC-KR": b"\xb0\xa1\xb3\xaa",
    "mouse in the X10 form": b"\x1b[M\x80\xff\x90",
    "surrogate in UTF-8": b"\xed\xa0\x80",
    "surrogate by number": b"\x1b[55296u",
    "no character by number": b"\x1b[1114112u",
    "alternate keys": b"\x1b[97:65;2u",
    "kind of event": b"\x1b[97;1:3u",
    "NUL": b"\x00",
    "truncated letter": b"\xed\x95",
    "window without size": b"\x1b[48;0;0;0;0t",
    "window without end": b"\x1b[48;99999;99999;1;1t",
    "mouse without end": b"\x1b[<0;99999999999999999;1M",
    "long sequence": b"\x1b[" + b"1;" * 5000 + b"m",
    "late answer": b"\x1b]11;rgb:cccc/vvvv/uuuu\x07\x1b[?1;2c",
    "paste with anything in it": b"\x1b[200~\xff\x00\x1b" + b"\x1b[vvcc" * 3 + b"\x1b[201~",
}


def acts(demo, read_store):
    return read_store(demo, lambda reader: reader.log(limit=0)[0])


@pytest.mark.parametrize("sent", SENT.values(), ids=SENT)
def test_a_form_stays_with_its_text(note, sent):
    note.press(sent)
    note.settle()
    note.press("zz")
    note.wait(lambda text: any("hello" in row and "zz" in row for row in text.splitlines()))


def test_the_board_stays_and_nothing_acts_in_place_of_the_person(board, demo, read_store):
    before = acts(demo, read_store)
    for sent in SENT.values():
        board.press(sent)
        board.settle()
    board.press("?")
    board.wait("Esc 닫기")
    assert "메모" not in board.lines[2]
    board.press("\x11")
    assert board.end() == 0
    assert acts(demo, read_store) == before


def test_another_encoding_is_named(note):
    note.press(b"\xb0\xa1")
    note.wait("UTF-8")


def test_a_paste_that_never_ends_leaves_the_keyboard_alive(note):
    note.press(b"\x1b[200~pasted")
    note.wait("hellopasted")
    note.press("zz")
    note.wait("hellopastedzz")
