"""Nothing is kept of a screen that was closed; the collector of garbage stays switched on."""

import gc
import subprocess
import sys
from weakref import ref

import pytest
from stage import press, until

SCREENS = {
    "help": ["question_mark"],
    "page": ["enter"],
    "palette": ["colon", "a"],
    "filter": ["f"],
    "states": ["s"],
    "themes": ["f12"],
    "form": ["n"],
    "plan": ["p"],
    "day": ["at"],
}


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
async def test_a_closed_screen_and_what_was_drawn_of_it_are_freed(opened, keys):
    async with opened() as pilot:

        async def shown():
            """Return references to the screen that opens and to its widgets, and their lines."""
            await press(pilot, *keys)
            widgets = list(pilot.app.screen.walk_children(with_self=True))
            lines = [widget._styles_cache for widget in widgets]  # noqa: SLF001 - Textual's own cache of lines
            assert any(cache._cache for cache in lines)  # noqa: SLF001 - the same
            return [*map(ref, widgets)], lines

        board = pilot.app.screen
        await press(pilot, "question_mark", "escape")  # what the first screen leaves behind is gone
        kept, drawn = await shown()
        await press(pilot, *(["escape"] * len(keys)))
        await until(pilot, lambda: pilot.app.screen is board)
        await press(pilot, "j", "k")  # the last event of the screen is forgotten with the next

        def freed():
            gc.collect()
            return not any(one() for one in kept) and not any(cache._cache for cache in drawn)  # noqa: SLF001 - as above

        await until(pilot, freed)


def test_the_collector_of_garbage_stays_switched_on(demo):
    asked = (
        "import gc, sys\n"
        "from tracker.__main__ import main\n"
        "sys.argv = ['tracker', 'status']\n"
        "try:\n    main()\n"
        "finally:\n    print(gc.isenabled(), all(0 < n <= 100_000 for n in gc.get_threshold()))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True True"
