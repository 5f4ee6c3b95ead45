"""Lines of a page that is a PDF: which belong together, and whether with a blank."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.announcements.text.wrapped import unwrapped

TOLD = "시는 올해 상반기에 실시설계를 마치고 하반기 공사에 들어가 2028년 말 개관할 계획이다."


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("시는 강변도서관 공사를 모두 마무리하고 오는 9월 개\n소한다.", "오는 9월 개소한다."),
        ("시는 강변도서관의 예비타당성 조사를 마치고 곧바로\n설계를 한다.", "곧바로 설계를"),
        ("시는 강변도서관의 설계를 모두 끝내고 나서 올해 연내 착\n공한다.", "연내 착공한다."),
        ("강변도서관과 바닷가 체험관이 함께 나란히 들어선다고 올\n가을 밝혔다.", "올 가을"),
        ("강변도서관 이용자는 지난 한 해 동안 모두 30만 명으로 집계\n됐다고 한다.", "집계됐다고"),
        ("강변도서관 건물은 그동안 낡고 좁아서 이용하는 주민들\n의 불편이 컸다.", "주민들의 불편"),
        (
            "The port city said that its marine robotics basin will be\ncompleted soon.",
            "be completed",
        ),
        (
            "강변도서관이 들어서는 곳은 의창구이며 가까운 데에는\n로봇랜드가 있다.",
            "데에는 로봇랜드",
        ),
    ],
)
def test_a_line_that_fills_the_page_goes_on(page, text):
    assert text in unwrapped(page)


@pytest.mark.parametrize(
    "page",
    [
        f"{TOLD}\n{TOLD}",
        "창원시, 시험·실증 거점 잇따라 완성\n" + TOLD,
        "추진 경과를 살펴보면 다음과 같이 정리할 수 있는데\n○ 2024년 3월 공모 선정\n○ 2025년 착공",
        "시설명 착공일 준공일\n강변도서관 2025.3. 2026.12.",
        "",
        "\n\n",
    ],
)
def test_lines_that_are_no_running_text_stay(page):
    assert unwrapped(page) == page


@given(
    words=st.lists(st.sampled_from([*TOLD.split(), "Basin", "2027년", "문을", "연다"]), min_size=1)
)
def test_no_letter_is_lost_wherever_a_page_is_broken(words):
    text = " ".join(words)
    page = "\n".join(text[at : at + 17] for at in range(0, len(text), 17))
    assert "".join(unwrapped(page).split()) == "".join(text.split())
