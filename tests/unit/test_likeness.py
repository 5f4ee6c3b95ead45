"""Names that look alike, and what may have been meant by one that fits nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import growth

from db.model.records import Kind
from db.model.similar_names import NameSimilarity, alike, nearest
from tracker.words.kinds import nearest_kind

NAME = "물류로봇 실증지원센터"


@pytest.mark.parametrize(
    "other",
    [
        "물류로봇실증지원센터",
        "물류 로봇 실증 지원 센터",
        "물류로봇 실증지원센타",
        "물류로봇 실증지원센터(신축)",
        "물류로봇 실증지원센터 (구 물류연구소)",
        "[가칭] 물류로봇 실증지원센터",
        "물류로봇의 실증지원센터",
        "물류로봇 실증지윈센터",
        "물류로보 실증지원센터",
        "물류로봇·실증지원센터",
        "물류로봇 실증지원센터",
    ],
)
def test_a_name_that_differs_by_blanks_brackets_particles_or_one_letter_looks_like_it(other):
    assert alike(NAME, other)
    assert alike(other, NAME)
    assert NameSimilarity([other]).among([("s", NAME)]) == {other: [("s", NAME)]} or other == NAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("가람공원 1단계", "가람공원 2단계"),
        ("제1산업단지", "제2산업단지"),
        ("가람센터 A동", "가람센터 B동"),
        ("가람센터(본관)", "가람센터(별관)"),
        ("가람도서관", "가람박물관"),
        ("가람센터", "나람도서관"),
        ("한국로봇센터", "한국의생명센터"),
        ("가", "나"),
        ("2026 축제", "2027 축제"),
    ],
)
def test_what_a_number_a_latin_letter_or_a_bracket_tells_apart_is_not_alike(one, other):
    assert not alike(one, other)
    assert not NameSimilarity([one]).among([("s", other)])


HANGUL = st.text("가각나도서관센터김해로봇 ()", min_size=1, max_size=12)


@given(st.lists(HANGUL, max_size=8), st.lists(HANGUL, max_size=8))
def test_looking_through_parts_finds_what_comparing_all_pairs_finds(new, known):
    pairs = [(str(n), name) for n, name in enumerate(known)]
    found = NameSimilarity(new).among(pairs)
    for name in new:
        wanted = {p for p in pairs if p[1] != name and alike(name, p[1])}
        assert set(found.get(name, ())) == wanted


def test_many_names_are_compared_in_time_that_grows_with_their_number():
    syllables = "가나다라마바사아자차카타파하김이박최정강조윤장임"

    def compare(count):
        numbers = (pow(7, n + 9, 24**9 - 3) for n in range(count))
        names = ["".join(syllables[n // 24**k % 24] for k in range(9)) for n in numbers]
        NameSimilarity(names[: count // 10]).among((n, n) for n in names)

    assert growth(compare, 400) < 6


KNOWN = {
    "refurb": "한국로봇리퍼브센터",
    "library": "고운삼봉도서관",
    "amrc": "AMRC ASIA 센터",
    "bio": "김해의생명센터",
    "sports": "망미국민체육센터",
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("리퍼브센타", "refurb"),
        ("한국로봇센터", "refurb"),
        ("ㄹㅍㅂ", "refurb"),
        ("고은삼봉", "library"),
        ("고운삼봉도서괸", "library"),
        ("amcr", "amrc"),
        ("ARMC asia", "amrc"),
        ("의생명쎈터", "bio"),
        ("국민채육센터", "sports"),
    ],
)
def test_a_slip_of_the_fingers_is_understood(typed, meant):
    assert nearest(typed, KNOWN)[0] == meant


@pytest.mark.parametrize("typed", ["병원", "없는것", "x", "가", "", "물류창고단지", "zzzzzz"])
def test_what_is_like_nothing_suggests_nothing(typed):
    assert nearest(typed, KNOWN) == []


def test_at_most_three_are_suggested():
    many = {str(n): f"가람도서관 {n}관" for n in range(20)}
    assert len(nearest("가람도서간", many)) == 3


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("opning", Kind.OPENING),
        ("오픈식", Kind.OPENING),
        ("grand-opening", Kind.OPENING),
        ("준공식", Kind.COMPLETION),
        ("착굥", Kind.GROUNDBREAKING),
        ("groundbraking", Kind.GROUNDBREAKING),
        ("축제", None),
    ],
)
def test_the_kind_that_may_be_meant(typed, kind):
    assert nearest_kind(typed) is kind
