"""Where the program keeps things on this platform."""

import os
import sys
from pathlib import Path

from db.model.errors import RefusedError, StoreError

__all__ = [
    "config_file",
    "crash_file",
    "demo_store",
    "expanded",
    "keymap_file",
    "named_store",
    "state_file",
    "store",
    "views_file",
]


def named_store(text: str) -> Path:
    """The store that `--db` or `TRACKER_DB` names.

    Raises:
        RefusedError: It is empty or an address, or begins with the home folder of nobody.
        StoreError: It is a folder.
    """
    scheme, address, _ = text.partition("://")
    if address and scheme.isascii() and scheme.replace("+", "").isalnum():
        raise RefusedError(  # no more of it, since an address may hold a password
            f"{scheme}://… is an address: name a file", code="store-address", scheme=scheme
        )
    if not text:
        raise RefusedError("--db is empty: name a file", code="empty-store")
    path = expanded(text)
    if _names_folder(text) or os.path.isdir(path):  # noqa: PTH112 - Path.is_dir fails on long names
        raise StoreError(f"{text} is a folder: name a file in it", code="is-folder", path=text)
    return path


def _names_folder(text: str) -> bool:
    """Whether this can only be the name of a folder, there or not."""
    return os.path.basename(text) in {"", os.curdir, os.pardir}  # noqa: PTH119 - Path drops a last /


def expanded(text: str) -> Path:
    """The path that a person wrote, ~ being the home folder.

    Raises:
        RefusedError: It begins with the home folder of nobody.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise _no_home(text) from None


def _no_home(text: str) -> RefusedError:
    return RefusedError(
        f"no home folder is known for {text}: write the whole path, or set HOME",
        code="no-home",
        path=text,
    )


def store() -> Path:
    """The default store."""
    return _data() / "tracker.db"


def demo_store() -> Path:
    """The store that `tracker demo` fills; never the person's own."""
    return _data() / "demo.db"


def config_file() -> Path:
    """The settings; `TRACKER_CONFIG` names another file.

    Raises:
        RefusedError: That is the name of a folder, or begins with the home folder of nobody.
    """
    named = os.environ.get("TRACKER_CONFIG")
    if not named:
        return _config() / "config.toml"
    if _names_folder(named):
        why = "Is a directory"
        raise RefusedError(f"{named}: {why}", code="bad-config", path=named, why=why)
    return expanded(named)


def keymap_file() -> Path:
    """Other keys for the screens, beside the settings."""
    return config_file().with_name("keymap.toml")


def views_file() -> Path:
    """Lists of facilities as a person arranged and named them, beside the settings."""
    return config_file().with_name("views.toml")


def state_file() -> Path:
    """What the screens remember by themselves."""
    return _base("state", "XDG_STATE_HOME", ".local/state") / "state.toml"


def crash_file() -> Path:
    """What the screens leave behind when they fail."""
    return state_file().with_name("crash.log")


def _data() -> Path:
    return _base("data", "XDG_DATA_HOME", ".local/share")


def _config() -> Path:
    return _base("config", "XDG_CONFIG_HOME", ".config")


def _base(kind: str, variable: str, otherwise: str) -> Path:
    """The folder for one kind of file.

    Where the XDG base directories hold, two lines say what `platformdirs` takes six
    milliseconds to find out; elsewhere it knows better. As they say, a variable that holds no
    absolute path counts as unset.

    Raises:
        RefusedError: There is no home folder.
    """
    if sys.platform.startswith("linux"):
        named = Path(os.environ.get(variable, ""))
        return (named if named.is_absolute() else expanded("~") / otherwise) / "tracker"
    import platformdirs  # noqa: PLC0415 - see above

    found: Path = getattr(platformdirs, f"user_{kind}_path")("tracker", appauthor=False)
    return found
