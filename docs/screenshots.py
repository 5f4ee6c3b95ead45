"""Draws the pictures of the README from the program itself, on the shipped facts.

    python docs/screenshots.py      # needs chromium and fonts with Hangul

Every cell of the screen is placed on a grid, so that the pictures are aligned as a
terminal is, whatever the fonts.
"""

import asyncio
import html
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.exchange.imports.importing import fill_demo
from tracker.tui.shell.app import TrackerApp
from tracker.words import Words

HERE = Path(__file__).parent
DAY = date(2026, 11, 21)
WIDE, HIGH = 9, 20  # of one cell, in pixels
PICTURES = {
    "board-ko": ("ko", (110, 30), []),
    "plan-en": ("en", (100, 24), ["slash", *"refurb", "enter", "j", "p", *"H1 2027"]),
    "timeline-ko": ("ko", (120, 32), ["3"]),
    "trend-en": ("en", (110, 30), ["4", "slash", *"refurb", "enter"]),
}
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #111 }}
i {{ position: absolute; height: {high}px; font: 15px/{high}px "DejaVu Sans Mono",
    "Noto Sans Mono CJK KR", monospace; white-space: pre; text-align: center }}
</style>{cells}"""


def cells(lines: Iterable[Iterable[Segment]]) -> Iterator[str]:
    """Every cell that shows something, at its place."""
    for y, line in enumerate(lines):
        x = 0
        for segment in line:
            look = css(segment.style or Style())
            for letter in segment.text:
                width = cell_len(letter)
                if width:
                    yield (
                        f'<i style="left:{x * WIDE}px;top:{y * HIGH}px;width:{width * WIDE}px;'
                        f'{look}">{html.escape(letter)}</i>'
                    )
                x += width


def css(style: Style) -> str:
    """The colours and the weight of a cell."""
    front, back = color(style.color, "#eee"), color(style.bgcolor, "#111")
    if style.reverse:
        front, back = back, front
    bold = "font-weight:bold;" if style.bold else ""
    faint = "opacity:.6;" if style.dim else ""
    return f"color:{front};background:{back};{bold}{faint}"


def color(given: Color | None, otherwise: str) -> str:
    """A colour as a page names it."""
    return given.get_truecolor().hex if given and not given.is_default else otherwise


async def screen(office: Workspace, size: tuple[int, int], keys: list[str]) -> str:
    """Press the keys and return what the screen shows then, as a page."""
    app = TrackerApp(office)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.5)
        for key in keys:
            await pilot.press("space" if key == " " else key)
        await pilot.pause(0.5)
        strips = app.screen._compositor.render_strips()  # noqa: SLF001 - what is on the screen
        return PAGE.format(high=HIGH, cells="".join(cells(strips)))


def draw(page: str, name: str, size: tuple[int, int]) -> None:
    """Let a browser draw the page."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "screen.html"
        file.write_text(page, "utf-8")
        subprocess.run(
            [
                *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
                *("--disable-background-networking", "--disable-sync", "--hide-scrollbars"),
                f"--user-data-dir={folder}/profile",
                f"--window-size={size[0] * WIDE},{size[1] * HIGH}",
                f"--screenshot={HERE / name}.png",
                file.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


def main() -> None:
    """Draw every picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        fill_demo(Workspace(path, DAY, Config(), Words("ko")))
        for name, (lang, size, keys) in PICTURES.items():
            office = Workspace(path, DAY, Config(), Words(lang))
            draw(asyncio.run(screen(office, size, keys)), name, size)


if __name__ == "__main__":
    main()
