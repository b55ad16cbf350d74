"""Korean, as learners write it. Its endings are syllables, so some are found by their last letter.

What hangs on a noun (particles, «이에요») is told by `ending`, numbers after it by `counted`.
"""

import re

from coach.lessons.grammar.table import NEVER, Grammar, asking, counts, pattern, words

_FIRST, _LAST, _FINALS = 0xAC00, 0xD7A3, 28


def _ends_in(final: int, but: str = "") -> str:
    """A class of all syllables with this last letter, by its number in Unicode."""
    signs = (chr(code) for code in range(_FIRST, _LAST + 1) if (code - _FIRST) % _FINALS == final)
    return f"[{''.join(sign for sign in signs if sign not in but)}]"


_L = _ends_in(8)
_B = _ends_in(17)
_SS = _ends_in(20, but="있겠")  # of the past: «마셨», «갔»
_KIN = (
    r"(?:친구|언니|누나|오빠|형|엄마|아빠|어머니|아버지|남편|아내|동생|아들|딸|할머니|할아버지|"
    r"동료|"
    r"사장님|부모님|아이|가족|이웃)"
)
_PARTICLES = (
    "은 는 이 가 을 를 의 에 에서 에게 께 한테 으로 로 와 과 랑 이랑 하고 도 만 까지 부터 마다 "
    "처럼 "
    "보다 밖에 나 이나 라도 이라도 요 이요 이에요 예요 이예요 에요 입니다 이고 고 인데 인데요 "
    "이라서 "
    "라서 쯤 정도 씩 이지만 지만 이라고 라고 이었어요 였어요 이면 면"
)
_ENDING = "|".join(sorted(_PARTICLES.split(), key=len, reverse=True))
_NATIVE = (
    "하나|한", "둘|두", "셋|세|석", "넷|네|넉", "다섯", "여섯", "일곱", "여덟", "아홉", "열",
    "열하나|열한", "열둘|열두", "열셋|열세", "열넷|열네", "열다섯", "열여섯", "열일곱", "열여덟",
    "열아홉", "스물|스무",
)  # fmt: skip
NUMBERS = counts(*_NATIVE)
_COUNTER = (
    r"(?:잔|개|명|분|병|그릇|장|켤레|마리|권|송이|봉지|조각|판|박스|상자|접시|대|벌|통|줄|인분|"
    r"컵|캔|"
    r"근|킬로|kg|그램|g|포기|단|모|팩)"
)
_COUNTED = re.compile(
    rf"(?:(?P<n>{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|\d{{1,2}}) ?{_COUNTER}"
    rf"|(?P<alone>하나|둘|셋|넷|다섯))(?:{_ENDING})*(?= |$)"
)

REQUEST = pattern(
    rf"\S*(?:주세요|주십시오|주실래요|주시겠어요|주실 수|줘요|줘|줄래요|주시면|드려요|세요)|"
    rf"\S*{_L}(?:게요|께요|래요|게|래|려고요)|\S*(?:싶\S*|부탁\S*|원해요|원합니다|필요해요|"
    rf"필요합니다)|"
    rf"\S*(?:하겠습니다|할까요|갈까요)|\S*{_L} 수 (?:있을까요|있나요|있어요|있습니까)|주문\S*|"
    r"_ ?(?:이 |가 |은 |는 )?(?:괜찮|좋)(?:아요|습니다|을 것 같\S*|겠\S*)|가능할까요|되나요|돼요"
)
_WH = r"(?:뭐|뭘|무엇|무슨|어디|언제|왜|누구|얼마|어떻게|몇|어느|어떤)\S*"
QUESTION = re.compile(
    rf"(?:^|\s){_WH}|\S*(?:나요|습니까|던가요|은가요|는가요|인가요|{_B}니까|을까요)$"
)
NOT_NOW = pattern(
    rf"어제|그저께|지난\S*|항상|보통|자주|가끔|매일|매주|옛날\S*|전에|\S*{_SS}(?:어요|습니다|"
    rf"는데\S*|고|"
    r"지만)|다음에|집에서는|내년\S*|언젠가\S*"
)
FILLERS = words(
    "네 예 안녕하세요 안녕하십니까 감사합니다 고맙습니다 좀 그리고 그럼 그러면 저는 저 나는 "
    "제가 그냥 저기요 여기요 음 어 아 오늘 지금 여기 이거 그거 이것 그것 혹시 죄송하지만 "
    "실례합니다 더 또 다 정말 아주 주세요 해 주 할게요 으로 로 것 거 걸로"
)

KOREAN = Grammar(
    request=REQUEST,
    question=QUESTION,
    asks_first=re.compile(r"(?:^|.*\s)(?:뭐예요|무슨|어디|언제|왜|누구|얼마|몇 시)\S*"),
    negation=pattern(
        r"안|못|\S*지 ?(?:않|마|말|못)\S*|말고|_ ?없이|아니고|아니에요|아니라|싫\S*|빼고|빼"
    ),
    beside=pattern(r"(?!_)\S+ (?:빼고|없이|빼 주세요|빼주세요)"),
    refusal=pattern(
        r"괜찮아요|괜찮습니다|됐어요|됐습니다|아니요|아뇨|아니오|필요 ?없\S*|없어요|없습니다|"
        r"그게 다예요|다예요"
    ),
    others=re.compile(
        rf"^(?:(?:네|아니요|그런데|근데|그리고) )*(?:(?:제|우리|저희|내) {_KIN}\S*|{_KIN}(?:가|"
        rf"는|이|은|도|랑)|"
        r"그(?:는|가|녀\S*)|사람들\S*)(?!\w)"
    ),
    for_others=pattern(
        rf"(?:제|우리|저희)? ?{_KIN}(?:은|는|이|가|도) .*(?:주세요|게요|원해요|래요)|{_KIN} 거"
    ),
    not_now=NOT_NOW,
    unreal=pattern(r"\S+다면"),
    mentions=pattern(
        r"\S*라(?:고|는|란) ?(?:말\S*|단어\S*|써\S*|쓰\S*|적\S*|할까\S*|표현\S*)|단어\S*|"
        r"발음\S*|문법\S*|같은 말\S*|무슨 뜻\S*|(?:책|교과서|대화|연습 ?문제)(?:에|에서|에는)"
    ),
    reports=NEVER,
    undecided=pattern(r"생각 ?중\S*|고민 ?중\S*|글쎄\S*"),
    ago=pattern(r"어제\S*|그저께\S*|지난\S*|작년\S*"),
    change=pattern(
        r"잠깐만\S*|잠시만\S*|아니다|아니|아 아니\S*|아니 잠깐\S*|대신|차라리|바꿔\S*|바꿀\S*"
    ),
    only=pattern(r"만|\S+만 주세요"),
    exchange=re.compile(r"바꿔|바꿀|변경|대신"),
    from_place=re.compile(r"(?!)"),
    available=pattern(r"있어요|있나요|있습니까|있을까요|팔아요|파나요|남았어요"),
    cost=pattern(r"얼마\S*|가격\S*"),
    likes=NEVER,
    pronoun=pattern(r"그거|그걸로|그것|그걸|하나|이걸로"),
    resumes=pattern(r"그거\S*|이거\S*|그건|이건|얼마\S*|있어요|있나요"),
    being=NEVER,
    well_said=NEVER,
    splits=re.compile(
        r"\b(?:하지만|그런데|근데|그래서|그리고)(?!\w)|(?<=말고 )(?=\S)|(?<=지만 )(?=\S)"
        r"|(?<=고요 )(?=\S)|(?<=니까 )(?=\S)"
    ),
    fillers=FILLERS | frozenset(NUMBERS),
    numbers=NUMBERS,
    measures=NEVER,
    known=FILLERS | frozenset(NUMBERS),
    counted=_COUNTED,
    ending=re.compile(rf"(?:{_ENDING}){{1,3}}"),
    asked_for=asking(
        time=r"언제\S*|몇 시\S*|무슨 요일\S*",
        place=r"어디\S*|어느 쪽\S*",
        length=r"얼마나|몇 시간\S*|며칠\S*",
        money=r"얼마\S*|가격\S*",
        person=r"누구\S*|누가",
        reason=r"왜",
    ),
)
