"""Rules of reporting that whole articles taught, one sentence or two for each."""

# ruff: noqa: E501, ISC004 - articles are quoted line by line

from datetime import date

import pytest
from announcing import read

SAID = {
    "one work, two verbs": (
        "'가람 생태관'의 실시설계 용역은 지난달 착수해 연말에 끝난다.",
        {
            ("가람 생태관", "design", "actual", "2025-02"),
            ("가람 생태관", "design", "planned", "2025-12~"),
        },
    ),
    "a work that the verb describes": (
        "바로 옆에는 '다온 훈련원'이 세워진다. 지난 1월 시작한 훈련원 실시설계는 연말 끝난다.",
        {
            ("다온 훈련원", "design", "actual", "2025-01"),
            ("다온 훈련원", "design", "planned", "2025-12~"),
        },
    ),
    "a date between the work and its verb": (
        "'가람 처리장'은 새 시공사를 지난달 19일 선정했고 KOLAS 인정은 내년 상반기에 받는다.",
        {
            ("가람 처리장", "other", "actual", "2025-02-19"),
            ("가람 처리장", "accreditation", "planned", "2026-40"),
        },
    ),
    "the door of a museum": (
        "군은 '가람 생태관'의 문을 4월 17일 연다.",
        {("가람 생태관", "opening", "planned", "2025-04-17")},
    ),
    "the facility is itself the work": (
        "가람밸리 1공구는 내년 6월, 2공구는 내년 12월 준공하고 3공구는 2027년 상반기 마무리한다.",
        {
            ("가람밸리 1공구", "completion", "planned", "2026-06"),
            ("가람밸리 2공구", "completion", "planned", "2026-12"),
            ("가람밸리 3공구", "completion", "planned", "2027-40"),
        },
    ),
    "parts named by site": (
        "'가온2 일반산업단지' 2단지 1공구는 지난 1월 준공했고 2단지 2공구는 내년 6월 준공한다.",
        {
            ("가온2 일반산업단지 2단지 1공구", "completion", "actual", "2025-01"),
            ("가온2 일반산업단지 2단지 2공구", "completion", "planned", "2026-06"),
        },
    ),
    "a zone is designated as one": (
        "'동해안 해양치유 투자선도지구'는 지난 2월 국토교통부 투자선도지구로 지정됐다.",
        {("동해안 해양치유 투자선도지구", "designation", "actual", "2025-02")},
    ),
    "the order of steps tells the year": (
        "시는 내년 3월 '가람 생태관'을 착공한다. 전시 설계를 거쳐 하반기 문을 연다.",
        {
            ("가람 생태관", "groundbreaking", "planned", "2026-03"),
            ("가람 생태관", "opening", "planned", "2026-41"),
        },
    ),
    "only possible by then": (
        "'은하대교'는 올해 6월 개통 예정이었지만 자재 수급난으로 내년 3월에야 가능할 전망이다.",
        {
            ("은하대교", "opening", "baseline", "2025-06"),
            ("은하대교", "opening", "planned", "2026-03"),
        },
    ),
    "only the end was missed": (
        "'가람 환승센터'는 2022년 11월 착공해 지난 1월 준공할 예정이었습니다. 준공은 내년 5월로 조정했습니다.",
        {
            ("가람 환승센터", "groundbreaking", "actual", "2022-11"),
            ("가람 환승센터", "completion", "baseline", "2025-01"),
            ("가람 환승센터", "completion", "planned", "2026-05"),
        },
    ),
    "chosen, and given up later": (
        "'가람 추모원'은 2021년 후보지로 선정됐다가 주민 반대로 백지화됐다.",
        {("가람 추모원", "selection", "actual", "2021")},
    ),
    "asked about by name alone": (
        "다음은 다온 소방복합시설입니다. 시는 지난달 새 후보지를 선정했습니다. 2026년 4분기에 착공하겠습니다.",
        {
            ("다온 소방복합시설", "selection", "actual", "2025-02"),
            ("다온 소방복합시설", "groundbreaking", "planned", "2026-36"),
        },
    ),
    "who is quoted is no topic": (
        "부시장은 '가람 생태관'을 찾았다. 현장소장은 \"이달 25일까지 모든 공사를 마치겠다\"고 보고했다.",
        {("가람 생태관", "completion", "planned", "[..2025-03-25]")},
    ),
    "what was there before": (
        "시는 '가람 제작기지'를 5월 8일 개소한다. 옛 은행 연수원을 사들여 지난해 4월 리모델링을 시작했다.",
        {
            ("가람 제작기지", "opening", "planned", "2025-05-08"),
            ("가람 제작기지", "groundbreaking", "actual", "2024-04"),
        },
    ),
    "what is turned into it": (
        "빈 곡물창고는 '가람 예술창고'로 되살아난다. 5월 시범운영을 하고 7월 정식 운영에 들어간다.",
        {
            ("가람 예술창고", "operation", "planned", "2025-05"),
            ("가람 예술창고", "operation", "planned", "2025-07"),
        },
    ),
    "this one, of an ending that is no known word": (
        "유물은 '공주역사자료관'에 보관한다. 이 자료관은 지난 2월 5일 수장 시설을 넓히는 공사를 끝냈다.",
        {("공주역사자료관", "completion", "actual", "2025-02-05")},
    ),
    "the rest of a road": (
        "'와룡 우회도로'는 오는 12월 일부가 개통된다. 나머지는 터널이 완공된 뒤 2027년 말 개통할 예정이다.",
        {
            ("와룡 우회도로", "opening", "planned", "2025-12"),
            ("와룡 우회도로", "opening", "planned", "2027-12~"),
        },
    ),
    "a road by its ends": (
        "직산~부성 연결도로는 다음 달 하순 착공해 2028년 하반기 준공될 예정이다.",
        {
            ("직산~부성 연결도로", "groundbreaking", "planned", "[2025-04-21..2025-04-30]"),
            ("직산~부성 연결도로", "completion", "planned", "2028-41"),
        },
    ),
    "from the first of the month": (
        "'늘봄 산후조리원'은 다음 달 1일 자로 운영에 들어간다.",
        {("늘봄 산후조리원", "operation", "planned", "2025-04-01")},
    ),
    "the holidays are over": (
        "'가람 정류장'은 명절이 지난 10월 12일부터 운영한다.",
        {("가람 정류장", "operation", "planned", "2025-10-12")},
    ),
    "an outline": (
        "1. 가람 정원문화관 건립\n ○ 234억 원\n ○ 실시설계 완료 ’26. 4월 → 착공 ’26. 7월 → 준공 ’28. 상반기",
        {
            ("가람 정원문화관", "design", "planned", "2026-04"),
            ("가람 정원문화관", "groundbreaking", "planned", "2026-07"),
            ("가람 정원문화관", "completion", "planned", "2028-40"),
        },
    ),
    "labels of an outline": (
        "① 왕궁 바이오가스화설비 : 1분기 시험가동, 6.10 개소\n② 신흥 정수장 고도처리동 : 11월 중순 준공",
        {
            ("왕궁 바이오가스화설비", "operation", "planned", "2025-33"),
            ("왕궁 바이오가스화설비", "opening", "planned", "2025-06-10"),
            ("신흥 정수장 고도처리동", "completion", "planned", "[2025-11-11..2025-11-20]"),
        },
    ),
    "a schedule in a table": (
        "시설명 | 사업비 | 추진 일정\n가람 레포츠단지 | 214 | ’25.6월 착공, ’27.5월 준공",
        {
            ("가람 레포츠단지", "groundbreaking", "planned", "2025-06"),
            ("가람 레포츠단지", "completion", "planned", "2027-05"),
        },
    ),
    "a clause that is over has no topic for the next": (
        "'가람 도서관'이 도마에 올랐다. 국장은 \"공사를 맡은 업체가 회생 절차를 밟으면서 현장이 멈췄고, 지난달 14일 새 시공사를 선정했다\"고 말했다.",
        {("가람 도서관", "other", "actual", "2025-02-14")},
    ),
    "a season that ends like an object": (
        "'가람 박물관'의 건물 공사는 올가을 끝납니다. 완공은 3년 뒤로 내다봅니다.",
        {
            ("가람 박물관", "completion", "planned", "2025-23"),
            ("가람 박물관", "completion", "planned", "2028"),
        },
    ),
    "a neighbourhood's library": (
        "오래 기다린 동네 도서관이 지난 4일 문을 열었다. 이름은 ‘청전 어울림도서관’이다.",
        {("청전 어울림도서관", "opening", "actual", "2025-03-04")},
    ),
    "who was chosen as what": (
        "'가람 시험센터'는 지난 1월 시공사로 한누리건설을 골랐다.",
        {("가람 시험센터", "other", "actual", "2025-01")},
    ),
    "a promise that was not kept": (
        "시는 '가람 치유의숲'을 올해 안에 착공하기로 한 약속이 지켜지지 않은 까닭을 설명했다.",
        {("가람 치유의숲", "groundbreaking", "baseline", "[..2025]")},
    ),
    "put off twice": (
        "'가람 보건센터' 개소는 올해 말로 밀렸다. 장비 시험까지 따져 내년 2월 센터를 개소하겠다.",
        {
            ("가람 보건센터", "opening", "baseline", "2025-12~"),
            ("가람 보건센터", "opening", "planned", "2026-02"),
        },
    ),
    "first promised": (
        "The opening of Garam Children's Hospital, first promised for 2025 and later for the end of 2026, has been put off once more to the first quarter of 2028.",
        {
            ("Garam Children's Hospital", "opening", "baseline", "2025"),
            ("Garam Children's Hospital", "opening", "baseline", "2026-12~"),
            ("Garam Children's Hospital", "opening", "planned", "2028-33"),
        },
    ),
    "English works told apart": (
        "The Garam Cold Storage Complex is taking shape. A feasibility study for the complex was "
        "finished in January, and land compensation is to be wrapped up by August.",
        {
            ("Garam Cold Storage Complex", "feasibility", "actual", "2025-01"),
            ("Garam Cold Storage Complex", "other", "planned", "[..2025-08]"),
        },
    ),
    "an English aside": (
        "Construction of the Garam Diving Center, a complex for divers, got under way in February.",
        {("Garam Diving Center", "groundbreaking", "actual", "2025-02")},
    ),
    "a year said of that year": (
        "The Garam Test Center is due for completion in March 2027 and aims to win KOLAS "
        "accreditation by the end of that year.",
        {
            ("Garam Test Center", "completion", "planned", "2027-03"),
            ("Garam Test Center", "accreditation", "planned", "[..2027-12~]"),
        },
    ),
    "a lead that names nothing yet": (
        "The city will break ground next month on a facility where makers can test their products, "
        "officials said.\n\nThe Garam Validation Center is scheduled for completion in 2027.",
        {
            ("Garam Validation Center", "groundbreaking", "planned", "2025-04"),
            ("Garam Validation Center", "completion", "planned", "2027"),
        },
    ),
    "an English range": (
        "The Garam Museum will be run on a trial basis from Aug. 11 to Aug. 31, the city said.",
        {("Garam Museum", "operation", "planned", "[2025-08-11..2025-08-31]")},
    ),
}

LEFT_ALONE = {
    "an order": "군수는 '가람 생태관'을 찾아 \"6월 하순 전에 보강을 마쳐 달라\"고 당부했다.",
    "a title that is no facility": "체험전 「비단의 길」 7. 1. 개관 기념 행사",
    "twelve places": "시는 '가람관'을 알리고 2026년까지 쉼터 12개소를 늘린다.",
    "a regular concert": "'가람관'은 오는 12월 12일 정기공연을 연다.",
    "years since": "올해로 '가람 생태관'이 준공된 지 30년이 됐다.",
    "proposed in a year": "The tunnel, proposed in 2022, has a long way to go before it is finished.",
}


@pytest.mark.parametrize("what", SAID)
def test_what_a_rule_reads(what):
    text, expected = SAID[what]
    assert read(text) == expected


@pytest.mark.parametrize("what", LEFT_ALONE)
def test_what_a_rule_leaves_alone(what):
    assert read(LEFT_ALONE[what]) == set()


def test_late_in_the_year_the_second_half_is_the_next_one():
    assert read("하반기에는 '가람 체험관'이 문을 연다.", date(2025, 11, 21)) == {
        ("가람 체험관", "opening", "planned", "2026-41")
    }
