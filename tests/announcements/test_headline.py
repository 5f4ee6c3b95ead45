"""The title of an announcement is its headline, whatever stands above that."""

import pytest
from announcing import articles
from test_furniture import KINDS, furnished

from tracker.announcements.text.documents import read_document

TEXT = """가람도서관 내년 6월 문 연다

가람시는 '가람 도서관'을 내년 6월 개관한다고 12일 밝혔다. 도서관은 지하 1층, 지상 4층 규모로 짓는다.
시는 시민에게 도서관을 널리 알릴 계획이다.
"""
HEADLINE = "가람도서관 내년 6월 문 연다"


def title(text):
    return read_document(text.encode()).title


@pytest.mark.parametrize("nth", range(len(KINDS)), ids=[name for name, _ in KINDS])
def test_what_stands_above_is_no_headline(nth):
    assert title(furnished(TEXT, KINDS[nth][1], "head")) == HEADLINE


@pytest.mark.parametrize(
    ("above", "wanted"),
    [
        (f"[단독] {HEADLINE}\n[가람=새빛일보] 한나래 기자 = ", f"[단독] {HEADLINE}"),
        (f"제목: {HEADLINE}\n\n", HEADLINE),
        (f"홈 > 지역 > 가람\n2025-11-12 10:42\n{HEADLINE}\n\n", HEADLINE),
        ("", None),
    ],
)
def test_text(above, wanted):
    assert title(above + TEXT.split("\n\n", 1)[1]) == wanted


def test_an_article_keeps_its_headline_with_its_marks():
    named = {a.name: title(a.text) for a in articles("tuning")}
    assert named["late_test_centre"].startswith("[단독] 구미 반도체 시험동")
    assert named["site_visit"].startswith("권혁재 태안군수")
    assert named["museum_quarter"] is None, "it begins with its text"


PAGE = (
    "<html><head>{head}</head><body><nav><h1>새빛일보</h1></nav>{body}<p>{text}</p></body></html>"
)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f'<meta property="og:title" content="{HEADLINE}"><title>새빛일보</title>', ""),
        (f"<title>{HEADLINE} - 새빛일보</title>", ""),
        (f"<title>새빛일보 &gt; 지역 &gt; {HEADLINE}</title>", ""),
        ("<title>새빛일보</title>", f"<h1>\n <span>{HEADLINE}</span></h1>"),
        (
            (
                '<meta property="og:title" content="새빛일보"><meta property="og:site_name" '
                'content="새빛일보">'
            ),
            f"<h1>{HEADLINE}</h1>",
        ),
        (
            (
                f'<meta property="og:title" content="{HEADLINE} | 새빛일보"><meta '
                'property="og:site_name" content="새빛일보">'
            ),
            "",
        ),
    ],
)
def test_pages(head, body):
    text = TEXT.split("\n\n", 1)[1]
    assert title(PAGE.format(head=head, body=body, text=text)) == HEADLINE
