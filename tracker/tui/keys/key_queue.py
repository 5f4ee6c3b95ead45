"""Keys in turn: each is taken when all that the one before it does is done.

A key travels from the widget with the cursor up to the app, and so does every message that it
causes. Whoever types `p` and a date at once, or a terminal that sends many keys in one piece,
would otherwise type the date into the screen beneath the form.
"""

from collections import deque
from dataclasses import dataclass
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

__all__ = ["KeyQueue"]

_ROUNDS = 3  # the key, the message that it causes, and what that one causes
_AGAIN = 0.02  # seconds between looks at what is still to end
_PATIENCE = 3.0  # seconds after which a key is taken whatever became of the one before


class KeyQueue(App[None], inherit_bindings=False):
    """An app that takes one key after the other."""

    @dataclass
    class Passed(Message):
        """Everything that was under way between a widget and the app has arrived."""

        screen: Screen[Any]
        rounds: int

    def __init__(self) -> None:
        """Wait for no key yet."""
        super().__init__()
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._taken: float | None = None  # when the key was whose turn it is

    async def take(self, event: events.Key | events.Paste) -> None:
        """Give a key to whom it is for."""
        await super().on_event(event)

    def is_busy(self) -> bool:
        """Whether something goes on that the next key has to wait for."""
        return False

    def at_rest(self) -> None:
        """All that keys have asked for is done."""

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait for its turn."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._waiting.append(event)
        if self._taken is None or monotonic() - self._taken > _PATIENCE:
            await self._next()

    async def _next(self) -> None:
        if not self._waiting or not self.screen_stack:
            self._taken = None
            self.at_rest()
            return
        self._taken = monotonic()
        screen, to = self.screen, self.focused or self.screen
        await self.take(self._waiting.popleft())
        if self.screen_stack and self.screen is not screen:  # it was closed at once, with its parts
            to = self.focused or self.screen
        self._follow(to, screen, _ROUNDS)

    def _follow(self, to: MessagePump, screen: Screen[Any], rounds: int) -> None:
        """Send a message the way of a key: it arrives behind all that it was sent after."""
        if not to.post_message(self.Passed(screen, rounds)):
            self.post_message(self.Passed(screen, rounds))

    def _look_again(self) -> None:
        if self.screen_stack:  # else the app was left meanwhile
            self._follow(self.screen, self.screen, _ROUNDS)

    async def on_key_queue_passed(self, message: Passed) -> None:
        """Go on until nothing more comes of the key, then take the next one."""
        if not self.screen_stack:
            return  # the app is being left
        rounds = message.rounds - 1 if self.screen is message.screen else _ROUNDS
        if self.is_busy():
            self.set_timer(_AGAIN, self._look_again)
        elif rounds:
            self._follow(self.focused or self.screen, self.screen, rounds)
        else:
            await self._next()
