"""A date that a report denies or doubts is proposed as doubted, and never as a plan.

The sentences of `doubt/tuning.tsv` were looked at while the rules were made; those of
`doubt/held_out.tsv` were read once, after they had been.
"""

from datetime import date
from pathlib import Path

from db.period import Period
from tracker.press import read_article

HERE = Path(__file__).with_name("doubt")
DATED = date(2026, 3, 10)


def sentences(half):
    """Each text with the statuses that are right, by the days of the date."""
    for line in (HERE / f"{half}.tsv").read_text(encoding="utf-8").splitlines():
        wanted, text = line.split("\t")
        said = (part.split(" ") for part in wanted.split("; "))
        yield text, {_days(Period.parse(edtf)): status for edtf, status in said}


def statuses(text):
    found = {}
    for p in read_article(text, DATED):
        if p.period:
            found.setdefault(_days(p.period), set()).add(p.status.value)
    return found


def _days(period):
    return period.earliest, period.latest


def tally(half):
    """How many dates are doubted and plans; those of either that were read as the other."""
    count = {"doubted": 0, "planned": 0}
    wrong = []
    for text, wanted in sentences(half):
        found = statuses(text)
        for days, status in wanted.items():
            count[status] += 1
            if found.get(days) != {status}:
                wrong.append((text, status, found.get(days)))
    return count, wrong


def test_the_sentences_of_the_rules():
    count, wrong = tally("tuning")
    assert count == {"doubted": 82, "planned": 78}
    assert wrong == []
