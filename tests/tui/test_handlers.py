"""Handlers are found by name: renaming a class must not leave one that nothing calls."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from textual.message import Message
from textual.message_pump import MessagePump

import tracker.tui


def kinds_of(base: type) -> Iterator[type]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def unanswered(pumps):
    """The handlers that are named after no message."""
    names = {kind.handler_name for kind in kinds_of(Message)}
    named = [(pump, name) for pump in pumps for name in vars(pump)]
    return {
        f"{pump.__qualname__}.{name}"
        for pump, name in named
        if name.startswith(("on_", "_on_")) and name.removeprefix("_") not in names
    }


def test_every_handler_is_named_after_a_message():
    for module in pkgutil.walk_packages(tracker.tui.__path__, "tracker.tui."):
        import_module(module.name)
    ours = [k for k in kinds_of(MessagePump) if k.__module__.startswith("tracker.")]
    assert len(ours) > 30
    assert unanswered(ours) == set()


def test_one_named_after_a_class_of_another_name_is_found():
    pump = type("Pump", (), {"on_milestone_sheet_record": None, "on_mount": None})
    assert unanswered([pump]) == {"Pump.on_milestone_sheet_record"}
