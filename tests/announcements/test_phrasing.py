"""Turns of phrase, one at a time: what each is read as."""

from datetime import date

import pytest
from announcing import DATED, read

from tracker.announcements import read_article

SAID = {
    "verb after date": (
        "군은 '가람 생태관'을 2026년 3월 착공해 2027년 말 준공한다고 10일 밝혔다.",
        {
            ("가람 생태관", "groundbreaking", "planned", "2026-03"),
            ("가람 생태관", "completion", "planned", "2027-12~"),
        },
    ),
    "step as topic": (
        "'가람 생태관'의 준공은 2026년 10월, 개관은 2027년 1월로 잡혔다.",
        {
            ("가람 생태관", "completion", "planned", "2026-10"),
            ("가람 생태관", "opening", "planned", "2027-01"),
        },
    ),
    "labels": (
        "○ 시설명: 다온 물류센터\n○ 착공: 2025년 4월\n○ 준공: 2027. 3.",
        {
            ("다온 물류센터", "groundbreaking", "planned", "2025-04"),
            ("다온 물류센터", "completion", "planned", "2027-03"),
        },
    ),
    "description before the name": (
        "지난해 9월 첫 삽을 뜬 '다온 소방학교'가 내년 5월 완공된다.",
        {
            ("다온 소방학교", "groundbreaking", "actual", "2024-09"),
            ("다온 소방학교", "completion", "planned", "2026-05"),
        },
    ),
    "the same date for several": (
        "'가람 생태관'과 북면의 '다온 소방학교'가 나란히 올 상반기 준공된다.",
        {
            ("가람 생태관", "completion", "planned", "2025-40"),
            ("다온 소방학교", "completion", "planned", "2025-40"),
        },
    ),
    "one step, several dates": (
        "'가람 수영장'은 오는 9월, '다온 빙상장'은 12월 각각 문을 연다.",
        {
            ("가람 수영장", "opening", "planned", "2025-09"),
            ("다온 빙상장", "opening", "planned", "2025-12"),
        },
    ),
    "respectively": (
        "구는 '가람 키움터'와 '다온 쉼터'를 각각 4월과 6월 연다.",
        {
            ("가람 키움터", "opening", "planned", "2025-04"),
            ("다온 쉼터", "opening", "planned", "2025-06"),
        },
    ),
    "two steps on one date": (
        "'가람 배수장'이 오는 6월 준공·가동된다.",
        {
            ("가람 배수장", "completion", "planned", "2025-06"),
            ("가람 배수장", "operation", "planned", "2025-06"),
        },
    ),
    "put off": (
        "가람대교 완공이 올 9월에서 연말로 석 달가량 미뤄질 것으로 보인다.",
        {
            ("가람대교", "completion", "baseline", "2025-09"),
            ("가람대교", "completion", "planned", "2025-12~"),
        },
    ),
    "an arrow": (
        "가람대교 완공 시점 2025년 9월→2026년 3월로 조정",
        {
            ("가람대교", "completion", "baseline", "2025-09"),
            ("가람대교", "completion", "planned", "2026-03"),
        },
    ),
    "put off further on in the sentence": (
        "가람역 복합환승센터는 4월 착공 예정이었으나 시공사를 찾지 못해 7월로 연기됐다.",
        {
            ("가람역 복합환승센터", "groundbreaking", "baseline", "2025-04"),
            ("가람역 복합환승센터", "groundbreaking", "planned", "2025-07"),
        },
    ),
    "the year of the sentence": (
        "'가람 생태관'은 내년 2월 설계에 들어가 같은 해 9월 착공하고 이듬해 5월 개관한다.",
        {
            ("가람 생태관", "design", "planned", "2026-02"),
            ("가람 생태관", "groundbreaking", "planned", "2026-09"),
            ("가람 생태관", "opening", "planned", "2027-05"),
        },
    ),
    "a word for the facility": (
        "'가람 생태관'이 지난 2월 공사를 마쳤다. 이 생태관은 오는 5월 3일 손님을 맞는다.",
        {
            ("가람 생태관", "completion", "actual", "2025-02"),
            ("가람 생태관", "opening", "planned", "2025-05-03"),
        },
    ),
    "a part of it": (
        "'가람 해안도로' 1공구는 지난달 17일 개통했으며 2공구는 5월 중순 공사를 마친다.",
        {
            ("가람 해안도로 1공구", "opening", "actual", "2025-02-17"),
            ("가람 해안도로 2공구", "completion", "planned", "[2025-05-11..2025-05-20]"),
        },
    ),
    "chosen, studied, designed, recognised": (
        (
            "'가람 시험센터'는 2022년 4월 산업부 공모에 선정돼 2023년 6월 타당성 조사를 통과했다. "
            "센터는 지난달 실시설계를 끝냈고 2027년 하반기 KOLAS 인정을 받는다."
        ),
        {
            ("가람 시험센터", "selection", "actual", "2022-04"),
            ("가람 시험센터", "feasibility", "actual", "2023-06"),
            ("가람 시험센터", "design", "actual", "2025-02"),
            ("가람 시험센터", "accreditation", "planned", "2027-41"),
        },
    ),
    "English, the verb first": (
        (
            "The Garam Robot Center will be completed by the end of this year and open in "
            "the first half of 2026. Ground was broken on the facility in March 2024."
        ),
        {
            ("Garam Robot Center", "completion", "planned", "[..2025-12~]"),
            ("Garam Robot Center", "opening", "planned", "2026-40"),
            ("Garam Robot Center", "groundbreaking", "actual", "2024-03"),
        },
    ),
    "English, put off": (
        "The opening of the Garam Concert Hall has been delayed from May to early 2026.",
        {
            ("Garam Concert Hall", "opening", "baseline", "2025-05"),
            ("Garam Concert Hall", "opening", "planned", "2026-33~"),
        },
    ),
    "a plan that was missed": (
        "당초 지난해 10월로 예정했던 '가람 생태관' 개관이 미뤄졌다.",
        {("가람 생태관", "opening", "baseline", "2024-10")},
    ),
    "a plan that was missed, the facility first": (
        "'가람 생태관'은 당초 지난해 10월로 예정했던 개관이 미뤄졌다.",
        {("가람 생태관", "opening", "baseline", "2024-10")},
    ),
    "what had been promised": (
        "'가람 생태관'은 지난해 9월 문을 연다고 했지만 아직 공사 중이다.",
        {("가람 생태관", "opening", "baseline", "2024-09")},
    ),
    "undecided": (
        "'가람 생태관'은 오는 9월 완공되지만 개관 시기는 미정이다.",
        {
            ("가람 생태관", "completion", "planned", "2025-09"),
            ("가람 생태관", "opening", "planned", None),
        },
    ),
    "not decided yet": (
        "'가람 생태관'을 다시 짓는다. 착공은 예산 사정을 봐야 해서 아직 정하지 못했다.",
        {("가람 생태관", "groundbreaking", "planned", None)},
    ),
    "undecided, in English": (
        "The opening of the Garam Concert Hall has not been decided.",
        {("Garam Concert Hall", "opening", "planned", None)},
    ),
    "the event as topic": (
        "'가람 생산기지'가 상업 가동에 들어간 것은 지난 2월이다.",
        {("가람 생산기지", "operation", "actual", "2025-02")},
    ),
    "an aim of two steps": (
        "시는 2026년 착공, 2028년 개관을 목표로 '가람 박물관' 건립을 추진하고 있다.",
        {
            ("가람 박물관", "groundbreaking", "planned", "2026"),
            ("가람 박물관", "opening", "planned", "2028"),
        },
    ),
    "work that goes on": (
        "'가람 주차장'은 지난 1월 설계에 착수했고 내년 4월까지 마무리한다.",
        {
            ("가람 주차장", "design", "actual", "2025-01"),
            ("가람 주차장", "design", "planned", "[..2026-04]"),
        },
    ),
    "English, the newer date first": (
        "Completion of the Garam Seafood Market has slipped to March 2026 from this October.",
        {
            ("Garam Seafood Market", "completion", "planned", "2026-03"),
            ("Garam Seafood Market", "completion", "baseline", "2025-10"),
        },
    ),
    "English, an aside after the name": (
        "The Garam Culture Depot, a former feed factory, reopened to the public on January 30.",
        {("Garam Culture Depot", "opening", "actual", "2025-01-30")},
    ),
    "one step after the other": (
        "'가람 생태관'은 다음 달 설계를 마치고 5월께 착공한 뒤 2027년 말 준공하는 일정이다.",
        {
            ("가람 생태관", "design", "planned", "2025-04"),
            ("가람 생태관", "groundbreaking", "planned", "2025-05~"),
            ("가람 생태관", "completion", "planned", "2027-12~"),
        },
    ),
    "later than": (
        "'가람 생태관' 개관이 애초 약속한 2026년보다 2년 늦은 2028년에야 가능할 전망이다.",
        {
            ("가람 생태관", "opening", "baseline", "2026"),
            ("가람 생태관", "opening", "planned", "2028"),
        },
    ),
    "said politely": (
        "'가람 생태관'은 4월 3일 개방합니다. 5월 5일 정식으로 손님을 맞습니다.",
        {
            ("가람 생태관", "opening", "planned", "2025-04-03"),
            ("가람 생태관", "opening", "planned", "2025-05-05"),
        },
    ),
    "a name of no known ending": (
        "'숲목공누리'를 고친다. 숲목공누리는 올해 2월 공사를 시작했다.",
        {("숲목공누리", "groundbreaking", "actual", "2025-02")},
    ),
    "what stands inside": (
        (
            "'가람 항공단지'가 첫 삽을 떴다. "
            "터에는 격납고와 도장 공장이 들어서며 2026년 12월 준공된다."
        ),
        {("가람 항공단지", "completion", "planned", "2026-12")},
    ),
    "made into something else": (
        (
            "'가람 기숙사'는 마감 공사 중이다. 옛 청사는 '다온 창작소'로 탈바꿈한다. "
            "4월 리모델링에 착수해 11월 개관한다."
        ),
        {
            ("다온 창작소", "groundbreaking", "planned", "2025-04"),
            ("다온 창작소", "opening", "planned", "2025-11"),
        },
    ),
    "a ceremony that is held": (
        "시는 '가람 생태관' 기공식을 오는 25일 연다고 밝혔다.",
        {("가람 생태관", "groundbreaking", "planned", "2025-03-25")},
    ),
    "a candidate for something greater": (
        (
            "'가람 2단계 산업단지'는 어디인가. 2단계 산단은 지난해 3월 국가첨단산업단지"
            " 후보지로 선정됐고"
            " 올해 1월 예비타당성조사를 통과했다."
        ),
        {
            ("가람 2단계 산업단지", "selection", "actual", "2024-03"),
            ("가람 2단계 산업단지", "feasibility", "actual", "2025-01"),
        },
    ),
    "sisters that share the end of their names": (
        (
            "'가람 어린이 놀이터'는 지난달 문을 열었다. 어린이 놀이터는 옛 창고를 고친 것이다."
            " 시는 2호점인 '다온 어린이 놀이터'를 내년 3월 착공한다."
        ),
        {
            ("가람 어린이 놀이터", "opening", "actual", "2025-02"),
            ("다온 어린이 놀이터", "groundbreaking", "planned", "2026-03"),
        },
    ),
    "counted from the date before": (
        "시는 '가람 생태관'을 2027년 착공해 그로부터 3년 뒤 완공한다.",
        {
            ("가람 생태관", "groundbreaking", "planned", "2027"),
            ("가람 생태관", "completion", "planned", "2030"),
        },
    ),
    "a name that begins like the end of a clause": (
        (
            "2023년 4월 준공한 데이터센터는 가람시의 첫 시설이다. '가람 지식산업센터'는 크다."
            " 지난해 9월 준공한 지식산업센터에는 빈 곳이 없다."
        ),
        {("가람 지식산업센터", "completion", "actual", "2024-09")},
    ),
    "the new date before the step that was put off": (
        (
            "'가람 생태관'은 오는 7월 착공하며, '다온 공연장'은 설계 변경으로 2029년으로 준공이"
            " 미뤄졌다."
        ),
        {
            ("가람 생태관", "groundbreaking", "planned", "2025-07"),
            ("다온 공연장", "completion", "planned", "2029"),
        },
    ),
    "how far it was put off": (
        "'가람 생태관'은 지난달 준공했다. 타일을 바꾸느라 개관은 한 달 늦춰 5월 22일로 잡았다.",
        {
            ("가람 생태관", "completion", "actual", "2025-02"),
            ("가람 생태관", "opening", "planned", "2025-05-22"),
        },
    ),
    "the end of a year that was named": (
        "'가람 산업단지' 보상은 끝났다. 산단은 내년 3월 설계를 마치고 연말 공사에 들어간다.",
        {
            ("가람 산업단지", "design", "planned", "2026-03"),
            ("가람 산업단지", "groundbreaking", "planned", "2026-12~"),
        },
    ),
    "a question and its answer": (
        (
            "○ 위원: 가람 공원 옆에 짓는 다온 스마트팜 단지, 언제 끝납니까?\n"
            "○ 과장: 작년 10월에 공사에 들어갔습니다. 올해 12월에 준공합니다.\n"
            "○ 위원: 다온 공설추모공원은요? 추모공원은 멀었습니까?\n"
        ),
        {
            ("다온 스마트팜 단지", "groundbreaking", "actual", "2024-10"),
            ("다온 스마트팜 단지", "completion", "planned", "2025-12"),
        },
    ),
    "labels without a colon": (
        "○ 가람 골프장: '24. 9. 착공 → '26. 4. 재착공(시공사 교체), 준공 '28. 6. 예정",
        {
            ("가람 골프장", "groundbreaking", "actual", "2024-09"),
            ("가람 골프장", "groundbreaking", "planned", "2026-04"),
            ("가람 골프장", "completion", "planned", "2028-06"),
        },
    ),
    "a part that opens first": (
        "'가람 해양공원'은 8월 1일 물놀이장을 임시 개장하고 내년 봄 전체를 연다.",
        {
            ("가람 해양공원", "opening", "planned", "2025-08-01"),
            ("가람 해양공원", "opening", "planned", "2026-21"),
        },
    ),
    "a table with headings": (
        (
            "구분 | 시설명 | 착공 | 당초 준공 | 준공 | 개관\n--- | --- | --- | --- | --- | ---\n"
            "문화 | 가람 문학관 | 2024.05 | 2025.12 | 2026.03 | 2026년 하반기\n"
            "복지 | 다온 경로당 | - | | 지난해 12월 | 2025. 4. 20.\n"
        ),
        {
            ("가람 문학관", "groundbreaking", "actual", "2024-05"),
            ("가람 문학관", "completion", "baseline", "2025-12"),
            ("가람 문학관", "completion", "planned", "2026-03"),
            ("가람 문학관", "opening", "planned", "2026-41"),
            ("다온 경로당", "completion", "actual", "2024-12"),
            ("다온 경로당", "opening", "planned", "2025-04-20"),
        },
    ),
    "a table with tabs, in English": (
        "Project\tGroundbreaking\tCompletion\nGaram Harbor Library\tMay 2024\tthe end of 2026\n",
        {
            ("Garam Harbor Library", "groundbreaking", "actual", "2024-05"),
            ("Garam Harbor Library", "completion", "planned", "2026-12~"),
        },
    ),
    "a study that is completed": (
        (
            "The Garam Cruise Pier has no builder. A feasibility study that began in January 2025"
            " will be completed in early 2026."
        ),
        {
            ("Garam Cruise Pier", "feasibility", "actual", "2025-01"),
            ("Garam Cruise Pier", "feasibility", "planned", "2026-33~"),
        },
    ),
    "a kind of place that no table knows": (
        (
            "The Garam Whale Shed will open in May 2027, but the Garam Whale Festival will open on"
            " June 3, 2026."
        ),
        {("Garam Whale Shed", "opening", "planned", "2027-05")},
    ),
    "not ready until": (
        (
            "The Garam Bypass, initially due to open in December 2026, will not be ready until"
            " June 2028."
        ),
        {
            ("Garam Bypass", "opening", "baseline", "2026-12"),
            ("Garam Bypass", "opening", "planned", "2028-06"),
        },
    ),
    "next to another": (
        (
            "Construction of the Garam Ecology School started in May 2024. Work on it began on the"
            " former site of Daon Elementary School. The school will open on April 7, 2026."
        ),
        {
            ("Garam Ecology School", "groundbreaking", "actual", "2024-05"),
            ("Garam Ecology School", "opening", "planned", "2026-04-07"),
        },
    ),
}


@pytest.mark.parametrize("way", SAID)
def test_ways_of_saying_it(way):
    text, expected = SAID[way]
    assert read(text) == expected


LEFT_ALONE = {
    "the day of speaking": "가람시는 '가람 생태관' 착공을 서두르겠다고 9일 밝혔다.",
    "a budget": "'가람 생태관'에는 내년 예산 40억 원이 들어간다.",
    "figures": "'가람 생태관' 관람객은 2023년 12만 명에서 지난해 14만 명으로 늘었다.",
    "applications": "'가람 생태관' 체험 신청은 4월 12일까지 받는다.",
    "a visit": "시장은 11일 '가람 생태관' 공사장을 찾아 안전을 점검했다.",
    "recruiting": "'가람 생태관'은 5월부터 해설사 20명을 모집한다.",
    "a support programme": "시는 2027년까지 청년 창업 지원사업에 30억 원을 투입한다.",
    "an unnamed group": "시는 2027년까지 10개의 산업기반 시설을 구축한다.",
    "something else that is built": "시는 2026년까지 데이터 관리 체계를 구축한다.",
    "a wish in a quote": "'가람 생태관'을 두고 주민은 “2026년에는 꼭 개관했으면 좋겠다”고 했다.",
    "a condition": "'가람 생태관'이 2026년 개관하면 관광객이 늘 것이다.",
    "an anniversary": "내년 4월 '가람 산업단지'가 지정된 지 50주년을 맞는다.",
    "a prize": "'가람 생태관'은 지난해 우수 문화시설 공모에서 최우수상에 뽑혔다.",
    "a garbled date": "'가람 생태관'은 524일 착공했다.",
    "other articles": (
        "가람시는 길을 넓힌다고 10일 밝혔다.\n\n관련기사\n'가람 생태관' 내년 3월 개관\n"
    ),
    "a caption": (
        "가람시는 길을 넓힌다고 10일 밝혔다.\n▲ 2026년 3월 개관하는 가람 생태관 (사진=가람시 제공)"
    ),
    "works that come to an end": "'가람 발전소'는 2027년 6월 가동을 멈춘다.",
    "a rise": "'가람 수목원' 입장료는 내년 1월부터 5,000원으로 오른다.",
    "who signs": "시는 지난 6일 ㈜누리텍과 2027년까지 공장을 짓는 협약을 맺었다.",
    "many of a kind": "정부는 2028년까지 전국에 데이터센터 20곳을 세운다.",
    "an anniversary show": "'가람아트센터' 개관 10주년 공연이 9월 3일 열린다.",
    "a meeting in a hall": "시는 오는 20일 가람문화회관에서 주민 설명회를 연다.",
    "what a speech promises on the day it is held": (
        "'가람 생태관'을 두고 시장은 지난 7일 \"임기 안에 첫 삽을 뜨겠다\"고 밝혔다."
    ),
    "buses that are run": "'가람 공영주차장' 앞에서 셔틀버스 9대를 7월 4일부터 운행한다.",
    "more trains": "가람선은 다음 달 17일부터 하루 4회 증편 운행한다.",
    "what candidates promise": "한 후보는 2028년까지 '가람 조선소' 가동을 약속했다.",
    "papers that are shown": (
        "'가람 생태관'이 늦었다. 시는 연말까지 시설별 일정표를 시민에게 공개하겠다고 했다."
    ),
    "a zone that is no place": "정부는 지난 1일 가람시를 '산업위기 대응지역'으로 지정했다.",
    "what stands below the writer's name": (
        "가람시는 이달부터 한 달 동안 시민 여러분의 의견을 두루 듣겠다고 10일 밝혔다.\n"
        "김다온 기자\n화제\n다온 환승주차장 3월 개장\n다온시장 현대화 2026년 준공\n"
    ),
    "registration": (
        "The Garam Ecology School is old. Registration for volunteers opens on March 22."
    ),
    "doors in a speech": (
        'The Garam Pier is old. "Next year we will move to doors that open," the mayor said.'
    ),
}


@pytest.mark.parametrize("what", LEFT_ALONE)
def test_what_is_no_milestone_is_left_alone(what):
    assert read(LEFT_ALONE[what]) == set()


def test_a_month_without_a_year_lies_where_the_verb_says():
    december = date(2025, 12, 10)
    assert read("'가람 생태관'은 3월 개관한다.", december) == {
        ("가람 생태관", "opening", "planned", "2026-03")
    }
    january = date(2026, 1, 10)
    assert read("'가람 생태관'은 12월 준공했다.", january) == {
        ("가람 생태관", "completion", "actual", "2025-12")
    }


def test_said_twice_is_one_with_the_finer_date():
    text = "'가람 생태관'이 내년 문을 연다. 가람 생태관은 2026년 4월 개관식을 연다."
    assert read(text) == {("가람 생태관", "opening", "planned", "2026-04")}


def test_a_headline_adds_nothing_to_what_the_text_tells():
    text = (
        "가람 생태관 2027년 완공\n\n가람시는 '가람 생태관'을 2027년 6월까지 완공한다고 밝혔다. "
        "사업비는 모두 90억 원이다."
    )
    assert read(text) == {("가람 생태관", "completion", "planned", "[..2027-06]")}


def test_doubts_lower_the_confidence():
    plain, spoken, coined = (
        read_article(text, DATED)[0].confidence
        for text in (
            "'가람 생태관'은 내년 4월 개관한다.",
            "시장은 \"'가람 생태관'은 내년 4월 개관한다\"고 말했다.",
            "'가람누리'는 내년 4월 개관한다.",
        )
    )
    assert plain > spoken
    assert plain > coined


def test_spans_are_of_the_text_as_given_even_in_loose_letters():
    import unicodedata

    text = unicodedata.normalize("NFD", "군은 '가람 생태관'을 2026년 3월 착공한다고 밝혔다.")
    (found,) = read_article(text, DATED)
    cut = text[found.date_span.start : found.date_span.end]
    assert unicodedata.normalize("NFC", cut) == "2026년 3월"
    named = text[found.name_span.start : found.name_span.end]
    assert unicodedata.normalize("NFC", named) == "가람 생태관"
