"""Keep libraries from writing to the terminal by themselves.

What a library logs or warns of may hold text of the file that it reads, escape sequences
and secrets among it; on a screen it would stand in the middle of the picture. Failures
reach people as one clean line of our own, so nothing of it is shown.
"""

import sys
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

__all__ = ["quiet_libraries"]

_LOGGING = "logging"


def quiet_libraries() -> None:
    """Show nothing that any library logs, warns of or leaves unraised from now on.

    Whoever develops asks for warnings with `-W` or `PYTHONWARNINGS`, and gets them.
    """
    if not sys.warnoptions:
        warnings.showwarning = _discard
        sys.unraisablehook = _discard
    if _LOGGING in sys.modules:
        _switch_off(sys.modules[_LOGGING])
    else:
        sys.meta_path.insert(0, _AsSoonAsImported())


def _discard(*_: object, **__: object) -> None:
    pass


def _switch_off(logging: "ModuleType") -> None:
    logging.disable(logging.CRITICAL)


class _AsSoonAsImported:
    """Switch `logging` off when it is imported: a quick command never needs it."""

    def find_spec(
        self, name: str, path: "Sequence[str] | None", target: "ModuleType | None" = None
    ) -> "ModuleSpec | None":
        """Find `logging` as everybody else does, and let it be switched off once it is there."""
        if name != _LOGGING:
            return None
        sys.meta_path.remove(self)
        found = (finder.find_spec(name, path, target) for finder in sys.meta_path)
        spec = next((s for s in found if s), None)
        if spec is None or spec.loader is None:
            return spec
        loader: Any = spec.loader  # of this module alone, so that one of its methods may change
        run = loader.exec_module

        def run_and_switch_off(module: "ModuleType") -> None:
            run(module)
            _switch_off(module)

        loader.exec_module = run_and_switch_off
        return spec
