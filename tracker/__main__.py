"""The command `tracker`."""

import gc
import sys

__all__ = ["main"]

_SELDOM = (50_000, 10, 10)
"""Thresholds of the garbage collector; see `gc.set_threshold`. Most commands end before the first
collection, and imports take a fifth less time than with Python's own 700. What runs on is bounded.
"""


def main() -> None:
    """Run the command line and leave with its exit code."""
    from tracker.app.quiet import quiet_warnings  # noqa: PLC0415 - as below

    quiet_warnings()
    gc.set_threshold(*_SELDOM)
    from tracker.cli.output.streams import (  # noqa: PLC0415 - `import tracker.__main__` stays cheap
        Exit,
        close,
        complain,
        prepare,
    )

    prepare()
    try:
        code = _run(sys.argv[1:])
    except BaseException as error:  # noqa: BLE001 - Python would end with 1, which means overdue
        complain(f"{type(error).__name__}: {error}")
        code = Exit.UNREADABLE
    close()
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    from tracker.cli.quick import answer  # noqa: PLC0415 - the same

    code = answer(arguments)
    if code is None:
        from tracker.cli.interrupted import run_to_end  # noqa: PLC0415 - click is a third of an answer

        code = run_to_end(arguments)
    return code


if __name__ == "__main__":
    main()
