"""Telling what a file is that is no table."""

import tracemalloc

from tracker.exchange.workbooks.foreign import refuse_foreign_text


def test_a_text_of_any_size_is_told_by_its_head(tmp_path):
    path = tmp_path / "큰표.csv"
    path.write_text("시설명,준공\n" + "가람관,2027.5\n" * 500_000, "utf-8")
    tracemalloc.start()
    refuse_foreign_text(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000
