"""How hard the tests try: briefly by default, for long and at random with `TRACKER_LONG=1`."""

import os

__all__ = ["LONG", "either"]

LONG = os.environ.get("TRACKER_LONG") == "1"


def either(brief, long):
    """What suits this run."""
    return long if LONG else brief
