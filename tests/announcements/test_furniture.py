"""Articles are read alike with and without what pages put above and below them.

The kinds of `furniture/tuning.txt` were looked at while the rules were made. Those of
`furniture/held_out.txt` were tried once after that: eight of ten changed nothing, and the
other two, lists under titles of their own, were mended then. Some say dates of other
facilities, where pages do so.
"""

from functools import cache
from pathlib import Path

import pytest
from announcing import articles, score

from tracker.announcements import read_article

HERE = Path(__file__).with_name("furniture")
PLACES = ("head", "below the headline", "foot", "both")
EVERY = 16  # each kind is tried on one article of so many, at another one each


def kinds(half):
    parts = (HERE / f"{half}.txt").read_text(encoding="utf-8").split("== ")[1:]
    return {name: text.strip() for name, text in (part.split("\n", 1) for part in parts)}


KINDS = [(name, text) for half in ("tuning", "held_out") for name, text in kinds(half).items()]


@cache
def all_articles():
    return [a for half in ("held_out", "tuning", "round_seven") for a in articles(half)]


def furnished(text, extra, place):
    headline, _, rest = text.strip().partition("\n")
    head = f"{extra}\n\n" if place in {"head", "both"} else ""
    below = f"\n\n{extra}\n\n" if place == "below the headline" else "\n"
    foot = f"\n\n{extra}\n" if place in {"foot", "both"} else ""
    return f"{head}{headline}{below}{rest}{foot}"


def scored(article, text):
    return score(read_article(text, article.dated), article)


def differing(extra, place, first):
    """The articles that are read differently with something around them."""
    return [
        (a.name, plain, around)
        for a in all_articles()[first::EVERY]
        if (plain := scored(a, a.text)) != (around := scored(a, furnished(a.text, extra, place)))
    ]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("nth", range(len(KINDS)), ids=[name for name, _ in KINDS])
def test_what_stands_around_an_article_changes_nothing(nth, place):
    assert differing(KINDS[nth][1], place, nth % EVERY) == []
