"""The standard streams: open, able to write every sign, and watched for what does not arrive.

Nothing here needs click. Everything that commands print passes through `write`, `complain`
or a console of `tracker.cli.output.progress_bar`.
"""

import codecs
import io
import os
import sys
from contextlib import suppress
from enum import IntEnum
from typing import TYPE_CHECKING

from db.model.errors import RefusedError
from db.model.text import clean, clean_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TextIO

__all__ = [
    "RUN",
    "Exit",
    "Run",
    "ask",
    "close",
    "complain",
    "no_text",
    "prepare",
    "print_json",
    "read_bytes",
    "read_lines",
    "readable",
    "say",
    "silence",
    "write",
]

STAND_INS = "tracker-stand-ins"
"""The name of the error handler that writes similar signs where an encoding lacks one."""

_STDIN, _STDOUT, _STDERR = range(3)
_CLOSED = {_STDIN: os.O_WRONLY, _STDOUT: os.O_RDONLY, _STDERR: os.O_RDONLY}


class Exit(IntEnum):
    """How a command ends."""

    DONE = 0
    FOUND = 1
    """`alerts --exit-code` found something overdue; nothing else ends with it."""
    WRONG = 2
    UNREADABLE = 3


class Run:
    """What a command line has come to so far, for the case that it cannot be said."""

    def __init__(self) -> None:
        """Nothing was done yet, and nothing failed."""
        self.is_on_disk = False
        """Whether what was asked for is on the disk, or on its way to other people."""
        self.answer = Exit.DONE
        """How the command ends if nobody reads its output to the end."""
        self.unwritten: OSError | None = None
        """Why standard output could not be written."""

    def reset(self) -> None:
        """Begin a command line."""
        self.__init__()  # type: ignore[misc]  # the same as a new one, at the same place

    def done(self) -> None:
        """Note that what was asked for is done and stays, whatever happens to the output."""
        self.is_on_disk = True


RUN = Run()
"""The command line that this process runs."""


class _Watched(io.FileIO):
    """Standard output as bytes; notes on `RUN` that a write failed."""

    def write(self, data: "Any", /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            RUN.unwritten = error
            raise


# -- at the start and at the end -----------------------------------------------------------------


def prepare() -> None:
    """Make the three streams of this process ready; called once, before anything is opened.

    A stream that was closed is opened in a way that makes its use fail, so that no file that is
    opened later takes its number and is written into by what is printed. Where the locale is
    C or POSIX, text is UTF-8, as most programs and people expect; any other encoding stays,
    with similar signs for those that it lacks.
    """
    codecs.register_error(STAND_INS, _stand_ins)
    for number, flags in _CLOSED.items():
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # the lowest number that is free, which is this one
    for name, stream in (
        ("stdin", _reading(sys.stdin)),
        ("stderr", _writing(sys.stderr, _STDERR)),
        ("stdout", _watched(sys.stdout) if os.name == "posix" else _writing(sys.stdout, _STDOUT)),
    ):
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def close() -> None:
    """Write what is left; what cannot be written is dropped, since it was said before."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            silence(stream)


def silence(stream: "TextIO") -> None:
    """Send what is still to be written on a stream nowhere, so that nothing fails again."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _watched(stream: "TextIO | None") -> "TextIO":
    raw = _Watched(_STDOUT, "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=_encoding(stream),
        errors=STAND_INS,
        newline="\n",
        line_buffering=raw.isatty(),
    )


def _writing(stream: "TextIO | None", number: int) -> "TextIO":
    if stream is None:
        stream = io.TextIOWrapper(io.FileIO(number, "w", closefd=False), "utf-8")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=_encoding(stream), errors=STAND_INS, line_buffering=True)
    return stream


def _reading(stream: "TextIO | None") -> "TextIO":
    """Standard input; bytes that are no text come as lone surrogates, which are refused later."""
    if stream is None:
        raw = io.FileIO(_STDIN, "r", closefd=False)
        stream = io.TextIOWrapper(io.BufferedReader(raw), "utf-8")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=_encoding(stream), errors="surrogateescape")
    return stream


def _encoding(stream: "TextIO | None") -> str:
    """The encoding of a stream; UTF-8 where it is ASCII only because the locale is C."""
    if stream is None:
        return "utf-8"
    asked = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    is_ascii = codecs.lookup(stream.encoding).name == "ascii"
    return "utf-8" if is_ascii and not asked else stream.encoding


def _stand_ins(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from tracker.words.signs import stand_in

    return "".join(map(stand_in, error.object[error.start : error.end])), error.end


# -- reading -------------------------------------------------------------------------------------


def read_bytes(most: int) -> bytes:
    """At most so many bytes of standard input.

    Raises:
        RefusedError: It cannot be read.
    """
    try:
        return sys.stdin.buffer.read(most)
    except OSError as error:
        raise _no_input(error) from None


def read_lines() -> "Iterator[str]":
    """The lines of standard input, without their ends; bytes that are no text are replaced.

    Raises:
        RefusedError: It cannot be read.
    """
    try:
        for line in sys.stdin:
            yield readable(line.rstrip("\r\n"))
    except OSError as error:
        raise _no_input(error) from None


def ask(label: str) -> str:
    """Ask for one line of text.

    Raises:
        EOFError: There is none any more.
        RefusedError: It is no text.
    """
    try:
        typed = input(label)
        typed.encode()
    except UnicodeEncodeError:
        raise no_text(typed) from None
    except OSError:
        raise EOFError from None
    return typed


def no_text(text: str) -> RefusedError:
    """The refusal of bytes that are no UTF-8."""
    text = readable(text)
    return RefusedError(f"no UTF-8: {text}", code="no-text-utf8", text=text)


def _no_input(error: OSError) -> RefusedError:
    why = error.strerror or str(error)
    return RefusedError(f"cannot read standard input: {why}", code="no-input", why=why)


# -- writing -------------------------------------------------------------------------------------


def write(text: str) -> None:
    """Write clean text on standard output."""
    sys.stdout.write(text)


def print_json(value: "Any", indent: int | None = 1) -> None:
    r"""Print one JSON value in UTF-8, else in ASCII with `\uXXXX` for all beyond it."""
    import json

    encoding = str(getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    is_ascii = not encoding.startswith("utf")
    sys.stdout.write(json.dumps(value, ensure_ascii=is_ascii, indent=indent) + "\n")


def complain(line: str) -> None:
    """Say one thing that is wrong, in one line on standard error, whatever it was made of.

    Where nobody can read it, nothing else changes: the exit code still tells.
    """
    with suppress(OSError, ValueError):
        sys.stdout.flush()  # what was printed before stands before
    try:
        sys.stderr.write(f"tracker: {' '.join(clean(readable(line)).split())}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        silence(sys.stderr)


def readable(text: str) -> str:
    """Text with the bytes of file names that the locale could not read as UTF-8 reads them."""
    for errors in ("strict", "surrogateescape"):
        with suppress(UnicodeEncodeError):
            return text.encode("utf-8", errors).decode("utf-8", "replace")
    return text.encode("utf-8", "replace").decode()


def say(text: str) -> None:
    """Print lines on standard output, whatever they were made of."""
    write(clean_lines(readable(text)) + "\n")
