"""Amounts of won are written exactly, and read back to the won."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.model.errors import RefusedError
from tracker.words.money import money_text, read_money


@pytest.mark.parametrize(
    ("won", "korean", "english"),
    [
        (0, "0원", "KRW 0"),
        (3_500, "3,500원", "KRW 3,500"),
        (12_345, "1만 2,345원", "KRW 12,345"),
        (50_000_000, "5,000만 원", "KRW 50mn"),
        (22_100_000_000, "221억 원", "KRW 22.1bn"),
        (110_580_000_000, "1,105억 8,000만 원", "KRW 110.58bn"),
        (110_585_000_000, "1,105억 8,500만 원", "KRW 110.585bn"),
        (110_585_500_000, "1,105억 8,550만 원", "KRW 110,585,500,000"),
        (1_400_000_000_000, "1조 4,000억 원", "KRW 1.4tn"),
        (1_000_000_000_001, "1조 1원", "KRW 1,000,000,000,001"),
        (-50_000, "-5만 원", "-KRW 50,000"),
    ],
)
def test_amounts_are_worded_as_people_write_them(won: int, korean: str, english: str) -> None:
    assert (money_text(won, "ko"), money_text(won, "en")) == (korean, english)


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("221억 원", 22_100_000_000),
        ("221억원", 22_100_000_000),
        ("221억", 22_100_000_000),
        (" 221 억 원 ", 22_100_000_000),
        ("68.5억 원", 6_850_000_000),
        ("1,105억 8,000만 원", 110_580_000_000),
        ("97억 4000만 원", 9_740_000_000),
        ("4억5천만원", 450_000_000),
        ("1조 4,000억", 1_400_000_000_000),
        ("1조4000억원", 1_400_000_000_000),
        ("2조 5천억 원", 2_500_000_000_000),
        ("1천200억 원", 120_000_000_000),
        ("7천억", 700_000_000_000),
        ("3백억 원", 30_000_000_000),
        ("1,250백만원", 1_250_000_000),
        ("150천원", 150_000),
        ("22,100,000,000", 22_100_000_000),
        ("22100000000원", 22_100_000_000),
        ("KRW 22.1bn", 22_100_000_000),
        ("krw 22.1 billion", 22_100_000_000),
        ("₩22.1bn", 22_100_000_000),
        ("22.1bn won", 22_100_000_000),
        ("24.8 billion-won", 24_800_000_000),
        ("1.4 trillion won", 1_400_000_000_000),
        ("850 million won", 850_000_000),
        ("KRW 110,580,000,000", 110_580_000_000),
        ("0", 0),
    ],
)
def test_amounts_are_read_however_they_are_written(text: str, won: int) -> None:
    assert read_money(text) == won


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "바나나", "원", "억", "천", "1,10억", "12 13", "5만 3억", "5억 3억", "5억 천"),
        *("22.15원", "0.3", "-5억", "$5m", "1e9", "약 5억", "221억 원 원", "9" * 50, "9" * 10**6),
        *("99999999999999999999억", "٢٢억", "KRW", "bn", "2.5.1억", "1억\x00a"),
    ],
)
def test_what_is_no_whole_amount_of_won_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read_money(text)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


@given(won=st.integers(0, 10**17), lang=st.sampled_from(["ko", "en"]))
def test_words_read_back_to_the_same_won(won: int, lang: str) -> None:
    assert read_money(money_text(won, lang)) == won


@given(hundredths=st.integers(0, 10**7), unit=st.sampled_from([("억 원", 10**8), ("만", 10**4)]))
def test_decimals_of_great_units_are_exact(hundredths: int, unit: tuple[str, int]) -> None:
    text = f"{hundredths // 100}.{hundredths % 100:02d}{unit[0]}"
    assert read_money(text) == hundredths * unit[1] // 100


@given(text=st.text(alphabet="0123456789.,조억만천백십원 KRWbnm-", max_size=30))
def test_any_text_is_an_amount_or_a_refusal(text: str) -> None:
    with suppress(RefusedError):
        assert read_money(text) >= 0
