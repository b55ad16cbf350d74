# ruff: noqa: E501  a pattern is read best in one piece
"""Suicide and self-injury (SI-5, SI-3, SI-1, SH)."""

from handoff.screening.patterns import any_of, rule

KILL_SELF = any_of(
    r"kill(ing)? {SELF}",
    r"(end|ending) (my( own)?|this) life",
    r"(end|ending) it all",
    r"(take|taking) my own life",
    r"take my life",
    r"(hang|hanging|shoot|shooting|drown|drowning|suffocate|electrocute|asphyxiate) myself",
    r"(commit|committing) suicide",
    r"overdose",
    r"(slit|slitting|slash|cut|cutting) (my|the) (wrists?|throat|veins?)",
)
NOT_MY_LIFE = r"tak(e|ing) my life (back|seriously|in|into|to|forward|for granted|on)|end (of )?my life insurance"
WITH_MEALS = any_of(
    r"as prescribed|prescri\w+|with (my )?(breakfast|lunch|dinner|food|meal|a meal|water|milk)",
    r"on time|this morning|for the day|vitamins?|supplements?|fish oil|probiotics?|morning",
    r"(the )?(doctor|nurse|gp|pharmacist) (told|said|gave)|like (the|my) (doctor|nurse)",
    r"course of|antibiotics?|finished|as usual|already today|daily|by mistake|iron",
)
KITCHEN = any_of(
    r"chop\w*|slic\w+|cook\w*|peel\w*|dic(e|ing)|carv\w+|shav\w+|accident\w*|by mistake",
    r"prepar\w+|opening|(can|tin) ?(opener|lid)?|grater?|grating|mandoline?|broken glass|paper",
    r"oven|stove|pan|kettle|grill\w*|iron|toaster|hot (water|oil|tray|plate)|baking|tray|air fryer",
    r"kitchen|onions?|carrots?|avocado|potato\w*|bread|vegetables|chicken|cucumber|garlic|salad",
    r"gym|workout|working out|lift\w*|running|football|squat\w*|deadlift\w*|training|exercis\w+",
    r"soup|coffee|tea|barbecue|bbq|fry\w*|boil\w*|steam|sun|sunburn\w*|glass|knife slipped|hair",
    r"fell|bike|spin class|stairs|tongue|mouth|garden\w*|razor blade shaving|fat|calories|acid",
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
    # --- SI-5: plan, means, intent or an attempt -------------------------------------------------
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
        r"how (many|much) ~5 (to|would|will|does it take to|till i) (die|kill (me|myself|you"
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
    # --- SI-3: active thoughts -------------------------------------------------------------------
    rule(
        "SI-3",
        0,
        rf"(?:{KILL_SELF})",
        r"kill(ed)? myself if|if i killed myself|let me (just )?die(?! of| laughing)",
        r"(pictur\w+|imagin\w+|visuali[sz]\w+|dream\w*|see|seeing) ~1 (myself|my own) (dead|dying|death"
        r"|funeral|suicide)",
        r"off(ing)? myself",
        r"(considering|considered|contemplating|contemplated|thinking about|think about|thought "
        r"about|thinking of|thought of|thoughts of|attempt|tempted by|googled|googling) ~1 "
        r"suicide",
        r"suicide is (the|my|a|all|always|on my|constantly|never) ~4 (only|best|answer|way|option|i|mind"
        r"|think|far)",
        r"(except|but|besides|than|only|about|choose|into) suicide(?= \.|$| i | and i )",
        r"(ready|want|wants|going|time|like) to (go )?(be with|join|see) ~5 (in heaven|in the afterlife"
        r"|on the other side|who died)",
        r"(i am|i feel|feeling|feel|am|been|getting|so|very|bit|really|still|again|is|are|was|be|not"
        r"|feels|become) suicidal",
        r"suicidal (thoughts?|ideation|feelings|urges|thinking|again|today|tonight|right now)",
        r"(take|taking) my( own)? life",
        unless=any_of(
            NOT_MY_LIFE,
            r"kill(ing|ed)? (myself|me) (at|in|on) (the|this) (gym|treadmill|bike|hill)",
            r"kill(ing|ed)? (myself|me) (laughing|working|training|with (work|exercise|cardio)"
            r"|trying to|over (this|a|the) (report|deadline|essay))",
            r"(is|are|was|were|been|almost|nearly) kill(ing|ed)? me",
            r"(will|would|could|to|might|gonna|not|cannot|stress|heat|smell) kill me",
            r"drown(ing)? myself in (work|food|chocolate|sauce|ranch|gravy|tears|coffee|ice)",
            r"shoot(ing)? myself in the (foot|leg)",
            r"overdose (on|of) (chocolate|sugar|carbs|coffee|caffeine|cheese|salt|sweets|candy"
            r"|food|cake|ice cream|pizza|netflix|tv|vitamin\w*|fun|a)",
            r"(can you|can i|is it possible to|do people|could i|how do you|possible to|easy to"
            r"|can (you|one|anyone)|risk of( an)?|symptoms of|vitamin \w+) overdose",
            r"suicid\w+ (squad|wings|sauce|burger|drink|run|prevention|hotline|awareness)",
            r"kill me (now )?(but|with|if you|lol)",
        ),
    ),
    rule(
        "SI-3",
        0,
        r"(wants?|wanted|wanting|wish|wishes|need|ready|deserves?|rather|hope|going|like|feel like"
        r"|trying|better|supposed|meant|prefer) (to |i could |i would |i can |just |if i |i |off )"
        r"{0,3}(just |really |actually )?(die|dying|be dead|dead)",
        r"(want|wanted|wish|would like|prefer) ~1 (not to|to not|to stop|did not|to no longer) "
        r"(live|exist|be alive|living|existing|be here anymore|be on this earth)",
        r"(do not|did not|no longer|cannot|never) (really |even |actually |just )?(want|wish|care) "
        r"to (live|be alive|be on this (earth|planet)|exist|keep living|go on living|stay alive|continue living)",
        r"(think|thinking|thought|thoughts|dream|dreaming|fantasi[sz]e|fantasi[sz]ing) "
        r"(a lot |all the time |constantly |only |just )?(about|of) (dying|death|being dead"
        r"|my own death|how to die|killing|ending (it|things|everything|my life))",
        r"(wish|wished) (i|that i) (was|were|am|had been) (dead|never alive|not alive|gone forever)",
        r"wish i (had|would) (died|die|have died)",
        r"wish i could (just )?(die|end it|be dead|never wake up|not exist)",
        r"want to dye (tonight|now|so bad|so badly|already|because|and|right|today|anymore)",
        r"(i|just|really) (want|wanted) to dye(?= \.|$)",
        r"should (just )?(die|be dead|not be alive|kill myself)",
        r"i (want|wanted|need) (it|this|everything|it all) to (be over|end) (forever|for good"
        r"|permanently)",
        r"(want|wanted|going|ready|time) to end (it|everything|things|it all|my life|my pain"
        r"|the pain|my suffering)(?= \.|$| now| tonight| all| forever| for good| and| because| so)",
        r"(hope|pray|wish|praying|hoping) ~2 (do not|not|never|would not|will not) wake up",
        unless=any_of(
            r"rather die than (eat|drink|try|go|give|do|have|run|touch|cook|wear|watch|skip)",
            r"die(t|ting)|die (for|hard|of (laughter|laughing|embarrassment|boredom|curiosity))",
            r"dying (to|for)|end (it|things) with (my|him|her|the)|dye my|dye it|dye (hair|eggs)",
            r"end (it|things|everything) (on|with|by|at) (a|an|the|my|dessert|some)",
            r"(phone|battery|plants?|tree|basil|sourdough|starter|yeast|herbs?) ~4 (die|dying|dead)",
            r"(do not|never|not) want (him|her|it|them|my \w+) to die",
        ),
        negated=2,
    ),
    rule(
        "SI-3",
        0,
        r"(better|easier|happier|best|fine|relieved) (off )?(without me|if i (was|were|am) "
        r"(dead|gone|not here|not around|never born)|if i (died|die|disappeared|did not exist"
        r"|killed myself|ended it)|when i am (dead|gone))",
        r"(everyone|everybody|world|family|kids|they|people|nobody) ~4 better off without me",
        r"better off (dead|gone|not (being )?(here|alive|around))",
        r"(better|nicer|happier|safer) (place|life|lives) (for \w+ )?without me",
        unless=r"happier without me (at|on|in)|start without me|party|meeting|without me (having|eating)",
        anyone=True,
    ),
    # --- SI-1: passive wish ----------------------------------------------------------------------
    rule(
        "SI-1",
        1,
        r"(do not|did not|never) (want|wish) to wake up(?! (early|at|late|hungry|before|so|for|to"
        r"|with|bloated|groggy|in the middle|during|every|feeling|my|the|him|her|anyone|when))",
        r"(sleep|asleep) and (never|not|do not|to never|to not) (have to )?wake( up)?",
        r"(never|not) wake up again",
        r"(want|wish) (to|i could) (just )?(disappear|vanish|cease to exist|stop existing|fade away)"
        r"(?! (into|from (the )?(group|app|chat|photos|work|list)))",
        r"(what is|is there|see|there is|have|has|see any|there) (the|no|any|a) point "
        r"(of|in|to) (living|life|going on|being (here|alive)|anything|it all|carrying on|existing"
        r"|everything|me|my life|trying anymore|any of (this|it)|all this|all of this)",
        r"(what is|see|is) the point( anymore| of it| to it| in it)?(?= \.|$)",
        r"(no|any|one|a|single|not a) reason to (live|be alive|keep living|go on living|stay alive"
        r"|keep going|go on|wake up)",
        r"(nothing|anything|nobody) (left )?to live for",
        r"no point anymore|(nothing|no point) matters anymore|no point to (anything|life|any of (it|this))",
        r"wish i (was not|were not|am not) (alive|here anymore|around anymore)|wish i did not exist"
        r"|wish i never existed",
        r"(do not|did not) care (if|whether) i (live|am alive) or (die|dead)",
        r"want (it|everything|it all|the pain|my pain|this|all of this|the suffering) (all )?to (just )?"
        r"(stop|end|be over)(?= \.|$| i | and | now| forever| please)",
        r"(done|finished) living|give up on (life|living)|giving up on (life|living)",
        r"life is (not|no longer|hardly) worth (it|living)|not worth living",
        r"life (has no|is without|has lost) (meaning|point|purpose)|my life is (over|pointless"
        r"|meaningless|worthless)",
        r"(tired|sick|done|exhausted|fed up) (of|with) (living|life|being alive|existing"
        r"|my (life|existence)|this life)",
        r"(hate|hating) (being alive|living|existing|that i am alive|that i exist)",
        r"cannot (go on|carry on|keep (going|living))( living| like this| anymore| any longer)"
        r"|cannot go on(?= \.|$| i | it )|cannot (live|bear to live) (like this|anymore|any longer)",
        r"(do not|did not) want to be (here|around) (anymore|any longer)",
        r"(do not|cannot|not|never) see (a|any|my|much|no) future(?= \.|$| for (me|myself)| anymore| i | and )"
        r"|(no|not any) future for (me|myself)",
        r"(i am|i feel|feel like|i feel like|being|just|am) (just )?(such )?(a|nothing but a) burden"
        r"( to| on| for)?",
        r"wish i (was|were|had) never (been )?born|should never have been born",
        r"(wish|hope|want|wished|hoping) ~2 (somebody|someone|a car|a bus|a truck|a train|god"
        r"|lightning|cancer|something) ~2 (kill|hit|run over|take|end|hits|kills|takes) me",
        r"(would not|do not|did not) (mind|care) if i (died|die|did not wake up|was dead|never "
        r"woke up|got hit|stopped existing)",
        r"(nobody|no one) would (notice|care|miss me) if i (died|was gone|were gone|disappeared"
        r"|was dead|killed myself)|(nobody|no one) would miss me",
        r"lost (the|my|all) will to live|(do not|no longer) have the will to live|no will to live",
        unless=any_of(
            r"point of (the|this|counting|eating|tracking|logging|a|my|fib(er|re)|cardio|protein)",
            r"carb burden|burden of proof|tax burden",
            r"lost the will to live (waiting|in the queue|on hold|watching)",
            r"(eat|cook|diet|gym|log|track)\w* (like this )?anymore",
        ),
        negated=None,
    ),
    # --- SH: non-suicidal self-injury ------------------------------------------------------------
    rule(
        "SH",
        1,
        r"self ?harm(ing|ed|s)?|self ?injur(y|ing|ed)|self ?mutilat\w+",
        r"(cut|cutting|cuts) (myself|my (arms?|legs?|thighs?|skin|forearms?|stomach|body|hips?))",
        r"(burn|burning|burned|burnt|scratch|scratching|scratched|carve|carving|carved|slice"
        r"|slicing|sliced|punch|punching|bruise|bruising|stab|stabbing|scald|scalding) "
        r"(myself|my (own )?(arms?|legs?|thighs?|skin|forearms?|body|flesh))",
        r"(hurt|hurting|harm|harming|injure|injuring|punish|punishing|hit|hitting) myself "
        r"(on purpose|again|deliberately|to|when|because|every|so|tonight|now|until|with)",
        r"(want|wanted|urge|urges|need|like|going|started|been|keep|kept|thinking about|thoughts of"
        r"|feel like|stop|tempted|about|resist) (to )?(hurt|hurting|harm|harming|injure|injuring"
        r"|cut|cutting|burn|burning|punish|punishing) (myself|me)",
        r"(i|started|started to|been|am|have been|keep|went back to|back to|relapsed and|relapsed"
        r"|relapsed with) (cut|cutting) again",
        r"used (a|the|my) (razor|blade|knife|lighter|scissors) on (my (arms?|legs?|skin|thighs?|wrists?"
        r"|stomach|body)|myself)|(back to|back into) (cutting|self harm\w*|hurting myself)(?! (carbs|calories"
        r"|sugar|weight))",
        r"relapsed (with|into|on|and started) (cutting|self harm\w*|burning)",
        r"(cutting|burning|hurting|blade|razor|pain|bleeding) (my skin |myself )?(helps|calms|makes "
        r"me feel (better|something|alive|calm)|is the only thing|relieves)",
        r"(urge|urges|need|desperate|itching) to cut(?= \.|$| again| so| tonight| and)",
        unless=any_of(
            KITCHEN,
            r"bulk\w*|deficit|carbs|weight|sugar|phase|macros|protein|summer|slack|a (slice|piece"
            r"|break)|off (from|carbs|sugar)|down on|out|burn\w* myself out|mosquito|itch\w* rash"
            r"|eczema|allerg\w*|rash|muscle|back pain|tax\w*|football|cat|dog|nettle|day",
        ),
    ),
    rule(
        "SH",
        0,
        r"(cut|cuts|wound|it|wrist|arm|leg|thigh) ~3 (will not stop bleeding|bleeding a lot"
        r"|keeps bleeding|bleeding badly|will not stop|is (really|so|very|too) deep)",
        r"(cut|went|gone) (too|really|so|very) deep",
        near=r"(cut|cutting|slit|slashed) (myself|my (arms?|legs?|thighs?|wrists?|skin|forearms?))"
        r"|self harm\w*|i cut",
        unless=KITCHEN,
        negated=None,
        past=None,
    ),
)
