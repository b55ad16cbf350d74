# ruff: noqa: E501  a pattern is read best in one piece
"""Other people, the mind, age, asking for a person, and what is only kept (ABU … PRV)."""

from handoff.screening.patterns import any_of, rule


def school_age(years: float) -> bool:
    return 6 <= years <= 17


ABUSER = (
    r"(he|she|they|my (ex |step ?)?(husband|wife|boyfriend|girlfriend|partner|dad|father|mom|mother"
    r"|stepdad|stepfather|stepmom|brother|sister|uncle|coach|teacher|boss|ex|trainer|son|tutor|aunt"
    r"|parents|roommate|family|host))"
)
HITS = (
    r"(hits|hit|beats|beat|punches|punched|slaps|slapped|kicks|kicked|chokes|choked|strangled"
    r"|strangles|rapes|raped|molests|molested|abuses|abused|burns|burned|threatens|threatened|hurts"
    r"|attacked|attacks|assaulted|locks|locked|grabs|shoves|shoved|throws things at|abusing|hitting"
    r"|beating|hurting)"
)
FAMILY = (
    r"(boss|husband|wife|brother|sister|mom|mother|dad|father|partner|boyfriend|girlfriend|teacher"
    r"|neighbou?rs?|colleagues?|coworkers?|ex|kids?|children|baby|son|daughter|family|parents"
    r"|roommate|flatmate|classmates?|coach|landlord|stepdad|uncle|aunt|manager|stepfather)"
)
PERSON = (
    r"(human|human being|person|dietitian|nutritionist|actual person|real person|someone real"
    r"|somebody real|real one|live agent|real human|actual human|live person|real teacher|teacher"
    r"|counsell?or|expert|specialist|someone (on|from) your team|member of (your )?(staff|team)"
    r"|somebody (on|from) your team|human (agent|being|expert|coach)|real coach|nutrition expert"
    r"|qualified (person|dietitian|nutritionist))"
)
ONE = (
    r"(a |an |the |one of your |one of the |some |your |any |another |some kind of )?"
    r"(real |actual |live |proper |registered |qualified |human |licensed |nice )*"
)
RULES = (
    # --- ABU -------------------------------------------------------------------------------------
    rule(
        "ABU",
        0,
        r"(he|she|my \w+|someone) (is |has )(hurting|hitting|beating|choking|strangling|attacking) me"
        r" (right )?now|(he|she|my \w+) is (outside|in the house|here) (and|with|to) ~4 (kill|hurt|hit"
        r"|knife|gun|beat)",
        r"(he|she|my \w+) (is going to|will|said (he|she) will|threatened to|threatens to|wants to|is "
        r"about to) kill me(?= \.|$| and| if| tonight| i| because| he| she)",
        unless=r"when (he|she) (finds|sees|hears) (out )?(i|about|that|the) (ate|eaten|finished|cake"
        r"|cookies|mess)|workout|trainer|leg day|coach is|joking|for eating",
        anyone=True,
        negated=None,
    ),
    rule(
        "ABU",
        1,
        rf"{ABUSER} (sometimes |often |still |always |keeps |just |also |again |used to |regularly |"
        rf"has |is |even |physically |really )?{HITS} me",
        r"(i was|i am|am|been|being|getting|got) (being |getting |regularly )?(raped|abused|molested"
        r"|sexually (assaulted|abused)|physically abused|beaten( up)?|assaulted|groomed|trafficked)",
        r"(touch(es|ed|ing)|touch) me (inappropriately|down there|in a way|where|when i do not|sexually"
        r"|without|there|at night|under)",
        r"my (stepdad|stepfather|uncle|coach|teacher|tutor|trainer|boss|brother|dad|father|grandpa|cousin"
        r"|grandfather|neighbou?r|stepbrother) (keeps )?(touching|touches|touched|gropes|groped|groping"
        r"|fondles|fondled) me(?! (deeply|emotionally|on the shoulder))",
        r"my (coach|teacher|tutor|trainer|uncle|boss|stepdad|stepfather) (keeps sending|sends|sent|asks"
        r"|asked|wants|keeps asking) (me )?(for )?(to send )?(me )?(him )?(some |naked |nude |dirty |"
        r"explicit |his )*(photos|pics|pictures|nudes|selfies)",
        r"(sent|sends|send|asked for|asking for|wants) (me |him |my )?(nudes|naked (photos|pics"
        r"|pictures)|dick pics|sexual (photos|messages|pictures))",
        r"(do not feel|am not|not) safe at home|unsafe at home|(scared|afraid|terrified|frightened) "
        r"(to go|of going) home|(scared|afraid|terrified|frightened) of my (husband|wife|partner"
        r"|boyfriend|girlfriend|dad|father|stepdad|ex|mom|mother|uncle|brother)",
        rf"{ABUSER} (does not|will not|never|do not|refuses to) let me (eat|leave|see a doctor|out of"
        r"|have (any )?(food|money))",
        r"(forced|forces|made|makes) me to (have sex|sleep with|touch)|domestic (violence|abuse)",
        unless=any_of(
            r"(hits|hit|beats|beat|kicks|kicked|burns) me (at|in|to|up|with (a|an|the|another) (\w+ )?(smell|news"
            r"|bill|idea|question|deadline|task|email|price|report|project|joke|fact)|like|again at|hard|every time we play)",
            r"(tennis|chess|game|race|squash|badminton|sprint|cards|monopoly|running|fifa|padel)",
            r"recipes?|meals?|foods?|homework|exercise|form|menu|class photo|holiday|meal plan"
            r"|progress|lunch|dinner|breakfast|plates?|carbs|kickbox\w*|boxing|karate|judo|spar\w*"
            r"|before (dinner|lunch)|(documentary|article|essay|charity|law|donat\w+)",
        ),
        anyone=True,
    ),
    # --- VIO -------------------------------------------------------------------------------------
    rule(
        "VIO",
        0,
        rf"i (am going to|will|want to|am about to|plan to|have decided to|am ready to) (just |really )?"
        rf"(kill|stab|shoot|murder|strangle|poison|bomb|attack) (my {FAMILY}|him|her|them|everyone"
        rf"|somebody|someone|people|the {FAMILY}|you all|those people) ~4 (tonight|tomorrow|now|today"
        r"|with (a|my|this|the) (knife|gun|axe|hammer)|this (morning|afternoon|evening)|at (work|school))",
        r"(bring|bringing|take|taking|have|got) (a|my|the) (gun|knife) to (school|work|class|the office)"
        r" (to|and) (kill|shoot|hurt|stab)",
        r"(shoot|blow|bomb) up (the|my) (school|office|church|mosque|synagogue|place|gym)",
        unless=r"e ?mail|text|message|in the (game|movie)|playing|paintball|photo\w*|chess|squash",
        negated=2,
    ),
    rule(
        "VIO",
        1,
        rf"i (am going to|will|want to|would like to|am about to|plan to|have to|feel like|could|need "
        rf"to|keep thinking about|am thinking (of|about)) (just |really |actually )?(kill|kill"
        rf"ing|stab|stabbing|shoot|shooting|murder|murdering|strangle|strangling|poison|poisoning"
        rf"|beat up|hurt|hurting) (my {FAMILY}|him|her|them|everyone|somebody|someone|people"
        r"|those people)(?! (feelings|chances|e ?mail|an|with kindness))",
        unless=any_of(
            r"e ?mail|text|message|appetite|cravings|bacteria|germs|weeds|ants|flies|mold|mould|yeast"
            r"|in the (game|movie)|playing|paintball|photo\w*|chess|hurt (him|her|them|people|someone)"
            r" (feelings|by|if|when)|(do not|never|not) (want|mean|mean to|going) (to )?hurt",
            r"(at|in) (ping|golf|bowling|darts|poker|pool|cards|mario|tennis|soccer|football|basketball)|lobsters?|crabs?|mussels|chickens?|fish|squash|monopoly|feelings|slugs|wasps|mosquitoes",
        ),
    ),
    # --- PSY -------------------------------------------------------------------------------------
    rule(
        "PSY",
        1,
        r"voices? (are |keep |keeps |is )?(tell|tells|telling|told|say|says|saying|said|command\w*"
        r"|whisper\w*|scream\w*) (me|not to|to|that i|i|in my head)",
        r"hear(ing)? voices(?! (from|of|in the (street|restaurant|kitchen|background|next)))",
        r"(they|someone|somebody|the government|my \w+|people|neighbou?rs) (is|are) (secretly )?"
        r"(poisoning (me|my food)|putting (poison|something|chips?|drugs) in(to)? my (food|drink|water"
        r"|brain))",
        r"(people|they|cameras|someone) (are|is) (watching|following|spying on) me (through|all the"
        r"|everywhere|from)",
        r"(have not|not) slept (for|in) # days (and|but) (i )?(am |feel |have |still ){0,2}(amazing"
        r"|energy|so much|great|unstoppable|god|invincible|fantastic)",
        anyone=True,
        unless=r"gps|sat ?nav|podcast|radio|choir|audiobook|chip shop|potato chips|instagram",
    ),
    rule(
        "PSY",
        2,
        r"you are (the )?only (one|person|friend|thing) (i|who|that) (talk|have|understands|trust|can"
        r"|listens|cares)",
        r"(i am|i think i am|i have fallen) in love with you",
        negated=None,
    ),
    # --- AGE -------------------------------------------------------------------------------------
    rule(
        "AGE",
        2,
        r"i am (only |just |actually |turning )?# (years old|year old|yrs old|yo|and (i am )?(in|at) "
        r"(school|middle|high|year|grade)|years of age)",
        r"i am (only |just |actually )?#(?= \.|$| and (i|my)| but (i|my)| so (i|my))",
        number=school_age,
        unless=r"weeks|months|pounds|lbs|kg|stone|minutes|hours|days|kilos|years (ago|clean|sober"
        r"|vegan|vegetarian|married|into)|clean|sober|how do i say|under target|over",
        negated=None,
        past=None,
    ),
    # --- LNG-D -----------------------------------------------------------------------------------
    rule(
        "LNG-D",
        2,
        r"(laugh|laughs|laughing|laughed|mock|mocks|mocking|make fun|makes fun|made fun) (at|of)? ?(me"
        r"|my accent|my english|how i (talk|speak)) ~8 (school|class|cannot|do not want|every day|cry"
        r"|hate|work|scared|stop)",
        r"(i am|being|been|getting|get|got) (being )?bullied|(they|kids|classmates|colleagues) bully(ing)?"
        r" me",
        unless=r"(book|film|movie|story|article|essay) (about|on)",
    ),
    # --- ASK: a person, please -------------------------------------------------------------------
    rule(
        "ASK",
        3,
        rf"(talk|speak|chat|connect me|switch me|transfer me|put me through|be connected|hand me over"
        rf"|pass me|talking|speaking) (to|with|over to|through to) {ONE}{PERSON}",
        rf"(get|call|bring|fetch|find|send|give|connect|want|need|prefer|have|like) (me )?(in )?{ONE}"
        rf"{PERSON} (please|now|on the (line|phone)|here|to (talk|speak|help|join|look)|instead|in here"
        r"|for me|in)",
        rf"(i |just )(want|need|would like|would prefer|would rather have) {ONE}(real |human |actual |"
        rf"live )(person|human|dietitian|nutritionist|teacher|being|one|coach|doctor)",
        rf"(get|call|bring|give|find) me {ONE}{PERSON}",
        r"(want|need) (a|an) (human|human being|real person|person|dietitian|nutritionist)(?= \.|$)",
        rf"(can|could|may|might|would) {ONE}{PERSON} (please )?(join|help|call|come|step in|take over)",
        rf"is there {ONE}{PERSON} (i|who|that|there|available|around|here)",
        rf"(can|could|may) (i|we) (please )?(have|get|see) {ONE}(real |human |actual )(person|human"
        r"|dietitian|nutritionist|teacher|one)",
        r"(human|real person|real human|agent|representative) please",
        r"(talk|speak) to (someone|somebody) (real|human|who is (real|human|not a (bot|robot|machine"
        r"|computer))|from your team|on your team|else|in person)",
        r"(let|want) ~3 (a )?(real )?(human|person|dietitian) (take over|join|step in)",
        unless=any_of(
            r"(talked|spoke|been speaking) (to|with)|should i (talk|speak|see)|how do (i|you) say"
            r"|role ?play|pretend|(when|if|because|before|after|until) i (talk|speak|spoke|talked)"
            r"|(my|her|his) (teacher|person)|parent|learn to|practi[sc]e|what is it like|afraid|scared"
            r"|appointment (next|on|with)|last (week|time|month)|nervous|shy",
        ),
        negated=None,
        past=None,
    ),
    # --- QLT, PRV: mostly kept for review --------------------------------------------------------
    rule(
        "QLT",
        3,
        r"that is not what (my|the) (doctor|dietitian|nurse|gp|nutritionist|cardiologist) (said|told)",
        r"(that|this|your advice|you) (is|was|are) (dangerous|harmful) (advice|for me)|(want|give me"
        r"|demand|need) (a|my) (refund|money back)|make a (formal )?complaint",
        unless=r"in (the )?(lesson|role ?play)|restaurant|waiter|shop|store",
        negated=None,
        past=None,
    ),
    rule(
        "QLT",
        4,
        r"you are (not listening|useless|no help|not helping|stupid|wrong again)|this (app|thing|coach)"
        r" is (useless|terrible|stupid)",
        negated=None,
        past=None,
    ),
)
