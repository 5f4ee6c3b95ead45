"""Korean words for dates."""

from db.model.text import words
from tracker.phrases.tokens import Kind, Token

__all__ = ["MARKS", "PARTICLES", "TABLE", "WEEKDAYS"]

WEEKDAYS = "월화수목금토일"

MARKS: tuple[tuple[str, Token], ...] = (
    ("년도", Token(Kind.YEAR)),
    ("년", Token(Kind.YEAR)),
    ("개월", Token(Kind.COUNT, name="month")),
    ("개년", Token(Kind.COUNT, name="year")),
    ("월", Token(Kind.MONTH)),
    ("일", Token(Kind.DAY)),
    ("/4분기", Token(Kind.SPAN, name="quarter")),
    ("/4 분기", Token(Kind.SPAN, name="quarter")),
    ("·4분기", Token(Kind.SPAN, name="quarter")),
    ("사분기", Token(Kind.SPAN, name="quarter")),
    ("분기", Token(Kind.SPAN, name="quarter")),
    ("주일", Token(Kind.COUNT, name="week")),
    ("주", Token(Kind.COUNT, name="week")),
    ("달", Token(Kind.COUNT, name="month")),
    ("해", Token(Kind.COUNT, name="year")),
)
"""What may follow a number, and what the two are together."""

PARTICLES = words(
    """
    에는 에도 에만 에야 에나 에나마 에 엔 은 는 이다 이며 이고 이면 면 이 가 을 를 도 의 으로는
    으로 로는 로 인 임 자로 자 다
    """
)
"""Endings that say nothing about the date; they cling to the word before."""

TABLE: tuple[tuple[Token, str], ...] = (
    (Token(Kind.YEAR_SHIFT, 0), "올해|올|올 한 해|금년도|금년|당해|당해 연도|본년도"),
    (Token(Kind.YEAR_SHIFT, 1), "내년도|내년|명년|차년도"),
    (Token(Kind.YEAR_SHIFT, 2), "후년|내후년|후년도|내후년도|다다음 해|다다음해"),
    (Token(Kind.YEAR_SHIFT, 3), "내내후년"),
    (Token(Kind.YEAR_SHIFT, -1), "지난해|작년도|작년|전년도|전년|거년"),
    (Token(Kind.YEAR_SHIFT, -2), "재작년|지지난해|지지난 해|그러께"),
    (Token(Kind.YEAR_SHIFT, -3), "재재작년"),
    (Token(Kind.YEAR_AFTER, 1), "이듬해|익년도|익년|그 이듬해|다음 해|다음해"),
    (Token(Kind.YEAR_AFTER, 0), "그해|그 해|동년"),
    (Token(Kind.NEW_YEAR), "새해"),
    (Token(Kind.SPAN, 40, "half"), "상반기|전반기"),
    (Token(Kind.SPAN, 41, "half"), "하반기|후반기"),
    (Token(Kind.SPAN, 33, "quarter"), "일사분기"),
    (Token(Kind.SPAN, 34, "quarter"), "이사분기"),
    (Token(Kind.SPAN, 35, "quarter"), "삼사분기"),
    (Token(Kind.SPAN, 36, "quarter"), "사사분기"),
    (Token(Kind.SPAN, 21, "season"), "봄|봄철"),
    (Token(Kind.SPAN, 22, "season"), "여름|여름철"),
    (Token(Kind.SPAN, 23, "season"), "가을|가을철"),
    (Token(Kind.SPAN, 24, "season"), "겨울|겨울철"),
    (Token(Kind.MONTH, 6), "유월"),
    (Token(Kind.MONTH, 10), "시월"),
    (Token(Kind.MONTH_SHIFT, 0), "이달|금월|당월"),
    (Token(Kind.MONTH_SHIFT, 1), "내달|새달|담달|차월"),
    (Token(Kind.MONTH_SHIFT, 2), "다다음 달|다다음달"),
    (Token(Kind.MONTH_SHIFT, -1), "전월|전달"),
    (Token(Kind.MONTH_SHIFT, -2), "지지난달|지지난 달"),
    (Token(Kind.MONTH_AFTER, 1), "익월|이듬달"),
    (Token(Kind.MONTH_AFTER, 0), "그달|그 달|동월"),
    (Token(Kind.WEEK_SHIFT, 0), "금주"),
    (Token(Kind.WEEK_SHIFT, 1), "내주|차주"),
    (Token(Kind.WEEK_SHIFT, 2), "다다음 주|다다음주"),
    (Token(Kind.DAY_SHIFT, 0), "오늘|금일|당일"),
    (Token(Kind.DAY_SHIFT, 1), "내일|명일|익일"),
    (Token(Kind.DAY_SHIFT, 2), "모레|내일모레"),
    (Token(Kind.DAY_SHIFT, 3), "글피"),
    (Token(Kind.DAY_SHIFT, -1), "어제|작일|전일"),
    (Token(Kind.DAY_SHIFT, -2), "그저께|그제|엊그제"),
    (Token(Kind.DAY_SHIFT, -3), "그끄저께"),
    (Token(Kind.PART, name="early"), "초|초반|초기"),
    (Token(Kind.PART, name="early", unit="month"), "초순|상순"),
    (Token(Kind.PART, name="early", unit="this month"), "월초"),
    (Token(Kind.PART, name="early", unit="year"), "연초|년초"),
    (Token(Kind.PART, name="mid"), "중반"),
    (Token(Kind.PART, name="mid", unit="month"), "중순"),
    (Token(Kind.PART, name="late"), "말"),
    (Token(Kind.PART, name="late", unit="month"), "하순"),
    (Token(Kind.PART, name="early-mid", unit="month"), "초중순"),
    (Token(Kind.PART, name="mid-late", unit="month"), "중하순|중·하순"),
    (Token(Kind.PART, name="late", unit="this month"), "월말"),
    (Token(Kind.PART, name="late", unit="year"), "연말|년말|세밑"),
    (Token(Kind.PART, name="last", unit="month"), "말일"),
    *((Token(Kind.WEEKDAY, n), f"{day}요일") for n, day in enumerate("월화수목금토일")),
    (Token(Kind.AIM, name="coming"), "오는|다가오는|돌아오는"),
    (Token(Kind.AIM, name="next"), "다음"),
    (Token(Kind.AIM, name="last"), "지난|저번"),
    (Token(Kind.AIM, name="this"), "이번|요번"),
    (Token(Kind.AIM, name="same"), "같은"),
    (Token(Kind.UNIT, name="year"), "해"),
    (Token(Kind.UNIT, name="half"), "반기"),
    (Token(Kind.UNIT, name="quarter"), "분기"),
    (Token(Kind.UNIT, name="month"), "달"),
    (Token(Kind.UNIT, name="week"), "주"),
    (Token(Kind.NUMBER, 1, "word"), "한"),
    (Token(Kind.NUMBER, 2, "word"), "두"),
    (Token(Kind.NUMBER, 3, "word"), "세|석"),
    (Token(Kind.NUMBER, 4, "word"), "네|넉"),
    (Token(Kind.NUMBER, 5, "word"), "다섯"),
    (Token(Kind.NUMBER, 6, "word"), "여섯"),
    (Token(Kind.NUMBER, 7, "word"), "일곱"),
    (Token(Kind.NUMBER, 8, "word"), "여덟"),
    (Token(Kind.NUMBER, 9, "word"), "아홉"),
    (Token(Kind.NUMBER, 10, "word"), "열"),
    (Token(Kind.COUNT, 1, "year"), "일년|일 년"),
    (Token(Kind.COUNT, 6, "month"), "반년"),
    (Token(Kind.COUNT, 1, "week"), "일주일"),
    (Token(Kind.COUNT, 1, "day"), "하루"),
    (Token(Kind.COUNT, 2, "day"), "이틀"),
    (Token(Kind.COUNT, 3, "day"), "사흘"),
    (Token(Kind.COUNT, 4, "day"), "나흘"),
    (Token(Kind.COUNT, 5, "day"), "닷새"),
    (Token(Kind.COUNT, 10, "day"), "열흘"),
    (Token(Kind.COUNT, 15, "day"), "보름"),
    (Token(Kind.LATER), "뒤|후"),
    (Token(Kind.UNTIL, name="after"), "까지|이전"),
    (Token(Kind.UNTIL, name="before"), "늦어도"),
    (Token(Kind.WITHIN, name="after"), "이내|내|안"),
    (Token(Kind.WITHIN, name="after", unit="year"), "연내|년내"),
    (Token(Kind.PART, name="any", unit="year"), "연중"),
    (Token(Kind.BEFORE, name="after"), "전"),
    (Token(Kind.SINCE, name="after"), "이후"),
    (Token(Kind.SINCE, 1, "after"), "지나서|지나야|지난 뒤|지난 후|넘어서|넘어|넘겨"),
    (Token(Kind.SINCE, name="before"), "빨라야|빨라도|일러도|일러야"),
    (Token(Kind.FROM, name="after"), "부터"),
    (Token(Kind.FROM, name="moved"), "에서"),
    (Token(Kind.SOFT, name="after"), "경|께|께쯤|경쯤|쯤|무렵|즈음|즘|정도|가량|전후"),
    (Token(Kind.SOFT, name="before"), "약|대략"),
    (Token(Kind.BETWEEN), "사이"),
    (Token(Kind.RANGE), "내지"),
    (Token(Kind.OR), "또는|혹은|아니면|이나|나|와|과|및"),
    (
        Token(Kind.EVENT),
        (
            "준공|준공식|준공일|완공|완공식|완성|개소|개소식|개소일|개관|개관식|개관일|개원"
            "|개원식|개장|개장식|개교|개통|개통식|개방|개청|개점|착공|착공식|착공일|기공"
            "|기공식|착수|운영|가동|시운전|시범운영|시범 운영|본격 운영|운행|지정|고시|인증"
            "|선정|설계|완료|시행|시작|출범|입주|건립|구축|조성|마무리|정식|임시|부분|시험"
            "|본격|공사|사업"
        ),
    ),
    (
        Token(Kind.NOISE),
        "중|중에|예정|예정일|목표|계획|전망|방침|향후|앞으로|지금부터|제|자|자로",
    ),
)
"""Words with the piece that each of them is."""
