# ruff: noqa: E501  a pattern is read best in one piece
"""What changes the meaning of a match: idioms, denial, the past, other people, a lesson."""

import re

from handoff.screening.patterns import any_of, compiled

# Masked before any rule looks, and only these words: what else is said counts in full.
IDIOMS = compiled(
    any_of(
        r"dying (for (a|an|some|the|my|this|that|pizza|food|coffee|chocolate|sugar|sushi|lunch|dinner"
        r"|breakfast|cake|ice|bread|something|anything)|to (try|taste|eat|know|see|hear|have|get"
        r"|meet|go|cook|make|tell|ask))",
        r"to die for|die ?hard|never say die|do or die|dye (my|her|his|the|your) hair",
        r"(died|die|dying|dead) (of|from) (laughter|laughing|embarrassment|boredom|curiosity|shame)"
        r"|died laughing|dead tired|dead ?lifts?|dead (hang|line|end|serious|bug|on)|drop dead",
        r"(bored|scared|worried|frightened|sick|loved?|love (him|her|it|them|you)|tickled|freezing"
        r"|starving|starved|talked|roasting|boiling|thrilled) to death",
        r"death by (chocolate|powerpoint|meetings)|over my dead body|dead (inside )?from (the )?"
        r"(workout|gym|leg day|run|training)",
        r"kill(ing)? (the|my|your|any) (heat|lights?|flame|vibe|mood|taste|time|cravings?|appetite"
        r"|hunger|bacteria|germs|yeast|gains|metabolism|buzz|joy|flavou?r|gas|oven|engine|power|pain"
        r"|smell|enzymes|weeds|mold|mould|parasites|nutrients|vitamins|progress|momentum|competition"
        r"|switch|bugs|virus|sourdough|starter)",
        r"kill(ing|ed)? (some |a few |an )?(time|hours?|minutes|calories)|kill (two|2) birds|killer \w+"
        r"|(killed|killing|kills|kill|nailed|smashed) it|overkill|painkiller|buzz ?kill|kill switch",
        r"(diet|workout|heat|feet|back|knees?|legs?|hunger|cravings?|stairs|suspense|job|traffic"
        r"|weather|cardio|burpees|abs|shoes|squats|smell|boss|commute|headache|lunges|hill"
        r"|homework|grammar|verbs|waiting|prices|wait|salad|fasting|plan|salads|humidity|cold|exam"
        r"|exams|this|it|that|shoulders?|neck|arms|thighs|hips|calves|glutes) (is|are|was|were"
        r"|has been|have been|will|might|would|could|almost|nearly|just|is just|is literally|is really"
        r"|are really|are literally|is absolutely) (nearly |almost |going to |literally |just )?"
        r"kill(ing|ed)? me( off| slowly| today| softly)?",
        r"(nearly|almost|not going to|will not|would not|does not|did not|gonna) kill(ed)? (me|you|us)",
        r"my (\w+ )?(boss|manager|teacher|coach|trainer|mom|mother|dad|landlord|editor|sister|brother|roommate|flatmate|team|dentist|doctor|accountant|professor|supervisor)"
        r" (will|would|is going to|is gonna|might|is) (\w+ )?kill(ing)? me",
        r"(it|that|one|a bite|one cookie|carbs|vegetables|sugar) (will|would|does|did) not kill "
        r"(me|you|us|anyone)|would it kill (you|him|her|them|me)",
        r"(could|would|can) (murder|kill for|destroy|demolish|die for|absolutely murder) (a|an|some|for|"
        r"that|the)? ?\w+|kill for (a|an|some) \w+|murder (a|an|some) \w+",
        r"(my (mom|dad|wife|husband|trainer|coach|boss|doctor|dietitian|sister|partner|girlfriend"
        r"|boyfriend)|she|he|they) (will|would|is going to|might) kill me( if| when| for| because)? ?"
        r"(i|she|he|they)? ?(eat|ate|finish\w*|break|forg[eo]t\w*|miss\w*|skip\w*|late|finds?|sees?"
        r"|hears?|cheat\w*|spill\w*)",
        r"shoot(ing)? (me|you|him|her|them) (an?|another) (e ?mail|text|message|line)|shoot (my shot|for"
        r"|hoops|up in price)|bite the bullet|shoot myself in the foot|bullet (point|journal|proof)",
        r"hang(ing)? (in there|out|on|around|tight|up)|hang of|hang (my|the) (coat|clothes|washing"
        r"|picture|laundry)|hung ?over",
        r"cut(ting)? (myself|me) (some slack|a (slice|piece|break|deal|chunk|sliver)|off)|cut(ting)? "
        r"(out|down|back|carbs|calories|sugar|corners|dairy|gluten|alcohol|fat|salt|weight|bread|meat"
        r"|the|it|them|up|my (hair|nails|sugar|carbs|calories|portion\w*|intake|grocery|food|meat"
        r"|vegetables|sandwich|time|losses|steak|fringe|bangs|toenails|hours|lawn|coffee|salt))",
        r"cutting (board|edge|phase|season|cycle|diet)|paper cut|short ?cuts?|cold cuts",
        r"purg(e|ed|ing) (the|my|our|all the) (fridge|pantry|closet|kitchen|cupboards?|wardrobe|inbox"
        r"|freezer|house|garage|old|junk|snacks?|emails?|list|drawers?)",
        r"(sugar|carb|food|chocolate|caffeine|cuteness|veggie|pasta|turkey|information) overdose"
        r"|overdos(e|ed|ing) (on|of) (chocolate|sugar|carbs|coffee|caffeine|cheese|salt|sweets|candy"
        r"|food|cake|ice cream|pizza|netflix|tv|fun|turkey|pasta|bread|fruit|garlic|cinnamon|memes"
        r"|christmas|mince pies|the)",
        r"bing(e|ed|ing) ?(watch\w*|on (netflix|series|shows|tv|podcasts|the office))",
        r"suicide (squad|wings|sauce|burger|drink|run|prevention|hotline|awareness|squeeze|door)"
        r"|suicides (drill|at practice|in (training|practice|soccer|football|basketball))",
        r"bleed(ing)? (radiators?|the brakes|obvious|hell)|bloody (mary|good|hell|delicious)|blood "
        r"(orange|sausage|pudding|type diet|test)|hearts? of (palm|lettuce|romaine)|artichoke hearts?",
        r"strokes? of (luck|genius)|(breast|back|key|butterfly) ?strokes?|swim strokes?|stroke (play"
        r"|rate|technique)|heart attack (on a plate|burger|in a bun|grill)|heartbreak",
        r"(gave|give|gives|giving|had|nearly had|almost had) (me |him |her |us )?(a |an )?(mini )?"
        r"heart attack (when|looking|from|at|seeing|because|with)",
        r"stab(bed|bing)? (the|a|in the|at) (potato\w*|dark|meat|film|guess|back|yolk|skin|pastry)"
        r"|(take|have|had|took) a stab",
        r"beat (the|an?|my|some|2|3|two|three|in|it|until) ?(eggs?|butter|whites?|batter|record|pb"
        r"|cream|mixture|together|traffic|rush|cravings|odds|goal|personal)?|poison (ivy|oak)|poison of choice|what is your poison|name your poison",
        r"smothered in|drown(ed|ing)? (in|it in|them in) (sauce|butter|syrup|ketchup|work|emails|"
        r"gravy|cheese|ranch|dressing|homework|deadlines)|(whip|whipped|mash\w*) (cream|potato\w*)",
        r"(end|ending) it with (a|some|the) (dessert|coffee|stretch|walk|cool)|end of my (tether|rope)"
        r"|life of the party|good life|shelf life|half life|lifesaver|life saver",
    )
)

# Each of the idioms has one of these in it: without them there is nothing to mask.
IDIOM_STEMS = (
    *("dying", "die", "dye", "dead", "death", "kill", "nailed it", "smashed it", "murder"),
    *("destroy", "demolish", "shoot", "bullet", "hang", "hung", "cut", "purg", "overdos", "bing"),
    *("suicide", "bleed", "blood", "heart", "stroke", "stab", "beat", "poison", "smothered"),
    *("drown", "whip", "mash", "end it with", "ending it with", "end of my", "life"),
)

_FILL = (
    r"(wanted|needed|feels|felt|really|actually|ever|even|have|having|had|feel|feeling|feelings|thinking|think|thought|thoughts"
    r"|about|of|going|to|want|wanting|planning|plan|plans|been|be|am|any|intend|intending|intention"
    r"|mean|like|try|trying|tried|desire|urge|urges|wish|be having|currently|now|being|be|just|the|a"
    r"|some|my|longer|had an?|or)"
)
# Attached denial only: "I can't cope, I want to die" is no denial.
DENIED = re.compile(
    rf"(?:(?<![a-z])(?:not|never|nor|without|no|isnt|stopped|quit|deny|denied|denies)(?: {_FILL})"
    r"{0,5}) ?$"
)
NOT_DENIED = re.compile(
    r"(cannot|not|never) (stop|help|quit|resist|avoid|sure|know|only|care)|why not|if not|not (only|just)"
    r"|no longer (afraid|scared)|never (stop|stopped)|could not stop"
)
PAST = compiled(
    any_of(
        r"used to|(years?|months|decades?|summers|winters) ago|a long time ago|ages ago|in the past|back (then|in|when)",
        r"at (the age of )?(1[0-9]|2[0-9])(?= \.|$| i | and | after | because | when | but | was )|aged (1|2)[0-9]|(that|it) (is|was) (over |nearly |almost )?\d+ years gone|(was(?! going)|used to|i had) (\w+ ){0,4}from 1[0-9] to \d+|when i (turned|was about|was only) \d+"
        r"|\d+ (years|months) (later|have passed)|(for|it has been|it is|that is) (over |almost |nearly |about )?\d+ years (now )?(since|clean|free)"
        r"|since (19|20)\d\d|the (year|summer|winter) (i|we|after|before|that)|(last|that|one) (summer|winter|spring|autumn|decade|century)",
        r"as a (teen|teenager|child|kid|student|girl|boy|young)|when i was (\w+ )?(younger|little|young"
        r"|a|an|in|\d+|at|at school|growing up)|in my (teens|twenties|20s|thirties|30s|youth|childhood"
        r"|past)|growing up|last year|(\d+|several|many|few|couple of) (years|months) (ago|back|clean"
        r"|in recovery)|previously|once upon|in (19|20)\d\d|in (high school|college|university|school)"
        r"|recovered( from)?|fully recovered|not anymore|no longer do|a lifetime ago|formerly",
    )
)
PRESENT = compiled(
    r"still|again|now|tonight|today|this (morning|evening|week|afternoon)|lately|these days|every (day"
    r"|night|meal)|yesterday|last night|recently|right now|coming back|came back|back again|relaps\w+"
    r"|at the moment|currently"
)
# Over and done with, whatever else is said of the present.
RESOLVED = compiled(
    r"(fine|well|okay|ok|better|good|recovered|healthy|over it|happy|free) (now|these days|today|since|for (over |almost |about )?(\d+|many|several|fifteen) (years|months))"
    r"|(been|am|are|is|doing) (\w+ )?(well|fine|clean|in recovery|free of it|recovered|better) (for|since|now|these days)"
)
# A life that went on, told after the danger: over, unless something is said to have come back.
_AT_HAND = r"(pills|tablets|meds|medication|rope|noose|knife|blade|blades|razor|razors|gun|pistol|bridge|roof|note)"
WENT_ON = compiled(
    r"i am [3-9]\d now(?= \.|$| with| and (\w+ ){0,2}(glad|happy|grateful|thankful|fine|well|healthy|okay|free|married))|(glad|grateful|thankful) (\w+ ){0,2}(every day|that it did not|it did not work|i (am|was) (still )?(here|alive)|to be (here|alive))"
    r"|(now|today|these days) (i|we|he|she) (run|runs|bake|bakes|love|cook|cooks|teach|work|laugh|(am|is) an? (\w+ )?(mother|father|mum|mom|dad|parent|nurse|teacher|doctor|baker|chef|cook|coach|trainer|runner|counsell?or|therapist|gardener|lawyer|engineer|student)"
    r"|have (a |two |three |my )?(\w+ )?(kids?|child|children|sons?|daughters?|baby|family|job|house|home|flat|dog|cat|garden|cafe|shop|husband|wife|life))"
    r"|love my (food|life) now|(?<!not )long over|(?<!years )(?<!months )(?<!weeks )(?<!days )that passed|(am|are) very happy"
)
CAME_BACK = compiled(
    any_of(
        r"again|tonight|still|relaps\w+|right now|com(es|ing) back|came back|plan(ning|ned)?|want(s|ed)? to|thoughts|lately|every (day|night) i",
        r"(going|about) to|gonna|will(?! never| not)|(cannot|can not|could not|do not want to) (go on|cope|do this|do it|take (it|this)|live|bear|stand)|no (point|reason|way out)|hate (myself|my life|every)|ready|worse|worst|mess|wreck|failed|failure|ever since|cannot stop",
        r"(now|today|these days) (\w+ ){0,8}(purg(e|ing)|cut myself|cutting|starv(e|ing)|bing(e|ing|eing)|bleed(ing)?|hurt(ing)? myself|throw(ing)? up|vomit(ing)?)",
        r"in my (hands?|pocket|bag|room|drawer)|(next|close) to me|beside me|in front of me|on the table",
        rf"(now|today|these days) (\w+ ){{0,10}}{_AT_HAND}|(have|got|bought|holding|found) (the |a |an |my |some |all |all the |all my )?(\w+ )?{_AT_HAND}",
    )
)
# Said of what is to come: no age or year beside it makes it past. "used to want to" is not.
AHEAD = compiled(
    r"(?<!was )(?<!were )(?<!used to )(?<!used to think i )(?<!used to say i )(?<!did )(?<!did not )(?<!my )(?<!a )(?<!the )"
    r"(will|going to|gonna|about to|want to|plan to|planning to|i (kill|hang|shoot|drown|end) (myself|my life|it)|am (killing|hanging|ending|shooting|drowning|jumping|overdosing))"
)
# Who the words are about: the last of these before the match.
SUBJECT = re.compile(
    r"(?<![a-z])(?:(?P<me>i|me|we)|(?P<other>he|she|they|someone|somebody|people|everyone who|anyone"
    r"|who|my (?:best |little |older |younger |ex |old |close |late )?(?:friends?|sisters?|brothers?|mom"
    r"|mother|dad|father|husband|wife|partner|son|daughter|cousin|aunt|uncle|colleague|coworker|boss"
    r"|roommate|flatmate|classmate|neighbou?r|teacher|girlfriend|boyfriend|kids?|child|baby|dog|cat"
    r"|students?|clients?|patients?|niece|nephew|grandma|grandpa|grandmother|grandfather|ex)"
    r"|a friend(?: of mine)?|the (?:character|hero|man|woman|girl|boy|guy|protagonist|narrator|singer)"
    r"|romeo|juliet|hamlet|some people|(?:celebrities|models|athletes|teenagers|teens|kids|clients"
    r"|patients|actors)))(?![a-z])"
)
THIRD_FORM = re.compile(
    r"^(wants|needs|wishes|hopes|has|feels|thinks|takes|makes|throws|keeps|cuts|kills|purges|starves"
    r"|eats|is|was|says|said|deserves)(?![a-z])"
)
ANIMAL = compiled(
    r"(my|the|our|her|his) (\w+ )?(dog|cat|puppy|kitten|hamster|rabbit|horse|parrot|goldfish|chicken coop)"
    r"( (just|often|always|sometimes|has|had|is|was|keeps?|will|may|that|which))?$"
)
OTHERS = compiled(
    r"(kill|killed|killing|hurt|hurting|hurts|harm|harming|cut|cutting|cuts|hang|hanged|hanging|shot"
    r"|starv(e|es|ing|ed)|end|ending|make|makes|making|punish\w*) (herself|himself|themselves|themself"
    r"|(his|her|their) (own )?life|it all)"
)
LESSON_BEFORE = compiled(
    any_of(
        r"how (do|would|can|could|should) (you|i|we|one) (say|translate|pronounce|spell|write|conjugate)",
        r"(what does|what is the meaning of|what do you call|meaning of|translate|translation (of|for)"
        r"|how to say|how to translate|pronounce|spell|conjugate)",
        r"(the|a|this|that) (sentence|phrase|word|words|expression|idiom|lyrics?|line|quote|title|song"
        r"|verb|saying|example|headline)( (is|says|goes|was|called|named))?",
        r"(in|from) (the|a|this|that|my) (book|story|song|movie|film|novel|text|show|play|poem|chapter"
        r"|series|game|lesson|dialogue|exercise|episode|article|podcast|musical|opera)",
        r"(writing|wrote|reading|read) (a|an|the|my) (\w+ )?(story|novel|play|screenplay|script|thriller|crime novel|essay|poem)|dialogue|(story|novel|film|play|series) (where|in which)"
        r"|(workshop|training|trained \w+|seminar|slides|leaflet|poster|awareness|campaign) (\w+ ){0,5}(about|on|in how to)",
        r"(the|my) (main )?character|role ?play|pretend|let us practi[sc]e|is it correct to say|can (i|you) say"
        r"|(hamlet|romeo|juliet|the singer|the actor|the character|the hero) (says|said|sings|goes"
        r"|shouts|cries)",
        r"(documentary|movie|film|book|article|podcast|essay|song|lecture|course|novel|series|class"
        r"|report|presentation|thesis|news) (about|on|called|named|where)",
    )
)
LESSON_AFTER = compiled(
    r"in (spanish|french|german|italian|english|portuguese|japanese|korean|chinese|mandarin|hindi|arabic"
    r"|russian|polish|dutch|turkish|swedish|greek)|mean in (english|spanish|french|german)|is (that|this)"
    r" (correct|right) (grammar|english)|(the|a) (song|movie|film|book) (by|from)|(says|said|reads) (the|a) (menu|sign|card|label|poster|headline|doctor in|man in|woman in)"
)
