"""Read a PDF from standard input within a budget: the program that `text.pdf` starts.

It stands alone, since importing the rest of the package would take longer than most files do.
"""

import contextlib
import io
import json
import os
import sys

_TOO_MUCH = 70
_LIMIT_REACHED = "LimitReachedError"  # of pypdf, in its later versions


def main() -> None:
    """Print the pages as JSON; leave with 70 where they are too much, 1 where it failed."""
    budget = json.loads(sys.argv[1])
    sys.path[:] = budget["path"]  # where this Python would look, less the folder one is in
    _limit(budget["seconds"], budget["memory"])
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    try:
        pages, total = _read(sys.stdin.buffer.read(), budget["pages"], budget["characters"])
    except Exception as error:  # noqa: BLE001 - a damaged file fails in any way there is
        too_much = isinstance(error, MemoryError) or type(error).__name__ == _LIMIT_REACHED
        os._exit(_TOO_MUCH if too_much else 1)
    with answer:
        answer.write(json.dumps({"pages": pages, "total": total}).encode())


def _limit(seconds: int, memory: int) -> None:
    """Let the system end this process where it takes too much; not every system can."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - not on Windows

        for limit, most in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_AS, memory),
        ):
            with contextlib.suppress(ValueError, OSError):  # one that is lower already
                resource.setrlimit(limit, (most, most + (limit == resource.RLIMIT_CPU)))


def _read(data: bytes, most_pages: int, most_characters: int) -> tuple[list[str], int]:
    from pypdf import PdfReader  # noqa: PLC0415 - after the limits

    found = PdfReader(io.BytesIO(data)).pages
    total, read, left = len(found), [], most_characters
    for number in range(min(total, most_pages)):
        text = found[number].extract_text()[:left]
        read.append(text)
        left -= len(text)
        if left <= 0:
            break
    return read, total


if __name__ == "__main__":
    main()
