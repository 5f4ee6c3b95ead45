"""Where a sentence says that a step of a facility is begun, done or meant."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from db.model.records import Kind
from tracker.announcements.steps.korean_steps import STEPS, Step
from tracker.announcements.steps.works import VERBS, WORKS, Act, Verb
from tracker.announcements.text.sentences import Sentence

__all__ = ["Event", "events_of", "masked"]

_OF_AN_OBJECT = frozenset({Act.GET, Act.CHOOSE, Act.OPEN})  # whatever else is there
_LOOK_BACK = 46  # a verb's work stands no further before it
_OF_STEP = re.compile(
    r"(?:식|행사)?(?:[을를이가은는도에]|까지|작업을|절차를|공사를)?\s?(?:모두|최종|완전히|이미|먼저|본격)?\s?"
)
_CLINGING = 12
_SAME_PHRASE = 3  # “설계 용역” is design
_HALF = 0.5
_STUDY = re.compile(r"예비\s?타당성|예타|타당성|기본\s?구상")
_STUDY_BACK = 120
_WEAK = 0.7  # below, a step word gives way to the verb that follows it
_CALL = re.compile(
    r"공모|사업(?=['\"]?(?:에|으로)\s)|부지|후보지|대상지|사업지|(?:건립|구축|조성|설치)\s?지역|개선사업|입지|적지|대상\s?사업|지원사업|시범사업"
)
_PRIZE = re.compile(
    r"우수|최우수|우승|모범|친화도시|특화도시|관광도시|문화도시|작가|업체|사업자|위탁|운영[자사]|수강|학생|참가|대상자로|기업|명을|팀을|수상|표창|청년|1위|\d+[선경]|명소|베스트|최고"
)
_INTO = re.compile(r"[가-힣A-Za-z'\")]에\s(?:최종(?:적으로)?\s)?$")
_CONDITIONAL = re.compile(
    r"(?:하|되|가|나|치|열|여|들어가|들어서)?면(?=[\s,])|(?:할|될|열|뜰|설)\s?(?:때|경우|시(?=[\s,])|수\s(?!있(?:을|다[.\s]|다고|도록|게\s|습니다)))|하려면|되려면|않|못|없|\S{0,2}\s(?:통과하|마치|받으|끝나|확보되|완료되|마무리되)면"
)
_ASIDE = re.compile(
    r"(?:[해하]|[가-힣])?\s(?:형식|방식|형태|차원)(?:으로|의)|(?:[해하]|[가-힣])?\s(?:달라|줄\s것|주[길기시]|줘야)|(?:식)?(?:을|를|이|가)?\s?(?:지키지|하자는|하라는|촉구|요구|건의|바라(?![보본봤])|바람|희망|기원|염원|여부|반대|무산|백지화)|돼야\s(?:한다|합니다)|해야\s(?:한다|합니다)|됐으면|했으면"
)
_APPLIED = re.compile(r"(?:을|를)?\s?(?:위한\s)?신청(?!\s?[및·,]\s?취득)")
_ANNIVERSARY = re.compile(r"\S{0,3}\s?지\s\d+\s?(?:주년|돌)|\s?\d+\s?주년")
_WISH = re.compile(r"되도록|하도록|기를|바라|바란|바랍|좋겠|희망|노력하|힘쓰|했으면|됐으면|총력")
_MINOR = re.compile(
    r"(?:인테리어|내부|외장|마감|조경|보완|보수|진입로|철거|외부|전시|부대)\s?(?:공사|보수)?$"
)
_OTHER_OBJECT = re.compile(r"(?:[을를이가은는도에]|까지)\s(?:.{0,24}\s)?[가-힣]{2,}[을를이가]\s$")
_AGAIN = re.compile(r"다시\s|재개")
_DETACHED = re.compile(
    r"(?:했|됐|였|었|았)(?:으며|고|지만|으나|는데)\s|[.;\"]\s?|(?:하고|되고|열고|하며|마치고|거쳐|끝내고)\s(?!있)"
)
_BEGUN = re.compile(  # “설계에 착수했고 내년 4월까지 마무리한다”: the work goes on
    r"(?:\s?(?:용역|공사|절차|작업))?(?:[을를에이가은는])?\s(?:(?:착수|시작|돌입|들어갔|나섰|발주)(?:했|됐)?(?:으며|고)|(?:착수|시작|돌입)(?:해|하여)|들어가)\s"
    r"(?=[^을를은는이가]{0,30}$)"
)
_DONE_BEFORE = re.compile(r"(?:해|하여|한\s뒤|한\s다음|한\s후)\s")  # “발주해 연말 마무리한다”
_LATER_ON = re.compile(r"\s(?:뒤|다음|끝에)\s")
_ADNOMINAL = re.compile(
    r"(?:식|일)?(?:을|를|에|이|가|도)?\s?(?:본격\s|최종\s|모두\s)?"
    r"(?:하기로\s한|시작한|시작할|시작하는|들어가는|들어간|들어갈|앞둔|목표로\s하는|목표로\s한|(?:예정|계획|목표)(?:이|이었|였)던|예정인|예정된|계획인|목표인|선정된|선정된|뽑힌"
    r"|마친|마칠|끝낸|끝낼|끝나는|받은|받을|열리는|[할될]\s것으로\s(?:보이는|전망되는|예상되는|알려진|기대되는)|한|된|할|될|하는|되는|하던|되던|인|던)(?=\s)(?!\s(?:달|해|번|차례|곳)(?![가-힣]*[시센]))"
)
_ENDS_ADNOMINAL = re.compile(
    r"(?:연|열|여는|뜬|뜰|뜨는|들어선|들어설|들어서는|들어간|들어갈|들어가는|뽑힌|뽑힐|마친|마칠|마치는|끝낸|끝낼|끝난|끝날|끝나는|지을|짓는|세울|맞는|맞을)$"
)
_SEEMING = re.compile(r"[할될열]\s것으로\s(?:보이는|전망되는|예상되는|알려진|기대되는)")
_NOUN_AFTER = re.compile(
    r"(?:[가-힣]{0,4}(?:한|된|할|될|은|는|연|열|뜬|던))?\s?(?:뒤|후|다음|수\s있|방향(?=[으이을])|쪽(?=으)|얼개|밑그림|시나리오|취지|조건(?=[으이])|(?:데|것|지|때|바|셈|듯|경우|일정)(?=[^가-힣]|$|은|는|을|를|도|만[\s,]|로[\s,]|와|과|으로|다|입|인[\s,]|임|였|에|가[\s,]|부터|까지|마다|보다|하|이(?:[\s,]|다|며|고|었|라|지))|만큼|가운데|이후|이래|상태|계획(?!인|이던)|예정(?!인|이던|이었던|된)|방침|전망|목표|걸로|거로|구상|시점|시기|날[이은을짜]|안을|방안|청사진|로드맵|상황|만에|이후|직후|작정|참[이인]|심산|요량|태세|채비|복안|수순|차례|공산|가능성|생각)"
)


@dataclass(frozen=True, slots=True)
class Event:
    """A step where it is said.

    Attributes:
        start: Where its word or verb begins.
        end: Where that ends.
        kind: What sort of step.
        weight: How much the words say by themselves.
        spans: The deciding words: the verb, and the work that it is said of.
        adnominal: It describes the noun that follows (“준공한 센터”).
        english: It was said in English, so that its owner stands elsewhere.
    """

    start: int
    end: int
    kind: Kind
    weight: float
    spans: tuple[tuple[int, int], ...]
    adnominal: bool
    english: bool = False


def events_of(
    text: str,
    sentence: Sentence,
    blocked: Iterable[tuple[int, int]],
    named: Iterable[tuple[int, int]] = (),
) -> list[Event]:
    """The steps that a sentence speaks of, in order.

    Args:
        text: The folded article.
        sentence: Where to look.
        blocked: Names and dates, which hide what is in them.
        named: Names that are a topic, a subject or an object, with that particle.
    """
    hidden = sorted(blocked)
    owning = sorted(named)
    found: list[Event] = []
    for verb in VERBS:
        for match in _visible(verb.pattern, text, sentence, hidden):
            event = _worked(text, sentence, verb, match, hidden) or _worked_on_all(
                text, sentence, verb, match, owning
            )
            if event is not None:
                found.append(event)
    for step in STEPS:
        for match in _visible(step.pattern, text, sentence, hidden):
            if _means_it(text, sentence, step, match):
                _put(found, text, _event(text, step.kind, step.weight, match.span()))
    return sorted(found, key=lambda e: e.start)


def _visible(
    pattern: re.Pattern[str], text: str, sentence: Sentence, hidden: list[tuple[int, int]]
) -> Iterator[re.Match[str]]:
    """Where a pattern stands outside names and dates."""
    for match in pattern.finditer(text, sentence.start, sentence.end):
        at = bisect_right(hidden, (match.start(), 1 << 40)) - 1
        near = hidden[max(0, at) : at + 2]
        if not any(first < match.end() and match.start() < last for first, last in near):
            yield match


def _worked(
    text: str,
    sentence: Sentence,
    verb: Verb,
    match: re.Match[str],
    hidden: list[tuple[int, int]],
) -> Event | None:
    """A verb, with the last work before it, or with the one that it describes."""
    if _CONDITIONAL.match(text, match.end()) or _ASIDE.match(text, match.end()):
        return None
    start = max(sentence.start, match.start() - _LOOK_BACK)
    work = _last_work(text, (start, match.start()), verb, hidden)
    if work is None:
        after = _WORK_AFTER.match(text, match.end(), sentence.end)
        work = _first_work(text, after, verb) if after else None
        return _event(text, work[2], 0.9, match.span(), work[:2]) if work else None
    first, last, kind = work
    if kind is None or _parted(text, work, match.start(), hidden):
        return None
    if verb.act is Act.OPEN and _DOOR.fullmatch(text, first, match.start()):
        return None  # the step word says it
    if _MINOR.search(text[max(0, first - 4) : last]):
        return _event(text, Kind.OTHER, 0.6, match.span(), (first, last))
    return _event(text, kind, _SAYS.get(kind, 0.9), match.span(), (first, last))


def _last_work(
    text: str, window: tuple[int, int], verb: Verb, hidden: list[tuple[int, int]]
) -> tuple[int, int, Kind | None] | None:
    """The last work in a stretch, and the kind of step that the verb makes of it."""
    best: tuple[int, int, Kind | None] | None = None
    for work in WORKS:
        if verb.act in _OF_AN_OBJECT and verb.act not in work.kinds:
            continue
        for found in work.pattern.finditer(text, *window):
            covered = any(a < found.end() and found.start() < b for a, b in hidden)
            if covered or _DONE_BEFORE.match(text, found.end(), window[1]):
                continue
            if best is None or found.end() > best[1] + _SAME_PHRASE:
                best = (found.start(), found.end(), work.kinds.get(verb.act))
    return best


def _parted(
    text: str, work: tuple[int, int, Kind | None], at: int, hidden: list[tuple[int, int]]
) -> bool:
    """Whether something between a work and a verb keeps the one from being said of the other."""
    _, last, kind = work
    begun = _BEGUN.match(text, last, at)
    if _DETACHED.search(text, begun.end() if begun else last, at):
        return True
    if text.startswith(("로 ", "으로 "), last):  # “시공사로 한누리건설을 골랐다”
        return False
    again = kind is not Kind.OPERATION and _AGAIN.search(text, last, at) is not None
    return again or _OTHER_OBJECT.search(masked(text, last, at, hidden)) is not None


def masked(text: str, start: int, end: int, hidden: Iterable[tuple[int, int]]) -> str:
    """A stretch with a sign for every date or name in it (“올가을” has no particle 을)."""
    told, at = "", start
    for first, last in hidden:
        if at <= first and last <= end:
            told += text[at:first] + "○"
            at = last
    return told + text[at:end]


def _worked_on_all(
    text: str,
    sentence: Sentence,
    verb: Verb,
    match: re.Match[str],
    named: Sequence[tuple[int, int]],
) -> Event | None:
    """A verb whose work is the facility itself: “2공구는 내년 상반기 마무리한다”."""
    past = max((b for _, b in named if b <= match.start()), default=0)
    if past <= sentence.start or match.start() - past > _LOOK_BACK:
        return None
    if not _WHOLE.match(text, match.start()) or not _NOTHING_ELSE.fullmatch(
        text, past, match.start()
    ):
        return None
    if _CONDITIONAL.match(text, match.end()) or _ASIDE.match(text, match.end()):
        return None
    kind = Kind.GROUNDBREAKING if verb.act is Act.BEGIN else Kind.COMPLETION
    return _event(text, kind, _OF_ALL, match.span(), (match.start(), match.end()))


_WORK_AFTER = re.compile(
    r"[한된할될](?=\s)((?:\s[가-힣]{2,8}(?<![은는이가을를에])){0,2}\s[가-힣]{2,8})"
)


def _first_work(text: str, after: re.Match[str], verb: Verb) -> tuple[int, int, Kind] | None:
    """The work that a verb describes which stands before it, and the kind of step that is."""
    for work in WORKS:
        found = work.pattern.search(text, after.start(1), after.end(1))
        if found:
            kind = work.kinds.get(verb.act)
            return (found.start(), found.end(), kind) if kind else None
    return None


_DOOR = re.compile(r"문[을도]\s(?:[가-힣]{1,4}\s)?")
_OF_ALL = 0.66
_SAYS = {Kind.OTHER: 0.8, Kind.OPENING: 1.0}
_WHOLE = re.compile(r"착수|끝[나난날났납]|마무리|완료|매듭|마[치친칠쳤칩]")
_NOTHING_ELSE = re.compile(r"(?:\s(?:[^\s]*[^을를이가은는의도와과\s])?)*\s")
"""Up to the verb stand only words that are neither its subject nor its object."""


def _means_it(text: str, sentence: Sentence, step: Step, match: re.Match[str]) -> bool:
    """Whether a step word is said as news, not as a wish, a condition or something else."""
    after = match.end()
    if any(p.match(text, after) for p in (_CONDITIONAL, _ASIDE, _ANNIVERSARY)):
        return False
    if sentence.in_speech(match.start()) and _WISH.search(text, after, sentence.end):
        return False
    before = text[max(sentence.start, match.start() - _LOOK_BACK) : match.start()]
    if step.kind is Kind.SELECTION:
        return _is_selection(before, match[0])
    if step.kind is Kind.ACCREDITATION and _APPLIED.match(text, after):
        return False
    if step.kind is Kind.FEASIBILITY and step.weight < 1:
        return _STUDY.search(text, max(0, sentence.start - _STUDY_BACK), after) is not None
    plainly_run = step.kind is Kind.OPERATION and step.weight < _HALF
    return not (plainly_run and re.search(r"(?<![센터관원장소])[을를]\s?$", before))


def _is_selection(before: str, word: str) -> bool:
    """Whether something was chosen in a call for places, and not a prize, a firm or a design."""
    call = _CALL.search(before) or _CALL.search(word) or _INTO.search(before)
    if call is None or re.search(r"설계|당선작", before):
        return False
    into = call.re is _INTO
    return not _PRIZE.search(before if into else before[call.end() :])


def _event(
    text: str, kind: Kind, weight: float, span: tuple[int, int], *more: tuple[int, int]
) -> Event:
    adnominal = bool(_ADNOMINAL.match(text, span[1])) or (
        text[span[1] : span[1] + 1] == " " and bool(_ENDS_ADNOMINAL.search(text[span[0] : span[1]]))
    )
    after = text[span[1] : span[1] + 24].lstrip()
    if adnominal and _NOUN_AFTER.match(after) and not _SEEMING.match(after):
        adnominal = False
    return Event(span[0], span[1], kind, weight, (*more, span), adnominal)


def _put(found: list[Event], text: str, new: Event) -> None:
    """Keep one event of two that are one statement: the verb's, or the clearer word's.

    One word may be the work of several verbs: “설계 용역은 지난달 착수해 연말 끝난다”.
    """
    if any(new.start < old.end and old.start < new.end for old in found):
        return
    told = False
    for at, old in enumerate(found):
        inside = any(a < new.end and new.start < b for a, b in old.spans)
        clings = 0 <= old.start - new.end <= _CLINGING and (
            _OF_STEP.fullmatch(text, new.end, old.start) is not None
        )
        if len(old.spans) == 1 or not (inside or clings):
            continue
        later = _LATER_ON.search(text, new.end, old.start)
        if not clings and (later or _BEGUN.match(text, new.end, old.start)):
            continue  # “예타에서 떨어진 뒤 8월에 통과했다”: the verb has a date of its own
        told = True
        if new.weight >= _WEAK and (clings or new.weight == 1):
            found[at] = replace(
                old,
                start=new.start if clings else old.start,
                kind=new.kind,
                weight=max(new.weight, _WEAK),
                spans=(*new.spans, *old.spans[-1:]),
            )
    if not told:
        found.append(new)
