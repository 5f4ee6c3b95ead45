"""The only place that looks at a clock; every rule takes its day as a parameter."""

from datetime import UTC, date, datetime, tzinfo

from db.errors import RefusedError

__all__ = ["local", "now", "today"]


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def today(zone: str | None = None) -> date:
    """The civil date in a time zone (`Asia/Seoul`), or in the machine's own.

    Raises:
        RefusedError: There is no such time zone.
    """
    if zone is None:
        return datetime.now(UTC).astimezone().date()
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - most name no zone

    try:
        return datetime.now(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RefusedError(
            f"there is no time zone “{zone}”: write one like Asia/Seoul",
            code="no-time-zone",
            zone=zone,
        ) from None


def local(moment: datetime, zone: tzinfo | None) -> datetime:
    """An instant as a clock in a time zone shows it; None is the machine's own.

    In the first and the last day of the calendar, where a zone may have no such time, as it is.
    """
    try:
        return moment.astimezone(zone)
    except (OverflowError, OSError, ValueError):  # whichever the platform raises
        return moment
