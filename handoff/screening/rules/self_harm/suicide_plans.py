# ruff: noqa: E501  a pattern is read best in one piece
"""A plan, means, intent or an attempt (SI-5)."""

from handoff.screening.patterns import any_of, rule
from handoff.screening.rules.self_harm.phrases import (
    KILL_SELF,
    KITCHEN,
    NOT_MY_LIFE,
    WITH_MEALS,
)

# "I took all my tablets" is what a careful patient says, unless something else stands beside it.
ALL_MINE = r"(took|taken|swallowed|swallowing|downed|popped) (all|every one) (of )?my (own )?(\w+ )?{PILLS}"

RULES = (
    rule("SI-5", 1, ALL_MINE, unless=WITH_MEALS, anyone=True),
    rule(
        "SI-5",
        0,
        ALL_MINE,
        near=r"at once|just now|in one go|together|die|dying|goodbye|end it|sorry|scared|help me|bottle"
        r"|left|forever|overdose|suicide|kill|tonight|do not want|cannot go on|over|no one|nobody|the lot",
        unless=WITH_MEALS,
        anyone=True,
    ),
    rule(
        "SI-5",
        0,
        r"(took|taken|taking|take|swallowed|swallowing|swallow|downed|popped|necked) ~2 "
        r"(all(?! (of )?my)|whole|entire|too many|loads of|lots of|a lot of|a bunch of|handful|handfuls|every"
        r"|bottle|full|the rest|half|dozens of) ~4 {PILLS}",
        r"(took|taken|swallowed|downed|swallowing|taking) (about |like |around |nearly |over |"
        r"more than |almost |at least )?(1[0-9]|[2-9][0-9]|[1-9][0-9][0-9]) (of (my|the|these|"
        r"those) )?{PILLS}",
        r"(saving up|saved up|stockpiling|stockpiled|hoarding|hoarded|stashing) "
        r"(all |up )?((my|the|some|enough|her|his) )?(\w+ )?{PILLS}",
        r"(took|swallowed|taken|downed) (the|a) (whole|entire|full) (bottle|box|packet|pack|lot)"
        r"(?! of (water|wine|milk|juice|coke|cookies|biscuits|chips|crisps|cereal|chocolates?|tea))",
        unless=WITH_MEALS,
        anyone=True,
        negated=2,
    ),
    rule(
        "SI-5",
        0,
        r"(have|got|bought|saved|stockpiled|hoarded|stashed|collected|counting|counted|holding"
        r"|lined up|saving|saving up) ~3 ({PILLS}|rope|noose|gun|knife|razors?|blades?) ~3 "
        r"(ready|right here|in my hands?|next to me|in front of me|lined up|loaded|to do it"
        r"|to end (it|my|this)|to kill (myself|me)|to die|beside me|by my bed)",
        r"(the|my) ({PILLS}|gun|rope|noose|blade|razor) (is|are) (ready|right here|in my hand"
        r"|in front of me|next to me|loaded|lined up|beside me)",
        unless=any_of(
            WITH_MEALS,
            r"to (chop|cut|slice|cook|peel|prep|dice|spread|carve|make|start|take with)",
            r"(for|before) (the )?(week|day|breakfast|trip|travel|flight|dinner|lunch|tomorrow)",
            r"pill (box|organi[sz]er)|shave|shaving|climb\w*|dosette|headache",
        ),
    ),
    rule(
        "SI-5",
        0,
        rf"(going|plan|planning|planned|decided|ready|about|will|intend|intending|tonight i"
        rf"|prepared|made up my mind) ~2 ({KILL_SELF})",
        r"(plan|plans|a plan|planning) to (die|end my life|kill myself|be dead)",
        r"have (a|the|my) plan ~4 (kill|die|end my|suicide|end it)",
        r"(know|planned|decided|figured|worked|researched|looked up) ~2 how ~3 "
        r"(kill myself|end it all|end my life|to die|i will die|do it painlessly)",
        r"(best|easiest|painless|quickest|fastest|least painful) ways? to (die|kill myself"
        r"|end (it|my life)|commit suicide|overdose)",
        r"how (many|much)(?! (bananas|carrots|burgers|hotdogs|doughnuts|donuts|pizzas) (would|will) kill (me|you|someone|a person|somebody)(?= \.|$)) ~5 (to|would|will|does it take to|till i) (die|kill (me|myself|you"
        r"|someone|a person|somebody)|overdose|be fatal|be lethal|end (it|my life))",
        r"(lethal|fatal|deadly) (dose|amount) of",
        unless=any_of(
            NOT_MY_LIFE,
            r"overdose (on|of) (chocolate|sugar|carbs|coffee|caffeine|cheese|salt|sweets|candy"
            r"|food|cake|ice cream|pizza|netflix|tv|fun)",
            r"bacteria|germs|yeast|weeds|mold|mould|virus\w*|parasites?|for dogs|my dog",
        ),
    ),
    rule(
        "SI-5",
        0,
        r"(tried|trying|attempted|attempting) to (kill myself|end my life|hang myself|end it all"
        r"|overdose|take my( own)? life|die|commit suicide|slit my wrists?)",
        r"(just|i|i have|have just) overdosed",
        r"(took|taken|taking|take) an overdose",
        r"overdosed on {PILLS}",
        r"(slit|slitting|slashed|slashing|cut|cutting) (both )?my (wrists?|throat|veins?|arter\w+)",
        r"suicide attempt",
        r"about to end it(?= \.|$| all| now| here)",
        r"(bought|got|have|found) (a|the|some|my) (rope|noose|gun|pills) and ~2 (know|decided|chose"
        r"|picked|planned) (where|how|when)",
        r"(drive|driving|crash|crashing|steer|swerve|swerving) (my|the|this) (car|bike|truck|motorbike"
        r"|van) (into|off) (a|the|an) (tree|wall|bridge|cliff|river|lake|traffic|truck|pole|road|oncoming"
        r"|barrier)",
        unless=any_of(
            r"overdosed on (chocolate|sugar|carbs|coffee|caffeine|cheese|salt|sweets|candy|food"
            r"|cake|ice cream|pizza|netflix|tv|vitamins?|work|fun|turkey|pasta|bread|fruit|the)",
            KITCHEN,
            r"snow|icy|accident\w*|almost|nearly|insurance|slipped|skidded|dodge",
            r"(documentary|film|movie|article|book) about",
        ),
    ),
    rule(
        "SI-5",
        0,
        r"tonight (it is|it will be|will be|is) (all )?(over|my last|the night i|the end)",
        r"(it is|it will be|it will|everything will be|everything is) (all )?(be )?over tonight",
        r"tonight (i am|i will|i am going to) ~2 (end it|do it|die|end (it )?all)",
        r"(end it|do it|die|go) tonight (i|because|no one|nobody|for good|forever)",
        r"end it (tonight|now|today)",
        r"(tonight|today|tomorrow|this) (is|will be) my last (day|night|day alive|night alive)"
        r"( alive| on earth| here)?",
        r"will not (be alive|live to see|wake up tomorrow|see (tomorrow|another day|the morning))",
        r"(wrote|written|writing|left|leaving|write) ~3 (suicide (note|letter)|goodbye (letters?|"
        r"notes?)|farewell (letter|note)|notes? to say goodbye)",
        r"(said|saying) (my )?goodbyes? (to (everyone|everybody|my family|my kids)|because|"
        r"forever|for good)",
        r"this is (goodbye forever|my goodbye|my last goodbye|goodbye for good)",
        r"goodbye forever",
        unless=any_of(
            r"fast|diet|exam\w*|match|game|show|season|shift|ramadan|lent|challenge|race|contract"
            r"|course|colleague|coworker|boss|teacher|movie|series|holiday|vacation|job|class"
            r"|competition|sugar|carbs|school|work|retreat|term|semester|league|tournament",
        ),
    ),
    rule(
        "SI-5",
        0,
        r"(standing|sitting|stood|i am|i am up) ~3 (edge|ledge|bridge|roof|rooftop|tracks|railway"
        r"|rails|balcony) ~8 (jump|end it|die|over|let go|step off)",
        r"about to jump(?! (on|in|into|rope|onto|over|for|at|back|straight|right))",
        r"(put|have|got|holding|hold|pressed|tied) ~3 (gun|rope|noose|razor|belt|knife|cord) ~4 "
        r"(my head|my neck|my mouth|my throat|my temple|my wrists?)",
        r"(jump|jumping|throw myself|step|stepping|walk|lie down|lay down) ~2 (off|from|in front "
        r"of|under|onto) ~2 (bridge|building|roof|balcony|train|subway|lorry|truck|bus|traffic"
        r"|tracks|overpass|multi ?storey)",
        unless=any_of(
            r"bungee|swim\w*|sea|water|lake|trampoline|pool|parkour|got off|jump(ed)? off the "
            r"(train|bus) (at|to|when|and)|luckily|queue|photo|view|shoulders|workout|bars",
        ),
    ),
)
