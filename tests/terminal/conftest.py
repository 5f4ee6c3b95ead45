"""Programs opened in a pseudo-terminal, and closed whatever becomes of the test."""

import pytest
from virtual import Terminal


@pytest.fixture
def start():
    """Start `tracker`, or another program, in a terminal of its own."""
    terminals = []

    def start(*arguments, **more):
        terminal = Terminal([str(a) for a in arguments], **more)
        terminals.append(terminal)
        return terminal

    yield start
    for terminal in terminals:
        if not terminal.child.closed:
            terminal.child.close(force=True)


@pytest.fixture
def board(start, demo):
    """The board of the demo store."""
    terminal = start("--db", demo, "--lang", "ko")
    terminal.wait("Enter 열기")
    return terminal


@pytest.fixture
def note(board):
    """A form over it in which something was typed."""
    board.press("n")
    board.wait("메모")
    board.press("hello")
    board.wait("hello")
    return board
