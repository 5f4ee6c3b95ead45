"""Text around a list looks as Textual itself would draw it."""

import pytest
from textual.app import App
from textual.content import Content
from textual.geometry import Offset
from textual.selection import Selection
from textual.widgets import Static

from tracker.tui.widgets.plain_label import PlainLabel

LINES = (
    Content.assemble("● ", ("기한 경과", "$text-error"), " ", ("49", "bold"), "  임박"),
    Content("이름만"),
    Content.assemble(("밝은 ", "$foreground 60%"), ("밑줄", "bold underline"), "!"),
    Content(""),
)


class Both(App):
    """The same text twice."""

    CSS = "Static { height: 6; padding: 0 1; text-wrap: nowrap; text-style: underline; }"

    def __init__(self):
        super().__init__()
        self.ours, self.plain = PlainLabel(), Static()

    def compose(self):
        yield self.ours
        yield self.plain

    def show(self, *lines):
        self.ours.write(*lines)
        self.plain.update(Content("\n").join(lines))


def seen(widget):
    """Every cell as a terminal would show it; of what is behind a text, its ground."""
    drawn = widget.render_lines(widget.outer_size.region)
    return [_without_end([(c, *_look(s.style)) for s in strip for c in s.text]) for strip in drawn]


def _without_end(cells):
    end = len("".join(c for c, *_ in cells).rstrip())
    return cells[:end], {ground for _, ground, *_ in cells[end:]}


def _look(style):
    return style.bgcolor, style.color, bool(style.bold), bool(style.underline)


@pytest.mark.parametrize(
    "lines",
    [LINES, LINES[::-1], (), (Content("긴 줄 " * 20), LINES[0]), LINES * 3],
    ids=["as it is", "turned", "nothing", "too long", "too many"],
)
async def test_it_looks_as_textual_draws_it(lines):
    app = Both()
    async with app.run_test(size=(40, 20)) as pilot:
        app.show(*lines)
        await pilot.pause()
        assert seen(app.ours) == seen(app.plain)
        app.theme = "textual-light"
        await pilot.pause()
        assert seen(app.ours) == seen(app.plain)


async def test_what_is_selected_with_the_mouse_is_marked_and_can_be_copied():
    app = Both()
    async with app.run_test(size=(40, 20)) as pilot:
        app.show(*LINES)
        await pilot.pause()
        before = seen(app.ours)
        app.screen.selections = {
            w: Selection(Offset(2, 0), Offset(4, 0)) for w in (app.ours, app.plain)
        }
        await pilot.pause()
        assert seen(app.ours) == seen(app.plain) != before
        assert app.screen.get_selected_text().split() == ["기한", "기한"]


async def test_every_piece_knows_its_place_for_the_mouse():
    app = Both()
    async with app.run_test(size=(40, 20)) as pilot:
        app.show(*LINES)
        await pilot.pause()
        for y in range(3):
            for x in range(1, 12):
                ours, theirs = (
                    app.screen.get_widget_and_offset_at(x, y + w.region.y)[1]
                    for w in (app.ours, app.plain)
                )
                assert ours == theirs
