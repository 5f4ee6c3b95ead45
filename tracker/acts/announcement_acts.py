"""Announcements beside the store: what they propose, which of it is sure, and the act it makes.

The command and the screen both read and record through here.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from db.model.errors import RefusedError
from db.model.records import (
    Batch,
    Facility,
    Kind,
    NewFacility,
    NewMilestone,
    Source,
    Statement,
    UpdateKind,
)
from db.model.text import clean
from db.read.reader import Reader
from tracker.acts.adding import new_facility, refuse_taken, slug_of
from tracker.announcements import Proposal, Status, read_article
from tracker.announcements.matching import Known, Match, Verdict, judged, judged_as, known_as
from tracker.announcements.text.documents import LARGEST, Document, read_document
from tracker.announcements.text.pdf import SECONDS
from tracker.app.workspace import Workspace
from tracker.domain.doubts import doubt_note
from tracker.words import Words

__all__ = [
    "SURE",
    "SURE_OF_NAME",
    "Announcement",
    "beside_known",
    "judged_again",
    "read_announcement",
    "read_file",
    "recording",
    "refusing_recorded",
    "rejudged",
    "sure_ones",
]

SURE = 0.75
"""From this confidence on, a proposal is recorded without being looked at."""

SURE_OF_NAME = 0.9
"""And only where the printed name is this much like the known one."""

_NEWS = frozenset({Verdict.NEW_FORECAST, Verdict.NEW_MILESTONE, Verdict.COMPLETED, Verdict.OLDER})
_RECORDED = frozenset({Verdict.SAME, Verdict.ALREADY_REPORTED})
_SAYS = {
    Status.PLANNED: UpdateKind.PLAN,
    Status.ACTUAL: UpdateKind.ACTUAL,
    Status.BASELINE: UpdateKind.ORIGINAL,
}


@dataclass(frozen=True, slots=True)
class Announcement:
    """An article that was read.

    Attributes:
        document: Its text and what is printed around it.
        day: The day of the article.
        file: Where it was read from; None for standard input.
        matches: What it proposes, beside what was known on its day.
        seen: What `Reader.mark` said before that was read; None where there was no store.
    """

    document: Document
    day: date
    file: str | None
    matches: tuple[Match, ...]
    seen: tuple[object, ...] | None = None

    @property
    def source(self) -> Source:
        """The article as the source of a statement."""
        return Source(
            publisher=self.document.publisher,
            title=self.document.title,
            published=self.day.isoformat(),
            basis="printed",
        )


def read_file(path: str | Path, *, seconds: int = SECONDS) -> Document:
    """The article in a file; never more of it than could be one.

    Args:
        path: The file.
        seconds: Processor time that reading a PDF may take.

    Raises:
        RefusedError: There is no such file, or no text in it that can be read.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise RefusedError(
            f"cannot read {path}: {why}", code="no-file", path=str(path), why=why
        ) from None
    return read_document(data, Path(path).name, seconds=seconds)


def read_announcement(
    office: Workspace, document: Document, day: date, file: str | None
) -> Announcement:
    """Read an article of a day, and judge it by what the store knew then.

    Raises:
        StoreError: The store cannot be read.
    """
    proposals, seen = read_article(document.text, day), _mark(office)
    return Announcement(document, day, file, tuple(beside_known(office, proposals, day)), seen)


def judged_again(office: Workspace, announcement: Announcement) -> Announcement:
    """The same article beside what the store holds by now."""
    seen, proposals = _mark(office), [m.proposal for m in announcement.matches]
    matches = tuple(beside_known(office, proposals, announcement.day))
    return replace(announcement, matches=matches, seen=seen)


def _mark(office: Workspace) -> tuple[object, ...] | None:
    if not office.exists:
        return None
    with office.reading() as reader:
        return reader.mark()


def refusing_recorded(
    office: Workspace, announcement: Announcement, chosen: Sequence[Match]
) -> Callable[[Reader], None]:
    """A check for `Batch.checks`: somebody may have recorded the same since it was read."""

    def check(reader: Reader) -> None:
        if reader.mark() == announcement.seen:
            return
        for match in chosen:
            if match.facility is None:
                refuse_taken(reader, slug_of(clean(match.proposal.facility)))
                continue
            now = rejudged(office, match.proposal, match.facility, announcement.day)
            if now.verdict in _RECORDED and match.verdict not in _RECORDED:
                name = reader.facility(match.facility).name
                step = match.milestone or match.proposal.kind.value
                raise RefusedError(
                    f"{name} {step}: somebody has just recorded this; leave it out",
                    code="just-recorded",
                    facility=name,
                    milestone=step,
                )

    return check


def beside_known(office: Workspace, proposals: Sequence[Proposal], day: date) -> list[Match]:
    """The proposals beside the store as it was on the day of the article."""
    if not office.exists:
        return judged(proposals, Known(()), day)
    names = dict.fromkeys((p.facility, *p.also_called) for p in proposals)
    with office.reading() as reader:
        facilities = reader.facilities()
        slugs = {slug for spellings in names if (slug := known_as(spellings, facilities)[0])}
        known = _known(reader, facilities, slugs, min(day, office.today))
    return judged(proposals, known, day)


def rejudged(office: Workspace, proposal: Proposal, facility: str | None, day: date) -> Match:
    """One proposal of a facility that a person named; None: one that is not known yet."""
    if not facility:
        return judged_as(proposal, facility, 1.0, Known(()), day)
    with office.reading() as reader:
        known = _known(reader, reader.facilities(), {facility}, min(day, office.today))
    return judged_as(proposal, facility, 1.0, known, day)


def _known(reader: Reader, facilities: Sequence[Facility], slugs: set[str], day: date) -> Known:
    """What is known today, with milestones as of `day` too, which the reader is left looking at."""
    updates = {slug: reader.updates_of(slug) for slug in slugs}
    now = {slug: reader.milestones_of(slug) for slug in slugs}
    reader.at(day)
    then = {slug: reader.milestones_of(slug) for slug in slugs}
    return Known(facilities, then, updates, now)


def sure_ones(office: Workspace, matches: Sequence[Match]) -> list[Match]:
    """What needs nobody's decision: sure, of a known facility, and one date for each step."""
    closed = _closed(office, matches)
    sure = [m for m in matches if _is_sure(m, closed)]
    step = [(m.facility, m.milestone, m.proposal.status) for m in sure]
    return [m for m, s in zip(sure, step, strict=True) if step.count(s) == 1]


def _is_sure(match: Match, closed: Container[object]) -> bool:
    return (
        match.verdict in _NEWS
        and match.proposal.status is not Status.DOUBTED
        and match.proposal.period is not None
        and match.proposal.confidence >= SURE
        and match.likeness >= SURE_OF_NAME
        and match.proposal.kind not in {Kind.EVENT, Kind.OTHER}
        and (
            match.proposal.status is Status.ACTUAL
            or (match.facility, match.milestone) not in closed
        )
    )


def _closed(office: Workspace, matches: Sequence[Match]) -> set[tuple[str, str]]:
    """The steps that are over today, whatever they were on the day of the article."""
    if not office.exists:
        return set()
    with office.reading() as reader:
        slugs = {m.facility for m in matches if m.facility}
        return {
            (slug, step.slug)
            for slug in slugs
            for step in reader.milestones_of(slug)
            if step.actual is not None or step.cancelled_on is not None
        }


def recording(announcement: Announcement, chosen: Sequence[Match], words: Words) -> Batch:
    """The one act that records these proposals, with the article as their source.

    Facilities and milestones that are not known yet are made. Old plans come first, since
    they were said before. A doubted date is kept as a note in the language of `words`, on the
    milestone where it is known, else on the facility; of a facility that is not, nothing is.

    Raises:
        RefusedError: A facility's name has nothing in it that a slug could be made of.
    """
    evidence = (announcement.file,) if announcement.file else ()
    made: dict[NewFacility, Statement] = {}
    steps: dict[NewMilestone, None] = {}
    statements: list[Statement] = []
    for match in sorted(chosen, key=lambda m: m.proposal.status is not Status.BASELINE):
        proposal = match.proposal
        if proposal.status is Status.DOUBTED:
            statements += _noted(announcement, match, words)
            continue
        slug = match.facility or slug_of(clean(proposal.facility))
        step = match.milestone or proposal.kind.value
        if match.facility is None:
            new = new_facility(slug, NewFacility(slug).type, _called(proposal), announcement.day)
            made.setdefault(new.facilities[0], new.statements[0])
        if match.verdict in {Verdict.NEW_FACILITY, Verdict.NEW_MILESTONE}:
            steps[NewMilestone(slug, step, proposal.kind)] = None
        statements.append(
            Statement(
                slug,
                step,
                _SAYS[proposal.status],
                announcement.day,
                proposal.period,
                value=None if proposal.period else {"undated": True},
                phrase=clean(proposal.phrase),
                evidence=evidence,
                source=announcement.source,
            )
        )
    return Batch((*made.values(), *statements), tuple(made), tuple(steps))


def _noted(announcement: Announcement, match: Match, words: Words) -> Iterator[Statement]:
    """The note that a doubted date is kept as."""
    proposal = match.proposal
    if match.facility is None or proposal.period is None:
        return
    yield Statement(
        match.facility,
        None if match.verdict is Verdict.NEW_MILESTONE else match.milestone,
        UpdateKind.NOTE,
        announcement.day,
        value=doubt_note(proposal.period, clean(proposal.sentence), words),
        evidence=(announcement.file,) if announcement.file else (),
        source=announcement.source,
    )


def _called(proposal: Proposal) -> dict[str, str]:
    return {"name": clean(proposal.facility)}
