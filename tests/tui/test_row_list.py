"""A list by itself: what is drawn when, and the bar beside it."""

import pytest
from textual.app import App

from tracker.tui.widgets.columns import Column
from tracker.tui.widgets.row_list import RowList

SIZE = (40, 20)


class Numbers(RowList[int]):
    """Counts the lines it draws."""

    drawn = 0

    def columns(self, width):
        return [Column("n", "", width, str)]

    def key(self, row):
        return row

    def _row_strip(self, row, *, chosen):
        self.drawn += 1
        return super()._row_strip(row, chosen=chosen)


class Screens(App):
    """A list of so many numbers."""

    def __init__(self, total, kind=Numbers):
        super().__init__()
        self.list = kind()
        self.total = total

    def compose(self):
        yield self.list

    def on_mount(self):
        rows = range(self.total)
        self.list.show(self.total, lambda at, most: rows[at : at + most], cursor=0, empty="")
        self.list.focus()


def shown(app):
    return [app.list.render_line(y).text.split()[-1] for y in range(app.list.size.height)]


@pytest.mark.parametrize(("key", "start"), [("pagedown", 0), ("pageup", 900)])
async def test_the_next_screen_is_drawn_while_the_hand_rests(monkeypatch, key, start):
    app = Screens(1000)
    async with app.run_test(size=SIZE) as pilot:
        app.list.cursor = start
        await pilot.press(key, key)
        await pilot.pause(0.3)
        monkeypatch.setattr(app.list, "_look_ahead", lambda _rows: None)
        app.list.drawn = 0
        await pilot.press(key)
        await pilot.pause()
        first, last = sorted((start, app.list.cursor))
        assert last - first == 3 * (SIZE[1] - 1)
        assert app.list.drawn <= 2  # the lines that the cursor leaves and comes to
        top = app.list.scroll_offset.y
        assert shown(app) == [str(n) for n in range(top, top + SIZE[1])]


async def test_what_was_drawn_ahead_is_drawn_anew_when_it_changes():
    app = Screens(1000)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("pagedown", "pagedown")
        await pilot.pause(0.3)
        app.list.mark([50])
        app.list.show(100, lambda at, most: range(-at, -at - most, -1), cursor=0, empty="")
        await pilot.press("pagedown", "pagedown", "pagedown")
        await pilot.pause()
        assert app.list.cursor == 57
        assert "-57" in shown(app)
        marked = [app.list.render_line(y).text for y in range(SIZE[1])]
        assert not any(line.startswith("*") for line in marked)


@pytest.mark.parametrize(("total", "stays"), [(100_000, True), (60, False)])
async def test_the_bar_moves_when_it_would_look_otherwise(total, stays):
    app = Screens(total)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        bar = app.list.vertical_scrollbar
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert (bar.position == 0) is stays
        await pilot.press("end")
        await pilot.pause()
        assert round(bar.position) == total - SIZE[1] == app.list.scroll_offset.y
        await pilot.press("home")
        await pilot.pause()
        assert bar.position == 0


async def test_a_list_as_high_as_its_lines_grows_and_shrinks_with_them():
    app = Screens(3)
    async with app.run_test(size=SIZE) as pilot:
        app.list.styles.height = "auto"
        for total in (7, 2):
            rows = range(total)
            app.list.show(total, lambda at, most, of=rows: of[at : at + most], cursor=0, empty="")
            await pilot.pause()
            assert app.list.size.height == total
            assert shown(app) == [str(n) for n in rows]


class Said(Numbers):
    """Lines that say nothing but their number."""

    tells_all = True


@pytest.mark.parametrize("kind", [Numbers, Said])
async def test_equal_rows_are_not_drawn_again_where_lines_say_no_more(kind):
    app = Screens(100, kind)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.list.drawn = 0
        rows = [0, *range(2, 100)]  # one is gone, and the others move up
        app.list.show(99, lambda at, most: rows[at : at + most], cursor=0, empty="")
        await pilot.pause()
        assert shown(app) == [str(n) for n in rows[: SIZE[1]]]
        assert app.list.drawn == (1 if kind is Said else SIZE[1])


async def test_lines_are_drawn_anew_where_they_look_otherwise():
    app = Screens(100, Said)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()

        def colours():
            return {s.style.color for y in range(3) for s in app.list.render_line(y)}

        before = colours()
        app.theme = "textual-light"
        await pilot.pause()
        assert colours() != before
        app.list.mark([1])
        await pilot.pause()
        assert app.list.render_line(1).text.startswith("*")
        await pilot.resize_terminal(30, 10)
        await pilot.pause()
        assert {app.list.render_line(y).cell_length for y in range(10)} == {30}


async def test_a_list_shorter_than_its_window_is_drawn_to_its_edge():
    app = Screens(3)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        drawn = app.screen._compositor.render_strips()  # noqa: SLF001 - nothing public shows the drawn lines
        assert [strip.cell_length for strip in drawn] == [SIZE[0]] * SIZE[1]
        assert [strip.text.split() for strip in drawn[:4]] == [["0"], ["1"], ["2"], []]
