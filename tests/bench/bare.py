"""Programs of Textual's own, with nothing behind them, to hold ours against."""

import sys

__all__ = ["HELLO", "SHEET", "TABLE", "python"]

HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("hello")
    def on_key(self, event):
        self.query_one(Static).update(event.key)
Hello().run()
"""
TABLE = """
from textual.app import App
from textual.widgets import DataTable
class Table(App):
    def compose(self):
        yield DataTable(cursor_type="row")
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("state", "facility", "step", "plan", "day", "slip", "said")
        for n in range(40):
            name = f"김해 물류 복지관 {n}"
            table.add_row("late", name, "착공", "2022년", f"D+{n}", "-71", "25-05-10")
Table().run()
"""
SHEET = """
import gc
import os
os.environ.setdefault("TEXTUAL_FPS", "1000")
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static
WIDTHS = (8, 40, 10, 14, 10, 8, 12)
STYLES = [Style.parse(f"rgb(200,{20 * n},90)") for n in range(7)]
def page(number):
    lines = []
    for n in range(number * 40, number * 40 + 40):
        texts = ("late", f"김해 물류 복지관 {n}", "착공", "2022년", f"D+{n}", "-71", "25-05-10")
        cells = zip(texts, WIDTHS, STYLES)
        lines.append(Strip([Segment(text.ljust(width), style) for text, width, style in cells]))
    return lines
class Page(Widget):
    can_focus = True
    PAGES = [page(number) for number in range(40)]
    at = 0
    def turn(self):
        self.at = (self.at + 1) % len(self.PAGES)
        self.refresh()
    def render_line(self, y):
        return self.PAGES[self.at][y]
class Ask(ModalScreen):
    BINDINGS = [("enter", "dismiss(True)", "Done")]
    CSS = "Ask { align: center middle; } Ask Static { width: 50; height: 7; border: round; }"
    def compose(self):
        yield Static("Complete?")
class Sheet(App):
    BINDINGS = [("pagedown", "turn", "Turn"), ("c", "ask", "Ask"), ("slash", "search", "Search")]
    CSS = "Page { height: 1fr; } #told { height: 1; }"
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        yield Static(id="told")
        yield Page()
        typing = Input()
        typing.cursor_blink = False
        yield typing
    def on_mount(self):
        self.query_one(Page).focus()
        gc.freeze()
        gc.disable()
    def action_turn(self):
        self.query_one(Page).turn()
    def action_ask(self):
        self.push_screen(Ask(), lambda _: self.action_turn())
    def action_search(self):
        self.query_one(Input).focus()
    def on_input_changed(self, event):
        self.query_one("#told", Static).update(f"“{event.value}”", layout=False)
        self.action_turn()
Sheet().run()
"""
"""Pages whose every line was made before: it turns them, asks, and searches for nothing."""


def python(code: str) -> list[str]:
    """How such a program is started."""
    return [sys.executable, "-c", code]
