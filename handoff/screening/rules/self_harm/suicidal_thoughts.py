# ruff: noqa: E501  a pattern is read best in one piece
"""Thoughts of suicide (SI-3) and the wish not to live (SI-1)."""

from handoff.screening.patterns import any_of, rule
from handoff.screening.rules.self_harm.phrases import (
    KILL_SELF,
    NOT_MY_LIFE,
    OUT_OF_BOXES,
    WITHOUT_A_TREAT,
)

RULES = (
    # --- SI-3: active thoughts -------------------------------------------------------------------
    rule(
        "SI-3",
        0,
        rf"(?:{KILL_SELF})",
        r"kill(ed)? myself if|if i killed myself|let me (just )?die(?! of| laughing)",
        r"(pictur\w+|imagin\w+|visuali[sz]\w+|dream\w*|see|seeing) ~1 (myself|my own) (dead|dying|death"
        r"|funeral|suicide)",
        r"off(ing)? myself|(please|somebody|someone|god|anyone|wish (somebody|someone|it|he|she|they|god) would|want (you|him|her|someone|somebody|them|god) to|beg\w* (you|him|her|them|god) to) kill me",
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
            r"(nursing|patient|ward|clinical|case|shift) notes",
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
        r"to (live|be alive|be on this (earth|planet)|exist|keep living|go on living|stay alive|continue living)(?! (for ever|forever|in|with|near|at) )",
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
        r"|everything|me (being|living|existing|anymore|trying anymore)|me(?= \.|$)|my life|trying anymore|any of (this|it)|all this|all of this)",
        r"(what is|see|is) the point (anymore|any more)(?= \.|$)",
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
        rf"(life is (not|no longer|hardly) worth (it|living)|not worth living){WITHOUT_A_TREAT}",
        r"life (has no|is without|has lost) (meaning|point|purpose)|my life is (over|pointless"
        r"|meaningless|worthless)",
        rf"(tired|sick|done|exhausted|fed up) (of|with) (living{OUT_OF_BOXES}|life|being alive|existing"
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
            r"diet|calories|carbs|macros|scale|salad|steps|app|lesson|homework|subjunctive|verbs|grammar|cardio|meeting|spreadsheet|vegetables"
            r"|point of (the|this|counting|eating|tracking|logging|a|my|fib(er|re)|cardio|protein)",
            r"carb burden|burden of proof|tax burden",
            r"lost the will to live (waiting|in the queue|on hold|watching)",
            r"(eat|cook|diet|gym|log|track)\w* (like this )?anymore",
        ),
        negated=None,
    ),
)
