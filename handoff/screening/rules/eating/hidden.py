# ruff: noqa: E501  a pattern is read best in one piece
"""An eating disorder that is told by what somebody does (ED-H)."""

from handoff.screening.patterns import rule

ILL_OR_JOKE = (
    r"mou?ldy?|spoil\w*|gone off|went off|burnt|rotten|expired|wasps?|ants|keeps the doctor|bloods?|blood test|colonoscopy|surgery|operation|flu|bug|nausea|nauseous|ill|so far|busy|meetings|exam|braces|tooth|teeth"
    r"|dentist|cleanse|cinema|movie|vegetables|broccoli|sprouts|lent|ramadan|yom kippur|toddler|baby|kid|kids|son|daughter|as a (child|kid)|when i was (little|small|a (kid|child))|airport|plane"
)
MEAL = r"(food|dinner|lunch|breakfast|supper|meals?|sandwich(es)?|plate|portions?|tea|snacks?|bread|cake|lasagn[ae]|pasta)"
LITTLE = (
    r"(an |one |1 |a |half an |half a |two |2 |three |3 |some |a few )(apples?|bananas?|cucumbers?|yog(h)?urts?|rice cakes?|carrots?|eggs?|oranges?|crackers?|grapes?|salad|black coffee|coffee|protein bar|lettuce leaf|leaf of lettuce"
    r"|piece of (fruit|gum|toast)|slice of (toast|bread|cucumber)|pickles?|cup of (broth|coffee|tea)|stick of celery|celery sticks?|tomatoes|tomato|strawberr(y|ies))"
)

RULES = (
    rule(
        "ED-H",
        1,
        rf"(hide|hid|hiding|hidden|sneak|sneaking|sneaked|snuck|slip|slipping|slipped|stuff|stuffed|stuffing|spit|spat|spitting|scrape|scraping|scraped|feed|fed|feeding|flush\w*|dump\w*|smuggl\w+|stash\w*) (\w+ ){{0,3}}{MEAL}"
        rf" (\w+ ){{0,2}}(in|into|to|under|down|up) (\w+ ){{0,2}}(napkins?|serviettes?|pockets?|sleeves?|bag|bin|dog|trash|toilet|drawer|socks?|backpack|garbage|tissues?|plant|pillow|bra|bathroom)",
        rf"(throw|threw|throwing|thrown|binned|bin|chuck\w*|toss\w*) (\w+ ){{0,2}}(my|the) (\w+ )?{MEAL} (\w+ ){{0,3}}(so (that )?(nobody|no one|they|she|he|mom|dad|my \w+)|before (anyone|they|mom|she|he)|when (nobody|no one|they|she|he|mom)|and (say|tell|pretend)|secretly|every day)",
        rf"(only|just|nothing but|barely anything but|no more than|live on|living on|lived on|survive on|surviving on|allow myself|let myself have|permit myself) (eat |ate |eating |had |have |having |been eating |been having |allow myself |let myself have |allowed myself )*"
        rf"{LITTLE} (\w+ )?((a|per|each|every|the whole|all|for the whole|for the) day|today and (that|i)|for days|this week|since (monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday))",
        rf"{LITTLE} (a day |a day and that |per day )?is (all|everything|the only thing) (i|that i) (eat|have|allow|let|ate|need|will eat|permit|deserve)",
        r"(tell|told|lie|lied|lying|say|said|pretend|pretending|pretended) (\w+ ){0,4}i (had |have |already ){0,2}(already )?(ate|eaten|had (dinner|lunch|breakfast)|eat) (already|at (school|work|a friends|lunch|home)|earlier|before|out)",
        r"(tell|told|lie|lied|lying to|pretend to|pretending to) (\w+ ){0,4}i (have |had )?already (ate|eaten|had (dinner|lunch|breakfast|something))",
        r"(cannot|not allowed to|do not let myself|never let myself|will not let myself) (sleep|sit|sit down|rest|go to (bed|sleep)|eat|have dinner|eat anything) (until|till|unless|before) i (have )?(burn\w*|earn\w*|run|ran|walked (it|\d+)|work(ed)? (it|that|everything) off|exercised (it|everything|enough)|purged|sweat\w*)",
        r"(chew\w*|taste) (\w+ ){0,3}(and|then) (spit|spat|spitting) (it|them|everything|the food)? ?(out|into)",
        r"(spit|spat|spitting) (my|the|all my) (\w+ )?(food|chocolate|dinner|cake|bites?) (out )?(into|in) (a |the |my )?(napkin|tissue|bag|sink|toilet|bin|cup)",
        r"(drink|drinking|chew|chewing|smoke|smoking|water|gum|coffee|ice|cigarettes|cola) (\w+ ){0,3}(so i do not (have to )?(eat|feel hungry)|instead of (eating|food|meals|dinner|lunch|breakfast)(?= \.|$| for| every| all| so| because))",
        r"(weight|rocks|coins|water|batteries) (\w+ ){0,6}(before|for) (the )?(weigh in|weighing|weigh day|nurse weighs|clinic weighs|being weighed)|water ?load\w*",
        # Somebody cries over a grape, or asks which purge does more.
        rf"(had|ate|eaten) {LITTLE} (\w+ ){{0,4}}(and|then|and then) (i )?(have been |been |then |just |felt |feel )*(cry|cried|crying|sobb\w+|panicked|panicking|hated? myself|hating myself|guilty|disgusting)",
        r"(burn|burns|removes?|gets? rid of|takes? off|lose|loses|cancels?) (\w+ ){0,5}(throwing up|vomiting|purging|being sick|laxatives)|(throwing up|vomiting|purging|being sick) (\w+ ){0,4}(burns?|gets? rid of|removes?|cancels?) (\w+ ){0,3}(calories|food|dinner|lunch|binge|it)",
        r"only (let|allow|permit) myself (to )?(eat|have)(?!( \w+)? (treat|dessert|chocolate|cake|sweets|crisps|takeaway|meat|sugar|alcohol|wine))|(only|just) (eat|allowed|allow) (things|foods?) (that|which) (is|are) (white|green|clear)",
        r"(keep|kept|keeps|started|start|back to|am|been|been back to) restricting(?! (salt|sodium|potassium|sugar|fluids?|access|screen|water|carbs|fat|protein|my (salt|sodium|potassium|fluids?|carbs|screen)))(?= \.|$| and| again| until| till| because| so)",
        r"(ribs|hip ?bones|collar ?bones?|spine|thigh gap) (\w+ ){0,5}(not enough|still (fat|huge|massive|too)|want (them|it|to see)|count (them|my)|stick out (more|enough)|proud|sharper|show(ing)? more)",
        unless=ILL_OR_JOKE,
    ),
)
