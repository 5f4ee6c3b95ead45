"""Files of all sorts become the text of an article, with the day that is printed on it."""

import sys
from datetime import date

import pytest
from pdfs import FONT, pdf_of, stream

from db.model.errors import RefusedError
from tracker.announcements.text.documents import LARGEST, read_document

TEXT = "가람 생태관 내년 봄 개관\n\n가람시는 '가람 생태관'을 내년 4월 개관한다고 18일 밝혔다.\n"
HTML = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>가람 생태관 | 가람일보</title>
<meta property="og:title" content="가람 생태관 내년 봄 개관">
<meta property="og:site_name" content="가람일보">
<meta property="article:published_time" content="2025-03-18T10:42:00+09:00">
<style>p {{ color: red }}</style><script>var x = "<p>2031년 개관</p>";</script></head>
<body><nav><ul><li>정치</li><li>경제</li></ul></nav><!-- 2030년 준공 -->
<p>가람시는 &lsquo;가람 생태관&rsquo;을<br>내년 4월 개관한다고 &#49;8일 밝혔다.</p>
<footer>무단 전재 금지</footer></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949", "euc-kr"])
def test_encodings(encoding):
    assert read_document(TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize("charset", ["utf-8", "euc-kr"])
def test_of_a_page_the_visible_text_is_read_and_its_head(charset):
    document = read_document(HTML.format(charset=charset).encode(charset))
    assert "‘가람 생태관’을\n내년 4월 개관한다고 18일 밝혔다." in document.text
    for unseen in ("2031", "2030", "color", "경제", "무단", "<"):
        assert unseen not in document.text
    assert document.title == "가람 생태관 내년 봄 개관"
    assert document.publisher == "가람일보"
    assert document.published == date(2025, 3, 18)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("입력 2025-03-18 10:42 | 수정 2025-03-19 11:05", date(2025, 3, 18)),
        ("수정 2025.03.19. 11:05 기사입력 2025.03.18. 10:42", date(2025, 3, 18)),
        ("작성자 : 관리자   작성일 : 2026.01.08   조회 : 214", date(2026, 1, 8)),
        ("김가람 기자   2025-01-14 14:20:31", date(2025, 1, 14)),
        ("가람기자 / 승인 2025.11.20 16:08 / 댓글 3", date(2025, 11, 20)),
        ("2025년 3월 18일(화)", date(2025, 3, 18)),
        ("Published : Aug. 26, 2025 - 15:12", date(2025, 8, 26)),
        ("GUNSAN, North Jeolla Province, Feb. 10, 2026 -- The city said so.", date(2026, 2, 10)),
        ("입력 2025-02-31 10:42", None),
        ("공사는 2027년 3월 18일 끝난다.", None),
        ("", None),
    ],
)
def test_the_printed_day(line, day):
    text = f"가람 생태관 소식\n{line}\n가람 생태관은 내년 문을 연다."
    assert read_document(text.encode()).published == day


def test_the_publisher_that_is_printed():
    for line in ("저작권자 ⓒ 가람일보, 무단 전재 및 재배포 금지", "ⓒ 가람일보. 무단전재 금지"):
        assert read_document(f"{TEXT}<{line}>".encode()).publisher == "가람일보"


def test_pdf():
    pytest.importorskip("pypdf")
    line = "The Garam Library will open in March 2026."
    assert line in read_document(pdf_of(line)).text


def test_the_lines_of_a_pdf_are_one_where_they_are_one_sentence():
    pytest.importorskip("pypdf")
    lines = ("The city said that its robotics basin will be", "completed by the end of 2026.")
    assert " ".join(lines) in read_document(pdf_of(*lines)).text


def test_letters_that_a_pdf_joins_are_letters():
    pytest.importorskip("pypdf")
    joined = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange %s endcmap" % (
        b"2 beginbfchar <24> <fb01> <25> <fb03> endbfchar"
    )
    font = FONT.replace(b">>", b"/ToUnicode 4 0 R >>")
    line = "It will open in the $rst half; the o%ce said so."
    text = read_document(pdf_of(line, font=font, more=[stream(joined)])).text
    assert "first half; the office" in text


def test_pdf_without_the_library_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(RefusedError, match=r"pip install 'tracker\[pdf\]'") as refused:
        read_document(pdf_of("x"), "a.pdf")
    assert refused.value.code == "needs-pypdf"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no-text"),
        (b" \n\t\0", "no-text"),
        (b"%PDF-1.4 broken", "bad-pdf"),
        (b"x" * (LARGEST + 1), "article-too-large"),
    ],
    ids=["empty", "blank", "broken", "large"],
)
def test_what_is_no_article_is_refused_in_one_line(data, code):
    if code == "bad-pdf":
        pytest.importorskip("pypdf")
    with pytest.raises(RefusedError) as refused:
        read_document(data, "a")
    assert refused.value.code == code
    assert "\n" not in str(refused.value)
