"""Lines of a page that are no part of its article: menus, bylines, stamps, other articles."""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re
from enum import Enum, auto

__all__ = ["Opens", "is_furniture", "opens", "reserves_rights", "signs_off", "without_dateline"]

_WORDY = 20  # what ends like a sentence and is longer is one (“다음은 가람센터입니다.”)
_SHORT = 60  # menus and labels are no longer than this
_STAMP = re.compile(
    r"(?:입력|수정|승인|등록|작성|게재|송고|발행|기사입력|최종수정|배포|보도|Published|Updated|Posted|Modified)"
    r"(?:일시|일자|시간|시각|일)?\s*[:|]?\s*\(?[12]\d{3}\s?[.\-/년]"
    r"|(?:Published|Updated|Posted|Modified|Last updated)\s*(?:on)?\s*:?\s*[A-Z][a-z]{2,8}\.? \d"
    r"|(?:조회수?|댓글|추천|히트|Views?)\s*:?\s*\d"
    r"|(?:작성자|작성일|등록일|게시일|배포일|배포일시|담당부서|담당자|첨부파일|보도시점|제공일)\s*:"
    r"|^\s*(?:date\s+)?[12]\d{3}[.\-/]\s?\d{1,2}[.\-/]\s?\d{1,2}\.?(?:\s*\(?[월화수목금토일]\)?)?"
    r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*$"
    r"|다른 기사 보기|기자\s+[12]\d{3}[.\-/]\d{1,2}[.\-/]\d{1,2}"
    r"|\b[12]\d{3}-\d{2}-\d{2}[ T]\d{2}:\d{2}"
)
_RESERVED = r"무단\s?전재|재배포|저작권자|Copyright|All rights reserved|재판매|DB\s?금지"
_RIGHTS = re.compile(rf"{_RESERVED}|ⓒ|©|\(C\)|지역신문발전기금|AI 학습", re.IGNORECASE)
_ALL_RIGHTS = re.compile(  # a sign alone is that of a picture
    rf"{_RESERVED}|무단\s?복제", re.IGNORECASE
)
_BYLINE = re.compile(
    r"^.{0,40}(?:기자|특파원|통신원|논설위원|PD|에디터)\s*(?:[\w.+-]+@[\w.-]+)?\s*$"
    r"|^\s*(?:글|사진|글·사진)\s*[=:]?\s*.{1,20}(?:기자)?\s*$"
    r"|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,20}\s*$"
    r"|\[email|^By [A-Z][\w-]+( [A-Z][\w.-]+){0,3}\s*$"
)
_CAPTION = re.compile(
    r"(?:사진|자료|조감도|투시도|전경|모습|위치도|포스터|그림|제공|photo)\s*(?:=|\)|/|\]|$)"
    r"|(?:사진|자료|조감도|그래픽)\s*[=:]|[가-힣]\s?제공\]?\)?\.?\s*$|\.(?:jpe?g|png|gif|webp)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:메뉴|검색|닫기|목록|이전글?|다음글?|포토|댓글|공유|인쇄|스크랩|구독|로그인|회원가입|글자|본문|가 가|top|홈"
    r"|뒤로가기|새로고침|주소|사이트맵|전체메뉴|문의|좋아요|추천|프린트|페이스북|트위터|카카오|밴드|네이버|url"
    r"|subscribe|share|facebook|twitter|contact|media contact|privacy|comments?|\d+ comments?|menu|search|home"
    r"|print|email|about|for immediate release|계정|로그|이 기사|기사제보|제보|광고|보도자료|많이 본)(?![가-힣]{3})",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^\W*(?:[가-힣\s]{0,12}의?\s?다른\s?기사|랭킹\s?(?:뉴스|기사)|관련\s?(?:기사|뉴스|콘텐츠)|많이 본 (?:기사|뉴스)|인기 (?:기사|뉴스)|추천 (?:기사|뉴스)|최신 (?:기사|뉴스)"
    r"|주요 (?:기사|뉴스)|다른 기사|함께 볼 만한|이 시각|오늘의 (?:기사|뉴스)|실시간|랭킹|핫이슈|헤드라인"
    r"|related (?:articles?|stories|news)|most (?:read|viewed|popular)|more (?:news|stories)|read more|latest news"
    r"|recommended|you may also like)\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"^\W*(?:[가-힣\s]{0,12}(?:의|\s)\s?다른\s?기사(?:\s?(?:보기|더\s?보기))?|다른\s?기사\s?보기|관련\s?기사\s?보기|기사\s?(?:더|전체)\s?보기|더\s?보기|read more|view (?:all|more)|see (?:all|more))\W*$",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"^(?:#[^\s#]{1,30}\s*){1,20}$|^(?:tags?|태그|키워드|keywords?)\s?[:：]", re.IGNORECASE
)
_SERVICE = re.compile(  # what a site says of itself
    r"(?:구독|로그인|회원|알림|앱을?|뉴스레터|후원|친구로\s추가|채널\s?추가|쿠키|제보|서비스|기자단|AI(?:가|로)?\s?요약|자동\s?요약|요약한\s내용)[^.]{0,60}(?:세요|보세요|습니다|됩니다|주세요|있습니다|드립니다)\.?$"
    r"|^(?:sign up|subscribe|log ?in|register|download our|get our|follow us|join our|support our|we use cookies|this article is|skip to|you need to|please (?:enable|log|sign))\b",
    re.IGNORECASE,
)
_OF_ARTICLES = re.compile(  # a title whose last word says what the list is of
    r"^\W*[^.\d]{3,30}(?:\s|의)(?:기사|뉴스|콘텐츠|읽을거리|소식|stories|articles|headlines|reads)\W*(?:더\s?보기|TOP\s?\d*|\d{1,3})?\W*$",
    re.IGNORECASE,
)
_REMARKS = re.compile(
    r"^\W*(?:(?:전체\s?)?댓글\s?(?:수|\d+|쓰기|달기|삭제|목록|보기)?|의견\s?\d|comments?|\d+ comments?|no comments(?: yet)?|leave a (?:comment|reply)|기사 ?제보|독자 ?의견)\W*[\d,]*\W*(?:개|건)?\W*$",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"^[^.]{0,60}\S (?:>|»|›|ㅣ|\|) \S[^.]{0,60}$")
_CODE = re.compile(r"^[\w.\-/]{12,}$|https?://\S+\s*$", re.ASCII)
_ENDS = re.compile(r"(?:다|요|까|죠)[.?!\"')\]\s]*$|[a-z]\.[\"')]?\s*$")
_DATELINE = re.compile(
    r"^\s*(?:[\[(<][^\])>\n]{2,30}[\])>]\s*)?(?:[가-힣]{2,4}(?:·[가-힣]{2,4})?\s?(?:선임|인턴|객원)?기자\s*[=:\-]?\s*)?"
    r"|^\s*[A-Z]{3,}[A-Za-z ,.]{0,40}?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?\s+-{1,2}\s+"
)


def is_furniture(line: str) -> bool:
    """Whether a line is part of the page and not of what it tells."""
    bare = line.strip()
    if not bare or _CODE.match(bare) or _TAGS.match(bare):
        return True
    if len(bare) <= 2 * _SHORT and _SERVICE.search(bare):
        return True
    tells = _ENDS.search(bare) is not None
    if tells and len(bare) > _SHORT and not bare.startswith("<"):
        return False
    return _is_note(bare, tells=tells) or (len(bare) <= _SHORT and _is_label(bare, tells=tells))


def _is_note(bare: str, *, tells: bool) -> bool:
    """Whether it is a stamp, a caption, or reserves the rights."""
    stamped = _STAMP.search(bare) is not None
    if len(bare) > 2 * _SHORT:
        return stamped and not tells
    return stamped or bool(_RIGHTS.search(bare)) or (not tells and bool(_CAPTION.search(bare)))


def _is_label(bare: str, *, tells: bool) -> bool:
    """Whether it is a byline, a label of the site, or the way to this page."""
    label = _LABEL.match(bare) and not (tells and len(bare) > _WORDY)
    return bool(_BYLINE.search(bare) or label or _CRUMBS.match(bare))


class Opens(Enum):
    """What begins with a line."""

    LINK = auto()  # to other articles
    LIST = auto()  # of other articles
    REMARKS = auto()  # of readers


def opens(line: str) -> Opens | None:
    """What begins with a line that is no part of an article, if anything does."""
    bare = line.strip()
    if len(bare) > _SHORT:
        return None
    if _REMARKS.match(bare):
        return Opens.REMARKS
    if _LINK.match(bare):
        return Opens.LINK
    return Opens.LIST if _OTHERS.match(bare) or _OF_ARTICLES.match(bare) else None


def reserves_rights(line: str) -> bool:
    """Whether a line reserves the rights, which is the last word of an article."""
    bare = line.strip()
    return len(bare) <= 2 * _SHORT and bool(_ALL_RIGHTS.search(bare))


def signs_off(line: str) -> bool:
    """Whether a line names the writer or the rights, as the last line of an article does."""
    bare = line.strip()
    return len(bare) <= 2 * _SHORT and bool(_RIGHTS.search(bare) or _BYLINE.search(bare))


def without_dateline(line: str) -> int:
    """How many characters of a first paragraph name the paper, the place and the reporter."""
    found = _DATELINE.match(line)
    return found.end() if found else 0
