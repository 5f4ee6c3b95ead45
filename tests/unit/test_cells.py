"""Texts fitted to cells: what is cut never leaves half of a number."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tracker.words.cells import cell_len, fit, squeeze

TEXTS = st.lists(
    st.sampled_from(["센터 ", "D+", "-", "1", "23", ",456", "2026년 ", "하반기 ~ ", "㎡", "a"]),
    max_size=10,
).map("".join)
NUMBER = re.compile(r"[+-]?\d[\d,]*")


@given(TEXTS, st.integers(1, 30))
def test_a_number_is_shown_whole_or_not_at_all(text, width):
    numbers = set(NUMBER.findall(text))
    for shown in (fit(text, width), squeeze(text, width)):
        assert cell_len(shown) <= width or shown == text
        assert {n.rstrip(",") for n in NUMBER.findall(shown)} <= {n.rstrip(",") for n in numbers}
