"""Reading an announcement: which facilities it gives which dates for, and in which words.

Rules and tables, no model: every proposal shows its sentence and the words that
decided it. `sentences` cuts the page, `dates` and `names` find what stands in it,
`events` the steps (their words are tables: `korean_steps`, `works`, `english_steps`),
`linking`, `outline` and `owners` say what belongs together, `tense` whether it is planned
or done and in which year, `confidence` how sure that is.
"""

from tracker.announcements.model.proposals import Proposal, Span, Status
from tracker.announcements.reading import read_article

__all__ = ["Proposal", "Span", "Status", "read_article"]
