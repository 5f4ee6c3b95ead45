"""A JSON document of any length, read part by part within the same memory.

What is asked for in the order in which it stands is never held as a whole; what stands
before that is kept until somebody asks for it.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from db.model.errors import RefusedError

__all__ = ["Parts", "bad_part"]

_LONGEST = 64 * 1024 * 1024  # characters of one item
_NEAR = 16  # characters from the end of what is read, where a fault may be a cut
_BLANKS = " \t\r\n"


def bad_part(where: str, why: str) -> RefusedError:
    """The refusal of a document, and of which part of it."""
    return RefusedError(f"{where}: {why}", code="bad-dump", where=where, why=why)


class Parts:
    """The members of the object that a document is; lists among them item by item.

    Attributes:
        met: The names of the members that were read, as far as that has come.
    """

    def __init__(self, blocks: Iterable[str], name: str) -> None:
        """Read the text that `blocks` make up, from a file called `name`."""
        self._blocks = iter(blocks)
        self._name = name
        self._text = ""
        self._at = 0
        self._line = 1  # of the beginning of what is held
        self._ended = False
        self._begun = self._done = False
        self._held: dict[str, Any] = {}
        self.met: set[str] = set()
        self._decode = json.JSONDecoder().raw_decode

    def value(self, key: str) -> object:
        """The value of a member; None where there is none."""
        while key not in self._held and (found := self._next_key()) is not None:
            self._held[found] = self._value()
        return self._held.get(key)

    def items(self, key: str, *, is_optional: bool = False) -> Iterator[Any]:
        """The items of a list, once; none where there is no such list and it is optional.

        Raises:
            RefusedError: There is no such list, or its content is no JSON.
        """
        while key not in self._held and (found := self._next_key()) is not None:
            if found == key and self._peek() == "[":
                yield from self._list()
                return
            self._held[found] = self._value()
        if is_optional and key not in self._held:
            return
        items = self._held.get(key)
        if not isinstance(items, list):
            raise bad_part(self._name, f"“{key}” is missing")
        yield from items

    def finish(self) -> None:
        """Read on to the end.

        Raises:
            RefusedError: The content is no JSON.
        """
        while (found := self._next_key()) is not None:
            self._held[found] = self._value()

    # -- the text --------------------------------------------------------------------------------

    def _next_key(self) -> str | None:
        """The key of the next member, the place then being at its value; None at the end."""
        if self._done or not self._goes_on_to_a_member():
            return None
        if self._peek() != '"':
            raise self._fault("Expecting property name enclosed in double quotes")
        key = self._value()
        if self._peek() != ":":
            raise self._fault("Expecting ':' delimiter")
        self._at += 1
        self.met.add(str(key))
        return str(key)

    def _goes_on_to_a_member(self) -> bool:
        """Step to the next member; after the last one, nothing but blanks may follow."""
        if self._begun:
            more = self._goes_on("}")
        else:
            self._begun = True
            more = self._peek() == "{"
            if more:
                self._at += 1
                more = self._peek() != "}"
                self._at += not more
            else:
                self._value()  # a document of another kind, whose faults are told all the same
        if not more:
            self._done = True
            if self._peek():
                raise self._fault("Extra data")
        return more

    def _list(self) -> Iterator[Any]:
        self._at += 1
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            yield self._value()
            if not self._goes_on("]"):
                return

    def _goes_on(self, closing: str) -> bool:
        """Step over what stands after a value: a comma, or the end of the list or the object."""
        found = self._peek()
        if found not in {",", closing} or not found:
            raise self._fault("Expecting ',' delimiter")
        self._at += 1
        return found == ","

    def _peek(self) -> str:
        """The next sign that is no blank; empty at the end."""
        while True:
            text, at = self._text, self._at
            while at < len(text) and text[at] in _BLANKS:
                at += 1
            self._at = at
            if at < len(text):
                return text[at]
            if not self._more():
                return ""

    def _value(self) -> Any:  # noqa: ANN401 - JSON is any of several types
        self._peek()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except json.JSONDecodeError as error:
                cut = error.pos >= len(self._text) - _NEAR or error.msg.startswith("Unterminated")
                if not cut or not self._more():
                    self._at = error.pos
                    raise self._fault(error.msg) from None
            except (RecursionError, ValueError) as error:  # too deep; a number too long
                raise self._fault(str(error)) from None
            else:
                if end + _NEAR < len(self._text) or not self._more():
                    self._at = end
                    return value

    def _more(self) -> bool:
        """Hold more of the text, and what was read of it no longer; False at its end."""
        if self._ended:
            return False
        rest = self._text[self._at :]
        if len(rest) > _LONGEST:
            raise self._fault("an item without an end")
        parts, held = [rest], 0
        for block in self._blocks:
            parts.append(block)
            held += len(block)
            if held >= len(rest):  # twice as much each time: a long item is looked at few times
                break
        if held:
            self._line += self._text.count("\n", 0, self._at)
            self._text, self._at = "".join(parts), 0
        self._ended = not held
        return bool(held)

    def _fault(self, why: str) -> RefusedError:
        line = self._line + self._text.count("\n", 0, self._at)
        where = f"{self._name}:{line}"
        return RefusedError(f"{where}: {why}", code="no-json", where=where)
