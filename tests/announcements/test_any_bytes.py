"""Whatever is given: no failure but a refusal, and an end (`tests.bench` says how soon)."""

from contextlib import suppress
from datetime import date

import pytest
from extremes import HUGE, M
from hypothesis import given
from hypothesis import strategies as st

from db.model.errors import TrackerError
from tracker.announcements import read_article
from tracker.announcements.text.documents import read_document

DATED = date(2025, 3, 10)
PIECES = [
    *(
        "2025년",
        " 3월",
        "내년 상반기",
        "까지",
        "부터",
        "~",
        "당초 ",
        "에서 ",
        "로 미뤄졌다.",
        "준공",
        "착공",
        "하고 ",
    ),
    *(
        "'가람센터'",
        "센터는 ",
        "가람 생태관",
        "(가칭)",
        "두 시설",
        "이 센터",
        "1공구",
        "은 ",
        "을 ",
        "의 ",
        "각각 ",
        "문을 연다.",
    ),
    *(
        "\n",
        "\n\n",
        "▲ ",
        "○ ",
        "…",
        '"',
        "'",
        "“",
        "”",
        "(",
        ")",
        ". ",
        ":",
        "→",
        "[",
        "]",
        "<p>",
        "&amp;",
        "\0",
        "\r",
    ),
    *(
        "The Garam Center ",
        "will open ",
        "in March 2026 ",
        "from ",
        "to ",
        "입력 2025-03-18 ",
        "무단전재",
        "기자",
        "\u1100\u1161",
    ),
]


def check(text):
    for p in read_article(text, DATED):
        assert 0 <= p.date_span.start < p.date_span.end <= len(text)
        assert 0 <= p.name_span.start < p.name_span.end <= len(text)
        assert 0 <= p.confidence <= 1


@given(st.text(max_size=400))
def test_any_text(text):
    check(text)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_mixture_of_what_articles_are_made_of(text):
    check(text)


@given(
    st.binary(max_size=600)
    | st.lists(st.sampled_from(PIECES)).map(lambda p: "".join(p).encode("utf-16"))
)
def test_any_bytes(data):
    try:
        document = read_document(data)
    except TrackerError as refused:
        assert "\n" not in str(refused)  # noqa: PT017 - only some are refused
    else:
        check(document.text)


@pytest.mark.parametrize("what", HUGE)
def test_a_megabyte_of_anything_comes_to_an_end(what):
    with suppress(TrackerError):
        check(read_document(HUGE[what].encode()[:M]).text)


def test_random_bytes_come_to_an_end():
    import random

    data = random.Random(7).randbytes(M)  # noqa: S311 - noise, not a secret
    with pytest.raises(TrackerError):
        read_document(data)
    check(data.decode("cp949", "replace"))
