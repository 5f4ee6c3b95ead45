"""What a terminal sends, made into bytes that Textual's parser can always read.

Textual decodes its input strictly, waits for the end of every paste, and takes an answer that it
did not ask for as keys. A terminal that is set to another encoding, reports the mouse in the X10
form, loses the end of a paste or answers late would otherwise end the program, leave the keyboard
dead, or act in place of the person.
"""

import re
from codecs import getincrementaldecoder

__all__ = ["TerminalInput"]

_PASTE, _PASTED = b"\x1b[200~", b"\x1b[201~"
_REPORT = re.compile(
    rb"""\x1b\[M.{3}                            # the mouse in the X10 form: any three bytes
    | \x1b[\]PX^_][^\x07\x1b]+(?:\x07|\x1b\\)   # an answer that is a string: OSC, DCS and the like
    | \x1b\[(?!<[\d;]*[Mm]|\?[\d;]*\$y)[<=>?][0-?]*[ -/]*[@-~]  # one with a private mark, unless
                                                # it is the mouse or a mode that was asked for
    | \x1b\[[0-?]{29,}[ -/]*[@-~]               # longer than what any key sends
    """,
    re.DOTALL | re.VERBOSE,
)
_UNFINISHED = re.compile(
    rb"""\x1b(?:
        \[M.{0,2} | \[[0-?]+[ -/]* | [\]PX^_][^\x07\x1b]+\x1b?
    )\Z""",
    re.DOTALL | re.VERBOSE,
)
_PASTE_ENDING = re.compile(rb"\x1b(?:\[(?:2(?:0(?:1)?)?)?)?\Z")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # all but blanks and line ends
_NO_TEXT = re.compile("[\ud800-\udfff]")
_LONGEST = 31  # bytes in what a key sends
_KNOWN = 62  # bytes by which a longer sequence is known
_PATIENCE = 2.0  # seconds of silence after which a paste is taken to have ended


class TerminalInput:
    """Cleans one stream of bytes as they arrive; `dropped` counts those that were no UTF-8."""

    def __init__(self) -> None:
        """Wait for the first bytes."""
        self.dropped = 0
        self._decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        self._held = b""
        self._pasting = False

    def clean(self, data: bytes) -> bytes:
        """Return what of `data`, and of what was held back before it, can be passed on."""
        data, self._held = self._held + data, b""
        data = self._hold(_UNFINISHED, data) if not self._pasting else data
        cleaned = b""
        while data:
            if self._pasting:
                pasted, ended, data = data.partition(_PASTED)
                pasted = pasted if ended else self._hold(_PASTE_ENDING, pasted)
                cleaned += self._text(_CONTROL.sub(b"", pasted)) + ended
                self._pasting = not ended
            else:
                typed, begun, data = data.partition(_PASTE)
                cleaned += self._text(_REPORT.sub(b"", typed)) + begun
                self._pasting = bool(begun)
        return cleaned

    def quiet(self, seconds: float) -> bytes:
        """Return what is passed on after so many seconds in which nothing arrived."""
        held, self._held = self._held, b""
        if not self._pasting:
            return self._text(held) if len(held) <= _LONGEST else b""
        if seconds < _PATIENCE:
            self._held = held
            return b""
        self._pasting = False
        return self._text(_CONTROL.sub(b"", held)) + _PASTED

    def _hold(self, unfinished: re.Pattern[bytes], data: bytes) -> bytes:
        """Keep the beginning of a sequence at the end of `data` for later; return the rest."""
        found = unfinished.search(data)
        if found is None:
            return data
        kept = found[0]  # of a long one, enough to know it by: its beginning and its last byte
        self._held = kept[:_KNOWN] + kept[_KNOWN:][-1:] + self._held
        return data[: found.start()]

    def _text(self, data: bytes) -> bytes:
        text, dropped = _NO_TEXT.subn("", self._decode(data))
        self.dropped += dropped
        return text.encode("utf-8")
