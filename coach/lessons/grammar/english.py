"""English, as learners speak it: «is possible one tea?», «I no want cake»."""

import re

from coach.lessons.grammar.english_mentions import MENTIONS, REPORTS, UNDECIDED
from coach.lessons.grammar.english_start import START
from coach.lessons.grammar.english_well_said import WELL_SAID
from coach.lessons.grammar.english_words import COMMON, FILLERS
from coach.lessons.grammar.table import Grammar, pattern
from coach.meaning.people import KIN as _KIN

KIN = rf"(?:{_KIN})"
_ADVERB = r"(?:(?:really|just|also|then|please|now|only|maybe|perhaps|quite|actually|definitely) )*"
_WISH = (
    r"(?:would (?:really |quite |very much )?(?:like|love|prefer|rather|go for|appreciate)|"
    r"will|want|"
    r"wanting|wish|need|prefer|fancy|must|have to|got to|am after|order|take|am going to|"
    r"am like|am "
    r"hoping|"
    r"hope to|was (?:wondering|hoping|thinking)|could (?:really )?(?:do with|murder|use)|"
    r"think i will|feel like|am (?:looking|heading|travelling|traveling|going|bound|off) (?:for|"
    r"to)|are off to)"
)

REQUEST = pattern(
    rf"(?:i|we) {_ADVERB}{_WISH}"
    r"|(?:can|could|may|might|shall) (?:i|we) (?:please |also |just |maybe )*(?:have|get|"
    r"take|order|"
    r"drink|eat|try|buy|book|see|trouble|ask|bother|go|reserve|rent|make|pay|add|change|"
    r"exchange|return)"
    r"|(?:i|we) (?:can|could|may) (?:have|get|take|order|try|buy|book)"
    r"|(?:can|could|would|will) you (?:please |also |just |maybe |possibly )*(?:bring|give|"
    r"get|make|"
    r"sell|add|pass|serve|put|book|find|show|lend|send|do|let|change|help|fetch|swap)"
    r"|would you mind (?!if)|do you mind (?:bringing|giving)"
    r"|is it (?:ok|okay|all right|alright|fine) (?:if|to)|(?:is|would|"
    r"will)(?: it)?(?: be)? possible|possible to|any chance"
    r"|(?:how|what) about|let us have|let me (?:have|get|try|start|take|see)"
    r"|(?:give|bring|get|make|book|sell|show|pass) (?:me|us|that|it)|for (?:me|us)|i "
    r"wouldn?'?t? mind"
    r"|_ (?:is|are|would be|will be|sounds|suits|works|seems)(?: (?:me|us|much|also|really|probably"
    r"|just|more|totally|absolutely))?(?: (?:fine|ok|okay|good|great|perfect|better|best|possible|"
    r"alright|well))(?: (?:for|with|by) (?:me|us))?(?=$| please| too| then| thanks)"
    r"|_ (?:works|suits me|will do|would do)(?: (?:for (?:me|us)|too|well))?(?=$| please| then)"
    r"|would not mind|make (?:that|it)(?= _| one| two| three|$)|will do"
    r"|would be (?:nice|great|lovely|perfect|good|fine)"
    r"|you (?:give|bring|make|sell|have for) me|please (?:you )?(?:bring|give|book|make|sell)"
    r"|(?:looks?|sounds?) (?:good|nice|delicious|lovely|great|tasty|perfect|fine)"
)
_WH = r"(?:what|which|who|whose|where|when|why|how)"
_AUX = r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|should|may|must)"
_SUBJECT = r"(?:i|you|he|she|it|we|they|there|the|a|an|this|that|these|those|my|your|any|your)"
QUESTION = re.compile(
    rf"{START}(?:{_WH}\b|{_AUX}(?: not)? {_SUBJECT}\b|{_AUX} \w+ (?:very|too|far|worth|"
    rf"cheap|near)\b)"
    rf"|\b(?:what|who|where|which|how much|how many) (?:is|are|was) (?:it|that|this)\b"
    rf"|\b(?:tell me|know|wonder|ask|explain|wondering)\b.* (?:{_WH}|if|whether)\b"
    r"|\b(?:i|you) (?:do )?not know\b|\bdo you know\b|\bis what$|\bmeans\b"
)
NEGATION = pattern(
    r"(?:do|does|did|am|is|are|was|will|would|could|should|have|has|must|need) "
    r"(?:really |just |ever )?not(?! mind| know| understand| work(?:ing)?(?=$| (?:any|properly|"
    r"at|well|right|since)\b)| you| it| happen| "
    r"say no| go amiss)"
    r"|cannot|never|without any"
    r"|not(?! mind| only| just| possible| happen| go amiss| know| understand| sure| "
    r"work(?:ing)?(?=$| (?:any|properly|at|well|right|since)\b)"
    r"| (?:it|you|they|he|she|we|i)$)"
    r"|no(?= \w)(?! problem| worries| idea| wait| sorry| thanks?\b)|neither|nor|none|anything but"
    r"|(?:i|we) hate|allergic|stay off|off the|gave up|given up|avoid(?:ing)?|stopped|quit"
)
BESIDE = pattern(
    r"(?:no|without|without any|not (?:want|like|put) (?:any )?) ?(?!_)\w+(?: (?:or|and) \w+)? "
    r"(?:on|in|with|inside) (?:it|that|them|(?:the |my |our |that )?_)"
)
REFUSAL = pattern(
    r"nothing|neither|better not|not want anything|no (?:food|drinks?)|none of"
    r"|no(?:,? thank(?:s| you)?)$|no thanks?(?: you)?"
    r"|not (?:now|today|for me)|not (?:really )?(?:hungry|thirsty)"
    r"|(?:that|this) is (?:all|it|enough)|no more|anything$"
)
_DOES = (
    r"(?:was|were|had|has been|went|came|lives?|works?|loves?|likes?|makes?|drinks?|eats?|always|"
    r"often|goes|comes|got|left|told|says?|said|writes?|wrote|asks?|asked|wants?|took|lasted)"
)
OTHERS = re.compile(
    rf"{START}(?:he|she|they|people|everybody|everyone|somebody|someone|nobody|this place"
    rf"|the (?:last|other)|(?:my|our|his|her|their|your|a|the) (?:\w+ )?(?:{KIN}))\b(?! for\b)"
    rf"|{START}(?:my|our|his|her|their|the) (?:\w+ ){{1,2}}?(?:(?:to|from|in) _ )?{_DOES}\b"
)
FOR_OTHERS = pattern(
    rf"(?:he|she|they|{KIN}) (?:also )?(?:would like|would love|will have|will take|wants?|needs?)"
    rf"(?! to (?!have|get|try|drink|eat|take|order|buy|pay|come))|{KIN} _"
)
_PAST = (
    r"(?:had|was|were|went|came|ordered|drank|ate|bought|tried|saw|lived|stayed|visited|took|made|"
    r"paid|booked|did|loved|liked|worked)(?! (?:wondering|hoping|thinking|going to|better|to\b))"
)
_DONE = r"(?:been|had|come|arrived|eaten|drunk|visited|seen|lived|tried|left|paid|bought|got back)"
NOT_NOW = pattern(
    r"yesterday|last (?:week|month|year|night|time|summer|winter|spring|(?:mon|tues|wednes|thurs|"
    r"fri|satur|sun)day)|(?:an? \w+|\w+ \w+s) ago|used to|earlier today|this morning i"
    rf"|(?:i|we) (?:already |just |once |also |only )?{_PAST}"
    rf"|(?:i|we) (?:really |just |also )?(?!need|feed)\w{{2,}}ed(?! to)"
    rf"|(?:i|we) have (?:already |just |been |never )*{_DONE}"
    r"|(?:when|what time|where|why|who) (?:did|was|were)"
    r"|every (?:day|morning|evening|night|week|year|month|weekend|summer|monday|time)|always"
    r"|usually|normally|often|sometimes|rarely|on (?:(?:mon|satur|sun)days|weekends)|when i was"
    r"|(?:i|we) (?:live|work|study)|(?:i am|we are|i come) (?:originally )?from"
    r"|if (?:i|you|we) (?!could|can|may|might|have)\w+|in my country|at home|smells?|tomorrow i|"
    r"maybe later|(?<!for )one day (?:i|we)|some ?day|in the future|next year|when i (?:am old|"
    r"retire)"
    r"|(?:am|is|are) \w+ like _"
    r"|next time|like (?:\w+ ){1,2}in the (?:morning|evening|afternoon)"
    r"|(?:i|we) (?:really |just |do not )?(?:love|adore|miss|know|remember|"
    r"like (?:the|your|this|that|these|those))(?: the| your)?(?= _)"
    r"|(?:i|we) have (?:got )?(?:(?:my|our) )?_ (?:here|with me|already)"
    rf"|{START}(?:i (?:hear|heard|think|know|believe|read) )?(?:that |the )?_ (?:is|are|was|makes?|"
    r"tastes?|contains?|smells?|has)"
    r"(?! (?:fine|ok|okay|enough|alright|better|good|great|perfect|possible|best|what))"
)
UNREAL = pattern(r"if (?:\w+ ){1,4}(?:was|were|had|did|would)(?! (?:be )?possible)")
CHANGE = pattern(
    r"no wait|wait|hang on|hold on|or rather|i mean|i meant|make (?:that|it)|sorry no|no sorry"
    r"|on second thoughts?|scratch that|instead|change my mind|changed my mind|i prefer|better"
    r"|(?:sorry|actually|no)(?= (?:an?|the|one|i|make|to|two|can|could|may|it|for|just)\b)"
)
EXCHANGE = re.compile(
    r"\b(?:change|swap|exchange|replace|switch) (?:the |my |that )?(?P<old>.+?) "
    r"(?:to|for|with|into) (?P<new>.+)"
    r"|\b(?P<new2>.+?) (?:instead of|rather than|in place of) (?P<old2>.+)"
)
SPLITS = re.compile(
    r"(?<!anything )(?<!nothing )\bbut\b|\b(?:so|because|since|although|though|except|then|"
    r"or rather|no wait|with no)\b|\bno(?= (?:sorry|not|better|make|actually|i)\b)"
    r"|\b(?:and|or|as)(?= (?:i|you|we|he|she|it|they|my|can|could|may|how|what|when|where|"
    r"which|is|"
    r"are|do|does|would|will|please|then|that|the (?:train|bill|price)|tell|give|bring)\b)"
    r"|(?<=\w )(?=(?:how much|what time|when does|when do|when is|when leave|what is the price|"
    r"how many is) )"
)
_TO_TWENTY = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_NUMBERS = tuple(_TO_TWENTY.split())

_TABLES = (REQUEST, QUESTION, NEGATION, REFUSAL, OTHERS, FOR_OTHERS, NOT_NOW, CHANGE, MENTIONS)
# What the patterns above are made of is spelled right, too.
_WRITTEN = frozenset(word for table in _TABLES for word in re.findall(r"[a-z]{3,}", table.pattern))

ENGLISH = Grammar(
    request=REQUEST,
    question=QUESTION,
    asks_first=re.compile(rf"{START}(?:which|who|when|why|what(?! about| i)|how(?! about))\b"),
    negation=NEGATION,
    beside=BESIDE,
    refusal=REFUSAL,
    others=OTHERS,
    for_others=FOR_OTHERS,
    not_now=NOT_NOW,
    unreal=UNREAL,
    mentions=MENTIONS,
    reports=REPORTS,
    undecided=UNDECIDED,
    ago=pattern(
        r"yesterday|last (?:week|month|year|night|time|summer|winter|spring)|"
        r"(?:an? \w+|\w+ \w+s) ago"
    ),
    change=CHANGE,
    only=pattern(r"just|only|nothing but"),
    exchange=EXCHANGE,
    from_place=re.compile(r"\b(?:from|left|leaving)(?: the)? $"),
    available=pattern(
        r"(?:do|have) you (?:have|got|sell|serve|do)|you have|have you|is there|are there|any"
    ),
    cost=pattern(r"how much|what (?:does|do) .*\bcost|price|how expensive|costs?"),
    likes=re.compile(r"\b(?:i|we) (?:really )?like _"),
    pronoun=pattern(
        r"one(?: of (?:those|them))?|some|it|that|those|them|there"
        r"|(?<!for )(?:two|three|four|five|six)(?: please)?$"
    ),
    resumes=pattern(r"it|this|they|them|that|those|is that|is it"),
    being=re.compile(
        r"\b(?:i am|we are)(?: (?:not|already|still|very|really|so|quite|too))* _(?!\w)"
    ),
    well_said=WELL_SAID,
    splits=SPLITS,
    fillers=FILLERS,
    numbers={word: n for n, word in enumerate(_NUMBERS, 1)} | {"a": 1, "an": 1, "couple": 2},
    measures=re.compile(
        r"(?:\b(?:cups?|glass(?:es)?|slices?|pieces?|bowls?|plates?|bottles?|mugs?|pots?|"
        r"bit|portions?|"
        r"couple|pairs?|tickets?) of |\b(?:nice|hot|cold|big|small|large|strong|fresh|"
        r"little|medium|"
        r"more|other) )+$"
    ),
    known=COMMON | _WRITTEN | frozenset(_NUMBERS),
    asked_for=(
        (
            "time",
            pattern(
                r"when|(?:what|which) (?:is the )?(?:\w+ )?(?:time|hour|day)s?"
                r"|how (?:soon|early|late)"
            ),
        ),
        ("place", pattern(r"where|which way|what (?:place|address|platform|street)|how far")),
        (
            "money",
            pattern(
                r"what (?:do|should|must|would|will) (?:i|we) (?:have to |need to )?(?:pay|owe)|"
                r"adds? "
                r"up to|comes? to|the damage|what does (?:it|that|this) make|"
                r"how (?:much|many) (?:is|does|do|it|that|for|in all|cost|money|are|i|will|"
                r"would|all|to|you|the|this|for)|what price|price|costs?|bill|how expensive"
            ),
        ),
        ("length", pattern(r"how (?:long|many (?:hours|minutes|days|weeks|months|years|nights))")),
        ("person", pattern(r"who|whose|whom")),
        ("reason", pattern(r"why|what for|how come")),
        ("number", pattern(r"how many (?:people|rooms|times|pieces|children)")),
    ),
)
