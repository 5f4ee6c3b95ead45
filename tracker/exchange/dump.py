"""The whole store as one JSON document, and back, without loss.

It holds what was recorded, never what follows from it: the identities, the acts, the
updates and the weekly checks. Folds, states and searches are made anew by whoever reads
it. Version 1 had no checks.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from db.errors import RefusedError
from db.period import Period
from db.reader import Reader
from db.records import (
    Act,
    ActKind,
    Basis,
    Batch,
    Kind,
    NewFacility,
    NewMilestone,
    Type,
    Update,
    UpdateKind,
)
from db.text import clean
from db.watch import Stage, counted
from tracker.exchange.dump_checks import (
    SOURCE,
    check_acts,
    check_identities,
    check_updates,
    checked_number,
    checked_source,
    checked_text,
    checked_texts,
)
from tracker.exchange.dump_reviews import RecordedReview, parse_review, write_reviews
from tracker.exchange.exported import Exported

__all__ = ["Dump", "parse_dump", "write_dump"]

FORMAT, VERSION = "tracker", 2
_WITHOUT_REVIEWS = 1
_LONGEST = 100  # characters of who typed something

Dump = tuple[Batch, list[tuple[Act, list[Update]]], list[RecordedReview]]


def write_dump(reader: Reader) -> Exported:
    """Everything that was ever recorded, as JSON."""
    updates = [_indented(_update(u)) for u in reader.everything()]
    rows = reader.identities()
    document = {
        "format": FORMAT,
        "version": VERSION,
        "facilities": [{"slug": f.slug, "type": f.type.value} for f in rows.facilities],
        "milestones": [
            {"facility": m.facility, "slug": m.slug, "kind": m.kind.value} for m in rows.milestones
        ],
        "acts": [
            {
                "id": a.id,
                "kind": a.kind.value,
                "recorded_at": a.recorded_at.isoformat(),
                "by": a.by,
            }
            for a in reader.acts()
        ],
        "updates": [],
        "reviews": write_reviews(reader.reviews),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    if updates:
        # put together apart, since it is nearly all of the text and takes long
        listed = ",\n".join(updates)
        text = text.replace('\n "updates": []', f'\n "updates": [\n{listed}\n ]', 1)
    return Exported(text.encode(), updates=len(updates))


def _indented(item: dict[str, Any]) -> str:
    """An item of a list as it stands in the document."""
    return "  " + json.dumps(item, ensure_ascii=False, indent=1).replace("\n", "\n  ")


def _update(u: Update) -> dict[str, Any]:
    return {
        "id": u.id,
        "act": u.act,
        "seq": u.seq,
        "facility": u.facility,
        "milestone": u.milestone,
        "kind": u.kind.value,
        "period": u.period.edtf if u.period else None,
        "value": u.value,
        "phrase": u.phrase,
        "reported_on": u.reported_on.isoformat(),
        "reported_basis": u.reported_basis.value,
        "reason": u.reason,
        "action": u.action,
        "evidence": list(u.evidence),
        "source": {name: getattr(u.source, name) for name in SOURCE} if u.source else None,
        "retracts": u.retracts,
    }


def parse_dump(text: str, name: str) -> Dump:
    """Read a document that `write_dump` made.

    Raises:
        RefusedError: It is no JSON, no dump, of a newer version, or a part of it is wrong;
            the message names the line or the part.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise _bad(f"{name}:{line}", str(error)) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _bad(name, "this is not an export of tracker")
    if document.get("version") not in (_WITHOUT_REVIEWS, VERSION):
        raise _bad(name, f"version {document.get('version')!r} is not known here")
    rows = Batch(
        statements=(),
        facilities=tuple(_each(document, "facilities", name, _new_facility)),
        milestones=tuple(_each(document, "milestones", name, _new_milestone)),
    )
    said = list(_each(document, "acts", name, _act))
    acts = {act.id: (act, list[Update]()) for act in said}
    recorded = {act.id: act.recorded_at for act in said}
    updates = list(_each(document, "updates", name, lambda item: _parse_update(item, recorded)))
    _check(name, rows, said, updates)
    for update in sorted(updates, key=lambda u: u.id):
        acts[update.act][1].append(update)
    for number, (_, of_act) in acts.items():
        if not of_act:
            raise _bad(name, f"act {number} says nothing")
    reviews = []
    if document["version"] != _WITHOUT_REVIEWS:
        reviews = list(_each(document, "reviews", name, lambda item: parse_review(item, acts)))
    return rows, sorted(acts.values(), key=lambda pair: pair[0].id), reviews


def _check(name: str, rows: Batch, acts: list[Act], updates: list[Update]) -> None:
    try:
        check_identities(rows)
        check_acts(acts)
        check_updates(updates, rows)
    except (RefusedError, ValueError) as error:
        raise _bad(name, str(error)) from None


def _each(document: dict[str, Any], part: str, name: str, make: Any) -> Iterable[Any]:  # noqa: ANN401
    items = document.get(part)
    if not isinstance(items, list):
        raise _bad(name, f"“{part}” is missing")
    for place, item in enumerate(counted(items, len(items), Stage.READ)):
        try:
            yield make(item)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            why = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            raise _bad(f"{name}: {part}[{place}]", why) from None


def _new_facility(item: Any) -> NewFacility:  # noqa: ANN401
    return NewFacility(str(item["slug"]), Type(item["type"]))


def _new_milestone(item: Any) -> NewMilestone:  # noqa: ANN401
    return NewMilestone(str(item["facility"]), str(item["slug"]), Kind(item["kind"]))


def _act(item: Any) -> Act:  # noqa: ANN401
    moment = datetime.fromisoformat(item["recorded_at"])
    if moment.tzinfo is None:
        raise ValueError("recorded_at is without a time zone")
    by = checked_text(item["by"])
    return Act(
        checked_number(item["id"]),
        ActKind(item["kind"]),
        moment,
        clean(by)[:_LONGEST] if by else None,
    )


def _parse_update(item: Any, recorded: dict[int, datetime]) -> Update:  # noqa: ANN401
    return Update(
        id=checked_number(item["id"]),
        act=checked_number(item["act"]),
        seq=checked_number(item["seq"]),
        facility=str(item["facility"]),
        milestone=checked_text(item["milestone"]),
        kind=UpdateKind(item["kind"]),
        period=Period.parse(item["period"]) if item["period"] else None,
        value=item["value"],
        phrase=checked_text(item["phrase"]),
        reported_on=date.fromisoformat(item["reported_on"]),
        reported_basis=Basis(item["reported_basis"]),
        recorded_at=recorded[item["act"]],
        reason=checked_text(item["reason"]),
        action=checked_text(item["action"]),
        evidence=checked_texts(item["evidence"]),
        source=checked_source(item["source"]),
        retracts=None if item["retracts"] is None else checked_number(item["retracts"]),
    )


def _bad(where: str, why: str) -> RefusedError:
    return RefusedError(f"{where}: {why}", code="bad-dump", where=where, why=why)
