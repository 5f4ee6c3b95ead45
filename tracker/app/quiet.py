"""Keep libraries from writing to the terminal by themselves.

What a library logs or warns of may contain text of the file that it reads, escape sequences
and secrets included; on a screen it would appear in the middle of the picture. Failures
reach people as one clean line of our own, so none of it is shown.
"""

import sys
import warnings

__all__ = ["quiet_libraries", "quiet_warnings"]


def quiet_warnings() -> None:
    """Show no warnings and no exceptions of finalizers.

    Developers ask for warnings with `-W` or `PYTHONWARNINGS`, and get them.
    """
    if not sys.warnoptions:
        warnings.showwarning = _discard
        sys.unraisablehook = _discard


def quiet_libraries() -> None:
    """Show nothing that a library logs, warns of or leaves unraised.

    A quick answer loads no library that logs, and does without `logging`, which takes longer to
    import than the answer takes to make.
    """
    import logging  # noqa: PLC0415 - not for a quick answer

    quiet_warnings()
    logging.disable(logging.CRITICAL)


def _discard(*_: object, **__: object) -> None:
    pass
