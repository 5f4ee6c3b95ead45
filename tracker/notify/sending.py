"""Sending through Apprise, which is an extra and is imported when something is sent."""

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.model.errors import RefusedError
from tracker.domain.alerts import Alert
from tracker.notify.digest import Digest, digest_of, fresh, marks_of
from tracker.notify.sent import Sent
from tracker.notify.targets import scheme_of
from tracker.words import Words

if TYPE_CHECKING:
    from apprise import Apprise

__all__ = ["Mailbox", "Report", "mailboxes", "tell"]


@dataclass(slots=True)
class Report:
    """What happened at the targets: numbers of alerts told, and where it failed."""

    told: list[tuple[str, int]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    interrupted: list[str] = field(default_factory=list)


class Mailbox:
    """One target, reached through Apprise."""

    def __init__(self, address: str, through: "Apprise") -> None:
        """Take the address; no message ever repeats it."""
        self.address = address
        self.scheme = scheme_of(address)
        self._through = through

    def send(self, digest: Digest) -> bool:
        """Send one message; tell whether it was taken."""
        with _quietly():
            return bool(
                self._through.notify(
                    body=digest.body,
                    title=digest.title,
                    body_format="text",
                    interpret_escapes=False,
                )
            )
        return False


def mailboxes(given: Sequence[str]) -> list[Mailbox]:
    """A mailbox for each address.

    Raises:
        RefusedError: Apprise is not installed, or does not know an address.
    """
    try:
        import apprise  # noqa: PLC0415 - an extra that only this needs
    except ImportError:
        raise RefusedError(
            "sending needs Apprise: pip install 'tracker[notify]'", code="no-apprise"
        ) from None
    _silence()
    asset = apprise.AppriseAsset(app_id="tracker", app_desc="tracker", async_mode=False)
    found: list[Mailbox] = []
    for number, address in enumerate(given, start=1):
        through = apprise.Apprise(asset=asset)
        if not _added(through, address):
            scheme = scheme_of(address)
            raise RefusedError(
                f"address {number} ({scheme}://…) is not known to Apprise",
                code="bad-target",
                number=number,
                scheme=scheme,
            )
        found.append(Mailbox(address, through))
    return found


def _added(through: "Apprise", address: str) -> bool:
    with _quietly():
        return bool(through.add(address))
    return False


@contextmanager
def _quietly() -> Iterator[None]:
    """Let a plugin fail without a word, since what it says may repeat the address."""
    with warnings.catch_warnings(), suppress(Exception):
        warnings.simplefilter("ignore")
        yield


def _silence() -> None:
    """Let nothing of what is logged below come through, since it may hold addresses."""
    for name in ("apprise", "urllib3", "requests"):
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)


def tell(
    alerts: Sequence[Alert],
    boxes: Sequence[Mailbox],
    sent: Sent,
    day: str,
    words: Words,
    report: Report,
) -> None:
    """Tell each target what it was not told yet; `report` is right whenever this ends.

    Raises:
        OSError: What was sent cannot be noted; the rest is not sent.
    """
    standing = marks_of(alerts)
    for box in boxes:
        if sent.interrupted(box.address):
            report.interrupted.append(box.scheme)
        new = fresh(alerts, sent.told(box.address))
        if new:
            sent.begin(box.address, marks_of(new))
            if not box.send(digest_of(new, len(alerts), day, words)):
                report.failed.append(box.scheme)
                sent.fail(box.address)
                continue
        report.told.append((box.scheme, len(new)))
        sent.succeed(box.address, standing)
