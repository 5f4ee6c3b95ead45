"""One date or a range of two, and the words that open, close or soften them."""

from dataclasses import dataclass, field
from datetime import timedelta

from db.period import Period
from tracker.phrases.errors import StumbleError
from tracker.phrases.resolving import Spoken, counted, resolved
from tracker.phrases.ranges import adopt_units, context_of_first, moved_on
from tracker.phrases.said import Before, said
from tracker.phrases.tokens import DATE_KINDS, Kind, Token

__all__ = ["understood"]
