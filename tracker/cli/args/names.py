"""From what a person types to facilities and milestones, and back as completions."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from db.model.errors import NotFoundError, RefusedError, TrackerError
from db.model.records import Kind, Milestone
from db.read.reader import Reader
from tracker.words import Words
from tracker.words.kinds import nearest_kind, read_kind

__all__ = ["complete_facility", "complete_milestone", "find_milestone", "listed", "named"]


def find_milestone(reader: Reader, facility: str, text: str, words: Words) -> Milestone | Kind:
    """The milestone of a facility that is meant by a slug, a kind or a part of the title.

    Returns:
        The milestone, or the kind where the text names one that the facility has no
        milestone of yet.

    Raises:
        RefusedError: Several fit, or none does and the text is no kind either.
    """
    milestones = reader.milestones_of(facility)
    wanted = text.strip()
    kind = read_kind(wanted)
    for fits in (
        [m for m in milestones if m.slug == wanted.lower()],
        [m for m in milestones if kind is not None and m.slug == kind.value],
        [m for m in milestones if m.kind is kind],
        [m for m in milestones if wanted.casefold() in words.milestone(m.kind, m.title).casefold()],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            known = listed(fits, words)
            raise RefusedError(
                f"which milestone of {facility}: {known}",
                code="which-milestone",
                facility=reader.facility(facility).name,
                known=known,
            )
    if kind is not None:
        return kind
    from db.model.similar_names import nearest  # only where nothing fits

    known = listed(milestones, words)
    called = {m.slug: words.milestone(m.kind, m.title) for m in milestones}
    kind = nearest_kind(wanted)
    near = [called[slug] for slug in nearest(wanted, called, 1)] + (
        [words.kind(kind)] if kind else []
    )
    meant = {"near": near[0]} if near else {}
    raise NotFoundError(
        f"{facility} has no milestone “{text}”: it has {known}",
        code="no-milestone",
        facility=reader.facility(facility).name,
        milestone=text,
        known=known,
        **meant,
    )


def named(known: Mapping[str, str], words: Words) -> str:
    """Names that may be typed: in Korean the words, in English the codes and their words."""
    if words.lang == "ko":
        return ", ".join(known.values())
    return ", ".join(
        n if word.replace(" ", "_") == n else f"{n} ({word})" for n, word in known.items()
    )


def listed(milestones: Sequence[Milestone], words: Words) -> str:
    """Milestones as they may be typed: by kind where that tells them apart, else by slug."""
    kinds = [m.kind for m in milestones]
    return ", ".join(
        words.kind(m.kind)
        if m.slug == m.kind.value and not m.title and kinds.count(m.kind) == 1
        else f"{m.slug} ({words.milestone(m.kind, m.title)})"
        for m in milestones
    ) or words("none")


def complete_facility(context: click.Context, _parameter: Any, incomplete: str) -> list[Any]:
    """Slugs that begin with, or names that contain, what was typed."""
    from click.shell_completion import CompletionItem

    from tracker.cli.args.workspace_options import office

    try:
        with office(context=context).reading() as reader:
            return [
                CompletionItem(f.slug, help=f.name)
                for f in reader.facilities()
                if f.slug.startswith(incomplete) or (incomplete and incomplete in f.name)
            ]
    except TrackerError:
        return []


def complete_milestone(context: click.Context, _parameter: Any, incomplete: str) -> list[Any]:
    """The milestones of the facility that was typed before."""
    from click.shell_completion import CompletionItem

    from tracker.cli.args.workspace_options import office

    try:
        here = office(context=context)
        with here.reading() as reader:
            slug = reader.resolve(context.params.get("facility") or "", suggesting=False)
            return [
                CompletionItem(m.slug, help=here.words.milestone(m.kind, m.title))
                for m in reader.milestones_of(slug)
                if m.slug.startswith(incomplete)
            ]
    except TrackerError:
        return []
