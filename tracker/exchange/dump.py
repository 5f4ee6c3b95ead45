"""The whole store as one JSON document, without loss; `dump_read` reads it.

It holds what was recorded, never what follows from it: the identities, the acts, the
updates and the weekly checks. Folds, states and searches are made anew by whoever reads
it. Version 1 had no checks.
"""

import json
from typing import Any

from db.reader import Reader
from db.records import (
    Update,
)
from tracker.exchange.dump_checks import SOURCE
from tracker.exchange.dump_reviews import write_reviews
from tracker.exchange.exported import Exported

__all__ = ["FORMAT", "VERSION", "WITHOUT_REVIEWS", "write_dump"]

FORMAT, VERSION = "tracker", 2
WITHOUT_REVIEWS = 1


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
