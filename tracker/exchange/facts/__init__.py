r"""The facts file: facilities, milestones and dated statements, written by hand.

`docs/facts.md` is the manual. In short:

    # comment                              on a line of its own; indentation is free
    source KEY                             publisher: title: published: basis: url:
    facility SLUG | programme SLUG         name: (needed) name_en: alias: city: cluster:
                                           programme: site: operator: owner: cost:
                                           funding SHARE: floor_area: floors:
                                           target_count: duration: described: DAY[~] [@KEY]
    milestone SLUG KIND ["title"]          where the slug is not its kind, or for a title
    DAY[~] MILESTONE|- WHAT [PERIOD] ["phrase"] [@KEY]
                                           note: phrase: reason: action: evidence:

`WHAT` is plan, original, baseline, actual, progress, hold, resume, cancel, reopen,
confirm, note or set; all words may be Korean (착공, 준공, 계획, 실적, 보류 …).
"""

from tracker.exchange.facts.faults import FactsError, Problem
from tracker.exchange.facts.field_values import plain_number
from tracker.exchange.facts.parse import read_facts

__all__ = ["FactsError", "Problem", "plain_number", "read_facts"]
