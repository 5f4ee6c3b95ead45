"""The whole store as one JSON document, without loss; `parse` reads it.

It holds what was recorded, never what follows from it: the identities, the acts, the
updates, the weekly checks and what tables said at their imports. Folds, states and searches
are rebuilt by whoever reads it. Version 1 had no checks, and imports may be missing.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from db.model.records import Update
from db.read.reader import Reader
from tracker.app.parts import in_parts
from tracker.exchange.dump.checks import SOURCE
from tracker.exchange.dump.import_runs import write_runs
from tracker.exchange.dump.weekly_checks import write_reviews
from tracker.exchange.export_file import Exported

__all__ = ["FORMAT", "VERSION", "WITHOUT_REVIEWS", "write_dump"]

_AT_ONCE = 20  # items of a list that are held

FORMAT, VERSION = "tracker", 2
WITHOUT_REVIEWS = 1


def write_dump(reader: Reader) -> Exported:
    """Everything that was ever recorded, as JSON, read while it is written."""
    made = Exported(updates=0)
    made.parts = in_parts(_document(reader, made))
    return made


def _document(reader: Reader, made: Exported) -> Iterator[str]:
    rows = reader.identities()
    yield f'{{\n "format": "{FORMAT}",\n "version": {VERSION},\n "facilities": '
    yield from _listed({"slug": f.slug, "type": f.type.value} for f in rows.facilities)
    yield ',\n "milestones": '
    yield from _listed(
        {"facility": m.facility, "slug": m.slug, "kind": m.kind.value} for m in rows.milestones
    )
    yield ',\n "acts": '
    yield from _listed(
        {
            "id": a.id,
            "kind": a.kind.value,
            "recorded_at": a.recorded_at.isoformat(),
            "by": a.by,
        }
        for a in reader.acts()
    )
    yield ',\n "updates": '
    yield from _listed(_counted(reader.everything(), made))
    yield ',\n "reviews": '
    yield from _listed(write_reviews(reader.reviews))
    yield ',\n "imports": '
    yield from _listed(write_runs(reader.runs()))
    yield "\n}\n"


def _counted(updates: Iterable[Update], made: Exported) -> Iterator[dict[str, Any]]:
    for made.updates, update in enumerate(updates, 1):
        yield _update(update)


def _listed(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Write a list as `json.dumps(indent=1)` writes it into an object, some items at a time.

    A call for each item would leave as many closures of `json` to the garbage collector.
    """
    before, items = "[\n  ", iter(items)
    while part := list(islice(items, _AT_ONCE)):
        text = json.dumps(part, ensure_ascii=False, indent=1)
        yield before + text[len("[\n ") : -len("\n]")].replace("\n", "\n ")
        before = ",\n  "
    yield "[]" if before[0] == "[" else "\n ]"


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
