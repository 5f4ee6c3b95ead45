"""Where the program keeps things on this platform."""

import os
import sys
from pathlib import Path

__all__ = ["config_file", "demo_store", "keymap_file", "state_file", "store", "views_file"]


def store() -> Path:
    """The default store."""
    return _data() / "tracker.db"


def demo_store() -> Path:
    """The store that `tracker demo` fills; never the person's own."""
    return _data() / "demo.db"


def config_file() -> Path:
    """The settings; `TRACKER_CONFIG` names another file."""
    named = os.environ.get("TRACKER_CONFIG")
    return Path(named).expanduser() if named else _config() / "config.toml"


def keymap_file() -> Path:
    """Other keys for the screens, beside the settings."""
    return config_file().with_name("keymap.toml")


def views_file() -> Path:
    """Lists of facilities as a person arranged and named them, beside the settings."""
    return config_file().with_name("views.toml")


def state_file() -> Path:
    """What the screens remember by themselves."""
    return _base("state", "XDG_STATE_HOME", ".local/state") / "state.toml"


def _data() -> Path:
    return _base("data", "XDG_DATA_HOME", ".local/share")


def _config() -> Path:
    return _base("config", "XDG_CONFIG_HOME", ".config")


def _base(kind: str, variable: str, otherwise: str) -> Path:
    """The folder for one kind of file.

    Where the XDG base directories hold, two lines say what `platformdirs` takes six
    milliseconds to find out; elsewhere it knows better.
    """
    if sys.platform.startswith("linux"):
        named = os.environ.get(variable, "")
        return (Path(named) if named.strip() else Path.home() / otherwise) / "tracker"
    import platformdirs  # noqa: PLC0415 - see above

    found: Path = getattr(platformdirs, f"user_{kind}_path")("tracker", appauthor=False)
    return found
