"""The command `tracker`."""

import gc
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and leave with its exit code."""
    from tracker.quiet import quiet_libraries  # noqa: PLC0415 - as below

    quiet_libraries()
    gc.disable()  # a command ends before it would be worth it; importing is a fifth faster
    from tracker.cli.quick import answer  # noqa: PLC0415 - `import tracker.__main__` stays cheap

    code = answer(sys.argv[1:])
    if code is None:
        from tracker.cli.main import run  # noqa: PLC0415 - click is a third of a quick answer

        code = run(sys.argv[1:])
    sys.exit(code)


if __name__ == "__main__":
    main()
