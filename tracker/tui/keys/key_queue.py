"""A queue of keys: each is delivered when all that the one before it caused is done.

A key travels from the focused widget up to the app, and so does every message that it causes.
Without a queue, a person who types `p` and a date at once, or a terminal that sends many keys in
one piece, would type the date into the screen beneath the form.
"""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

__all__ = ["KeyEvent", "KeyQueue"]

_ROUNDS = 3  # the key, the message that it causes, and what that one causes
_RETRY = 0.02  # seconds between looks at what the app is busy with
_PATIENCE = 3.0  # seconds after which a key is delivered whatever became of the one before

KeyEvent = events.Key | events.Paste


class KeyQueue:
    """Delivers the keys of `app` one after the other.

    The app hands every key to `put` and every `Passed` to `passed`.
    """

    @dataclass
    class Passed(Message):
        """A probe that was sent the way of a key has arrived at the app.

        Attributes:
            screen: The screen that was shown when it was sent.
            rounds: How many more probes follow before the next key is delivered.
        """

        screen: Screen[Any]
        rounds: int

    def __init__(
        self,
        app: App[None],
        deliver: Callable[[KeyEvent], Awaitable[None]],
        is_busy: Callable[[], bool],
    ) -> None:
        """Deliver keys by `deliver`, none while the app `is_busy`."""
        self._app = app
        self._deliver = deliver
        self._is_busy = is_busy
        self._waiting: deque[KeyEvent] = deque()
        self._delivered: float | None = None  # when the key that is being handled was

    async def put(self, event: KeyEvent) -> None:
        """Deliver a key once it is its turn."""
        self._waiting.append(event)
        if self._delivered is None or monotonic() - self._delivered > _PATIENCE:
            await self._next()

    async def passed(self, message: Passed) -> None:
        """Send another probe until nothing more comes of the key, then deliver the next one."""
        app = self._app
        if not app.screen_stack:
            return  # the app is being left
        rounds = message.rounds - 1 if app.screen is message.screen else _ROUNDS
        if self._is_busy():
            app.set_timer(_RETRY, self._retry)
        elif rounds:
            self._probe(app.focused or app.screen, app.screen, rounds)
        else:
            await self._next()

    async def _next(self) -> None:
        app = self._app
        if not self._waiting or not app.screen_stack:
            self._delivered = None
            return
        self._delivered = monotonic()
        screen, to = app.screen, app.focused or app.screen
        await self._deliver(self._waiting.popleft())
        if app.screen_stack and app.screen is not screen:  # it was closed at once, with its parts
            to = app.focused or app.screen
        self._probe(to, screen, _ROUNDS)

    def _probe(self, to: MessagePump, screen: Screen[Any], rounds: int) -> None:
        """Send a message the way of a key: it arrives behind all that was sent before."""
        if not to.post_message(self.Passed(screen, rounds)):
            self._app.post_message(self.Passed(screen, rounds))

    def _retry(self) -> None:
        if self._app.screen_stack:  # else the app was left meanwhile
            self._probe(self._app.screen, self._app.screen, _ROUNDS)
