"""What a terminal sends, made fit for a parser that reads nothing but UTF-8."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.tui.terminal.utf8_input import TerminalInput

PIECES = st.one_of(
    st.binary(max_size=40),
    st.text(max_size=20).map(lambda t: t.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        b"\x1b \x1b[ \x1b[M \x1b[200~ \x1b[201~ \x1b]11; \x1bP \x07 \x1b\\ \x1b[<0;3;4M "
        b"\x1b[?1;2c \x1b[A \xed\xa0\x80 \x00".split(b" ")
    ),
)


def cleaned(*pieces):
    stream = TerminalInput()
    return b"".join([*map(stream.clean, pieces), stream.quiet(0.1), stream.quiet(9.0)])


@given(st.lists(PIECES, max_size=20))
def test_whatever_is_sent_is_passed_on_as_utf8_and_the_keyboard_works_after_it(pieces):
    stream = TerminalInput()
    passed = b"".join(map(stream.clean, pieces))
    passed += stream.quiet(0.1) + stream.quiet(9.0)
    passed.decode("utf-8")
    assert passed.rfind(b"\x1b[200~") <= passed.rfind(b"\x1b[201~"), "no paste stays open"
    assert stream.clean(b"x").endswith(b"x")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.data())
def test_text_arrives_as_it_is_however_it_is_cut(text, data):
    sent = text.encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=4)))
    pieces = [sent[a:b] for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    assert cleaned(*pieces) == sent


KEYS = [b"\x1b", b"\x1b[A", b"\x1bOP", b"\x1b[20~", b"\x1b[1;5C", b"\x1b[27u", b"\x1b[104;1;104u"]
KEYS += [b"\x1ba", b"\x1b]", b"\x1b[<0;12;7M", b"\x1b[I", b"\x1b[?2026;2$y", b"\x1b[48;24;80;0;0t"]


@pytest.mark.parametrize("key", KEYS)
def test_keys_the_mouse_and_answers_that_were_asked_for_arrive_at_once(key):
    assert TerminalInput().clean(key) == key


REPORTS = [b"\x1b[M\x20\x21\x22", b"\x1b[M\x80\xff\x90", b"\x1b[M \xc3\xa9", b"\x1b[?1;2c"]
REPORTS += [b"\x1b]11;rgb:cccc/vvvv/uuuu\x07", b"\x1bP1$r0m\x1b\\", b"\x1b[" + b"1;" * 5000 + b"m"]
REPORTS += [b"\x1b]52;c;" + b"v" * 9000 + b"\x1b\\"]


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("size", [3, 4, 4096])
def test_what_nobody_typed_is_left_out_whole(report, size):
    pieces = [report[i : i + size] for i in range(0, len(report), size)]
    assert cleaned(b"a", *pieces, b"b") == b"ab"


def test_bytes_that_are_no_utf8_are_left_out_and_counted():
    stream = TerminalInput()
    assert stream.clean(b"a\xff\xb0\xa1b\xed\xa0\x80\xe1") + stream.clean(b"c") == b"abc"
    assert stream.dropped == 7


def test_a_paste_is_text_alone_and_ends_by_itself():
    stream = TerminalInput()
    assert stream.clean(b"\x1b[200~one\x1b[31mtwo\x1bvvv\x00\xff\r\nthree\x1b[20") == (
        b"\x1b[200~one[31mtwovvv\r\nthree"
    )
    assert stream.quiet(1.0) == b"", "it may go on"
    assert stream.clean(b"1~") == b"\x1b[201~"
    assert stream.clean(b"\x1b[200~never") == b"\x1b[200~never"
    assert stream.quiet(2.5) == b"\x1b[201~"
    assert stream.clean(b"j") == b"j"
