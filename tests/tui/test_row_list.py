"""A list by itself: its lines, their height and their style."""

from textual.app import App

from tracker.tui.widgets.columns import Column
from tracker.tui.widgets.row_list import RowList
from tracker.words import Words

SIZE = (40, 20)


class Numbers(RowList[int]):
    """Numbers, one a line."""

    def columns(self, width):
        return [Column("n", "", width, str)]

    def key(self, row):
        return row


class Screens(App):
    """A list of so many numbers."""

    def __init__(self, total):
        super().__init__()
        self.list = Numbers(Words("en"))
        self.total = total

    def compose(self):
        yield self.list

    def on_mount(self):
        rows = range(self.total)
        self.list.show(self.total, lambda at, most: rows[at : at + most], cursor=0, empty="")
        self.list.focus()


def shown(app):
    return [app.list.render_line(y).text.split()[-1] for y in range(app.list.size.height)]


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


async def test_lines_are_drawn_anew_where_they_look_otherwise():
    app = Screens(100)
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
