"""Particles follow the sound of the word before them."""

import pytest

from tracker.words.particles import particle, with_particle


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("센터", "센터를"),
        ("도서관", "도서관을"),
        ("서울", "서울을"),
        ("3분기", "3분기를"),
        ("2025년 6월", "2025년 6월을"),
        ("2026년 초", "2026년 초를"),
        ("7", "7을"),
        ("2", "2를"),
        ("10", "10을"),
        ("2025", "2025를"),
        ("3,000", "3,000을"),
        ("1000000000000", "1000000000000를"),
        ("2026-06-30", "2026-06-30을"),
        ("AI", "AI를"),
        ("KOLAS", "KOLAS를"),
        ("BIM", "BIM을"),
        ("NAME", "NAME을"),
        ("FILE", "FILE을"),
        ("KISTEP", "KISTEP을"),
        ("R&D", "R&D를"),
        ("Q3 2025", "Q3 2025를"),
        ("robot", "robot을"),
        ("block", "block을"),
        ("park", "park를"),
        ("center", "center를"),
        ("building", "building을"),
        ("zone", "zone을"),
        ("15%", "15%를"),
        ("4,320㎡", "4,320㎡를"),
        ("센터(가칭)", "센터(가칭)를"),
        ("공원(2단계)", "공원(2단계)을"),
        ("“도서관”", "“도서관”을"),
        ("漢字", "漢字을(를)"),
        ("", "을(를)"),
    ],
)
def test_the_object_particle_fits_the_last_sound(word: str, shown: str) -> None:
    assert with_particle(word, "을/를") == shown


@pytest.mark.parametrize(
    ("pair", "after_consonant", "after_rieul", "after_vowel"),
    [
        ("이/가", "공원이", "서울이", "센터가"),
        ("은/는", "공원은", "서울은", "센터는"),
        ("을/를", "공원을", "서울을", "센터를"),
        ("와/과", "공원과", "서울과", "센터와"),
        ("과/와", "공원과", "서울과", "센터와"),
        ("(으)로", "공원으로", "서울로", "센터로"),
        ("으로/로", "공원으로", "서울로", "센터로"),
        ("이(가)", "공원이", "서울이", "센터가"),
    ],
)
def test_every_pair_has_its_three_cases(
    pair: str, after_consonant: str, after_rieul: str, after_vowel: str
) -> None:
    shown = tuple(with_particle(word, pair) for word in ("공원", "서울", "센터"))
    assert shown == (after_consonant, after_rieul, after_vowel)


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("1", "1로"),
        ("3", "3으로"),
        ("6", "6으로"),
        ("8", "8로"),
        ("URL", "URL로"),
        ("IBM", "IBM으로"),
    ],
)
def test_digits_and_letters_are_said_in_korean(word: str, shown: str) -> None:
    assert with_particle(word, "(으)로") == shown


def test_both_forms_stand_where_the_sound_is_unknown() -> None:
    assert (particle("漢", "이/가"), particle("漢", "(으)로")) == ("이(가)", "(으)로")


def test_a_pair_that_does_not_exist_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        particle("센터", "을/은")


@pytest.mark.parametrize(
    "word", ["(" * 10**5, "((a)" * 10**5, "가" * 10**6, "0" * 10**6, ")" * 10**6]
)
def test_long_words_are_no_slower(word: str) -> None:
    assert with_particle(word, "이/가").startswith(word)
