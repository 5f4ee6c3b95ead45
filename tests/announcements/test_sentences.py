"""Where sentences end, also where nobody left a blank behind the stop."""

import pytest
from announcing import read

from tracker.announcements.text.plain import folded
from tracker.announcements.text.sentences import sentences_of

TOLD = {
    "'가람 도서관'은 내년 개관한다.|시는 3월 '나래 체육관'을 준공한다.|또 길을 넓힌다.": "no blank",
    "시는 2026.3.준공을 목표로 한다.| 2026. 3. 준공한다.": "stops of a date",
    '시장은 "6월 개관한다."라고 말했다.|시는 기대한다.': "a quotation goes on",
    '시장은 "잘 된다."며 웃었다.|"기쁘다"고 했다.': "one ends, another begins",
    "완공했다。|시는 기뻐했다。": "full-width stops",
    "개관할까?|시는 답했다!|또 물었다.": "questions",
    "문을 열었다…|시는 기대한다.": "an ellipsis",
    "문을 열었다...|시는 기대한다.": "three stops",
    "설계를 마쳤다.|2027년 3월 착공한다.": "a number behind it",
    "The library opened.|The gym will open in June 2026.|The mayor said so.": "English",
    "The U.S. team and Garam Co. opened it.| It is 3.5 km long.": "English stops that end nothing",
}


@pytest.mark.parametrize("marked", TOLD, ids=TOLD.values())
def test_where_sentences_end(marked):
    text = folded(marked.replace("|", ""))
    ends = [piece.strip() for piece in folded(marked).split("|")]
    assert [s.text for s in sentences_of(text)] == ends


def test_a_step_is_not_carried_over_a_stop_without_a_blank():
    text = "'가람 도서관'은 내년 6월 개관한다.시는 내후년 3월 '나래 체육관'을 준공한다."
    assert read(text) == {
        ("가람 도서관", "opening", "planned", "2026-06"),
        ("나래 체육관", "completion", "planned", "2027-03"),
    }
