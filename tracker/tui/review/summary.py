"""What stands where the queue does before a weekly check begins, and when it is over."""

from collections.abc import Iterable, Mapping

from textual.content import Content

from db.model.review_reasons import Need
from tracker.acts.review_summary import NEED_GLYPHS, called, head, recap, summary
from tracker.domain.review import Check
from tracker.words import Words
from tracker.words.cells import fit

__all__ = ["how_on", "intro", "recapitulation"]

_QUIET = "$foreground 60%"
_GAP = "  "
_WIDEST_NAME = 48


def intro(week: str, needs: Mapping[Need, int] | None, last: Check | None, words: Words) -> Content:
    """What a check of this week would ask, and how the last one went.

    `needs` is None while that is being counted.
    """
    lines = [Content.assemble((words("review.title", week=week), "bold")), Content("")]
    if needs is None:
        lines.append(Content(words("ui.reading")))
    elif needs:
        lines.append(Content(words("review.intro", total=sum(needs.values()))))
        lines += _needs(needs, words)
        lines += [Content(""), Content.assemble((words("review.intro_begin"), "$text-accent"))]
    else:
        lines.append(Content(words("review.intro_none")))
    if last is not None:
        told = words("review.last", week=last.review.week, summary=summary(last, words))
        lines += [Content(""), Content.assemble((told, _QUIET))]
    return Content("\n").join(lines)


def _needs(needs: Mapping[Need, int], words: Words) -> Iterable[Content]:
    for need, count in needs.items():
        name = fit(words.of("review.need", need.value), 16)
        yield Content.assemble(f"  {NEED_GLYPHS[need]} {name}", (f"{count:>5,}", "bold"))


def how_on(check: Check, news: int, words: Words) -> str:
    """What can be done with a check of this week that is not walked through.

    `news` is how many milestones need a word that it does not ask about.
    """
    if check.closed:
        return words("review.is_over")
    if news:
        return words("review.news", count=news)
    left = len(check.open_items)
    return words("review.so_far", open=left) if left else words("review.over")


def recapitulation(
    check: Check, how: str, words: Words, width: int, zone: str | None = None
) -> Content:
    """Everything that a check came to; `how` says what can be done now."""
    lines = [
        Content.assemble(
            (words("review.title", week=check.review.week), "bold"),
            _GAP,
            (head(check, words, zone), _QUIET),
        ),
        Content(summary(check, words)),
        Content.assemble((how, "$text-accent")),
        Content.assemble((words("review.report_how", week=check.review.week), _QUIET)),
    ]
    name = min(_WIDEST_NAME, width // 2)
    for part in recap(check, words):
        lines += [Content(""), Content.assemble((f"{part.title} {len(part.lines):,}", "bold"))]
        for item, said in part.lines:
            about = fit(" · ".join(called(item, words)), name)
            said_of_it = fit(said, max(0, width - name - 2 * len(_GAP)))
            lines.append(Content.assemble(_GAP, about, _GAP, (said_of_it, _QUIET)))
    return Content("\n").join(lines)
