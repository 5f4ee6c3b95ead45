"""Shares of the funding are read back as they are shown."""

import pytest

from tracker.acts.adding import read_shares
from tracker.words import Words

SHARES = (
    *("national", "province", "city", "private", "local", "national_and_city", "building"),
    *("land", "local_and_in_kind", "local_extinction_fund"),
)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_share_is_read_back_as_the_one_it_was(lang):
    words = Words(lang)
    funding = dict(zip(SHARES, range(10**8, 11 * 10**8, 10**8), strict=True))
    shown = " · ".join(f"{words(f'funding.{k}')} {words.money(v)}" for k, v in funding.items())
    assert read_shares(shown) == funding
