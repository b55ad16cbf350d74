# ruff: noqa: E501  a pattern is read best in one piece
"""Wishes not to be, which name no act (SI-1)."""

from handoff.screening.patterns import any_of, rule

EVERYDAY = (
    r"early|late|alarm|hungry|hangover|group chat|mailing list|instagram|photos?|meeting|party|exam|homework|diet|gym|scale|diary|tracking|verbs?|grammar"
    r"|kids? (all )?night|snooze|monday|jet ?lag|sleepy|nap|surgery went"
)

RULES = (
    rule(
        "SI-1",
        1,
        r"(not|never) (having to )?wak(e|ing) up (again|ever|anymore|any more|one day|one morning)(?! (at|before|with|to|so|late|early|hungry) )",
        r"(if|that|hope|hoping|wish|pray|praying|hoped|wished|prayed) i (do|did|could|would|will|might|just) not (have to )?wak(e|ing) up(?! (early|late|at|before|with|to|in time|hungry) )",
        r"(hope|hoping|wish|wishing|pray|praying|hoped|prayed|wished) ~3 (do not|never|will not|would not|did not) wake( up)?(?! (early|late|at|before|the|him|her|them|my) )",
        r"(fall asleep|go to (sleep|bed)|sleep|close my eyes|lie down|drift off) ~2 (and )?(never|not|do not|stay) (have to )?(wake|get up|open them|come back|return|asleep forever)( up)?(?! (early|at|before) )",
        r"(sleep|asleep) forever(?= \.|$| and| so)|(sleep|asleep) for good(?= \.|$| and)",
        r"(would|might|could) (be|feel) (\w+ ){0,3}(restful|easier|peaceful|relief|relieved|nice|nicer|better|simpler|kinder|lovely|okay|ok|fine) (for \w+ )?(if i (was|were) (not|no longer|gone|dead)"
        r"|if i (did not (exist|wake|have to exist)|died|vanished|disappeared|stopped existing|stopped breathing|never (woke|existed))|to (be dead|not exist|not be (here|alive)|be gone|stop existing|be nothing)|not to (exist|be here|be alive|wake up|have to be here))",
        r"(would not|do not|did not|cannot) (mind|care|bother me|complain|matter) (\w+ ){0,2}(if|whether) (i|my \w+|a|the) (\w+ )?(die|died|dies|got (hit|run over|cancer)|was (run over|gone|dead)|did not wake up|crashed|crashes|stopped|hit me|never woke|ran me over)",
        r"(hope|hoping|wish|wishing|pray|praying|want|would not mind if|would not care if) (\w+ ){0,3}(plane|bus|car|truck|train|lorry|roof|building) (\w+ )?(crash\w*|hits? me|would hit me|runs? me over|ran me over|falls? on me|collapse\w*)",
        r"why am i (still |even ){0,2}(alive|living|breathing|existing)|what am i (still )?(living|alive|existing) for|(do not|not) know why i (still )?(am alive|live|exist|bother (living|existing|breathing)|am still (alive|here))",
        r"(cannot|do not|not|never) (see|picture|imagine) (myself |me )?(being (here|alive|around)|making it to|alive|reaching|living (past|to)|getting old|growing old|living (another|much longer|that long))",
        r"(everyone|everybody|they|family|kids|children|world|husband|wife|mom|dad|parents|friends|he|she|you) ?(all)? (would|will|could|might|are) (\w+ ){0,2}(better|easier|happier|relieved|lighter|freer|calmer|breathe|cope|manage) (\w+ ){0,2}(without me|if i (was|were|am) (not (here|around|alive)|gone|dead)"
        r"|if i (died|disappeared|vanished|left for good)|(once|when|after) i am gone)",
        r"(i am|i feel|just|only|nothing but|am|such a|feel like a) (a |such a |just a |nothing but a |only )?(waste of (space|air|oxygen|skin)|taking up (space|air|oxygen|room))",
        r"(tired|sick|done|exhausted|weary|fed up) (of|with|from) (being (here|alive)|waking up(?= \.|$| every| each)|existing|breathing|having to (exist|be alive|live))",
        r"(want|wish|like|love|rather|prefer|easier) (\w+ ){0,2}(not exist|not be (here anymore|alive|around anymore|born)|be erased|be nothing|be nowhere|stop being|cease|stop being alive|be no more|dissolve)(?= \.|$| and| at| forever| altogether| anymore)",
        r"(go|going|went|goes) to (bed|sleep) (hoping|wishing|praying) ~5 (not|never|last)",
        r"(waiting|ready|looking forward|longing|long) (to die|for (my )?(death|turn to die)|for it to be over(?= \.|$)|for the end(?= \.|$))",
        r"(do not|no longer) (see|have|find|feel) (the |any |a )?(reason|point|purpose|sense) (to|in|of|for) (being (here|alive)|go on|going on|carry on|carrying on|living|live|stay alive|staying alive|existing|my (life|existence))",
        r"(do not|cannot) (want|bear|stand) to (be (on this|in this) (planet|earth|world|life)|exist( anymore| any more)?|be me anymore)|(would|wish i could) (like to )?(switch|turn|shut) (myself|my life|it all) off (for good|forever)",
        unless=EVERYDAY,
        anyone=True,
        negated=None,
    ),
    rule("SI-1", 1, r"(?<![^.] )(well |so )?what is the point(?= \.|$)", negated=None),
    rule(
        "SI-1",
        1,
        r"(what is|see|is) the point( of it| to it| in it)?(?= \.|$| i | we )",
        near=any_of(
            r"(cannot|can not) (do|take|cope|go on)|hopeless|worthless|alone|lonely|numb|empty|crying|cry|dead|die|alive|life|living|exist\w*|nobody|no one|disappear|give up|giving up|pain|dark|exhausted|hate myself"
        ),
        reach=90,
        unless=any_of(
            EVERYDAY,
            r"calories|carbs|protein|lesson|app|workout|salad|diet|sugar|spanish|french|word|game|movie|film|series|meeting",
        ),
        negated=None,
    ),
)
