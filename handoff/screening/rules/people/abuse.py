# ruff: noqa: E501  a pattern is read best in one piece
"""Abuse and violence that somebody suffers (ABU)."""

from handoff.screening.patterns import any_of, rule

ABUSER = (
    r"(he|she|they|my (mother|father|brother|sister) in law|my (ex |step ?)?(husband|wife|boyfriend|girlfriend|partner|dad|father|mom|mother"
    r"|stepdad|stepfather|stepmom|brother|sister|uncle|coach|teacher|boss|ex|trainer|son|tutor|aunt"
    r"|parents|roommate|family|host))"
)
HITS = (
    r"(hits|hit|beats|beat|punches|punched|slaps|slapped|kicks|kicked|chokes|choked|strangled"
    r"|strangles|rapes|raped|molests|molested|abuses|abused|burns|burned|threatens|threatened|hurts"
    r"|attacked|attacks|assaulted|locks|locked|grabs|shoves|shoved|throws things at|abusing|hitting"
    r"|beating|hurting)"
)
# What beats a body that nobody hit. It ends there: "my exam tutor" is a person.
WORN_OUT = (
    r"(?!( up)? by (a|the|this|that|my) (\w+ )?(flu|cold|bug|virus|covid|heat|weather|workout|session|exam|day"
    r"|week|work|job|traffic|stairs|hill|tide|waves?)"
    r"(?= \.|$| but| so| and i | and (we|it) | again| today| yesterday| this| last| lately))"
)

RULES = (
    rule(
        "ABU",
        0,
        r"(he|she|my \w+|someone) (is |has )(hurting|hitting|beating|choking|strangling|attacking) me"
        r" (right )?now|(he|she|my \w+) is (outside|in the house|here) (and|with|to) ~4 (kill|hurt|hit"
        r"|knife|gun|beat)",
        r"(he|she|my \w+) (said (he|she) (will|is going to|would)|threatened to|threatens to|keeps threatening to|is threatening to|swore (he|she) would) kill me"
        r"(?= \.|$| and| if| tonight| i| because| he| she)",
        unless=r"when (he|she) (finds|sees|hears) (out )?(i|about|that|the) (ate|eaten|finished|cake"
        r"|cookies|mess)|workout|trainer|leg day|coach is|joking|for eating",
        anyone=True,
        negated=None,
    ),
    rule(
        "ABU",
        0,
        r"(he|she|my \w+) (is going to|will|wants to|is about to) kill me(?= \.|$| and| if| tonight| i| because| he| she)",
        near=r"scared|afraid|terrified|frightened|knife|gun|hits?|hitting|beats?|beating|chok\w+|strangl\w+|locked|police|hiding|hide|outside|found me|drunk|violent|leave him|leave her|if i (leave|go|tell|call)|help me|followed|ex|tonight|really will|serious",
        unless=r"laugh\w*|joking|jk|lol|haha|cake|cookies?|late|homework|leg day|surprise|spent",
        anyone=True,
        negated=None,
    ),
    rule(
        "ABU",
        1,
        rf"{ABUSER} (sometimes |often |still |always |keeps |just |also |again |used to |regularly |"
        rf"has |is |even |physically |really )?{HITS} me(?! up (the|that|this) (\w+ )?(hill|mountain|climb)(?= \.|$))",
        r"(i was|i am|am|been|being|getting|got) (being |getting |regularly )?(raped|abused|molested"
        rf"|sexually (assaulted|abused)|physically abused|beaten( up)?{WORN_OUT}|assaulted|groomed|trafficked)",
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
            # To win, to strike one, to write to: not "at night", "up" or "in the face".
            r"(hits|hit|beats|beat|kicks|kicked|burns) me (with (a|an|the|another) (\w+ )?(smell|news"
            r"|bill|idea|question|deadline|task|email|price|report|project|joke|fact)"
            r"|like(?! (a dog|an animal|a child|a punch|crazy|hell|mad|that|this|he|his))|again at(?! (night|home))|every time we play)",
            r"(beats|beat|burns) me (at(?! (night|nights|home|times|work|school|all|least|the|my|his|her|our|\d+|weekends|christmas))"
            r"|to (the|it|every)(?! (ground|floor|point|wall)))|(hits|hit) me (up(?! (and|against|the))|in the (feels|heart|wallet|pocket))",
            r"(snow ?ball|pillow|water balloon|joke|team|league|finals?|tennis|chess|game|race|squash|badminton|sprint|cards|monopoly|running|fifa|padel)",
            r"recipes?|meals?|foods?|homework|exercise|form|menu|class photo|holiday|meal plan"
            r"|progress|lunch|dinner|breakfast|plates?|carbs|kickbox\w*|boxing|karate|judo|spar\w*"
            r"|before (dinner|lunch)|(documentary|article|essay|charity|(?<!in )law|donat\w+)",
        ),
        anyone=True,
    ),
)
