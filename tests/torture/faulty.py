"""Runs a command of the program once for every write it makes, and lets that write fail.

Started with the library of `failing.c` loaded before the C library, or without it, where
a limit on the size of files takes its place. Prints one JSON value a run.
"""

import contextlib
import ctypes
import errno
import io
import json
import os
import resource
import shutil
import signal
import sys
from functools import partial
from pathlib import Path
from random import sample

from alembic import command as _alembic  # noqa: F401 - imported before the fork, to be quick after it

import db.schema.models
import db.upkeep.restore
import db.write.store  # noqa: F401 - the same
import tracker.exchange.imports.importing  # noqa: F401 - the same
from tracker.cli.main import run

ERRORS = (errno.EIO, errno.ENOSPC)


def ran(arguments):
    """The exit code of a command line and what it printed."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    out.flush()
    return {"code": code, "out": out.buffer.getvalue().decode(), "err": err.getvalue()}


def forked(job):
    """What `job` returns in a process of its own."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            answer = job()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test shall see it
            import traceback

            answer = {"code": 70, "out": "", "err": f"{error!r} {traceback.format_exc()}"}
        os.write(writing, json.dumps(answer).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        answer = json.load(told)
    os.waitpid(process, 0)
    return answer


def fresh(pristine, folder):
    """Put the folder of a store back to what it was."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(pristine, folder)


def by_call(arguments, number, error):
    """Let the n-th write fail, with ENOSPC all after it too; 0 counts them only."""
    library = ctypes.CDLL(None)

    def job():
        library.fail_at(number, error, int(error == errno.ENOSPC))
        answer = ran(arguments)
        made = library.calls_made()
        library.fail_at(0, 0, 0)
        return answer | {"made": made}

    return forked(job)


def by_size(arguments, size):
    """Let no file grow beyond `size` bytes."""

    def job():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        answer = ran(arguments)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        return answer

    return forked(job)


def main():
    how, most, pristine, folder, *arguments = sys.argv[1:]
    store = ["--db", str(Path(folder) / "t.db")]

    def afterwards():
        """What is there, whether the next act works, and whether anything is damaged."""
        seen = ran([*store, "export", "--format", "facts"])["out"]
        after = ran([*store, "note", "hall", "다음"])
        left = sorted(p.name for p in Path(folder).rglob("*") if p.is_file())
        return {"seen": seen, "after": after, "doctor": ran([*store, "doctor"]), "left": left}

    for fault, fail in faults(how, int(most), pristine, folder, arguments):
        fresh(pristine, folder)
        answer = fail()
        sys.stdout.write(json.dumps(answer | forked(afterwards) | {"fault": fault}) + "\n")


def faults(how, most, pristine, folder, arguments):
    """At most so many faults, spread over the whole run."""
    if how == "sizes":
        step = 4096 + 512
        sizes = range(0, 140_000, step)
        for size in sizes[:: max(1, len(sizes) // most)]:
            yield f"no file beyond {size}", partial(by_size, arguments, size)
        return
    fresh(pristine, folder)
    writes = range(1, by_call(arguments, 0, 0)["made"] + 1)
    for error in ERRORS:
        for number in sample(writes, min(most, len(writes))):
            yield (
                f"{errno.errorcode[error]} at {number} of {len(writes)}",
                partial(by_call, arguments, number, error),
            )


if __name__ == "__main__":
    main()
