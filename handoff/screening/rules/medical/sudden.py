# ruff: noqa: E501  a pattern is read best in one piece
"""Emergencies told without their name: head, face, a fall, insulin, small children, ketones (MED-E)."""

from handoff.screening.patterns import HISTORY, any_of, rule


def high_ketones(value: float) -> bool:
    """In mmol/L: from 3 on somebody with diabetes is in danger of acidosis."""
    return 3 <= value <= 20


def any_dose(units: float) -> bool:
    """Another dose than was meant, whichever."""
    return units > 0


SMALL_CHILD = r"(baby|toddler|infant|little (one|boy|girl|man)|grandson|granddaughter|grandchild|grandkid|nephew|niece|son|daughter|kid|child|boy|girl|twins?|\d+ (year|month) old|one year old|two year old|three year old|godson|goddaughter|kiddo)"
POISONS = (
    r"(pills?|tablets?|meds|medication|medicines?|capsules?|painkillers?|paracetamol|tylenol|ibuprofen|antidepressants?|sleeping pills|heart pills|blood pressure (pills|tablets)|iron (pills|tablets)|edibles?|gummies|batter(y|ies)|button battery|magnets?|bleach"
    r"|detergent|pods?|dishwasher \w+|drain cleaner|descaler|cleaner|lamp oil|antifreeze|nicotine|vape (juice|liquid)|cigarettes?|mushrooms?|berries|perfume|hand saniti[sz]er|essential oils?|white spirit|rat poison|slug pellets|weed ?killer|insulin|methadone)"
)
FINE = (
    r"finally|like a champ|like a pro|good (boy|girl)|so proud|antibiotics?|prescri\w+|(as|like) the doctor|pretend|toy|on (her|his) own now|learned to|without (a )?fuss|dog|cat|puppy|kitten|hamster|movie|film|series|episode|novel|story|"
    r"quiz|trivia|dream|dreamt|game"
)
BEFORE = r"ago|last (year|summer|winter|week|month|spring|autumn|time)|years? (back|later)|used to|as a (kid|child)|in (19|20)\d\d|once"

RULES = (
    rule(
        "MED-E",
        0,
        r"(stung|bitten|sting|wasp|bee|hornet) (\w+ ){0,8}(face|lips?|tongue|eyes|throat) (is|are|has|have|was) (\w+ ){0,2}(like a balloon|balloon\w*|swollen|swelling|puff\w*|blow\w*|closing)",
        r"(nuts?|nut cake|peanuts?|cashews?|shrimps?|prawns?|shellfish|eggs?|sesame|kiwi|milk) (\w+ ){0,8}(tongue|throat|lips?|face) (is|are|has|have) (\w+ ){0,2}(swollen|swelling|puff\w*|thick|closing|tight)",
        r"(ate|eaten|had|picked) (\w+ ){0,4}(mushrooms|berries) (\w+ ){0,10}(seeing (double|two|things|colou?rs)|see (everything )?double|hallucinat\w+|vomiting|sweating|confused|heart is racing|cannot see)",
        unless=r"years ago|last (year|month|summer)|when i was|film|movie|novel|allergy test",
        anyone=True,
        negated=None,
    ),
    rule(
        "MED-E",
        0,
        r"(sudden|suddenly|out of nowhere|all of a sudden|instantly|in (a|one|two|2|a few) seconds?|thunderclap|exploding|explosive|from one second to the next|within (a )?(second|seconds|minute)) (\w+ ){0,6}(headache|pain in my head|head pain|head exploded|head is exploding)",
        r"(headache|pain in my head|head pain|my head) (\w+ ){0,5}(out of nowhere|like a (thunderclap|bolt|clap|explosion|gunshot|hammer|bat|brick|lightning)|all at once|in a split second|within seconds|came on (suddenly|in seconds|like)|worst (ever|of my life|i have ever had|i ever had|in my life))",
        r"(worst|most terrible|most violent) (headache|head pain|pain in my head|pain) (of my life|ever in my head|i have (ever )?had in my head|i ever had|i have ever (had|felt)|in my life) ?",
        r"(like|as if) (\w+ ){0,4}(hit|struck|kicked|smashed|shot) (\w+ ){0,5}(back of (my|the) head|head|skull) ?(with|by)? ?(a )?(bat|hammer|brick|lightning)?(?= \.|$| and)",
        unless=any_of(
            BEFORE,
            r"hangover|hung ?over|wine|brain freeze|ice cream|slushie|taxes|paperwork|homework|leg|tooth|stomach|back|period|labou?r|cramp\w*|birth|toothache|foot|knee",
        ),
        anyone=True,
        negated=None,
        past=None,
    ),
    rule(
        "MED-E",
        0,
        r"(one|left|right|half|other|whole (left|right)) (side|half)? ?(of )?(my|his|her|the|moms|dads)? ?(face|mouth|body|lip) (\w+ ){0,3}(numb|droop\w*|sagg\w*|hanging|hangs|slack|lopsided|frozen|not (moving|working)|fallen|slid\w*|paraly[sz]ed|weak|limp|dead|dropped|drooped|melting|slipping)",
        r"(half|side) of (my|his|her|the) (\w+ )?(face|mouth|body) (\w+ ){0,3}(numb|droop\w*|sagg\w*|hanging|hangs|slack|lopsided|frozen|not (moving|working)|will not move|fallen|slid\w*|paraly[sz]ed|weak|limp|dead|dropped|melting|slipping)",
        r"(face|mouth|smile|lip) (is|has|looks|went|has gone|gone|hangs|is all) (\w+ )?(lopsided|crooked|wonky|numb on one side|hanging|sliding|slack|sagging|slipping|drooping|uneven|on one side)",
        r"(cannot|could not|not able to) (lift|move|feel|raise|grip with|hold anything with) (my|his|her) (left |right |one |whole )(arm|hand|leg|side)",
        unless=any_of(
            BEFORE,
            r"dentist|dental|novocaine|pillow|botox|slept|sleeping|cold wind|anaesthe\w+|anesthe\w+|filling|gym|workout|leg day|crossfit|climb\w*|bells? palsy|painting|drawing|photo|picture|cake|pumpkin|plaster|cast|wrist splint|massage",
        ),
        anyone=True,
        negated=None,
        past=None,
    ),
    rule(
        "MED-E",
        0,
        r"(collapsed|crumpled|keeled over|dropped to the (floor|ground)|hit the floor|is on the floor|went down|fell down|slumped|passed out|fainted) (\w+ ){0,7}(not|will not|cannot|does not|is not|no) (\w+ ){0,2}(respond\w*|wake|waking|mov(e|ing)|breath\w*|pulse|answer\w*|get(ting)? up|talk\w*|come (round|around|to)|come back|react\w*)",
        r"(he|she|they|mom|dad|husband|wife|son|daughter|friend|brother|sister|grandma|grandpa|partner|man|woman|lady|guy|colleague|neighbou?r|teammate|customer|colleague|boss|passenger|stranger|roommate) (has |just |has just |suddenly ){0,2}(collapsed|keeled over|dropped to the (floor|ground)|slumped over)",
        unless=any_of(
            BEFORE,
            FINE,
            r"laugh\w*|sofa|couch|bed|tent|chair|marathon|finish line|asleep|stairs shop|lung|shelf|deal|company|bridge|roof|yesterday|recovered|fine (now|again)|ok now|okay now|home (now|again)",
        ),
        anyone=True,
        negated=None,
        past=HISTORY,
    ),
    rule(
        "MED-E",
        0,
        r"(injected|injecting|took|taken|gave|given|dosed|shot|jabbed|given myself|put in|bolused|had) (\w+ ){0,5}(wrong|double|twice|two lots|instead of|way too much|too much|mixed up|ten times|a second|triple) (\w+ ){0,4}(insulin|units|insulin pen|pen|rapid|fast acting|long acting|short acting|novorapid|lantus|humalog|bolus|basal)",
        r"(insulin|pens|rapid|fast acting|long acting|lantus|novorapid|humalog|bolus) (\w+ ){0,5}(mixed up|mix up|instead of (the )?(long|slow|basal|fast|rapid|night|lantus|morning)|by mistake|twice by accident|twice by mistake|double by mistake|a second time|the wrong (one|pen|dose))",
        r"(units|insulin) (\w+ ){0,4}(was|were|is) (supposed|meant) to be (\d+|\w+ )|(dialled|dialed|injected|took|gave) # (\w+ )?(units )?instead of #",
        unless=any_of(
            BEFORE,
            r"what (happens|if)|should i|how (do|much|many)|could (i|you|it)|prevent|avoid|afraid of|worried about|told me (how|what)|instructions|leaflet|course|exam|training|half as much",
        ),
        number=any_dose,
        anyone=True,
        negated=None,
        past=None,
    ),
    rule(
        "MED-E",
        0,
        rf"{SMALL_CHILD} (\w+ ){{0,4}}(swallowed|ate|eaten|drank|drunk|got (into|hold of|at|her hands on|his hands on)|licked|chewed|chewing|swallowing|eating|sucked|downed|necked|has had) (\w+ ){{0,5}}{POISONS}",
        rf"(empty|open|half empty|missing) (\w+ ){{0,3}}({{PILLS}}|blister|bottle) (\w+ ){{0,8}}{SMALL_CHILD}|{SMALL_CHILD} (\w+ ){{0,6}}(with|holding|beside|next to) (\w+ ){{0,3}}(empty|open) (\w+ ){{0,2}}({{PILLS}}|bottle|box|blister)",
        unless=any_of(
            BEFORE,
            FINE,
            r"mushrooms? (soup|risotto|sauce|pizza|omelet\w*)|berries (with|for|and (yog|cream|milk|oat))|strawberr\w+|blueberr\w+|vitamin gummies|pea pods?|raspberr\w+|her (berries|mushrooms)|his (berries|mushrooms)|all (her|his) (berries|mushrooms)|water bottle|milk bottle|bottle of (milk|water|juice)|lunch ?box",
        ),
        anyone=True,
        negated=None,
        past=None,
    ),
    rule(
        "MED-E",
        0,
        r"ketones? (are|is|at|of|reading|read|reads|level|levels|came|come|back|up|meter|says|say|shows|showing|strip|strips|went|just|now|got|has|have|hit|above|over|around|to|in|blood|urine|still|climbed|gone|a|were|was| ){0,6}#",
        r"ketones? (are|is|at|reading|reads|level|levels|came|come|back|up|meter|says|shows|strip|strips|went|just|now|still|gone|was|were| ){0,6}(high|very high|really high|too high|sky high|large|dark purple|through the roof|off the (chart|scale)|\+\+\+|positive and)",
        r"(high|large|very high|sky high|moderate to large|dangerous) (levels of )?ketones",
        number=high_ketones,
        unless=any_of(
            BEFORE,
            r"keto|ketosis|ketogenic|low carb|carnivore|fasting|fast|goal|happy|great|yay|awesome|target|proud|fat burning|what|should|could|normal|mean|means|if my|when do",
        ),
        anyone=True,
        negated=None,
        past=None,
    ),
)
