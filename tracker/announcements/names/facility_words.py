"""Words that end the name of a facility, and words that cannot be part of one.

In these tables a low line stands for a blank inside a word (문화의_집).
"""

from db.model.text import words

__all__ = [
    "COMMON",
    "ENGLISH_HEADS",
    "GENERIC",
    "HEADS",
    "INNER",
    "NOT_HEADS",
    "NOT_NAMES",
    "NOUNS_LIKE_ENDINGS",
    "PARTS",
    "STOP_ENDINGS",
    "STOP_WORDS",
]


HEADS: tuple[str, ...] = words(
    """
    센터 센타 회관 문화관 체험관 전시관 홍보관 기념관 과학관 박물관 미술관 도서관 영화관 생활관
    수련관 복지관 학습관 역사관 문학관 천문관 수족관 체육관 전당 공연장 극장 콘서트홀 아트홀
    소극장 콤플렉스 컴플렉스 허브 스퀘어 플라자 타워 스튜디오 아쿠아리움 갤러리 수장고 기록원
    아카이브 문화의집 문화의_집 작업장 제작소 창작소 창작공간 유리온실 온실 안전체험관 과학원
    수련원 연수원 교육원 훈련원 학당 서당 한옥 상징관 본관 별관 신관 분관 강당 컨벤션 전시장
    세트장 촬영장 공방 상상관 커뮤니티 쉼터 사랑방 체육공원 공원 수목원 식물원 정원 휴양림
    생태숲 도시숲 치유의숲 치유의_숲 숲길 둘레길 캠핑장 야영장 수영장 경기장 야구장 축구장
    운동장 체육시설 구장 파크골프장 골프장 빙상장 스케이트장 썰매장 승마장 사격장 양궁장
    테니스장 배드민턴장 풋살장 물놀이장 놀이터 스타디움 아레나 스포츠타운 스포츠파크 테마파크
    워터파크 파크 랜드 전망대 스카이워크 출렁다리 케이블카 모노레일 루지 짚라인 유스호스텔 호텔
    리조트 콘도 펜션 마리나 해양레저스쿨 레저스쿨 관광지 해수욕장 광장 동물원 목장 농장 스마트팜
    혁신밸리 밸리 빌리지 타운 마을 타운하우스 병원 의료원 보건소 보건지소 보건의료원 요양원
    의원동 병동 산후조리원 어린이집 유치원 초등학교 중학교 고등학교 특수학교 학교 대학교 대학원
    캠퍼스 기숙사 학숙 경로당 양로원 보육원 돌봄터 키움터 하우스 임대주택 행복주택 공공주택
    장례식장 화장장 봉안당 추모공원 추모관 납골당 묘지 동물보호소 보호소 클리닉 청사 신청사
    별청사 관제센터 소방서 안전센터 경찰서 파출소 교도소 법원 등기소 세무서 전통시장 중앙시장
    도매시장 수산시장 공설시장 공판장 위판장 직매장 판매장 상가 쇼핑몰 도로 우회도로 순환도로
    고속도로 고속화도로 해안도로 산책로 자전거길 대교 육교 보도교 인도교 다리 터널 지하차도
    고가도로 교차로 나들목 분기점 철도 고속철도 복선전철 전철 경전철 호선 트램 환승센터 터미널
    정류장 휴게소 주차장 주차타워 차고지 공항 신공항 항만 신항 부두 방파제 선착장 계류장 어항 댐
    저수지 배수장 배수펌프장 빗물펌프장 펌프장 저류지 저류시설 수로 운하 수문 일반산업단지
    국가산업단지 산업단지 농공단지 연구단지 물류단지 실증단지 특화단지 관광단지 주택단지
    온실단지 집적단지 단지 산단 국가산단 클러스터 테크노밸리 테크노파크 연구개발특구 특구 신도시
    택지지구 개발지구 지식산업지구 산업지구 지구 캠프 거점시설 산업기지 물류기지 기지 공장
    플랜트 실증플랜트 테스트베드 테스트_베드 시험장 실험동 연구동 연구소 실증랩 팹 데이터센터
    발전소 충전소 충전시설 변전소 처리장 처리시설 정수장 하수처리장 소각장 소각시설 매립장
    선별장 자원회수시설 자원순환시설 재활용시설 에너지타운 집하장 유통센터 물류센터 보관소
    저온저장고 저장고 창고 양식장 배양장 가공시설 건조장 도축장 경매장 정비소 제조소 생산시설
    연구시설 복합시설 문화시설 공동작업장 지원동 실증동 시험동 마이크로그리드 천문대 기상대
    조선소 제련소 정비창 예술촌 창작촌 한옥촌 문학촌 선수촌 배수지 유수지 저류조 취수장 양수장
    가압장 보건진료소 체험장 글램핑장 생태원 국악원 국립공원 배움터 양성원 재이용시설 재건마을
    양묘장 회복센터 교육장 학습원 체험학습장 연습장 전수관 어린이관 지구대 안내소 시험소 검사소
    관리소 사무소 사업소 출장소 대피소 측정소 상담소 급식소 판매소 훈련소 검역소 공작소 정류소
    인쇄소 변환소 면사무소 우체국 관리동 평가동 검증동 제조동 생산동 숙박동 교육동 강의동 진료동
    외래동 입원동 체험동 전시동 창업동 입주동 연수동 훈련동 체육동 별동 본동 나눔터 이음터
    자람터 꿈터 놀터 빨래방 책방 공부방 의집 의_집 공항로 중앙로 강변로 해안로 산업로 순환로
    탐방로 진입로 연결로 우회로 관통로 보행로 누리길 올레길 하늘길 탐방길 자전거도로 훈련장
    경연장 사육장 재배장 적치장 야적장 스키장 볼링장 씨름장 국궁장 경마장 롤러장 게이트볼장
    족구장 클라이밍장 눈썰매장 낚시터 주기장 환승장 승강장 정거장 양조장 세차장 치유원 조리원
    공예원 재활원 인재원 인재개발원 인력개발원 의학원 기술교육원 직업전문학교 도예촌 민속촌
    영화촌 캠핑촌 마켓 마트 백화점 아울렛 스테이션 파빌리온 뮤지엄 라이브러리 팩토리 가든 돔
    브릿지 브리지 레일바이크 온천 스파 어드벤처 파운드리 리빙랩 오픈랩 발전단지 풍력단지
    저장탱크 비축기지 배수터널 급행철도 광역철도 도시철도 순환철도 지하철 송전선로 관로
    전처리시설 보호시설 체험시설 돌봄시설 요양시설 휴양시설 판매시설 정화시설 방류시설 비축시설
    저장시설 공급시설 정비시설 훈련시설 교정시설 봉안시설 장사시설 화장시설 추모시설 물재생시설
    재생시설 담수화시설 자원화시설 에너지화시설 치유동 복지동 별마당 선별시설 하역시설 환승시설
    주차시설 개발구역 정비구역 자유구역 특화구역 생태습지 수변공원 음악분수 미술원 예술원
    체육회관 주민센터 행정복지센터 사무동 어린이방 스포츠센터 하늘다리 흔들다리 지하상가
    지하보도 지하도로 전망타워 종합청사 버티포트 활주로 격납고 비행장 헬기장 이착륙장 발사장
    우주센터 관측소 관측센터 분원 과학기술원
    """
)
"""What a name ends with; a name that is quoted needs none of these."""

GENERIC: dict[str, tuple[str, ...]] = {
    "시설": (),
    "건물": (),
    "사업": (),
    "공사": (),
    "병원": ("병원", "의료원"),
    "단지": ("단지", "산단", "클러스터"),
    "산단": ("산단", "단지"),
    "산업단지": ("산단", "단지"),
    "주차장": ("주차장", "주차타워"),
    "도로": ("도로", "대로"),
    "다리": ("다리", "교"),
    "신청사": ("청사",),
    "역": ("역",),
    "교량": ("교", "다리"),
    "항만": ("항", "항만", "부두"),
    "항": ("항",),
    "노선": ("선", "철도", "트램"),
    "매장": ("매장", "시장"),
    "facility": (),
    "project": (),
    "building": (),
    "work": (),
    "works": (),
}
"""Words that stand for a facility named before, where its name ends with something else;
an empty list means any facility. Every head that stands alone does so too."""

PARTS = (
    r"(?:(?:제?\d단지\s)?제?\d{1,2}\s?공구"
    r"|제?\d{1,2}\s?(?:구간|단계|차|관|동|단지|호기|블록|생활권)|[1-9]·[1-9]\s?(?:공구|단계))"
)
"""Parts of a facility that have dates of their own."""

NOT_HEADS: frozenset[str] = frozenset(
    words(
        """
    강당 공방 공장 광장 교도소 구장 기지 놀이터 농장 다리 댐 랜드 마을 목장 묘지 별관
    본관 분관 상가 수로 숲 쉼터 신관 의원동 작업장 전당 전시장 지구 지원동 창고 캠프
    커뮤니티 타운 팹 하우스 학교 학당 한옥 허브 호텔
        """
    )
)
"""Heads too common to be a name with one word before them, unless it is quoted or repeated."""

INNER: frozenset[str] = frozenset(
    words(
        "체육관 수영장 주차장 기숙사 강당 공연장 전망대 산책로 진입도로 놀이터 본관 별관 신관 분관"
    )
)
"""Heads of what many a facility has inside it or beside it."""

COMMON: frozenset[str] = frozenset(
    words(
        """
    거점시설 고등학교 고속도로 공공기관 공공시설 공동관 공동주택 관광시설 교육시설
    국립대병원 기반시설 노후산단 농업기술센터 대학교 대학병원 대학원 문화시설 민간공원
    보육시설 복지시설 복합시설 부대시설 빈집 산업시설 상급종합병원 상업시설 생산시설
    버스승강장 버스정류장 학교복합시설 실내수영장 지하주차장 교사동 급식실 숙박시설 연결도로
    연구시설 영화관 우수기관 유관기관 의료시설 이면도로 전시관
    접속도로 종합병원 주민센터 주제관 중학교 지역대학 지역본관 지역아동센터 진입도로
    체육시설 체험관 초등학교 초중고교 컨벤션 특별관 특성화고 편의시설 폐공장 한국관
    행정복지센터 홍보관
        """
    )
)
"""Words for facilities in general, of which an article has many and names none."""

NOT_NAMES: tuple[str, ...] = words(
    """
    사업 축제 공모 공모전 계획 협약 포럼 정책 프로그램 비전 조례 대상 도시 행사 대회 박람회 전
    전시회 컨퍼런스 세미나 캠페인 챌린지 아카데미 강좌 교실 과정 학교장 기술 시스템 플랫폼
    서비스 앱 모델 브랜드 전략 대책 방안 선언 원년 시대 펀드 바우처 카드 수당 장려금 지원금
    위원회 협의회 추진단 사업단 재단 공사 공단 협회 연합회 회의 설명회 간담회 보고회 토론회
    공청회 신문 일보 방송 법 법안 제도 규정 평가 조사 용역 로드맵 청사진 인증제 어워드
    페스티벌 음악회 콘서트 마라톤 영화제 예술제 문화제 체전 시장 군수 구청장 의원 교수 위원
    지역 특례 벨트 기자 관계자 주민 시민 추진위 자문단 봉사단 합창단 팀 반 단 상
    """
)
"""Endings of quoted words that are no facility."""

STOP_WORDS: frozenset[str] = frozenset(
    words(
        """
    꾸민 가운데 가을 각각 같은 개관 개소 개원 개장 개통 건립 겨울 공공 관내 관한 구 구간 구비
    국내 국비 군내 군비 군은 규모 그 그중 근처 기존 나란히 나머지 낡은 내 내년 네 노후
    다른 다섯 다시 답변 당시 당초 대신 대지면적 대한 대형 도내 도비 두 뒤 등 따라 또
    또는 또한 먼저 명칭: 모두 모든 모처럼 및 방면 봄 부근 부분 분야 뿐 사업명: 상반기 새
    새로운 세 세계 소형 시내 시는 시비 시설명: 신규 아직 안 앞 앞서 애초 약 여러 여름
    여섯 역내 연내 연말 연면적 연초 옆 예: 예정인 옛 오는 오전 오후 올 올해 완공 우리
    우선 원래 위한 위해 이 이날 이들 이른바 이미 이번 이상 이어 이전 이후 인근 일대 일부
    일원 임시 저 전국 전체 정부 정식 조성 주변 주요 준공 중 즉 지난 지난해 지상 지하
    들어선 들어설 앞선 나선 나설 세울 갖출 열릴 선보일 옮길 불릴 바뀔 자리한
    지난달 이달 내달 새달 초 말 초순 상순 중순 하순 작년 금년 재작년 내후년 후년
    질문 착공 총 최대 최종 최초 최초로 추가 통해 특히 하반기 한편 함께 해당 현재
        """
    )
)
"""Words at which a name that is not quoted begins at the latest."""

STOP_ENDINGS: tuple[str, ...] = words(
    """
    다만 은 는 을 를 에 의 와 과 로 이 가 인 한 된 할 될 던 며 고 해 돼 여 서 면 등 씩 쯤 까지
    부터 보다 처럼 만큼 라는 다는 으나 지만 들 째 곳 개 다 란 든 른 운 친 힌 린 긴 진 춘 준
    뜬 연 낸 온 간 낀 킨 각 려 쳐 져 워 아 어 히 게 데 니까 더니 므로 도록 죠 네요
    싼 딴 쓴 둔 꾼 튼 푼
    """
)
"""Last syllables of words that are joined to what follows by grammar, not by being its name."""

NOUNS_LIKE_ENDINGS: tuple[str, ...] = words(
    """
    어린이 놀이 아이 먹이 둥이 누리 국가 평가 전문가 작가 여가 요가 예술가 가나 허가 추가
    인가 마을 고을 가을 회의 강의 협의 한의 문의 주의 심의 효과 학과 성과 외과 내과 치과
    안과 산부인과 도로 철로 선로 수로 진로 활로 대로 가로 경로 항로 종로 통로 산책로 제로
    교차로 회로 물길로 장애인 노인 무인 예술인 체육인 상인 외국인 군인 농업인 기업인 법인
    여성인 언론인 디자인 라인 온라인 북한 남한 대한 무한 유한 제한 광고 창고 재고 보고 최고
    금고 항고 고등 초등 평등 중등 동해 서해 남해 김해 진해 영해 공해 재해 수해 방해 저해
    연해 이해 여해 상해 피해 참여 기여 부여 급여 증여 문서 도서 독서 정서 부서 소방서 경찰서
    질서 장서 고서 순서 화면 측면 지면 전면 노면 수면 공간 야간 주간 시간 인간 민간 중간
    조각 시각 감각 미각 생각 전각 누각 자연 공연 하늘 다온 라온 이온 정온 보온 체온 고온
    저온 극저온 상온 바다 판다 소다 캐나다 천연 학연 산학연 기준 수준 표준 안전 사진 추진
    선진 전진 지진 촉진 증진 울진 강진 당진 행운 해운 청운 고운 아이디어 케어 미디어
    엔지니어 하이웨이 한려 고려 장려 영어 국어 일어 한국어 언어 방어 제어 장어 연어 인어
    동아 육아 소아 유아 영아 태아 아시아 거북이 수의과 한의과 호랑이 고양이 여고 공고 상고
    서당 날개 조개 무지개 솔개 미개 공개 전개 중개 안개 재개
    """
)
"""Nouns that end like one of those; they may stand inside a name."""

ENGLISH_HEADS: str = (
    "(?:"
    + "|".join(
        words(
            """
    Center Centre Library Museum Park Complex Hospital Clinic Station Road
    Expressway Bypass Bridge Tunnel Highway Hall Plant Basin Terminal Airport School
    Facility Institute Campus Stadium Arena Cluster Hub Laboratory Lab Tower Testbed
    Test_Bed Test_bed Line Gymnasium Gym Village Market District Dam Port Pier Depot
    Aquarium Theater Theatre Plaza Square Garden Gardens Arboretum Dormitory Valley
    Zone Archive Gallery Yard Reservoir Shelter Pool Rink Resort Marina Observatory
    Courthouse Wharf Harbor Harbour Interchange Railway Tramway Estate Academy Field
    Promenade Waterfront Forest Headquarters Court University College Kindergarten
    Crematorium House Factory Farm Microgrid Grid Substation Refinery Mall Trail
    Skywalk Hotel Arcade Studio Incubator Foundry Fab Warehouse Greenhouse Velodrome Heliport
    Vertiport Spaceport Launchpad Base Nursery Walkway Overpass Underpass Proving_Ground Town
    Seawall Breakwater Boardwalk Levee Aqueduct Planetarium Zoo Sanctuary Clubhouse
    Site Building Annex Wing Dock Pavilion Quay Berth Cinema Auditorium Workshop Lodge Spa
    Footbridge Footpath Greenway Bikeway Skyway Flyover Cableway Monorail Funicular
    Range Track Course Grounds Ground
    Shipyard Concourse Conservatory Oceanarium Hostel Hospice Mortuary Mill Barn
    Playground Campground Racetrack Circuit
            """
        )
    )
    + ")"
)
"""What an English name ends with."""
