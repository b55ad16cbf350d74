# ruff: noqa: E501  a pattern is read best in one piece
"""Somebody else in danger now (OTH): what they said, did, or show."""

from handoff.screening.patterns import any_of, rule

NEAR = (
    r"((my|our|his|her|a|the) (\w+ )?(friend|best friend|friends|sister|brother|mom|mother|dad|father|husband|wife|partner|boyfriend|girlfriend|son|daughter|cousin|aunt|uncle|colleague|coworker|roommate|flatmate|housemate|classmate|neighbou?r|teacher|kid|child"
    r"|girl|boy|student|niece|nephew|grandma|grandpa|grandmother|grandfather|ex|teenager|teen|bestie|stepson|stepdaughter|\d+ year old|teammate|pupil|lad|mate)( (of mine|at (work|school)|in my class|next door))?|he|she|they)"
)
SELF = r"(himself|herself|themselves|themself)"
STORY = (
    r"movie|film|series|show|novel|book|episode|character|plot|game|song|lyrics|documentary|play|netflix|story|podcast|ago|years|used to|last (year|summer|winter)|back then|in (19|20)\d\d|recovered|better now|as a (kid|teen|child)"
    r"|celebrit\w+|actor|singer|romeo|juliet|joke|joked|joking|kidding|if (he|she|they|i) (has|have) to (eat|watch|hear)"
)
JOB = r"retir\w+|(new|old) job|leaving (party|do|drinks|card)|moving|moved|exchange|school trip|colleagues? gave|transfer\w*|graduat\w+|holiday|airport|flight"

# "He said he won't be a problem for us after Friday": nobody else is told of, and it has an end.
DAY = r"(\w+ )?(today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|week|month|christmas|new year|birthday|exams?|party|wedding|this|that)"
GONE_SOON = rf"(anymore|any (more|longer)|(for )?much longer|for long|ever again|from now on|soon|(after|from|come|by|once|past) {DAY})"
NO_BOTHER = (
    r"(will (not|no longer|never|soon not|soon no longer)|(is|are) (not )?going to (not |no longer )?|would not) ?(be (an? |any |your |our |my |anybodys |everyones )?(\w+ )?(problem|burden|bother|trouble|nuisance|worry|hassle|weight)"
    r"|(be )?(bother|trouble|burden)(ing)? (me|us|you|them|anyone|anybody|everyone|everybody|people))"
)

RULES = (
    rule(
        "OTH",
        1,
        rf"{NEAR} (\w+ ){{0,2}}(said|says|say|told|tells|texted|wrote|writes|posted|messaged|saying|keeps saying|promised|promises|mentioned|announced) (\w+ ){{0,4}}(he|she|they) (just |soon )?{NO_BOTHER} (\w+ ){{0,5}}{GONE_SOON}",
        rf"{NEAR} (\w+ ){{0,2}}(said|says|say|told|tells|texted|wrote|writes|posted|messaged|saying|promised|promises) (\w+ ){{0,3}}(after|from|come|by|once) {DAY} (\w+ )?(he|she|they) {NO_BOTHER}",
        rf"{NEAR} (\w+ ){{0,2}}(said|says|told|tells|texted|wrote|writes|posted|messaged|saying|admitted|confessed|threatened|threatens|threatening|talks|talking|talked|keeps|whispered|snapped|sent) (\w+ ){{0,5}}(kill(ing)? {SELF}|(wants?|wanted|going|wanting|ready|about|planning|rather) to (die|be dead|kill {SELF}"
        rf"|end (it|things|it all|(his|her|their) (own )?life)|not (be here|live|be alive))|suicide|suicidal|end(ing)? (it all|(his|her|their) (own )?life)|jump(ing)? (off|in front)|(does|do|did|could|can|would) ?not (want to )?(live|be here|be alive|wake up|go on)( anymore)?|cannot (go on|live)|hurt(ing)? {SELF}|overdos\w+|better off (dead|without))",
        rf"{NEAR} (is|has been|keeps|started|has started|still|may be|might be|is going to|are|will|wants to|is about to|tried to|is trying to|just tried to) (\w+ )?(cutting|burning|hurting|harming|starving|kill|killing|hurt|harm|hang|hanging|shoot|drown|strangle) {SELF}",
        rf"{NEAR} (just )?(cuts|burns|hurts|harms|starves|scratches|punches|hits) {SELF}(?! (on|while|with (a|the) (paper|kitchen)|shaving|cooking))",
        rf"{NEAR} (is|are|feels|sounds|seems|says (he|she|they) (is|are)) (\w+ )?(suicidal|going to (jump|do something|do it|end it))",
        r"(found|saw|discovered|noticed|seen|there (is|are)) (\w+ ){0,4}(blades?|razors?|noose|suicide note|goodbye (note|letter)|empty (pill )?(packets?|bottles?|blisters?)|cuts|scars|burns|bruises|marks) (\w+ ){0,3}(in|on|under|beside|next to|by|from|round|around|all over) (\w+ )?(her|his|their|daughters?|sons?|sisters?|brothers?|friends?|childs?|girls?|boys?) "
        r"?(room|drawer|bag|bed|arms?|pillow|legs?|thighs?|pencil case|wrists?|neck|back|desk|pocket|mattress|body)?",
        r"(sent|texted|left|posted|wrote|messaged|emailed|shown|showed|got) (me |us |everyone |everybody |a |from \w+ |just ){0,3}(a |her |his |their |this |what looks like a )?(goodbye|farewell|suicide|last) (text|message|note|letter|post|voicemail|email|video)",
        r"(he|she|they|friend|sister|brother|daughter|son|cousin|mate) (\w+ ){0,2}(said|saying|says|texted|wrote) (good ?bye|sorry for everything|i love you all|tell (mom|dad|the kids|everyone)|it is not (your|her|his) fault|take care of (my|the) (dog|cat|kids)) (\w+ ){0,12}(and|now|then|phone|will not|not|since|gone|hung|off)",
        r"(phone|it) (is |went )?(switched|turned) off ~8 (note|goodbye|pills|bridge|gun|rope)|wrong side of the (railing|railings|barrier|bridge|fence)",
        rf"{NEAR} (has |just |have )?(took|taken|swallowed|drank) (\w+ ){{0,3}}(all|bunch|handful|bottle|packet|loads|too many|whole|overdose|lots) (\w+ ){{0,3}}({{PILLS}}|bleach|bottle|packet)",
        rf"(the |his |dads |our )?(gun|shotgun|rifle|pistol) is (missing|gone|not in)|{NEAR} (\w+ )?(took|has|got|grabbed) (the|his|a|dads) (gun|shotgun|rifle|rope) (and|out)",
        unless=any_of(STORY, JOB),
        anyone=True,
        negated=None,
    ),
    rule(
        "OTH",
        1,
        r"(my|our|her|his|a|the) (\w+ )?(son|daughter|kid|child|boy|girl|teenager|\d+ year old|niece|nephew|sister|brother|friend|student|roommate|flatmate|partner|wife|husband|mom|dad|cousin|girlfriend|boyfriend|grandmother|grandma) (\w+ ){0,3}(stopped eating|makes (herself|himself) (sick|throw up|vomit|be sick)|(throws?|throwing) up after (every|each|meals?|dinner|eating)"
        r"|vomit(s|ing) after (every|meals?|eating|dinner)|hid(es|ing) (her |his |all her |all his )?food|is starving (herself|himself)|has not eaten (for|in|since)|takes laxatives|disappears (to|into) the (bathroom|toilet) after (every|each|meals?|dinner|eating)|is (anorexic|bulimic)|has (anorexia|bulimia))",
        r"(my|our|her|his|a) (\w+ )?(son|daughter|kid|child|boy|girl|niece|nephew|sister|brother|friend|student|neighbou?r|mom|cousin|roommate) (\w+ ){0,3}(is being|gets|is getting|got|was just|has been|being) (beaten|hit|abused|raped|molested|strangled|choked|groomed|beaten up)",
        r"(stepfather|stepdad|uncle|coach|teacher|father|dad|boyfriend|husband|stepmother|step dad) (\w+ )?(touches|touched|is touching|beats|hits|is hitting|beat|rapes|raped|strangles|strangled|chokes|choked|molests|molested|hurts) (her|him|them|my (daughter|son|sister|brother|friend|niece|nephew|cousin))(?! (with (a|the) (ball|homework)|at (chess|tennis|cards)))",
        unless=any_of(
            STORY,
            r"vegetables|picky|fussy|broccoli|meat|greens|gluten|sugar|sweets|breakfast|dairy|bug|flu|virus|pregnan\w*|dog|cat|at (chess|tennis|cards|fifa|squash|mario)|teeth(ing)?|hamster|record",
        ),
        anyone=True,
        negated=None,
    ),
)
