"""Where the program keeps things on this platform."""

import os
from pathlib import Path

__all__ = ["config_file", "demo_store", "store"]


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


def _data() -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed where --db names a file

    return user_data_path("tracker", appauthor=False)


def _config() -> Path:
    from platformdirs import user_config_path  # noqa: PLC0415 - the same

    return user_config_path("tracker", appauthor=False)
