"""Sentences about what was left out name places, as many as a person reads."""

from tracker.exchange.grids.unread import Flaw, Unread, sentences
from tracker.words import Words

KO, EN = Words("ko"), Words("en")


def test_cells_beside_each_other_are_one_place():
    left = Unread("표")
    for cell in ((1, 0), (1, 1), (1, 2), (2, 0), (2, 2)):
        left.note(Flaw.ERROR, *cell)
    (said,) = sentences([left], KO)
    assert "오류 값 5칸(A2:C2, A3, C3)" in said
    (said,) = sentences([left], EN)
    assert "5 cells (A2:C2, A3, C3)" in said


def test_sheets_are_named_where_there_are_several():
    left, other = Unread("하나", rows=[2]), Unread("둘", hidden=True)
    assert [s.partition(" ")[0] for s in sentences([left], KO)] == ["숨긴"]
    first, second = sentences([left, other], KO)
    assert first.startswith("[하나] 숨긴 행 1개(3행)")
    assert second.startswith("숨긴 시트 1개(둘)")


def test_of_very_many_places_the_first_are_named_and_the_others_counted():
    left = Unread("", rows=list(range(100_000)), columns=[27])
    rows, columns = sentences([left], KO)
    assert "100,000개(1행, 2행" in rows
    assert "외 99,988곳" in rows
    assert "1개(AB열)" in columns
