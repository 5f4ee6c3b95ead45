"""The only place that looks at a clock; every rule takes its day as a parameter."""

import os
from datetime import UTC, date, datetime, tzinfo

from db.model.errors import RefusedError

__all__ = ["local", "now", "today"]


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime, zone: tzinfo | None = None) -> datetime:
    """Return an instant as a clock in a time zone shows it; None is the machine's own.

    In the first and the last day of the calendar a zone may have no such time; then the
    instant stays in the zone that it has.

    Raises:
        RefusedError: `TZ` is a day or more away from UTC, which no time zone is.
    """
    try:
        return moment.astimezone(zone)
    except (OverflowError, OSError, ValueError):  # whichever the platform raises
        if zone is None:
            _refuse_impossible_zone()
        return moment


def _refuse_impossible_zone() -> None:
    try:
        now().astimezone()
    except (OverflowError, OSError, ValueError):
        zone = os.environ.get("TZ", "")
        raise RefusedError(
            f"TZ={zone} is no time zone: write one like Asia/Seoul",
            code="bad-clock-zone",
            zone=zone,
        ) from None


def today(zone: str | None = None) -> date:
    """The civil date in a time zone (`Asia/Seoul`), or in the machine's own.

    Raises:
        RefusedError: There is no such time zone, or `TZ` is a day or more away from UTC.
    """
    if zone is None:
        return local(now()).date()
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - most name no zone

    try:
        return datetime.now(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RefusedError(
            f"there is no time zone “{zone}”: write one like Asia/Seoul",
            code="no-time-zone",
            zone=zone,
        ) from None
